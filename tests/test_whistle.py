"""五: towns and streets whistle, departments report; 七（二）: the police are told before."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from dump import dump

from yicheng_coord.paths import policy_folder

WHISTLE = ("action", "whistle", "--by", "榴园镇", "--unit", "zfj", "--unit", "zjj", "--title",
           "某某路占道经营", "--ref", "榴乡诉递×号", "--at", "2026-11-20 09:00")  # fmt: skip
MAJOR = ("action", "plan", "--by", "zfj", "--unit", "zrj", "--title", "某某专项", "--kind")


def whistle(coord: Desk, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = coord.json(*WHISTLE, *options)
    return answer


def shown(coord: Desk) -> dict[str, Any]:
    action: dict[str, Any] = coord.json("action", "show", "A1")
    return action


# --- 吹哨、报到 -------------------------------------------------------------------------------------


def test_each_department_that_is_called_owes_its_arrival_in_due_time(coord: Desk) -> None:
    answer = whistle(coord)
    assert answer["recorded"] == {
        "type": "whistle", "ref": "A1", "kind": "联合执法", "by": "lyz", "units": ["zfj", "zjj"],
        "lead": "lyz", "reference": "榴乡诉递×号", "whistled_on": "2026-11-20",
    }  # fmt: skip
    assert {(one["rule"], one["owed_by"], one["owed_to"], one["due_on"], one["started_at"])
            for one in answer["started"]} == {
        ("action.whistle", "zfj", "lyz", None, "2026-11-20T09:00:00"),
        ("action.whistle", "zjj", "lyz", None, "2026-11-20T09:00:00"),
    }  # fmt: skip
    assert answer["next_step"] == "镇街吹哨部门报到：coord action arrive A1 --unit 单位"
    assert coord.json("overdue", today="2026-12-20") == []
    assert {one["status"] for one in coord.owed(today="2026-11-27")} == {"ageing"}


def test_each_arrival_is_recorded_with_how_late_it_was(coord: Desk) -> None:
    whistle(coord)
    came = ("action", "arrive", "A1", "--unit")
    met = coord.json(*came, "zfj", "--at", "2026-11-20 11:10", "--name", "张某")["met"]
    assert [(one["rule"], one["owed_by"]) for one in met] == [("action.whistle", "zfj")]
    assert [one["owed_by"] for one in coord.owed()] == ["zjj"]
    coord.ok(*came, "住建局", "--at", "2026-11-23")
    first, second = shown(coord)["arrivals"]
    assert (first["unit"], first["after_minutes"], first["name"]) == ("zfj", 130, "张某")
    assert (second["arrived_on"], second["after_minutes"], second["after_workdays"]) == (
        "2026-11-23",
        None,
        1,
    )
    out = coord.ok("action", "show", "A1").out
    assert "区综合行政执法局　2026-11-20 11:10（吹哨后 2 小时 10 分）　张某" in out
    assert "区住建局　2026-11-23（吹哨后 1 个工作日）" in out
    assert "榴乡诉递　榴乡诉递×号" in out
    coord.checked_of_duties()


def test_a_department_may_lead_and_the_action_may_be_coordinated(coord: Desk) -> None:
    whistle(coord, "--lead", "zfj", "--coordinated")
    assert (shown(coord)["lead"], shown(coord)["kind"]) == ("zfj", "协同执法")
    (listed,) = coord.json("action", "list", "--kind", "协同执法", "--unit", "zjj")
    assert listed["by"] == "lyz"


def test_who_did_not_come_before_it_was_cancelled_owes_nothing_more(coord: Desk) -> None:
    whistle(coord)
    coord.ok("action", "arrive", "A1", "--unit", "zfj")
    answer = coord.json("action", "cancel", "A1", "--reason", "重复")
    assert [(one["rule"], one["owed_by"]) for one in answer["ended"]] == [("action.whistle", "zjj")]
    assert "已于 2026-11-23" in coord.refused("action", "arrive", "A1", "--unit", "zjj")
    assert "区住建局　未报到" in coord.ok("action", "show", "A1").out


def test_who_never_came_is_said_at_the_end_and_still_owes_its_arrival(coord: Desk) -> None:
    whistle(coord)
    coord.ok("action", "arrive", "A1", "--unit", "zfj")
    answer = coord.json("action", "finish", "A1", "--result", "已清理")
    assert (answer["ended"], answer["recorded"]["never_came"]) == ([], ["zjj"])
    (said,) = answer["warnings"]
    assert "区住建局被吹哨而没有报到（峄政办发〔2022〕1号 五）" in said
    assert [one["owed_by"] for one in coord.owed()] == ["zjj"]
    assert "区住建局　未报到" in coord.ok("action", "show", "A1").out
    row = next(line for line in coord.ok("stats").out.splitlines() if line.startswith("zjj"))
    assert row.split("\t")[-6:-3] == ["0", "1", "0"]  # prompt: done, under way, ageing
    coord.checked_of_duties()
    late = coord.json("action", "arrive", "A1", "--unit", "zjj", "--at", "2026-11-24 09:00",
                      today="2026-11-24")  # fmt: skip
    assert [(one["rule"], one["owed_by"]) for one in late["met"]] == [("action.whistle", "zjj")]
    assert "行动已于 2026-11-23 结束" in late["warnings"][0]


def test_who_never_came_is_excused_by_hand_as_the_end_says(coord: Desk) -> None:
    whistle(coord)
    coord.ok("action", "arrive", "A1", "--unit", "zjj")
    (said,) = coord.json("action", "finish", "A1", "--result", "已清理")["warnings"]
    line = said.partition("coord duty cancel ")[2].split()
    answer = coord.json("duty", "cancel", line[0], "--reason", "已电话请假")
    assert (answer["recorded"]["subject"], answer["recorded"]["case"]) == ("A1", None)
    assert coord.owed() == []
    coord.ok("duty", "restore", line[0], "--reason", "没有请假")
    assert [one["owed_by"] for one in coord.owed()] == ["zfj"]
    coord.checked_of_duties()


def test_the_case_that_grows_out_of_an_action_keeps_the_link(coord: Desk) -> None:
    whistle(coord)
    coord.ok("case", "add", "--title", "占道经营", "--found-by", "zfj", "--found-on", "2026-11-20",
             "--action", "A1")  # fmt: skip
    assert coord.json("case", "show", "1")["action"] == "A1"
    assert shown(coord)["cases"] == ["2026-0001"]
    assert "由行动　A1" in coord.ok("case", "show", "1").out
    assert "案件　2026-0001" in coord.ok("action", "show", "A1").out
    assert "以它为基础" in coord.refused("undo", "P2", "--yes")
    told = coord.refused("case", "add", "--title", "某", "--found-by", "zfj", "--found-on", "今天",
                         "--action", "A9")  # fmt: skip
    assert "没有这项行动" in told


def test_what_cannot_be_is_refused_in_one_sentence_with_its_clause(coord: Desk) -> None:
    whistle(coord)
    coord.ok("action", "arrive", "A1", "--unit", "zfj", "--at", "2026-11-20 10:00")
    coord.ok(*MAJOR[:-1])
    before = dump(coord)
    clause = "（峄政办发〔2022〕1号 五）"
    called = ("action", "whistle", "--title", "某", "--by")
    for line, why in (
        (("action", "arrive", "A1", "--unit", "zrj"),
         f"A1 没有吹区自然资源局的哨，被吹哨的是区综合行政执法局、区住建局{clause}"),
        (("action", "arrive", "A2", "--unit", "zrj"), f"A2 不是吹哨的行动{clause}"),
        (("action", "arrive", "A1", "--unit", "zfj"), "不再重复登记"),
        (("action", "arrive", "A1", "--unit", "zjj", "--at", "2026-11-20 08:59"),
         "报到时刻 2026-11-20 08:59 早于吹哨时刻 2026-11-20 09:00"),
        (("action", "arrive", "A1", "--unit", "zjj", "--at", "2026-11-24 08:59"), "尚未发生"),
        ((*called, "zjj", "--unit", "zfj"), f"吹哨的是镇（街），区住建局不是{clause}"),
        ((*called, "lyz", "--unit", "lyz"), f"不能又是它自己{clause}"),
        ((*called, "lyz", "--unit", "zfj", "--lead", "zrj"), f"也没有被吹哨{clause}"),
        ((*called, "lyz", "--unit", "没有的局"), "没有这个单位"),
    ):  # fmt: skip
        assert why in coord.refused(*line), line
    coord.refused("action", "whistle", "--by", "lyz", "--title", "某", code=2)
    assert dump(coord) == before


# --- 提前通知公安机关 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "due"),
    [
        ("重大活动", "2026-12-01", "2026-11-26"),
        ("专项行动", "2026-12-07", "2026-12-02"),  # a Monday: over the weekend
        ("专项行动", "2026-11-26", "2026-11-23"),
    ],
)
def test_the_police_are_told_three_working_days_before_a_major_or_special_action(
    coord: Desk, kind: str, first: str, due: str
) -> None:
    answer = coord.json(*MAJOR, kind, "--from", first)
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == ("action.police", "zfj", "gaj")
    assert duty["due_on"] == due
    assert answer["next_step"] == (
        "提前通知公安机关：coord action police A1；文书：coord letter police A1"
    )
    (met,) = coord.json("action", "police", "A1")["met"]
    assert met["status"] == "met"
    assert shown(coord)["police_confirmed_on"] is None
    assert "未确认" in coord.ok("action", "show", "A1").out
    coord.ok("action", "police", "A1", "--confirmed")
    assert shown(coord)["police_confirmed_on"] == "2026-11-23"
    assert "不再重复登记" in coord.refused("action", "police", "A1", "--confirmed")
    coord.checked_of_duties()


def test_a_holiday_before_the_action_moves_the_notice_before_it(coord: Desk) -> None:
    line = (*MAJOR, "重大活动", "--from", "2026-10-09", "--on", "2026-09-21")
    (duty,) = coord.json(*line, today="2026-09-21")["started"]
    assert duty["due_on"] == "2026-09-29"


def test_an_action_in_the_past_without_its_notice_is_recorded_with_the_breach(
    coord: Desk,
) -> None:
    answer = coord.json(*MAJOR, "重大活动", "--from", "2026-11-18", "--on", "2026-11-10")
    assert (
        "应于 2026-11-13 以前通知公安机关，已过（峄政办发〔2022〕1号 七（二））"
        in (answer["warnings"][0])
    )
    (duty,) = coord.json("overdue")
    assert (duty["rule"], duty["days_left"]) == ("action.police", -6)
    coord.ok("action", "finish", "A1", "--result", "结束")
    assert len(coord.json("overdue")) == 1
    late = coord.json("action", "police", "A1")
    assert late["met"][0]["status"] == "met_late"
    assert "在活动日 2026-11-18 之后" in late["warnings"][0]


def test_an_action_in_the_past_needs_no_day_of_agreement_to_be_recorded(coord: Desk) -> None:
    answer = coord.json(*MAJOR, "重大活动", "--from", "2026-11-10", "--to", "11-12")
    assert (answer["recorded"]["made_on"], answer["recorded"]["to"]) == ("2026-11-10", "2026-11-12")
    assert "应于 2026-11-05 以前通知公安机关，已过" in answer["warnings"][0]
    out = coord.ok(*MAJOR, "重大活动", "--from", "2026-11-10").out
    assert "没有写订立日期（--on），按活动首日 2026-11-10 登记" in out
    assert "coord correct A2 made --on 日期 --reason 理由" in out
    coord.ok("correct", "A2", "made", "--on", "2026-10-30", "--reason", "补写")
    (met,) = coord.json("action", "police", "A2", "--on", "2026-11-03")["met"]
    assert met["status"] == "met"


def test_the_day_of_an_action_without_its_year_never_lands_a_year_off(coord: Desk) -> None:
    told = coord.refused(*MAJOR, "专项行动", "--from", "11-20", code=2)
    assert "可能是 2026-11-20，也可能是 2027-11-20" in told
    assert coord.json("action", "list") == []
    line = (*MAJOR, "专项行动", "--from", "11-20", "--on", "11-10")
    assert coord.json(*line)["recorded"]["from"] == "2026-11-20"
    out = coord.ok(*MAJOR, "专项行动", "--from", "12-20", "--to", "1-5").out
    assert "期间 2026-12-20 至 2027-01-05" in out
    moved = coord.json("correct", "A2", "planned", "--on", "12-21", "--reason", "改期")
    assert moved["recorded"]["on"] == "2026-12-21"


def test_a_confirmation_tells_that_they_were_told(coord: Desk) -> None:
    coord.ok(*MAJOR, "重大活动", "--from", "2026-12-01")
    answer = coord.json("action", "police", "A1", "--confirmed", "--on", "2026-11-23")
    assert [one["rule"] for one in answer["met"]] == ["action.police"]
    assert shown(coord)["police_told_on"] == "2026-11-23"


def test_a_cancelled_action_needs_no_notice(coord: Desk) -> None:
    coord.ok(*MAJOR, "重大活动", "--from", "2026-12-01")
    answer = coord.json("action", "cancel", "A1", "--reason", "防汛")
    assert [one["rule"] for one in answer["ended"]] == ["action.police"]
    assert "七（二）" in coord.refused("action", "police", "A1")


def test_the_police_are_told_before_only_of_what_is_major_or_special(coord: Desk) -> None:
    whistle(coord)
    coord.ok(*MAJOR[:-1])
    for ref, kind in (("A1", "联合执法"), ("A2", "联合检查")):
        told = coord.refused("action", "police", ref)
        assert f"{ref} 是{kind}" in told
        assert "重大活动和专项行动（峄政办发〔2022〕1号 七（二））" in told
    coord.ok(*told.splitlines()[-1].partition("coord ")[2].split())


def test_the_police_are_not_told_before_of_what_is_over(coord: Desk) -> None:
    coord.ok(*MAJOR, "重大活动", "--from", "2026-11-18", "--on", "2026-11-10")
    coord.ok("action", "finish", "A1", "--result", "结束", "--on", "2026-11-19")
    told = coord.refused("action", "police", "A1")
    assert (
        "A1 已于 2026-11-19 结束，2026-11-23 不再是提前通知（峄政办发〔2022〕1号 七（二））" in told
    )
    (met,) = coord.json("action", "police", "A1", "--on", "2026-11-12")["met"]
    assert met["status"] == "met"


def test_a_major_action_has_a_day_from_which_the_notice_is_counted(coord: Desk) -> None:
    told = coord.refused(*MAJOR, "重大活动")
    assert "须写首日，提前通知公安机关从它倒数（峄政办发〔2022〕1号 七（二））" in told


def test_correcting_the_day_moves_the_notice(coord: Desk) -> None:
    coord.ok(*MAJOR, "重大活动", "--from", "2026-12-01")
    (moved,) = coord.json("correct", "A1", "planned", "--on", "2026-12-02", "--reason", "改期")[
        "moved"
    ]
    assert (moved["rule"], moved["due_on"]) == ("action.police", "2026-11-27")


def test_the_office_sets_how_many_days_before(
    coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "规则"
    shutil.copytree(policy_folder(), folder)
    path = folder / "opinion.toml"
    text = path.read_text("utf-8")
    before = 'kind = "working_back"\ndays = 3\n'
    assert text.count(before) == 1
    path.write_text(text.replace(before, before.replace("3", "5")), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(folder))
    (duty,) = coord.json(*MAJOR, "重大活动", "--from", "2026-12-01")["started"]
    assert duty["due_on"] == "2026-11-24"


def test_every_step_is_undone_and_done_again(coord: Desk) -> None:
    def state() -> Any:
        return [coord.json(*line) for line in (("action", "list"), ("pending",))]

    coord.ok("today")
    for line in (
        WHISTLE,
        ("action", "arrive", "A1", "--unit", "zfj", "--at", "2026-11-20 10:00"),
        ("action", "finish", "A1", "--result", "已清理"),
        (*MAJOR, "专项行动", "--from", "2026-12-01"),
        ("action", "police", "A2"),
        ("action", "police", "A2", "--confirmed"),
    ):
        before = state()
        coord.ok(*line)
        after = state()
        coord.ok("undo", "--yes")
        assert state() == before, line
        coord.ok("undo", "--yes")
        assert state() == after, line
    coord.checked_of_duties()
