"""`coord correct` where a meeting's day, or the day of a resolution, was typed wrong, 一（四）4."""

import pytest
from conftest import Desk

PLAN = ("meeting", "plan", "--place", "会议室", "--at")
WHY = ("--reason", "看错")


@pytest.fixture
def held(coord: Desk) -> Desk:
    """A meeting of 12-18 that decided on T1, resolved S1 of T2, and did not reach T3."""
    coord.ok(*PLAN, "2026-12-18 09:00")
    for title in ("甲", "乙", "丙"):
        coord.ok("topic", "add", "--by", "zrj", "--title", title)
    coord.ok("topic", "approve", "T1", "T2", "T3", "--on", "2026-12-10", today="2026-12-10")
    coord.today = "2026-12-18"
    coord.ok("meeting", "hold", "M1", "--not-reached", "T3")
    coord.ok("topic", "decide", "T1", "--text", "同意")
    coord.ok("resolution", "add", "--kind", "议定", "--text", "建立台账", "--owner", "zjj",
             "--due", "2027-01-15", "--topic", "T2")  # fmt: skip
    return coord


def checked(coord: Desk) -> None:
    assert coord("check", "-f", "json", "--only", "duties", "--only", "history_replay").json == []


def days(coord: Desk) -> list[str | None]:
    return [
        coord.json("meeting", "show", "M1")["held_on"],
        coord.json("topic", "show", "T1")["decided_on"],
        coord.json("topic", "show", "T2")["decided_on"],
        coord.json("resolution", "show", "S1")["made_on"],
    ]


def test_what_a_meeting_decided_moves_with_its_day_and_comes_back(held: Desk) -> None:
    before = days(held)
    answer = held.json("correct", "M1", "held", "--on", "2026-12-17", *WHY)
    assert [one["rule"] for one in answer["moved"]] == []
    assert answer["next_step"] == "签发纪要：coord meeting sign M1", "no call for topics any more"
    assert days(held) == ["2026-12-17"] * 4
    assert "2026-12-17　议题未及研究" in held.ok("topic", "show", "T3").out
    assert "2026-12-17　议题未及研究" in held.ok("meeting", "show", "M1").out
    (sign,) = held.json("pending", "--rule", "minutes.sign")
    assert sign["started_on"] == "2026-12-17"
    checked(held)
    assert "看错" in held.ok("history", "M1").out
    held.ok("undo", "--yes")
    assert days(held) == before
    checked(held)


def test_a_meetings_day_that_contradicts_what_hangs_on_it_is_refused(held: Desk) -> None:
    told = held.refused("correct", "M1", "held", "--on", "2026-12-09", *WHY)
    assert "M1 会与其他事实矛盾" in told
    for topic in ("T1", "T2"):
        assert f"{topic} 的研究日期 2026-12-09 早于审定日期 2026-12-10" in told
    assert days(held) == ["2026-12-18"] * 4


def test_what_was_resolved_is_not_due_before_the_corrected_day(held: Desk) -> None:
    held.ok("meeting", "sign", "M1", "--on", "2027-01-20", today="2027-01-20")
    told = held.refused("correct", "M1", "held", "--on", "2027-01-18", *WHY, today="2027-01-20")
    assert "S1 的应办结日期 2027-01-15 早于议定日期 2027-01-18" in told


@pytest.mark.parametrize(("ref", "fact"), [("T1", "decided"), ("S1", "made")])
def test_what_happened_at_a_meeting_is_not_moved_by_itself(held: Desk, ref: str, fact: str) -> None:
    told = held.refused("correct", ref, fact, "--on", "2026-12-17", *WHY)
    assert "就是 M1 的会议日期，应在会议中更正" in told
    assert "coord correct M1 held --on 日期 --reason 理由" in told


def test_a_resolution_without_a_meeting_has_a_day_of_its_own(held: Desk) -> None:
    held.ok("resolution", "add", "--kind", "交办", "--text", "摸底", "--owner", "zjj",
            "--due", "2027-01-15")  # fmt: skip
    held.ok("correct", "S2", "made", "--on", "2026-12-16", *WHY)
    assert held.json("resolution", "show", "S2")["made_on"] == "2026-12-16"


def test_a_title_that_says_the_quarter_follows_the_day(coord: Desk) -> None:
    coord.ok(*PLAN, "2027-01-04")
    coord.ok("meeting", "hold", "M1", today="2027-01-05")
    coord.ok("correct", "M1", "held", "--on", "2026-12-31", *WHY, today="2027-01-05")
    shown = coord.json("meeting", "show", "M1", today="2027-01-05")
    assert shown["title"] == "2026年第四季度联席会议"
    assert (shown["on"], shown["status"]) == ("2026-12-31", "held")


def test_minutes_that_are_signed_keep_their_text_and_a_warning_says_so(held: Desk) -> None:
    signed = held.json("meeting", "sign", "M1")["recorded"]["sha256"]
    answer = held.json("correct", "M1", "held", "--on", "2026-12-17", *WHY)
    assert [one for one in answer["warnings"] if "写的是2026年12月18日" in one]
    assert held.json("meeting", "show", "M1")["minutes_sha256"] == signed
    answer = held.json("correct", "S1", "due", "--on", "2027-01-20", *WHY)
    assert [one for one in answer["warnings"] if "coord meeting amend M1" in one]
    checked(held)


# --- by when something is to be done ---------------------------------------------------------------


def test_a_due_day_that_was_typed_wrong_is_put_right_before_the_signature(held: Desk) -> None:
    assert held.json("pending", "--rule", "resolution.carry_out") == []
    answer = held.json("correct", "S1", "due", "--on", "2027-01-20", *WHY)
    assert answer["recorded"]["before"] == "2027-01-15"
    assert answer["next_step"] == "纪要签发后开始督促：coord meeting sign M1"
    assert "办结期限：2027年1月20日" in held.ok("meeting", "minutes", "M1").out
    assert "没有改动" not in held.refused("correct", "S1", "due", "--on", "2027-01-20", *WHY)
    told = held.refused("correct", "S1", "due", "--on", "2026-12-17", *WHY)
    assert "应办结日期 2026-12-17 早于议定日期 2026-12-18" in told
    (duty,) = [one for one in held.json("meeting", "sign", "M1")["started"]
               if one["rule"] == "resolution.carry_out"]  # fmt: skip
    assert duty["due_on"] == "2027-01-20"
    checked(held)


def test_a_due_day_that_was_changed_later_keeps_the_first_and_shows_it(held: Desk) -> None:
    held.ok("meeting", "sign", "M1")
    (moved,) = held.json("correct", "S1", "due", "--on", "2027-02-10", *WHY)["moved"]
    assert (moved["due_on"], moved["due_on_before"]) == ("2027-02-10", "2027-01-15")
    assert moved["original_due_on"] == "2027-01-15"
    shown = held.json("resolution", "show", "S1")
    assert (shown["due_on"], shown["original_due_on"]) == ("2027-02-10", "2027-01-15")
    assert "2027-02-10（原定 2027-01-15）" in held.ok("resolution", "show", "S1").out
    assert '"2027-02-10"' in held.ok("resolution", "list", "-f", "csv").out
    assert '"2027-01-15"' in held.ok("resolution", "list", "-f", "csv").out
    late = ("overdue", "--rule", "resolution.carry_out")
    assert held.json(*late, today="2027-02-10") == []
    held.ok("undo", "--yes")
    assert held.json("resolution", "show", "S1")["due_on"] == "2027-01-15"


# --- a look at the past ---------------------------------------------------------------------------


def pending(coord: Desk, day: str) -> list[str]:
    """What is owed beside the meeting of the quarter."""
    rules = (one["rule"] for one in coord.json("pending", today=day))
    return [rule for rule in rules if rule != "meeting.quarterly"]


def test_a_resolution_is_pending_on_a_past_day_since_the_minutes_were_signed(held: Desk) -> None:
    held.ok("meeting", "sign", "M1", today="2026-12-21")
    held.ok("resolution", "done", "S1", today="2027-01-10")
    assert "resolution.carry_out" not in pending(held, "2026-12-20")
    assert "resolution.carry_out" in pending(held, "2026-12-21")
    assert "resolution.carry_out" in pending(held, "2027-01-09")
    assert "resolution.carry_out" not in pending(held, "2027-01-10")
    rows = held.json("stats", "--by", "rule", today="2026-12-22")["rows"]
    assert "resolution.carry_out" in [row["key"] for row in rows]


def test_a_resolution_without_a_meeting_is_pending_since_it_was_registered(coord: Desk) -> None:
    coord.ok("resolution", "add", "--kind", "交办", "--text", "摸底", "--owner", "zjj",
             "--due", "2026-12-10")  # fmt: skip
    coord.ok("resolution", "done", "S1", today="2026-12-09")
    assert pending(coord, "2026-11-22") == []
    assert pending(coord, "2026-11-23") == ["resolution.carry_out"]
    assert pending(coord, "2026-12-08") == ["resolution.carry_out"]
    assert pending(coord, "2026-12-09") == []


def test_a_call_for_topics_is_pending_on_a_past_day_since_the_meeting_was_fixed(
    coord: Desk,
) -> None:
    coord.ok(*PLAN, "2026-12-18")
    coord.ok("meeting", "solicit", "M1", today="2026-12-04")
    assert pending(coord, "2026-11-22") == []
    assert pending(coord, "2026-11-23") == ["meeting.solicit"]
    assert pending(coord, "2026-12-03") == ["meeting.solicit"]
    assert pending(coord, "2026-12-04") == []
