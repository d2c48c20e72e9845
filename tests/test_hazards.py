"""四（一）: the departments are told of a grave hazard, and 区政府; both 及时, a duty for each."""

from typing import Any

import pytest
from conftest import AddCase, Desk

ADD = ("hazard", "add", "--title", "某某气站堵塞通道", "--kind", "安全")


def add(coord: Desk, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = coord.json(*ADD, *options)
    return answer


def duties(coord: Desk) -> list[tuple[str, str, str, str | None, str]]:
    return [
        (one["rule"], one["owed_by"], one["owed_to"], one["due_on"], one["status"])
        for one in coord.owed()
    ]


def test_each_department_is_to_be_told_and_the_government_once(coord: Desk) -> None:
    answer = add(coord, "--to", "gaj", "--to", "zjj", "--on", "2026-11-16")
    assert sorted((one["rule"], one["owed_by"], one["owed_to"]) for one in answer["started"]) == [
        ("hazard.notify", "zfj", "gaj"),
        ("hazard.notify", "zfj", "zjj"),
        ("hazard.report", "zfj", "qzf"),
    ]
    assert {one["due_on"] for one in answer["started"]} == {None}
    assert answer["recorded"]["ref"] == "H1"


def test_what_is_left_undone_ages_and_is_never_overdue(coord: Desk) -> None:
    add(coord, "--to", "gaj", "--on", "2026-11-16")
    assert {one[3:] for one in duties(coord)} == {(None, "ageing")}
    assert coord.json("overdue") == []
    assert len(coord.json("today")["ageing"]) == 2


def test_one_department_told_leaves_the_others_to_be_told(coord: Desk) -> None:
    add(coord, "--to", "gaj", "--to", "zjj", "--on", "2026-11-20")
    met = coord.json("hazard", "told", "H1", "--to", "住建局", "--by", "电话", "--on", "2026-11-20")
    assert [(one["rule"], one["owed_to"], one["status"]) for one in met["met"]] == [
        ("hazard.notify", "zjj", "met")
    ]
    assert sorted(one[:3] for one in duties(coord)) == [
        ("hazard.notify", "zfj", "gaj"),
        ("hazard.report", "zfj", "qzf"),
    ]
    rest = coord.json("hazard", "told", "H1")
    assert [one["owed_to"] for one in rest["met"]] == ["gaj"]
    assert rest["next_step"] == "向区政府报告隐患：coord hazard reported H1"
    done = coord.json("hazard", "reported", "H1", "--number", "峄综执报〔2026〕×号")
    assert [one["rule"] for one in done["met"]] == ["hazard.report"]
    assert (duties(coord), done["next_step"]) == ([], "")


def test_the_list_says_who_was_told_and_whether_it_was_reported(coord: Desk) -> None:
    add(coord, "--to", "gaj", "--to", "zjj", "--text", "通道堆放杂物", "--on", "2026-11-16")
    coord.ok("hazard", "told", "H1", "--to", "gaj", "--on", "2026-11-17")
    (shown,) = coord.json("hazard", "list", "--kind", "安全", "--unit", "zjj")
    assert {key: shown[key] for key in ("ref", "kind", "found_by", "found_on", "text")} == {
        "ref": "H1", "kind": "安全", "found_by": "zfj", "found_on": "2026-11-16",
        "text": "通道堆放杂物",
    }  # fmt: skip
    assert shown["to"] == [
        {"unit": "gaj", "told_on": "2026-11-17"}, {"unit": "zjj", "told_on": None},
    ]  # fmt: skip
    assert (shown["reported_on"], len(shown["open_duties"])) == (None, 2)
    assert shown == coord.json("hazard", "show", "h1")
    assert "区公安分局、区住建局（1/2）" in coord.ok("hazard", "list").out
    assert coord.json("hazard", "list", "--kind", "稳定") == []


def test_a_hazard_found_in_a_case_stays_owed_when_the_case_is_void(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    add(coord, "--to", "gaj", "--case", "1", "--on", "2026-11-16")
    assert coord.json("hazard", "show", "H1")["case"] == "2026-0001"
    coord.ok("case", "void", "1", "--reason", "误录")
    assert len(duties(coord)) == 2
    assert coord("check", "--only", "duties", "-f", "json").json == []


def test_the_day_of_the_report_is_corrected(coord: Desk) -> None:
    add(coord, "--to", "gaj", "--to", "zjj", "--on", "2026-11-16")
    coord.ok("hazard", "told", "H1", "--on", "2026-11-19")
    coord.ok("hazard", "reported", "H1", "--on", "2026-11-19")
    coord.ok("correct", "H1", "reported", "--on", "2026-11-18", "--reason", "签收日")
    coord.ok("correct", "H1", "told", "--unit", "gaj", "--on", "2026-11-17", "--reason", "签收日")
    shown = coord.json("hazard", "show", "H1")
    assert shown["reported_on"] == "2026-11-18"
    assert [one["told_on"] for one in shown["to"]] == ["2026-11-17", "2026-11-19"]
    told = coord.refused("correct", "H1", "found", "--on", "2026-11-18", "--reason", "甲")
    assert "通报日期 2026-11-17 早于发现日期 2026-11-18" in told


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    add(coord, "--to", "gaj", "--on", "2026-11-16")
    states = [coord.json("hazard", "list")]
    for line in (("hazard", "told", "H1"), ("hazard", "reported", "H1")):
        coord.ok(*line)
        states.append(coord.json("hazard", "list"))
        coord.ok("undo", "--yes")
        assert coord.json("hazard", "list") == states[-2]
        coord.ok("undo", "--yes")
        assert coord.json("hazard", "list") == states[-1]
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


@pytest.mark.parametrize(
    ("line", "code", "why"),
    [
        ((*ADD, "--to", "zfj"), 1, "不能通报给自己"),
        ((*ADD, "--to", "gaj", "--to", "qzf"), 1, "四（一）"),
        ((*ADD,), 2, "--to"),
        ((*ADD, "--to", "没有的局"), 1, "没有这个单位"),
        ((*ADD, "--to", "gaj", "--on", "2026-12-01"), 1, "尚未发生"),
        ((*ADD, "--to", "gaj", "--case", "9"), 1, "没有这个案件"),
        ((*ADD, "--to", "gaj", "--text", "机密★1年"), 1, "国家秘密不得录入"),
        (("hazard", "add", "--title", "某", "--kind", "其他", "--to", "gaj"), 2, "治安"),
        (("hazard", "add", "--title", " ", "--kind", "安全", "--to", "gaj"), 1, "不能为空"),
        (("hazard", "told", "H1", "--to", "gaj"), 1, "已于 2026-11-17 登记"),
        (("hazard", "told", "H1", "--to", "zrj"), 1, "与区自然资源局无关"),
        (("hazard", "told", "H1", "--on", "2026-11-15"), 1, "早于发现日期"),
        (("hazard", "reported", "H1", "--on", "2026-11-15"), 1, "早于发现日期"),
        (("hazard", "reported", "H9"), 1, "没有这项隐患"),
        (("hazard", "reported", "I1"), 1, "没有这项隐患"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    coord: Desk, line: tuple[str, ...], code: int, why: str
) -> None:
    add(coord, "--to", "gaj", "--to", "zjj", "--on", "2026-11-16")
    coord.ok("hazard", "told", "H1", "--to", "gaj", "--on", "2026-11-17")
    before = coord.json("history")
    assert why in coord.refused(*line, code=code)
    assert coord.json("history") == before


def test_nothing_is_told_or_reported_twice(coord: Desk) -> None:
    add(coord, "--to", "gaj", "--on", "2026-11-16")
    for line in (("hazard", "told", "H1"), ("hazard", "reported", "H1")):
        coord.ok(*line, "--on", "2026-11-17")
        assert "已于 2026-11-17 登记" in coord.refused(*line)
