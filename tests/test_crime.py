"""六（二） with 国务院令第310号: reported, approved, sent to the police, and what becomes of it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import AddCase, Desk
from dump import dump

from yicheng_coord.paths import policy_folder

TWO = ("--officer", "张某", "--officer", "李某")
Line = tuple[str, ...]


def report(at: str = "2026-11-09 09:00") -> Line:
    return ("crime", "report", "1", *TWO, "--at", at)


def approve(at: str) -> Line:
    return ("crime", "approve", "1", "--by", "王某", "--at", at)


@pytest.fixture
def accepted(coord: Desk, add_case: AddCase) -> Desk:
    """A case that 区自然资源局 sent and 区综合行政执法局 took."""
    add_case("--competent", "zfj", "--determined-on", "2026-11-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    coord.ok("transfer", "receive", "1", "--on", "2026-11-04")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-05")
    return coord


@pytest.fixture
def sent(accepted: Desk) -> Desk:
    """It was approved and sent in time."""
    accepted.ok(*report())
    accepted.ok(*approve("2026-11-10 10:00"))
    accepted.ok("crime", "send", "1", "--at", "2026-11-10 16:00")
    return accepted


def shown(coord: Desk) -> tuple[str, str]:
    case = coord.json("case", "show", "1")
    return case["status"], case["holder"]


def rules(duties: list[dict[str, Any]]) -> list[str]:
    return sorted(duty["rule"] for duty in duties)


# --- the clocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "due", "other"),
    [
        ("2026-11-09 09:00", "2026-11-12", "2026-11-12"),
        ("2026-11-12 23:30", "2026-11-15", "2026-11-17"),  # a Sunday: not rolled
        ("2026-09-30 17:00", "2026-10-03", "2026-10-10"),  # within the holiday: not rolled
        ("2026-02-13 09:00", "2026-02-16", "2026-02-25"),
    ],
)
def test_the_head_decides_within_three_calendar_days_that_are_not_rolled(
    coord: Desk, add_case: AddCase, reported: str, due: str, other: str
) -> None:
    add_case(found_on="2026-02-02")
    (duty,) = coord.json(*report(reported))["started"]
    assert (duty["rule"], duty["due_on"], duty["due_on_other_reading"]) == (
        "crime.approve",
        due,
        other,
    )
    assert (duty["owed_by"], duty["owed_to"]) == ("zrj", None)
    assert duty["started_at"] == reported.replace(" ", "T") + ":00"


@pytest.mark.parametrize(
    ("approved", "due_at", "late"),
    [
        ("2026-11-10 15:30", "2026-11-11T15:30:00", "2026-11-11 15:31"),
        ("2026-11-06 23:50", "2026-11-07T23:50:00", "2026-11-08 00:00"),  # a Friday night
        ("2026-11-07 09:00", "2026-11-08T09:00:00", "2026-11-08 09:01"),  # a weekend
        ("2026-09-30 18:00", "2026-10-01T18:00:00", "2026-10-01 18:01"),  # the National Day
        ("2026-02-16 08:00", "2026-02-17T08:00:00", "2026-02-17 08:01"),  # the Spring Festival
    ],
)
def test_it_is_sent_within_24_hours_of_the_approval_nights_and_rest_days_included(
    coord: Desk, add_case: AddCase, approved: str, due_at: str, late: str
) -> None:
    add_case(found_on="2026-02-02")
    coord.ok(*report(approved))
    (duty,) = coord.json(*approve(approved))["started"]
    assert (duty["rule"], duty["due_at"]) == ("crime.send", due_at)
    assert duty["owed_to"] == "gaj"
    in_time = due_at.replace("T", " ")[:16]
    (met,) = coord.json("crime", "send", "1", "--at", in_time)["met"]
    assert (met["rule"], met["status"], met["days_left"]) == ("crime.send", "met", 0)
    coord.ok("undo", "--yes")
    (met,) = coord.json("crime", "send", "1", "--at", late)["met"]
    assert (met["rule"], met["status"], met["days_left"]) == ("crime.send", "met_late", -1)
    assert coord("check", "--only", "duties", "--only", "invariants", "-f", "json").json == []


def test_the_24_hours_are_over_at_their_moment_and_not_at_midnight(accepted: Desk) -> None:
    accepted.ok(*report("2026-11-20 15:00"))
    accepted.ok(*approve("2026-11-20 15:30"))
    now = {"before": "2026-11-21 15:29", "after": "2026-11-21 15:31"}
    assert accepted.json("overdue", "--rule", "crime.send", today=now["before"]) == []
    (duty,) = accepted.json("overdue", "--rule", "crime.send", today=now["after"])
    assert duty["due_at"] == "2026-11-21T15:30:00"
    assert "不足 1 天" in accepted.ok("overdue", "--rule", "crime.send", today=now["after"]).out


def test_the_police_answer_within_three_calendar_days_that_are_rolled(sent: Desk) -> None:
    duty = sent.duty("crime.answer")
    assert (duty["owed_by"], duty["owed_to"]) == ("gaj", "zfj")
    assert (duty["started_on"], duty["due_on"]) == ("2026-11-10", "2026-11-13")
    assert duty["assumed_start"]
    moved = sent.json("crime", "receive", "1", "--at", "2026-11-11 09:00")["moved"]
    assert [(one["due_on"], one["assumed_start"]) for one in moved] == [("2026-11-16", False)]
    (met,) = sent.json("crime", "answer", "1", "--filed", "--on", "2026-11-16")["met"]
    assert (met["rule"], met["status"]) == ("crime.answer", "met")


def test_goods_follow_the_filing_within_three_calendar_days_that_are_not_rolled(sent: Desk) -> None:
    answer = sent.json(
        "crime", "answer", "1", "--filed", "--on", "2026-11-12", "--document", "某号"
    )
    (duty,) = [one for one in answer["started"] if one["rule"] == "crime.goods"]
    assert (duty["owed_by"], duty["owed_to"], duty["due_on"]) == ("zfj", "gaj", "2026-11-15")
    (met,) = sent.json("crime", "goods", "1", "--on", "2026-11-16")["met"]
    assert (met["status"], met["days_left"]) == ("met_late", -1)


@pytest.mark.parametrize(
    ("day", "plain", "rolled"),
    [
        ("2026-11-05", "2026-11-08", "2026-11-09"),  # to a Sunday
        ("2026-09-30", "2026-10-03", "2026-10-08"),  # into the National Day's holiday
        ("2026-02-13", "2026-02-16", "2026-02-24"),  # into the Spring Festival's
    ],
)
def test_what_the_police_owe_is_rolled_over_rest_days_and_what_others_owe_is_not(
    coord: Desk, add_case: AddCase, day: str, plain: str, rolled: str
) -> None:
    add_case(found_on="2026-02-02")
    for line in (report(f"{day} 20:00"), approve(f"{day} 21:00")):
        coord.ok(*line)

    def started(*line: str) -> dict[str, str]:
        answer = coord.json("crime", *line)
        return {one["rule"]: one["due_on"] for one in answer["started"]}

    coord.ok("crime", "send", "1", "--at", f"{day} 22:00")
    received = coord.json("crime", "receive", "1", "--at", f"{day} 23:00")["moved"]
    assert [(one["rule"], one["due_on"]) for one in received] == [("crime.answer", rolled)]
    assert started("answer", "1", "--not-filed", "--on", day) == {"crime.review": plain}
    assert started("review", "1", "--to", "police", "--on", day) == {"crime.reconsider": rolled}
    upheld = ("answer", "1", "--not-filed", "--on", day)
    assert started(*upheld) == {"crime.supervision": plain}
    assert started("answer", "1", "--filed", "--on", day) == {"crime.goods": plain}
    coord.checked_of_duties()


def test_a_review_is_a_right_that_lapses_and_is_never_overdue(sent: Desk) -> None:
    answer = sent.json("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    (duty,) = answer["started"]
    assert (duty["rule"], duty["due_on"]) == ("crime.review", "2026-11-15")
    assert sent.json("overdue", "--rule", "crime.review") == []
    assert sent.duty("crime.review")["status"] == "lapsed"
    late = sent.json("crime", "review", "1", "--to", "police", "--on", "2026-11-16")
    assert "期限至 2026-11-15" in late["warnings"][0]


def test_after_a_review_the_police_may_file_it_after_all(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    assert "不予立案" in sent.refused("crime", "answer", "1", "--filed", "--on", "2026-11-13")
    sent.ok("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    sent.ok("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-14")
    assert "不再重复" in sent.refused("crime", "review", "1", "--to", "police")
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-17")
    assert shown(sent) == ("to_police", "gaj")
    sent.checked_of_duties()


def test_the_police_decide_a_review_within_three_calendar_days_that_are_rolled(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    answer = sent.json("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == ("crime.reconsider", "gaj", "zfj")
    assert (duty["started_on"], duty["due_on"]) == ("2026-11-13", "2026-11-16")
    (met,) = sent.json("crime", "answer", "1", "--not-filed", "--on", "2026-11-17")["met"]
    assert (met["rule"], met["status"]) == ("crime.reconsider", "met_late")


def test_a_second_refusal_opens_the_procuratorate_s_way_and_no_second_review(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    sent.ok("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    told = sent.refused("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    assert "复议决定日期 2026-11-12 早于提请日期 2026-11-13" in told
    line = ("crime", "answer", "1", "--not-filed", "--document", "某号", "--on", "2026-11-16")
    answer = sent.json(*line)
    assert [(one["rule"], one["due_on"]) for one in answer["started"]] == [
        ("crime.supervision", "2026-11-19")
    ]
    assert answer["recorded"]["after_review"]
    review, answered = sent.duty("crime.review"), sent.duty("crime.answer")
    assert (review["due_on"], review["met_on"]) == ("2026-11-15", "2026-11-13")
    assert answered["met_on"] == "2026-11-12"
    assert shown(sent) == ("accepted", "zfj")
    assert "不再重复登记" in sent.refused("crime", "answer", "1", "--not-filed")
    assert "不再重复登记" in sent.refused("crime", "review", "1", "--to", "police")
    on_file = sent.json("crime", "show", "1")
    assert (on_file["status"], on_file["declined_on"], on_file["upheld_on"]) == (
        "not_filed",
        "2026-11-12",
        "2026-11-16",
    )
    assert on_file["upheld_document"] == "某号"
    late = sent.json("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-20")
    assert [(one["rule"], one["status"]) for one in late["met"]] == [
        ("crime.supervision", "met_late")
    ]
    assert "期限至 2026-11-19" in late["warnings"][0]
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-21")
    assert "不再重复登记" in sent.refused("crime", "answer", "1", "--not-filed")
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-23")
    assert shown(sent) == ("to_police", "gaj")
    sent.checked_of_duties()


def test_a_window_for_the_procuratorate_lapses_and_is_never_overdue(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    sent.ok("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-16")
    assert sent.duty("crime.supervision")["status"] == "lapsed"
    assert sent.json("overdue", "--rule", "crime.supervision") == []


def test_after_the_procuratorate_alone_was_asked_no_review_follows_a_second_refusal(
    sent: Desk,
) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    answer = sent.json("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-13")
    assert [one["rule"] for one in answer["met"]] == ["crime.review"]
    assert answer["started"] == []
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-16")
    told = sent.refused("crime", "review", "1", "--to", "police")
    assert "此后只能建议立案监督（国务院令第310号 第九条）" in told
    sent.checked_of_duties()


# --- who has the case -----------------------------------------------------------------------------


def test_the_police_have_what_was_sent_to_them(sent: Desk) -> None:
    assert shown(sent) == ("to_police", "gaj")
    (listed,) = sent.json("case", "list", "--status", "to_police")
    assert listed["holder"] == "gaj"
    told = sent.refused("case", "decide", "1", "--outcome", "处罚")
    assert "不得以罚代刑" in told


@pytest.mark.parametrize("back", [("answer", "1", "--not-filed"), ("return", "1")])
def test_what_they_give_back_is_where_it_was_before(sent: Desk, back: Line) -> None:
    sent.ok("crime", *back, "--on", "2026-11-12")
    assert shown(sent) == ("accepted", "zfj")
    sent.ok("undo", "--yes")
    assert shown(sent) == ("to_police", "gaj")
    sent.ok("undo", "--yes")
    assert shown(sent) == ("accepted", "zfj")
    sent.checked_of_duties()


def test_the_finder_s_duty_to_transfer_rests_while_the_police_have_the_case(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-09")
    coord.ok(*report("2026-11-09 10:00"))
    coord.ok(*approve("2026-11-09 11:00"))
    ended = coord.json("crime", "send", "1", "--at", "2026-11-10 09:00")["ended"]
    assert rules(ended) == ["transfer.send"]
    back = coord.json("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    assert [(one["rule"], one["due_on"]) for one in back["reopened"]] == [
        ("transfer.send", "2026-11-12")
    ]
    assert shown(coord) == ("registered", "zrj")
    coord.ok("transfer", "send", "1", "--to", "zjj")


def test_sending_is_a_decision_that_the_first_sender_is_told_of(sent: Desk) -> None:
    duty = sent.duty("transfer.result")
    assert (duty["owed_by"], duty["owed_to"]) == ("zfj", "zrj")
    assert (duty["started_on"], duty["due_on"]) == ("2026-11-10", "2026-11-13")
    answer = sent.json("transfer", "notify", "1", "--on", "2026-11-12")
    assert rules(answer["met"]) == ["transfer.result"]
    assert sent.json("crime", "show", "1")["notified_on"] == "2026-11-12"
    assert "没有待通报" in sent.refused("transfer", "notify", "1")
    assert "下一步：登记立案或不予立案：coord crime answer 1" in sent.refused(
        "transfer", "notify", "1"
    )


def test_a_penalty_after_the_return_is_to_be_told_anew(sent: Desk) -> None:
    sent.ok("transfer", "notify", "1", "--on", "2026-11-12")
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-13")
    told = sent.refused("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-12")
    assert "早于公安机关退回日期 2026-11-13" in told
    answer = sent.json("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-16")
    (duty,) = [one for one in answer["started"] if one["rule"] == "transfer.result"]
    assert duty["due_on"] == "2026-11-19"


def test_what_was_decided_before_may_be_decided_again_after_the_return(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    coord.ok("case", "decide", "1", "--outcome", "其他", "--on", "2026-11-04")
    coord.ok(*report())
    coord.ok(*approve("2026-11-10 10:00"))
    coord.ok("crime", "send", "1", "--at", "2026-11-10 16:00")
    coord.ok("crime", "return", "1", "--on", "2026-11-12")
    assert shown(coord) == ("decided", "zrj")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-16")
    assert "已有处理决定" in coord.refused("case", "decide", "1", "--outcome", "处罚")
    coord.ok("case", "close", "1")


def test_what_the_police_filed_is_closed_when_its_sender_was_told(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-12")
    assert shown(sent) == ("to_police", "gaj")
    assert "书面通报原移送单位" in sent.refused("case", "close", "1")
    sent.ok("transfer", "notify", "1", "--on", "2026-11-13")
    assert "早于" in sent.refused("case", "close", "1", "--on", "2026-11-12")
    sent.ok("case", "close", "1", "--on", "2026-11-16")
    assert shown(sent) == ("closed", None)
    for line in (("review", "1", "--to", "police"), ("lead", "1", "--text", "线索")):
        assert "已办结" in sent.refused("crime", *line), line
    assert "不再重复登记" in sent.refused("crime", "answer", "1", "--filed")
    assert shown(sent) == ("closed", None)
    sent.checked_of_duties()


def test_goods_and_a_copy_may_follow_the_closing_of_what_the_police_filed(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok(*approve("2026-11-10 10:00"))
    accepted.ok("crime", "send", "1", "--at", "2026-11-10 16:00", "--not-copied")
    accepted.ok("transfer", "notify", "1", "--on", "2026-11-11")
    accepted.ok("crime", "answer", "1", "--filed", "--on", "2026-11-12")
    closed = accepted.json("case", "close", "1", "--on", "2026-11-12")
    assert closed["next_step"].startswith("移交涉案物品和材料：coord crime goods 1")
    assert "早于移送日期" in accepted.refused("crime", "receive", "1", "--at", "11-09 09:00")
    accepted.ok("crime", "receive", "1", "--at", "2026-11-11 09:00")
    (met,) = accepted.json("crime", "goods", "1", "--on", "2026-11-16")["met"]
    assert (met["rule"], met["due_on"], met["status"]) == ("crime.goods", "2026-11-15", "met_late")
    accepted.ok("crime", "copy", "1", "--on", "2026-11-17")
    assert shown(accepted) == ("closed", None)
    assert "不再重复登记" in accepted.refused("crime", "goods", "1")
    accepted.checked_of_duties()
    accepted.ok("undo", "--yes")
    accepted.checked_of_duties()


def test_a_penalty_given_before_they_filed_it_after_all_is_told_before_the_closing(
    sent: Desk,
) -> None:
    sent.ok("transfer", "notify", "1", "--on", "2026-11-11")
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    sent.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-13")
    sent.ok("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    answer = sent.json("crime", "answer", "1", "--filed", "--on", "2026-11-16")
    sent.ok("crime", "goods", "1", "--on", "2026-11-17")
    step = sent.json("case", "show", "1")["next_step"]
    assert answer["next_step"].startswith("移交涉案物品和材料")
    assert step == "书面通报原移送单位：coord transfer notify 1"
    assert "还缺：书面通报原移送单位" in sent.refused("case", "close", "1")
    met = rules(sent.json("transfer", "notify", "1", "--on", "2026-11-18")["met"])
    assert met == ["info.penalty", "transfer.result"]
    told = sent.refused("transfer", "notify", "1")
    assert "没有待通报的处理决定" in told
    assert "coord case close 1" in told
    sent.ok("case", "close", "1")
    sent.checked_of_duties()


def test_a_case_that_was_closed_when_the_police_had_filed_it_comes_back_and_is_open_again(
    sent: Desk,
) -> None:
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-12")
    sent.ok("crime", "goods", "1", "--on", "2026-11-13")
    sent.ok("transfer", "notify", "1", "--on", "2026-11-13")
    sent.ok("case", "close", "1", "--on", "2026-11-16")
    (duty,) = sent.json("crime", "return", "1", "--cleared", "--on", "2026-11-18")["started"]
    assert (duty["rule"], duty["owed_by"]) == ("crime.return", "gaj")
    assert shown(sent) == ("to_police", "gaj")
    out = sent.ok("crime", "return", "1", "--on", "2026-11-19").out
    assert "已移回：区公安分局 → 区综合行政执法局" in out
    assert shown(sent) == ("accepted", "zfj")
    sent.checked_of_duties()
    sent.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-20")
    sent.ok("transfer", "notify", "1", "--on", "2026-11-20")
    sent.ok("case", "close", "1", "--on", "2026-11-23")
    assert "已办结" in sent.refused("crime", "return", "1")
    for status in ("notified", "decided", "accepted", "to_police", "closed"):
        sent.ok("undo", f"P{_last_not_undone(sent)}", "--yes")
        assert shown(sent)[0] == status
    sent.checked_of_duties()


def _last_not_undone(coord: Desk) -> int:
    operations = coord.json("history")
    return max(
        int(one["ref"][1:]) for one in operations if not one["undone_by"] and not one["undoes"]
    )


@pytest.mark.parametrize(
    ("answer", "after"), [("--filed", ("to_police", "gaj")), ("--not-filed", ("notified", "zfj"))]
)
def test_a_case_that_was_closed_while_a_review_was_asked_for_is_open_again_when_it_is_answered(
    sent: Desk, answer: str, after: tuple[str, str]
) -> None:
    sent.ok("transfer", "notify", "1", "--on", "2026-11-11")
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    asked = sent.json("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    assert asked["next_step"] == "复议决定：coord crime answer 1 --filed"
    sent.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-16")
    sent.ok("transfer", "notify", "1", "--on", "2026-11-16")
    sent.ok("case", "close", "1", "--on", "2026-11-17")
    sent.checked_of_duties()
    out = sent.ok("crime", "answer", "1", answer, "--on", "2026-11-16").out
    assert "2026-0001 曾于 2026-11-17 办结，现恢复办理" in out
    assert shown(sent) == after
    sent.checked_of_duties()
    sent.ok("undo", "--yes")
    assert shown(sent)[0] == "closed"
    sent.checked_of_duties()


def test_the_closing_of_a_case_that_came_back_stays_in_the_history(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-12")
    sent.ok("transfer", "notify", "1", "--on", "2026-11-13")
    sent.ok("case", "close", "1", "--on", "2026-11-16")
    out = sent.ok("crime", "return", "1", "--on", "2026-11-19").out
    assert "2026-0001 曾于 2026-11-16 办结，现恢复办理" in out
    assert "已办结：2026-0001" in sent.ok("history", "1").out
    assert sent.json("case", "show", "1")["closed_on"] is None


def test_the_return_is_owed_in_due_time_from_the_day_on_which_nobody_is_prosecuted(
    sent: Desk,
) -> None:
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-12")
    answer = sent.json("crime", "return", "1", "--cleared", "--on", "2026-11-16")
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == ("crime.return", "gaj", "zfj")
    assert (duty["due_on"], duty["status"]) == (None, "ageing")
    assert shown(sent) == ("to_police", "gaj")
    back = sent.json("crime", "return", "1", "--on", "2026-11-20")
    assert rules(back["met"]) == ["crime.return"]
    assert rules(back["ended"]) == ["crime.goods"]
    assert shown(sent) == ("accepted", "zfj")


def test_a_case_that_was_rejected_or_came_back_may_be_reported_again(sent: Desk) -> None:
    sent.ok("crime", "return", "1", "--decided-on", "2026-11-11", "--on", "2026-11-12")
    sent.ok("crime", "report", "1", *TWO, "--at", "2026-11-16 09:00")
    rejected = sent.json("crime", "reject", "1", "--by", "王某", "--reason", "情节轻微")
    assert rules(rejected["met"]) == ["crime.approve"]
    again = sent.json("crime", "show", "1")
    assert (again["status"], again["reject_reason"]) == ("rejected", "情节轻微")
    assert [one["status"] for one in again["earlier"]] == ["returned"]
    sent.ok("crime", "report", "1", *TWO, "--at", "2026-11-23 09:00")
    assert len(sent.json("crime", "list")) == 3


# --- 不得以罚代刑 -----------------------------------------------------------------------------------


def test_no_penalty_takes_the_place_of_the_way_to_the_police(accepted: Desk) -> None:
    accepted.ok(*report())
    decide = ("case", "decide", "1", "--outcome", "处罚")
    before = dump(accepted)
    for on in ((), ("--on", "2026-11-09"), ("--on", "2026-11-10")):
        told = accepted.refused(*decide, *on)
        assert (
            "已于 2026-11-09 报告涉嫌犯罪，先登记批准或者不批准移送公安机关，不得以罚代刑" in told
        )
        assert "（峄政办发〔2022〕1号 六（二））" in told
        assert "coord crime approve 1 --by 姓名 --at 时刻" in told
    assert dump(accepted) == before
    accepted.ok(*approve("2026-11-10 10:00"))
    told = accepted.refused(*decide)
    assert "已于 2026-11-10 批准移送公安机关，先登记移送，不得以罚代刑" in told
    assert "coord crime send 1 --at 时刻" in told
    again = accepted.refused(*report("2026-11-11 09:00"))
    assert "先登记移送（峄政办发〔2022〕1号 六（二））" in again
    assert "还缺：公安机关一节：移送公安机关（六（二）：不得以罚代刑）" in accepted.refused(
        "case", "close", "1"
    )


def test_a_penalty_given_before_the_report_stays_and_may_be_recorded_later(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-08")
    accepted.ok(*approve("2026-11-10 10:00"))
    accepted.ok("crime", "send", "1", "--at", "2026-11-10 16:00")
    assert shown(accepted) == ("to_police", "gaj")
    accepted.checked_of_duties()


def test_a_report_that_is_older_than_the_decision_is_recorded_with_a_warning(
    accepted: Desk,
) -> None:
    accepted.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-10")
    said = "2026-11-10 的处理决定在报告（2026-11-09）之后，不得以罚代刑（峄政办发〔2022〕1号 六（二））"
    assert any(said in one for one in accepted.json(*report())["warnings"])
    accepted.ok("undo", "--yes")
    assert accepted.json(*report("2026-11-10 16:00"))["warnings"] == []


def test_a_decision_that_a_correction_moves_behind_the_report_is_warned_of(
    accepted: Desk,
) -> None:
    accepted.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-08")
    accepted.ok(*report())
    move = ("correct", "1", "decided", "--reason", "看错", "--on")
    said = "的处理决定在报告（2026-11-09）之后，不得以罚代刑（峄政办发〔2022〕1号 六（二））"
    assert said in "".join(accepted.json(*move, "2026-11-10")["warnings"])
    assert accepted.json(*move, "2026-11-09")["warnings"] == []
    (told,) = accepted.json("correct", "C1", "reported", "--on", "11-06", "--reason", "看错")[
        "warnings"
    ]
    assert told.startswith("2026-11-09 的处理决定在报告（2026-11-06）之后，不得以罚代刑")
    accepted.checked_of_duties()


def test_a_decision_that_is_typed_after_the_head_s_refusal_and_lay_before_it_is_warned_of(
    accepted: Desk,
) -> None:
    accepted.ok(*report())
    reject = ("crime", "reject", "1", "--by", "王某", "--reason", "不构成犯罪")
    accepted.ok(*reject, "--on", "2026-11-11")
    decide = ("case", "decide", "1", "--outcome", "处罚", "--on")
    (told,) = accepted.json(*decide, "2026-11-10")["warnings"]
    assert told.startswith("2026-11-10 的处理决定在报告（2026-11-09）之后，不得以罚代刑")
    accepted.ok("undo", "--yes")
    assert accepted.json(*decide, "2026-11-11")["warnings"] == []


def test_what_the_head_did_not_approve_is_decided(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok(
        "crime", "reject", "1", "--by", "王某", "--reason", "情节轻微", "--on", "2026-11-10"
    )
    accepted.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-10")


def test_a_case_that_came_back_and_is_reported_anew_is_not_decided_either(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    sent.ok(*report("2026-11-16 09:00"))
    assert "不得以罚代刑" in sent.refused("case", "decide", "1", "--outcome", "处罚")


@pytest.mark.parametrize("act", ["determine", "send"])
def test_a_reported_case_waits_for_the_police_before_it_is_sent_elsewhere(
    coord: Desk, add_case: AddCase, act: str
) -> None:
    add_case()
    coord.ok(*report())
    coord.ok(*approve("2026-11-10 10:00"))
    line = {"determine": ("case", "determine", "1", "--competent", "zfj"),
            "send": ("transfer", "send", "1", "--to", "zfj")}[act]  # fmt: skip
    told = coord.refused(*line)
    assert "已于 2026-11-10 批准移送公安机关，先登记移送" in told
    assert "coord crime send 1 --at 时刻" in told


def test_the_number_of_a_sending_that_another_paper_bears_is_warned_of(
    accepted: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zjj", "--determined-on", "2026-11-03", title="另一案")
    accepted.ok("transfer", "send", "2", "--to", "zjj", "--number", "峄某〔2026〕1号",
                "--on", "2026-11-04")  # fmt: skip
    accepted.ok(*report())
    accepted.ok(*approve("2026-11-10 10:00"))
    line = ("crime", "send", "1", "--at", "2026-11-10 16:00", "--number")
    said = "字号 峄某〔2026〕1号 已用于 2026-0002 涉嫌违法案件移交函，请核对"
    assert said in accepted.json(*line, "峄某〔2026〕1号")["warnings"]
    accepted.ok("undo", "--yes")
    answer = accepted.json(*line, "峄某〔2026〕2号")
    assert not any("已用于" in one for one in answer["warnings"])
    told = accepted.json("request", "send", "--kind", "opinion", "--to", "zjj", "--question", "某",
                         "--number", "峄某〔2026〕2号")  # fmt: skip
    assert any("已用于 C1 的函件" in one for one in told["warnings"])


def test_a_case_is_named_by_its_way_to_the_police(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok("crime", "approve", "c1", "--by", "王某", "--at", "2026-11-10 10:00")
    accepted.ok("crime", "send", "C1", "--at", "2026-11-10 16:00")
    assert accepted.json("crime", "show", "C1") == accepted.json("crime", "show", "1")
    accepted.ok("crime", "answer", "C1", "--not-filed", "--on", "2026-11-12")
    accepted.ok("crime", "report", "C1", *TWO, "--at", "2026-11-16 09:00")
    told = accepted.refused("crime", "show", "C1")
    assert "C1 不是案件 2026-0001 最近的一次，最近的是 C2" in told
    assert "请用案件编号：2026-0001" in told
    assert accepted.json("crime", "show", "C2")["status"] == "reported"
    assert "没有这个案件" in accepted.refused("crime", "show", "C9")


def test_a_name_that_two_cases_bear_names_neither(accepted: Desk, add_case: AddCase) -> None:
    accepted.ok(*report())
    add_case("--external-number", "C1", title="另一案")
    told = accepted.refused("crime", "show", "C1")
    assert "几个案件的来源编号或者移送、执行的编号：2026-0002、2026-0001" in told


@pytest.mark.parametrize("step", ["reported", "approved", "sent"])
def test_no_case_is_closed_by_a_penalty_alone_while_the_police_have_not_answered(
    coord: Desk, add_case: AddCase, step: str
) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-04")
    lines = {
        "reported": report(),
        "approved": approve("2026-11-10 10:00"),
        "sent": ("crime", "send", "1", "--at", "2026-11-10 16:00"),
    }
    for name, line in lines.items():
        coord.ok(*line)
        if name == step:
            break
    told = coord.refused("case", "close", "1")
    assert "不得以罚代刑" in told
    assert "六（二）" in told


def test_the_database_itself_refuses_to_close_what_the_police_have_not_answered(
    sent: Desk,
) -> None:
    sent.ok("transfer", "notify", "1")
    with (
        closing(sqlite3.connect(sent.database)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="不得以罚代刑"),
    ):
        connection.execute("UPDATE case_file SET closed_on = '2026-11-20'")


# --- materials and copies -------------------------------------------------------------------------


def test_the_five_materials_are_checked_and_none_is_silently_absent(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok(*approve("2026-11-10 10:00"))
    accepted.ok("case", "material", "1", "--kind", "移送书", "--title", "移送书")
    accepted.ok("case", "material", "1", "--kind", "证据", "--title", "照片")
    answer = accepted.json("crime", "send", "1", "--at", "2026-11-10 16:00", "--number", "某号")
    assert answer["recorded"]["materials"] == {
        "移送书": "有",
        "调查报告": "缺",
        "涉案物品清单": "缺",
        "检验报告或鉴定结论": "不涉及",
        "其他有关材料": "有",
    }
    (warning,) = answer["warnings"]
    assert "尚缺：调查报告、涉案物品清单（国务院令第310号 第五条、第六条）" in warning
    on_file = accepted.json("crime", "show", "1")
    assert list(on_file["materials"]) == list(answer["recorded"]["materials"])
    assert on_file["number"] == "某号"
    assert "鉴定结论 不涉及" in accepted.ok("crime", "show", "1").out


def test_a_case_without_goods_has_no_list_of_them(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok(*approve("2026-11-10 10:00"))
    for kind in ("移送书", "调查报告", "鉴定"):
        accepted.ok("case", "material", "1", "--kind", kind, "--title", kind)
    answer = accepted.json("crime", "send", "1", "--at", "2026-11-10 16:00", "--no-goods")
    assert answer["warnings"] == []
    assert answer["recorded"]["materials"]["涉案物品清单"] == "不涉及"
    assert answer["recorded"]["materials"]["检验报告或鉴定结论"] == "有"


def test_the_procuratorate_gets_a_copy_or_it_is_said_that_it_got_none(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok(*approve("2026-11-10 10:00"))
    answer = accepted.json("crime", "send", "1", "--at", "2026-11-10 16:00", "--not-copied")
    assert "尚未抄送区人民检察院" in answer["warnings"][-1]
    assert accepted.json("crime", "show", "1")["copied_on"] is None
    accepted.ok("crime", "copy", "1", "--on", "2026-11-11")
    assert accepted.json("crime", "show", "1")["copied_on"] == "2026-11-11"
    assert "不再重复登记" in accepted.refused("crime", "copy", "1")


# --- 职务犯罪, and what comes from the police and the procuratorate ------------------------------------


def test_what_a_refusal_to_record_the_copy_twice_says_to_type_can_be_typed(sent: Desk) -> None:
    told = sent.refused("crime", "copy", "1")
    line = told.partition("coord ")[2].replace("--on 日期", "--on 2026-11-11").split()
    assert sent.json(*line)["recorded"]["on"] == "2026-11-11"
    line[line.index("--unit") + 1] = "区财政局"
    assert "C1 与区财政局无关。" in sent.refused(*line)


def test_leads_on_misconduct_in_office_go_to_the_supervisor(accepted: Desk) -> None:
    answer = accepted.json("crime", "lead", "1", "--text", "某某线索", "--on", "2026-11-09")
    (duty,) = answer["started"]
    assert (duty["rule"], duty["owed_by"], duty["owed_to"]) == ("crime.supervisor", "zfj", "jw")
    assert duty["due_on"] is None
    assert answer["next_step"] == "移送职务犯罪线索：coord crime lead-sent 1"
    assert shown(accepted) == ("accepted", "zfj")
    done = accepted.json("crime", "lead-sent", "1", "--on", "2026-11-10")
    assert rules(done["met"]) == ["crime.supervisor"]
    assert "没有待移送" in accepted.refused("crime", "lead-sent", "1")
    accepted.checked_of_duties()


@pytest.mark.parametrize("sender", ["gaj", "jcy"])
def test_a_case_from_the_police_or_the_procuratorate_is_registered_as_incoming(
    coord: Desk, sender: str
) -> None:
    coord.ok("case", "add", "--title", "某某案", "--found-by", sender, "--found-on", "2026-11-09",
             "--source", "移送", "--competent", "zfj", "--determined-on", "2026-11-09")  # fmt: skip
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-10")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-11")
    answer = coord.json("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-16")
    assert ("transfer.result", sender) in {
        (one["rule"], one["owed_to"]) for one in answer["started"]
    }
    assert coord.json("case", "show", "1")["source"] == "移送"


# --- refusals -------------------------------------------------------------------------------------


def test_one_officer_is_not_enough(accepted: Desk) -> None:
    for officers in (("--officer", "张某"), ("--officer", "张某", "--officer", " 张某 ")):
        told = accepted.refused("crime", "report", "1", *officers, "--at", "2026-11-09 09:00")
        assert "须由两名以上执法人员" in told
        assert "国务院令第310号 第五条" in told


def test_what_is_out_of_order_is_refused_in_one_sentence_with_its_clause(accepted: Desk) -> None:
    send = ("crime", "send", "1", "--at", "2026-11-10 16:00")
    answer = ("crime", "answer", "1", "--filed")
    for line in (send, answer, ("crime", "goods", "1"), ("crime", "return", "1")):
        told = accepted.refused(*line)
        assert "没有报告涉嫌犯罪（国务院令第310号 第五条）" in told
    accepted.ok(*report())
    before = dump(accepted)
    refusals: tuple[tuple[Line, str], ...] = (
        (report(), "先登记批准或者不批准"),
        (send, "还没有本机关负责人的批准（国务院令第310号 第五条）"),
        (answer, "还没有移送公安机关（国务院令第310号 第七条、第八条）"),
        (("crime", "receive", "1", "--at", "2026-11-10"), "还没有移送公安机关"),
        (("crime", "goods", "1"), "还没有移送公安机关（国务院令第310号 第十二条）"),
        (("crime", "review", "1", "--to", "police"), "还没有移送公安机关"),
        (("crime", "copy", "1"), "还没有移送公安机关"),
        (("crime", "return", "1"), "还没有移送公安机关"),
        (("crime", "lead-sent", "1"), "没有待移送"),
        (approve("2026-11-09 08:59"), "批准时刻 2026-11-09 08:59 早于报告时刻 2026-11-09 09:00"),
        (approve("2026-11-08 10:00"), "批准日期 2026-11-08 早于报告日期 2026-11-09"),
        (approve("2026-11-24 10:00"), "尚未发生"),
        (("crime", "approve", "1", "--by", " ", "--at", "2026-11-10 10:00"), "不能为空"),
        (("crime", "reject", "1", "--by", "王某", "--reason", " "), "须记录在案"),
        (("crime", "lead", "1", "--text", " "), "不能为空"),
    )
    for line, why in refusals:
        assert why in accepted.refused(*line), line
    assert dump(accepted) == before


def test_goods_before_filing_and_the_same_thing_twice_are_refused(sent: Desk) -> None:
    assert "没有接到立案通知书（国务院令第310号 第十二条）" in sent.refused("crime", "goods", "1")
    for line in (
        approve("2026-11-11 10:00"),
        ("crime", "reject", "1", "--by", "王某", "--reason", "某"),
        ("crime", "send", "1", "--at", "2026-11-11 10:00"),
    ):
        assert "不再重复登记" in sent.refused(*line), line
    assert "没有接到不予立案通知书" in sent.refused("crime", "review", "1", "--to", "police")
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    assert "不在公安机关" in sent.refused("crime", "return", "1")
    assert "不再重复登记" in sent.refused("crime", "answer", "1", "--not-filed")


def test_a_rejected_report_is_not_sent(accepted: Desk) -> None:
    accepted.ok(*report())
    accepted.ok("crime", "reject", "1", "--by", "王某", "--reason", "某", "--on", "2026-11-10")
    told = accepted.refused("crime", "send", "1", "--at", "2026-11-10 16:00")
    assert "已于 2026-11-10 不予批准（国务院令第310号 第五条）" in told
    assert "已于 2026-11-10 登记不批准" in accepted.refused(*approve("2026-11-11 10:00"))


def test_the_moment_of_the_approval_is_needed_to_the_minute(accepted: Desk) -> None:
    accepted.ok(*report())
    assert "没有写到时分" in accepted.refused(*approve("2026-11-10"), code=2)
    assert "没有这个时刻" in accepted.refused(*approve("2026-11-10 25:00"), code=2)
    assert "--at" in accepted.refused("crime", "approve", "1", "--by", "王某", code=2)
    accepted.ok(*approve("２０２６年１１月１０日　１５时３０分"))
    assert accepted.json("crime", "show", "1")["approved_at"] == "2026-11-10T15:30:00"


def test_a_moment_later_than_now_is_refused(accepted: Desk) -> None:
    accepted.ok(*report())
    told = accepted.refused(*approve("2026-11-23 15:30"), today="2026-11-23 15:29")
    assert "批准时刻 2026-11-23 15:30 在现在（2026-11-23 15:29）之后" in told


def test_a_case_under_way_between_units_is_reported_by_who_takes_it(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    assert "移送途中" in coord.refused(*report())


def test_the_police_do_not_send_a_case_to_themselves(coord: Desk) -> None:
    coord.ok("case", "add", "--title", "某案", "--found-by", "gaj", "--found-on", "2026-11-02")
    assert "由区公安分局承办，不用移送" in coord.refused(*report())


def test_a_case_that_is_reported_is_neither_transferred_nor_its_finder_changed(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    coord.ok(*report())
    assert "已于 2026-11-09 报告涉嫌犯罪" in coord.refused("transfer", "send", "1", "--to", "zjj")
    coord.refused("case", "edit", "1", "--found-by", "zjj", "--reason", "错")


def test_a_list_that_comes_later_does_not_change_the_finder_of_a_reported_case(
    coord: Desk, tmp_path: Path
) -> None:
    lists = tmp_path / "清单.csv"
    row = "案件编号,案件名称,发现单位,发现日期\n甲-1,某某案,{},2026-11-03\n"
    lists.write_text(row.format("区自然资源局"), "utf-8")
    coord.ok("import", str(lists))
    coord.ok(*report())
    lists.write_text(row.format("区住建局"), "utf-8")
    coord("import", "--on-conflict", "update", str(lists))
    assert shown(coord) == ("registered", "zrj")
    coord.checked_of_duties()


# --- mending --------------------------------------------------------------------------------------


def test_a_moment_is_corrected_by_the_case_and_the_24_hours_counted_anew(sent: Desk) -> None:
    wrong = ("correct", "1", "approved", "--reason", "看错", "--on")
    (moved,) = sent.json(*wrong, "2026-11-09 11:00")["moved"]
    assert (moved["rule"], moved["due_at"]) == ("crime.send", "2026-11-10T11:00:00")
    assert moved["status"] == "met_late"
    told = sent.refused(*wrong, "2026-11-10 16:30")
    assert "移送时刻 2026-11-10 16:00:00 早于批准时刻 2026-11-10 16:30:00" in told
    sent.ok(*wrong, "2026-11-10")  # the day alone: the time of day stays
    assert sent.json("crime", "show", "1")["approved_at"] == "2026-11-10T11:00:00"
    sent.checked_of_duties()


def test_the_case_s_own_facts_come_first_when_a_date_is_corrected(sent: Desk) -> None:
    sent.ok("correct", "1", "sent", "--on", "2026-11-03", "--reason", "看错")
    assert sent.json("transfer", "show", "1")[0]["sent_on"] == "2026-11-03"
    sent.ok("correct", "C1", "sent", "--on", "2026-11-10 17:00", "--reason", "看错")
    assert sent.json("crime", "show", "1")["sent_at"] == "2026-11-10T17:00:00"
    assert "只记日期" in sent.refused(
        "correct", "1", "found", "--on", "2026-11-01 09:00", "--reason", "甲", code=2
    )
    assert "没有登记" in sent.refused(
        "correct", "1", "filed", "--on", "2026-11-12", "--reason", "甲"
    )


def test_correcting_the_sending_moves_what_the_first_sender_is_owed(sent: Desk) -> None:
    moved = sent.json("correct", "C1", "sent", "--on", "2026-11-11", "--reason", "看错")["moved"]
    assert {one["rule"]: one["due_on"] for one in moved} == {
        "transfer.result": "2026-11-16",
        "crime.answer": "2026-11-16",
    }
    assert sent.json("crime", "show", "1")["copied_on"] == "2026-11-11"
    told = sent.refused("correct", "1", "answered", "--on", "2026-11-10", "--reason", "甲")
    assert "报告日期 2026-11-09 早于受理日期 2026-11-10" in told


def test_every_step_is_undone_and_done_again(accepted: Desk) -> None:
    steps: tuple[Line, ...] = (
        report(),
        approve("2026-11-10 10:00"),
        ("crime", "send", "1", "--at", "2026-11-10 16:00", "--not-copied"),
        ("crime", "copy", "1", "--on", "2026-11-11"),
        ("crime", "receive", "1", "--at", "2026-11-11 08:00", "--by", "赵某"),
        ("crime", "answer", "1", "--not-filed", "--on", "2026-11-12"),
        ("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-13"),
        ("crime", "answer", "1", "--filed", "--on", "2026-11-16"),
        ("crime", "goods", "1", "--on", "2026-11-17"),
        ("crime", "return", "1", "--cleared", "--on", "2026-11-18"),
        ("crime", "return", "1", "--on", "2026-11-19"),
        ("crime", "lead", "1", "--text", "某", "--on", "2026-11-19"),
        ("crime", "lead-sent", "1", "--on", "2026-11-20"),
    )

    def state() -> Any:
        return [accepted.json(*line) for line in (("case", "show", "1"), ("pending",))]

    for line in steps:
        before = state()
        accepted.ok(*line)
        after = state()
        accepted.ok("undo", "--yes")
        assert state() == before, line
        accepted.ok("undo", "--yes")
        assert state() == after, line
    accepted.checked_of_duties()


def test_a_void_case_owes_nothing_to_the_police(sent: Desk) -> None:
    answer = sent.json("case", "void", "1", "--reason", "误录")
    assert rules(answer["ended"]) == ["crime.answer", "transfer.result"]


def test_the_course_is_part_of_the_case_s_own(sent: Desk) -> None:
    out = sent.ok("case", "show", "1").out
    assert "2026-11-10　移送公安机关 16:00" in out
    assert sent.json("case", "show", "1")["referrals"][0]["officers"] == ["张某", "李某"]
    assert "crime report" in str(sent.json("history", "1"))


# --- rules that are switched off --------------------------------------------------------------------

Without = Callable[[str], None]


@pytest.fixture
def without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Without:
    """Go by a pack that lacks a rule."""
    folder = tmp_path / "规则"
    shutil.copytree(policy_folder(), folder)
    monkeypatch.setenv("COORD_POLICY", str(folder))

    def take_out(rule: str) -> None:
        path = folder / "opinion.toml"
        head, *blocks = path.read_text("utf-8").split("[[rule]]\n")
        kept = [block for block in blocks if f'id = "{rule}"' not in block]
        assert len(kept) == len(blocks) - 1
        path.write_text("[[rule]]\n".join([head, *kept]), "utf-8")

    return take_out


@pytest.mark.parametrize(
    "rule",
    ["crime.approve", "crime.send", "crime.answer", "crime.review", "crime.reconsider",
     "crime.supervision", "crime.goods", "crime.supervisor"],
)  # fmt: skip
def test_each_state_rule_can_be_taken_out_of_the_pack(
    accepted: Desk, without: Without, rule: str
) -> None:
    without(rule)
    for line in (
        report(),
        approve("2026-11-10 10:00"),
        ("crime", "send", "1", "--at", "2026-11-12 16:00"),
        ("crime", "answer", "1", "--not-filed", "--on", "2026-11-13"),
        ("crime", "review", "1", "--to", "police", "--on", "2026-11-13"),
        ("crime", "answer", "1", "--not-filed", "--on", "2026-11-14"),
        ("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-15"),
        ("crime", "answer", "1", "--filed", "--on", "2026-11-16"),
        ("crime", "goods", "1", "--on", "2026-11-17"),
        ("crime", "lead", "1", "--text", "某", "--on", "2026-11-17"),
        ("crime", "lead-sent", "1", "--on", "2026-11-17"),
    ):
        answer = accepted.json(*line)
        assert rule not in {one["rule"] for one in (*answer["started"], *answer["met"])}
    accepted.checked_of_duties()


def test_without_the_rule_on_approval_one_officer_may_report_and_nobody_approves(
    accepted: Desk, without: Without
) -> None:
    without("crime.approve")
    accepted.ok("crime", "report", "1", "--officer", "张某", "--at", "2026-11-09 09:00")
    accepted.ok("crime", "send", "1", "--at", "2026-11-10 09:00")
    assert shown(accepted) == ("to_police", "gaj")


def test_every_rule_of_the_state_says_where_it_comes_from(sent: Desk) -> None:
    sheet = sent.ok("explain", f"{sent.duty('crime.send')['id']}").out
    assert "国务院令第310号 第五条、第六条" in sheet
    assert "起算　2026-11-10 10:00 批准移送公安机关" in sheet
    assert "应办　2026-11-11 周三 10:00" in sheet
    assert "现状　2026-11-10 16:00 完成，未超期" in sheet
    assert sent.duty("crime.answer")["source"] == "国务院令第310号 第七条、第八条"
