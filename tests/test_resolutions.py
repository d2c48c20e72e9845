"""一（三）4, 一（四）4: what was resolved has an owner, a day, progress; also without a meeting."""

from typing import Any

import pytest
from conftest import Desk

ADD = ("resolution", "add", "--text", "建立台账", "--kind")


def add(
    coord: Desk, *options: str, kind: str = "议定", owner: str = "zjj", due: str = "2026-12-10"
) -> Any:
    return coord.json(*ADD, kind, "--owner", owner, "--due", due, *options)


@pytest.mark.parametrize("kind", ["议定", "交办", "建议", "保障"])
def test_it_is_due_on_the_day_that_was_set(coord: Desk, kind: str) -> None:
    (duty,) = add(coord, kind=kind)["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == (
        "resolution.carry_out",
        "zjj",
        "lxb",
    )
    assert (duty["due_on"], duty["status"], duty["days_left"]) == ("2026-12-10", "open", 17)
    assert coord.json("overdue", today="2026-12-10") == []
    (late,) = coord.json("overdue", today="2026-12-11")
    assert (late["matter"], late["days_left"]) == ("S1", -1)
    done = coord.json("resolution", "done", "S1", "--on", "2026-12-10", today="2026-12-11")["met"]
    assert [one["status"] for one in done] == ["met"]


def test_a_due_day_without_its_year_follows_the_day_it_was_resolved(coord: Desk) -> None:
    assert add(coord, "--on", "2026-10-20", due="11-10")["recorded"]["due_on"] == "2026-11-10"
    assert add(coord, due="1-15")["recorded"]["due_on"] == "2027-01-15"
    told = coord.refused(*ADD, "交办", "--owner", "zjj", "--due", "11-10", code=2)
    assert "可能是 2026-11-10，也可能是 2027-11-10" in told
    moved = coord.json("correct", "S2", "due", "--on", "12-20", "--reason", "提前")
    assert moved["recorded"]["on"] == "2026-12-20"
    assert len(coord.json("resolution", "list")) == 2


def test_a_due_day_without_its_year_follows_the_meeting(coord: Desk) -> None:
    coord.ok("meeting", "plan", "--at", "2026-10-20", "--place", "会议室", "--on", "2026-10-02")
    coord.ok("meeting", "hold", "M1")
    answer = add(coord, "--meeting", "M1", due="11-10")
    assert answer["recorded"]["due_on"] == "2026-11-10"
    moved = coord.json("correct", "S1", "due", "--on", "1-10", "--reason", "推迟")
    assert moved["recorded"]["on"] == "2027-01-10"


def test_of_a_meeting_it_is_owed_from_the_signature(coord: Desk) -> None:
    coord.ok("meeting", "plan", "--at", "2026-11-20", "--place", "会议室", "--on", "2026-11-02")
    coord.ok("meeting", "hold", "M1")
    answer = add(coord, "--meeting", "M1")
    assert answer["started"] == []
    assert answer["next_step"] == "纪要签发后开始督促：coord meeting sign M1"
    signed = coord.json("meeting", "sign", "M1")
    assert ("resolution.carry_out", "2026-12-10") in [
        (one["rule"], one["due_on"]) for one in signed["started"]
    ]
    late = add(coord, "--meeting", "M1")
    assert late["warnings"] == ["M1 的纪要已定稿，不含这一事项"]
    assert len(late["started"]) == 1


def test_a_topic_that_led_to_a_resolution_is_decided(coord: Desk) -> None:
    coord.ok("meeting", "plan", "--at", "2026-11-23", "--place", "会议室", "--on", "2026-11-02")
    coord.ok("topic", "add", "--by", "zrj", "--title", "执法衔接")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "hold", "M1")
    assert add(coord, "--topic", "T1")["recorded"]["meeting"] == "M1"
    add(coord, "--topic", "T1", kind="保障")
    shown = coord.json("topic", "show", "T1")
    assert (shown["status"], shown["conclusion"]) == ("decided", "S1")
    assert coord.json("meeting", "show", "M1")["undecided"] == []
    coord.ok("meeting", "sign", "M1")


def test_progress_carries_difficulty_and_the_office_s_opinion(coord: Desk) -> None:
    add(coord, "--with", "zrj", "--with", "zjj")
    answer = coord.json(
        "resolution",
        "progress",
        "S1",
        "--note",
        "已摸底",
        "--percent",
        "30",
        "--difficulty",
        "缺人",
    )
    assert "提出处理意见（峄政办发〔2022〕1号 一（三）4）" in answer["warnings"][0]
    coord.ok("resolution", "progress", "S1", "--note", "已协调", "--opinion", "由执法局派员")
    shown = coord.json("resolution", "show", "S1")
    assert (shown["percent"], shown["with"], shown["status"]) == (30, ["zrj"], "open")
    assert [(one["note"], one["difficulty"], one["opinion"]) for one in shown["progress"]] == [
        ("已摸底", "缺人", None), ("已协调", None, "由执法局派员"),
    ]  # fmt: skip
    assert "由执法局派员" in coord.ok("resolution", "list").out
    coord.ok("resolution", "done", "S1")
    assert coord.json("resolution", "list", "--open") == []
    assert coord.json("resolution", "list", "--unit", "zrj")[0]["percent"] == 100


def test_what_the_office_is_to_do_itself_is_judged_like_everyone_s(coord: Desk) -> None:
    (duty,) = add(coord, owner="lxb")["started"]
    assert (duty["owed_by"], duty["owed_to"]) == ("lxb", "leader")
    assert [one["owed_by"] for one in coord.json("overdue", today="2026-12-11")] == ["lxb"]
    (duty,) = add(coord, owner="zfj")["started"]
    assert (duty["owed_by"], duty["owed_to"]) == ("zfj", "lxb")


def test_the_due_day_is_corrected(coord: Desk) -> None:
    add(coord)
    answer = coord.json("correct", "S1", "set", "--on", "2026-12-20", "--reason", "纪要如此")
    assert [(one["due_on"], one["due_on_before"]) for one in answer["moved"]] == [
        ("2026-12-20", "2026-12-10")
    ]
    told = coord.refused("correct", "S1", "set", "--on", "2026-11-20", "--reason", "甲")
    assert "早于议定日期 2026-11-23" in told
    assert coord.json("resolution", "show", "S1")["due_on"] == "2026-12-20"
    assert coord("check", "-f", "json", "--only", "duties").json == []


def test_explain_says_by_which_day_it_was_resolved(coord: Desk) -> None:
    add(coord)
    proof = coord.json("explain", "D3")
    assert (proof["trigger"]["label"], proof["due_on"]) == ("议定的办结日期", "2026-12-10")
    assert "按指定日期" in coord.ok("explain", "D3").out


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk) -> None:
    coord.ok("meeting", "plan", "--at", "2026-11-20", "--place", "会议室", "--on", "2026-11-02")
    coord.ok("meeting", "plan", "--at", "2026-12-18", "--place", "会议室")
    coord.ok("topic", "add", "--by", "zrj", "--title", "执法衔接")
    coord.ok("meeting", "hold", "M1")
    add(coord)
    coord.ok("resolution", "done", "S1")
    before = coord.json("history")
    new = (*ADD, "议定", "--owner", "zjj", "--due")
    clause = "峄政办发〔2022〕1号 一（四）4"
    for line, code, why in (
        ((*new, "2026-11-19", "--meeting", "M1"), 1, f"早于议定的日期 2026-11-20（{clause}）"),
        ((*new, "2026-11-20"), 1, "早于议定的日期 2026-11-23"),
        ((*new, "2026-12-30", "--meeting", "M2"), 1, f"M2 尚未召开（{clause}）"),
        ((*new, "2026-12-30", "--topic", "T1"), 1, f"议题 T1 待审定（{clause}）"),
        ((*new, "2026-12-30", "--meeting", "M9"), 1, "没有这项会议"),
        ((*ADD, "议定", "--owner", "没有的局", "--due", "2026-12-30"), 1, "没有这个单位"),
        (
            (*ADD, "别的", "--owner", "zjj", "--due", "2026-12-30"),
            2,
            "--kind 只能是：议定、交办、建议、保障",
        ),
        (("resolution", "progress", "S1", "--note", "甲"), 1, "已于 2026-11-23 登记议定事项办结"),
        (("resolution", "progress", "S1", "--note", " "), 1, "不能为空"),
        (("resolution", "progress", "S1", "--note", "甲", "--percent", "101"), 2, "0 至 100"),
        (("resolution", "done", "S1"), 1, "已于 2026-11-23 登记"),
        (("resolution", "done", "S9"), 1, "没有这项议定事项"),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("history") == before


def test_it_belongs_to_the_quarter_in_which_it_was_resolved(coord: Desk) -> None:
    coord.ok("meeting", "plan", "--at", "2026-09-10", "--place", "会议室", "--on", "2026-09-01")
    coord.ok("meeting", "hold", "M1", "--on", "2026-09-10")
    add(coord, "--meeting", "M1")
    coord.ok("meeting", "sign", "M1", "--on", "2026-09-14")
    (duty,) = coord.json("pending", "--rule", "resolution.carry_out")
    assert (duty["started_on"], duty["due_on"]) == ("2026-09-14", "2026-12-10")
    third, fourth = ("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31")
    for (first, last), count in ((third, 1), (fourth, 0)):
        rows = coord.json("stats", "--from", first, "--to", last, "--by", "rule")["rows"]
        found = [one for one in rows if one["key"] == "resolution.carry_out"]
        assert sum(one["open_in_time"] for one in found) == count
    months = {one["key"] for one in coord.json("stats", "--by", "month")["rows"]}
    assert "2026-12" not in months
    shown = coord.ok("explain", duty["id"]).out
    assert "起算　2026-09-14 起督促，2026-12-10 议定的办结日期" in shown


def test_a_call_that_is_late_before_its_meeting_s_quarter_is_counted_in_its_own(
    coord: Desk,
) -> None:
    coord.ok("meeting", "plan", "--at", "2026-10-08", "--place", "会议室", "--on", "2026-09-10")
    rows = coord.json("stats", "--from", "2026-07-01", "--to", "2026-09-30", "--by", "rule")["rows"]
    assert [one["open_late"] for one in rows if one["key"] == "meeting.solicit"] == [1]


def test_what_does_not_apply_is_not_told_as_late(coord: Desk) -> None:
    (duty,) = add(coord, due="2026-11-24")["started"]
    span = ("brief", "--from", "2026-11-01", "--to", "2026-11-30")
    told = coord.ok(*span, today="2026-12-01").out.partition("五、")[2].partition("六、")[0]
    assert "区住建局" in told
    coord.ok("duty", "cancel", duty["id"], "--reason", "撤回", today="2026-12-02")
    text = coord.ok(*span, today="2026-12-02").out.partition("五、")[2].partition("六、")[0]
    assert "区住建局" not in text


def test_a_duty_of_a_matter_without_a_case_is_cancelled_and_restored(coord: Desk) -> None:
    (duty,) = add(coord)["started"]
    told = coord.ok("duty", "cancel", duty["id"], "--reason", "撤回").out
    assert "落实议定事项　S1 建立台账（撤回）" in told
    assert coord.json("pending", "--rule", "resolution.carry_out") == []
    coord.ok("duty", "restore", duty["id"], "--reason", "仍须办理")
    (again,) = coord.json("pending", "--rule", "resolution.carry_out")
    assert again["id"] == duty["id"]
    coord.checked_of_duties()


def test_what_does_not_apply_is_open_no_more_until_it_is_restored(coord: Desk) -> None:
    answer = add(coord, "--on", "2026-11-02", due="2026-11-20", owner="zrj")
    duty = answer["started"][0]["id"]
    add(coord, owner="swj")
    coord.ok("meeting", "plan", "--at", "2026-12-18 09:00", "--place", "会议室")
    coord.ok("duty", "cancel", duty, "--reason", "不再需要")
    assert [one["ref"] for one in coord.json("resolution", "list", "--open")] == ["S2"]
    all_of_them = coord.json("resolution", "list")
    assert [one["status"] for one in all_of_them] == ["cancelled", "open"]
    assert "不适用（不再需要）" in coord.ok("resolution", "show", "S1").out
    (review,) = coord.json("meeting", "show", "M1")["agenda"]
    assert [one["ref"] for one in review["resolutions"]] == ["S2"]
    told = coord.refused("letter", "supervise", "S1")
    assert f"不能出具督办单：S1 的时限 {duty} 不适用（不再需要）。" in told
    progress = coord.json("resolution", "progress", "S1", "--note", "已停")
    assert "supervise" not in progress["next_step"]
    restore = f"coord duty restore {duty} --reason 理由"
    assert restore in told
    coord.ok(*restore.split()[1:])
    assert [one["ref"] for one in coord.json("resolution", "list", "--open")] == ["S1", "S2"]
    coord.ok("letter", "supervise", "S1")
