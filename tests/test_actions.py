"""四（三）: cooperation texts and joint inspection plans, with members and period, and their end."""

from typing import Any

import pytest
from conftest import Desk

PLAN = ("action", "plan", "--by", "zfj", "--unit", "zrj", "--unit", "水务局", "--title", "某河检查")


def plan(coord: Desk, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = coord.json(*PLAN, *options)
    return answer


def test_a_plan_has_members_and_a_period_that_may_lie_ahead(coord: Desk) -> None:
    answer = plan(coord, "--from", "12-01", "--to", "12-31", "--number", "峄综执〔2026〕×号")
    assert answer["recorded"] == {
        "type": "action", "ref": "A1", "kind": "联合检查计划", "by": "zfj",
        "units": ["zrj", "swj"], "made_on": "2026-11-23", "from": "2026-12-01", "to": "2026-12-31",
    }  # fmt: skip
    assert answer["started"] == []
    assert answer["next_step"] == "coord action finish A1 --result 结果"
    (shown,) = coord.json("action", "list", "--unit", "swj", "--kind", "联合检查计划")
    assert (shown["status"], shown["document"]) == ("planned", "峄综执〔2026〕×号")
    assert shown == coord.json("action", "show", "a1")
    assert "2026-12-01 至 2026-12-31" in coord.ok("action", "list").out
    assert coord.json("overdue") == coord.owed() == []


def test_a_cooperation_text_needs_no_period(coord: Desk) -> None:
    plan(coord, "--kind", "协作文本", "--on", "2026-11-16")
    shown = coord.json("action", "show", "A1")
    assert (shown["kind"], shown["made_on"]) == ("协作文本", "2026-11-16")
    assert (shown["from"], shown["to"]) == (None, None)
    assert coord.json("action", "list", "--kind", "联合检查计划") == []


def test_a_member_may_lead(coord: Desk) -> None:
    coord.ok("action", "plan", "--by", "zrj", "--unit", "zfj", "--title", "某山检查")
    shown = coord.json("action", "show", "A1")
    assert (shown["by"], shown["units"]) == ("zrj", ["zfj"])


def test_a_finished_plan_keeps_its_result(coord: Desk) -> None:
    plan(coord, "--from", "2026-11-16", "--on", "2026-11-10")
    coord.ok("action", "finish", "A1", "--result", "检查十处，移送一件", "--on", "2026-11-20")
    shown = coord.json("action", "show", "A1")
    assert (shown["status"], shown["finished_on"]) == ("finished", "2026-11-20")
    assert shown["result"] == "检查十处，移送一件"
    assert "检查十处，移送一件" in coord.ok("action", "show", "A1").out


def test_a_cancelled_plan_keeps_its_reason(coord: Desk) -> None:
    plan(coord, "--from", "2026-12-01")
    coord.ok("action", "cancel", "A1", "--reason", "防汛")
    shown = coord.json("action", "show", "A1")
    assert (shown["status"], shown["cancelled_on"]) == ("cancelled", "2026-11-23")
    assert shown["cancel_reason"] == "防汛"


def test_a_day_ahead_is_corrected_to_another_day_ahead(coord: Desk) -> None:
    plan(coord, "--from", "2026-12-01", "--on", "2026-11-10")
    coord.ok("correct", "A1", "planned", "--on", "2026-12-08", "--reason", "写错")
    assert coord.json("action", "show", "A1")["from"] == "2026-12-08"
    told = coord.refused("correct", "A1", "made", "--on", "2026-12-02", "--reason", "甲")
    assert "尚未发生" in told
    told = coord.refused("correct", "A1", "planned", "--on", "2026-11-09", "--reason", "甲")
    assert "活动日期 2026-11-09 早于订立日期 2026-11-10" in told


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    plan(coord)
    states = [coord.json("action", "list")]
    for line in (("action", "finish", "A1", "--result", "某"),):
        coord.ok(*line)
        states.append(coord.json("action", "list"))
        coord.ok("undo", "--yes")
        assert coord.json("action", "list") == states[-2]
        coord.ok("undo", "--yes")
        assert coord.json("action", "list") == states[-1]
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


@pytest.mark.parametrize(
    ("line", "code", "why"),
    [
        (("action", "plan", "--by", "zrj", "--unit", "zjj", "--title", "某"), 1,
         "须有区综合行政执法局（峄政办发〔2022〕1号 四（三））"),
        ((*PLAN, "--unit", "zfj"), 1, "不能既牵头又列为配合单位"),
        (("action", "plan", "--by", "zfj", "--title", "某"), 2, "--unit"),
        ((*PLAN, "--to", "12-31"), 1, "没有写首日"),
        ((*PLAN, "--from", "2026-12-31", "--to", "2026-12-01"), 1, "早于首日 2026-12-31"),
        ((*PLAN, "--from", "2026-11-01", "--on", "2026-11-02"), 1, "早于订立日期"),
        ((*PLAN, "--on", "2026-12-01"), 1, "尚未发生"),
        ((*PLAN, "--kind", "其他"), 2, "协作文本"),
        (("action", "finish", "A1", "--result", " "), 1, "结果（--result）不能为空"),
        (("action", "finish", "A1", "--result", "某", "--on", "2026-11-11"), 1, "早于活动日期"),
        (("action", "cancel", "A1", "--reason", " "), 1, "不能为空"),
        (("action", "finish", "A2", "--result", "某"), 1, "已于 2026-11-23 行动结束"),
        (("action", "cancel", "A2", "--reason", "某"), 1, "已于 2026-11-23 行动结束"),
        (("action", "show", "A9"), 1, "没有这项行动"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(
    coord: Desk, line: tuple[str, ...], code: int, why: str
) -> None:
    plan(coord, "--from", "2026-11-12", "--on", "2026-11-10")
    plan(coord)
    coord.ok("action", "finish", "A2", "--result", "某")
    before = coord.json("history")
    assert why in coord.refused(*line, code=code)
    assert coord.json("history") == before
