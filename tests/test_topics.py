"""一（三）2, 一（四）1–2: topics by any member at any time, decided on by 组长."""

import pytest
from conftest import Desk

ADD = ("topic", "add", "--title", "执法衔接", "--by")
PLAN = ("meeting", "plan", "--place", "会议室", "--at")


def test_a_topic_is_for_the_leader_to_decide_on_in_due_time(coord: Desk) -> None:
    answer = coord.json(*ADD, "zrj", "--background", "情况", "--on", "2026-11-02")
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == ("meeting.approve", "lxb", "leader")
    (pending,) = coord.owed()
    assert (pending["due_on"], pending["status"]) == (None, "ageing")
    assert coord.json("overdue") == []
    answer = coord.json("topic", "reject", "T1", "--reason", "属日常工作")
    assert [one["rule"] for one in answer["met"]] == ["meeting.approve"]
    shown = coord.json("topic", "show", "T1")
    assert (shown["status"], shown["reject_reason"]) == ("rejected", "属日常工作")
    assert "组长" in coord.ok("explain", duty["id"]).out


def test_a_topic_goes_to_the_next_regular_meeting(coord: Desk) -> None:
    assert coord.json(*ADD, "zrj")["recorded"]["meeting"] is None
    coord.ok(*PLAN, "2027-01-15")
    coord.ok(*PLAN, "2026-12-18")
    coord.ok(*PLAN, "2026-12-01", "--kind", "special")
    assert coord.json("topic", "show", "T1")["meeting"] == "M1"
    assert coord.json(*ADD, "zjj")["recorded"]["meeting"] == "M2"
    assert coord.json(*ADD, "zjj", "--meeting", "M3")["recorded"]["meeting"] == "M3"
    assert [one["ref"] for one in coord.json("topic", "list", "--meeting", "M2")] == ["T2"]
    assert [one["ref"] for one in coord.json("topic", "list", "--unit", "zjj")] == ["T2", "T3"]


def test_a_topic_between_meetings_calls_one(coord: Desk) -> None:
    coord.ok(*ADD, "zrj")
    answer = coord.json("topic", "approve", "T1")
    assert [one["rule"] for one in answer["met"]] == ["meeting.approve"]
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_to"], duty["due_on"]) == ("meeting.convene", "members", None)
    assert answer["next_step"].startswith("召集会议：coord meeting plan --kind special")
    answer = coord.json(*PLAN, "2026-11-26", "--kind", "special")
    assert [one["rule"] for one in answer["met"]] == ["meeting.convene"]
    assert answer["recorded"]["topics"] == ["T1"]
    assert coord.json("meeting", "circulate", "M1")["recorded"]["topics"] == ["T1"]


def test_a_special_meeting_called_off_is_owed_again(coord: Desk) -> None:
    coord.ok(*ADD, "zrj")
    coord.ok("topic", "approve", "T1")
    coord.ok(*PLAN, "2026-11-26", "--kind", "special")
    answer = coord.json("meeting", "cancel", "M1", "--reason", "甲")
    assert [one["rule"] for one in answer["reopened"]] == ["meeting.convene"]
    coord.ok("undo", "--yes")
    assert coord.json("topic", "show", "T1")["meeting"] == "M1"
    assert coord.json("pending", "--rule", "meeting.convene") == []
    coord.ok("undo", "--yes")
    assert len(coord.json("pending", "--rule", "meeting.convene")) == 1
    assert coord("check", "-f", "json", "--only", "duties").json == []


def test_a_topic_may_have_a_meeting_of_its_own(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-12-18")
    coord.ok(*ADD, "zrj")
    coord.ok(*ADD, "zjj")
    answer = coord.json("topic", "approve", "T1", "--special")
    assert [one["rule"] for one in answer["started"]] == ["meeting.convene"]
    answer = coord.json(*PLAN, "2026-11-26", "--kind", "special")
    assert answer["recorded"]["topics"] == ["T1"]
    assert [one["meeting"] for one in coord.json("topic", "list")] == ["M2", "M1"]
    coord.ok(*ADD, "mzj", "--meeting", "M2")
    answer = coord.json("topic", "approve", "T3", "--special")
    assert [one["rule"] for one in answer["started"]] == ["meeting.circulate"]
    assert coord.json("topic", "show", "T3")["meeting"] == "M2"


def test_an_approved_topic_of_a_cancelled_meeting_is_still_to_be_circulated(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-12-18")
    coord.ok(*PLAN, "2027-01-15")
    coord.ok(*ADD, "zrj")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "cancel", "M1", "--reason", "甲")
    assert [one["matter"] for one in coord.json("pending", "--rule", "meeting.circulate")] == ["T1"]
    assert coord.json("topic", "show", "T1")["meeting"] == "M2"
    answer = coord.json("meeting", "circulate", "M2")
    assert [one["rule"] for one in answer["met"]] == ["meeting.circulate"]


def test_a_topic_decided_without_having_been_sent_is_no_longer_to_be_sent(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-11-24", "--on", "2026-11-02")
    coord.ok(*ADD, "zrj")
    coord.ok("topic", "approve", "T1")
    coord.ok("meeting", "hold", "M1", today="2026-11-24")
    answer = coord.json("topic", "decide", "T1", "--text", "同意", today="2026-11-24")
    assert [one["rule"] for one in answer["ended"]] == ["meeting.circulate"]
    assert coord.json("topic", "show", "T1", today="2026-11-24")["conclusion"] == "同意"


@pytest.mark.parametrize("unit", ["lxb", "qzf"])
def test_what_the_government_hands_down_may_be_a_topic(coord: Desk, unit: str) -> None:
    assert coord.json(*ADD, unit)["recorded"]["by"] == unit


def test_a_date_is_corrected(coord: Desk) -> None:
    coord.ok(*ADD, "zrj", "--on", "2026-11-16")
    coord.ok("topic", "approve", "T1", "--on", "2026-11-18")
    correct = ("correct", "T1", "added", "--reason", "看错", "--on")
    assert "早于提出日期" in coord.refused(*correct, "2026-11-19")
    coord.ok(*correct, "2026-11-17")
    assert coord.json("topic", "show", "T1")["added_on"] == "2026-11-17"
    assert coord("check", "-f", "json", "--only", "duties").json == []


def test_what_cannot_be_is_refused_and_changes_nothing(coord: Desk) -> None:
    coord.ok(*PLAN, "2026-11-20", "--on", "2026-11-02")
    coord.ok(*PLAN, "2026-11-21", "--on", "2026-11-02")
    coord.ok("meeting", "hold", "M1")
    for _ in range(4):
        coord.ok(*ADD, "zrj")
    coord.ok("topic", "approve", "T1")
    coord.ok("topic", "reject", "T2", "--reason", "甲")
    before = coord.json("history")
    clause = "峄政办发〔2022〕1号 一（四）"
    for line, code, why in (
        (
            (*ADD, "zrj", "--meeting", "M1"),
            1,
            f"不能列入议题：M1 已召开（2026-11-20）（{clause}2）",
        ),
        ((*ADD, "zrj", "--meeting", "M2"), 1, f"M2 的会期 2026-11-21 已过（{clause}2）"),
        ((*ADD, "zrj", "--meeting", "M9"), 1, "没有这项会议"),
        ((*ADD, "fy"), 1, f"区人民法院不是成员单位，议题由各成员单位提出（{clause}2）"),
        ((*ADD, "没有的局"), 1, "没有这个单位"),
        ((*ADD, "zrj", "--on", "2026-12-01"), 1, "尚未发生"),
        (("topic", "add", "--by", "zrj", "--title", " "), 1, "不能为空"),
        ((*ADD, "zrj", "--proposal", "机密★"), 1, "国家秘密"),
        (("topic", "approve", "T1"), 1, f"T1 已审定（2026-11-23），不再审定（{clause}1）"),
        (("topic", "approve", "T3", "T2"), 1, f"T2 未予审定（2026-11-23），不再审定（{clause}1）"),
        (("topic", "approve", "T9"), 1, "没有这项议题"),
        (("topic", "approve", "T3", "--on", "2026-11-20"), 1, "早于提出日期"),
        (("topic", "reject", "T1", "--reason", "甲"), 1, "不再审定"),
        (("topic", "reject", "T3", "--reason", " "), 1, "不能为空"),
        (("topic", "decide", "T1", "--text", "同意"), 1, f"还没有列入会议（{clause}4）"),
        (("topic", "decide", "T3", "--text", "同意"), 1, "待审定"),
        (("topic", "decide", "T1", "--text", " "), 1, "不能为空"),
        (("topic", "carry", "T2"), 1, "未予审定"),
    ):
        assert why in coord.refused(*line, code=code), line
    assert coord.json("history") == before
