"""How a deadline is counted: the table of the convention, pure and through `calendar count`."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.counting import Due, Limit, due, ledger, limit_of, quarter_end
from yicheng_coord.policy.pack import load
from yicheng_coord.policy.workdays import Workdays
from yicheng_coord.vocabulary import Kind, Roll

CALENDAR = Workdays(statutory=load(policy_folder()).statutory)

WORKING = [
    ("2026-02-12", 3, "2026-02-24"),  # 02-14 is a working Saturday; then nine days off
    ("2026-02-12", 5, "2026-02-26"),
    ("2026-02-13", 3, "2026-02-25"),
    ("2026-02-13", 5, "2026-02-27"),
    ("2026-02-15", 3, "2026-02-26"),  # a rest day starts like any other
    ("2026-02-15", 5, "2026-02-28"),  # a working Saturday
    ("2026-04-30", 3, "2026-05-08"),
    ("2026-04-30", 5, "2026-05-11"),  # 05-09 is a working Saturday
    ("2026-09-18", 3, "2026-09-22"),  # 09-20 is a working Sunday
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-30", 3, "2026-10-10"),  # a working Saturday
    ("2026-09-30", 5, "2026-10-13"),
    ("2026-11-23", 3, "2026-11-26"),
    ("2026-11-23", 5, "2026-11-30"),
]
BACK = [
    ("2026-12-18", "2026-12-08", "2026-12-04"),
    ("2026-10-15", "2026-09-30", "2026-09-24"),
    ("2026-03-31", "2026-03-20", "2026-03-17"),
]
MONTHS = [
    ("2026-01-31", 1, "2026-02-28"),  # the month's end; a working Saturday
    ("2026-03-31", 3, "2026-06-30"),
    ("2026-06-30", 3, "2026-09-30"),  # the corresponding day, not the month's end
    ("2026-08-31", 1, "2026-09-30"),
    ("2026-07-02", 3, "2026-10-08"),  # in the National Day rest, rolled
    ("2024-02-29", 12, "2025-02-28"),
    ("2023-11-30", 3, "2024-02-29"),
]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _due(kind: Kind, n: int, start: str, roll: Roll = Roll.NONE) -> Due:
    return due(Limit(kind, n, roll), _day(start), CALENDAR)


# ---- the table, pure ----


@pytest.mark.parametrize("start, n, due_on", WORKING)
def test_working_days_end_on_the_day_of_the_table(start: str, n: int, due_on: str) -> None:
    assert _due(Kind.WORKING, n, start).on == _day(due_on)


@pytest.mark.parametrize("meeting, call, safe", BACK)
def test_ten_days_before_a_meeting_are_counted_back(meeting: str, call: str, safe: str) -> None:
    found = _due(Kind.CALENDAR_BACK, 10, meeting, Roll.BACK)
    assert (found.on, found.safe_on) == (_day(call), _day(safe))


def test_an_own_calendar_limit_keeps_its_day_with_the_rolled_one_beside_it() -> None:
    found = _due(Kind.CALENDAR, 3, "2026-09-30")
    assert found.on == date(2026, 10, 3)
    assert found.rolled_on == date(2026, 10, 8)


def test_a_calendar_limit_of_others_is_rolled_to_the_next_working_day() -> None:
    assert _due(Kind.CALENDAR, 3, "2026-09-30", Roll.FORWARD).on == date(2026, 10, 8)


def test_the_other_reading_of_working_days_is_calendar_days_rolled() -> None:
    assert _due(Kind.WORKING, 3, "2026-11-11").other_reading == date(2026, 11, 16)
    assert _due(Kind.WORKING, 3, "2026-11-09").other_reading == date(2026, 11, 12)


@pytest.mark.parametrize("day", ["2026-11-23", "2026-10-01", "2026-11-22"])
def test_immediate_is_due_on_the_trigger_day_itself_even_a_rest_day(day: str) -> None:
    assert _due(Kind.IMMEDIATE, 0, day).on == _day(day)


def test_a_set_date_is_due_as_it_was_set() -> None:
    assert _due(Kind.DATE, 0, "2026-10-03").on == date(2026, 10, 3)


@pytest.mark.parametrize(
    "moment, hours, end",
    [
        ("2026-09-30T17:30", 24, "2026-10-01T17:30"),
        ("2026-11-20T23:59", 24, "2026-11-21T23:59"),
        ("2026-12-31T12:00", 48, "2027-01-02T12:00"),
    ],
)
def test_hours_run_through_nights_and_rest_days(moment: str, hours: int, end: str) -> None:
    at = datetime.fromisoformat(moment)
    found = due(Limit(Kind.HOURS, hours), at.date(), CALENDAR, at)
    assert found.at == datetime.fromisoformat(end)
    assert found.on == found.at.date()


def test_hours_without_a_moment_run_from_midnight() -> None:
    assert _due(Kind.HOURS, 24, "2026-11-23").at == datetime(2026, 11, 24)


@pytest.mark.parametrize("start, n, due_on", MONTHS)
def test_months_end_on_the_corresponding_day_rolled_forward(
    start: str, n: int, due_on: str
) -> None:
    assert _due(Kind.MONTHS, n, start, Roll.FORWARD).on == _day(due_on)


@pytest.mark.parametrize(
    "day, last",
    [
        ("2026-01-01", "2026-03-31"),
        ("2026-03-31", "2026-03-31"),
        ("2026-05-15", "2026-06-30"),
        ("2026-08-01", "2026-09-30"),
        ("2026-10-01", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_a_quarter_ends_on_its_last_day_unrolled(day: str, last: str) -> None:
    assert quarter_end(_day(day)) == _day(last)
    assert _due(Kind.QUARTER, 0, day).on == _day(last)


@pytest.mark.parametrize(
    "start, n, due_on",
    [
        ("2026-11-23", 3, "2026-11-18"),
        ("2026-10-08", 3, "2026-09-28"),
        ("2026-10-11", 1, "2026-10-10"),
    ],
)
def test_working_days_are_counted_back_the_same_way(start: str, n: int, due_on: str) -> None:
    assert _due(Kind.WORKING_BACK, n, start).on == _day(due_on)


def test_a_window_ends_on_its_last_calendar_day() -> None:
    assert _due(Kind.WINDOW, 3, "2026-09-30").on == date(2026, 10, 3)


def test_a_prompt_duty_has_no_due_day() -> None:
    assert _due(Kind.PROMPT, 0, "2026-11-23").on is None


@pytest.mark.parametrize("rule", load(policy_folder()).rules, ids=lambda rule: rule.id)
def test_every_rule_of_the_pack_can_be_counted_from_any_day(rule: Any) -> None:
    found = due(limit_of(rule), date(2026, 9, 30), CALENDAR, datetime(2026, 9, 30, 9, 30))
    assert (found.on is None) == (not rule.has_due_day)


# ---- provisional ----


@pytest.mark.parametrize(
    "start, n, is_provisional",
    [
        ("2026-12-17", 5, False),  # due 12-24
        ("2026-12-18", 5, True),  # due 12-25
        ("2026-12-24", 3, True),
        ("2026-12-29", 3, True),  # ends in a year without a notice
        ("2027-03-01", 3, True),
        ("2025-12-24", 3, False),  # the next year's notice is there
        ("2026-11-23", 3, False),
    ],
)
def test_what_touches_a_week_or_a_year_that_may_still_move_is_provisional(
    start: str, n: int, is_provisional: bool
) -> None:
    assert _due(Kind.WORKING, n, start).provisional is is_provisional


def test_the_trigger_day_itself_is_no_part_of_the_window() -> None:
    assert not _due(Kind.CALENDAR, 3, "2027-03-01").provisional
    assert _due(Kind.CALENDAR_BACK, 10, "2027-01-08", Roll.BACK).provisional
    assert not _due(Kind.CALENDAR_BACK, 10, "2026-12-24", Roll.BACK).provisional


def test_days_that_no_notice_can_move_are_never_provisional() -> None:
    assert not _due(Kind.IMMEDIATE, 0, "2027-03-01").provisional
    assert not _due(Kind.QUARTER, 0, "2027-03-01").provisional
    assert not _due(Kind.HOURS, 24, "2027-03-01").provisional


# ---- properties ----

days = st.dates(date(2019, 1, 1), date(2029, 12, 31))
few = st.integers(1, 30)


@given(days, st.integers(0, 20), few)
def test_a_later_start_never_gives_an_earlier_due_day(start: date, later: int, n: int) -> None:
    limit = Limit(Kind.WORKING, n)
    first = due(limit, start, CALENDAR).on
    second = due(limit, start + timedelta(days=later), CALENDAR).on
    assert first is not None
    assert second is not None
    assert second >= first


@given(days, few)
def test_a_due_day_in_working_days_is_a_working_day(start: date, n: int) -> None:
    found = due(Limit(Kind.WORKING, n), start, CALENDAR)
    assert found.on is not None
    assert CALENDAR.is_workday(found.on)
    assert found.on > start


@given(days, few, st.sampled_from([Kind.WORKING, Kind.CALENDAR]))
def test_the_ledger_counts_to_n_day_after_day(start: date, n: int, kind: Kind) -> None:
    limit = Limit(kind, n)
    end = due(limit, start, CALENDAR).on
    assert end is not None
    lines = ledger(limit, start, end, CALENDAR)
    assert [line.date for line in lines] == [
        start + timedelta(days=i + 1) for i in range((end - start).days)
    ]
    assert [line.n for line in lines if line.counts] == list(range(1, n + 1))
    assert lines[-1].n == n
    assert all((line.n is not None) == line.counts for line in lines)


@given(days, few, st.sampled_from([Kind.WORKING_BACK, Kind.CALENDAR_BACK]))
def test_a_ledger_counted_back_lists_every_day_before_the_event(
    event: date, n: int, kind: Kind
) -> None:
    limit = Limit(kind, n, Roll.BACK)
    end = due(limit, event, CALENDAR).on
    assert end is not None
    lines = ledger(limit, event, end, CALENDAR)
    assert [line.date for line in lines] == [
        event - timedelta(days=i + 1) for i in range((event - end).days)
    ]
    assert max(line.n or 0 for line in lines) == n


@given(days, few)
def test_a_deadline_counted_back_lies_on_a_working_day_early_enough(meeting: date, n: int) -> None:
    found = due(Limit(Kind.CALENDAR_BACK, n, Roll.BACK), meeting, CALENDAR)
    assert found.on is not None
    assert found.on <= meeting - timedelta(days=n)
    assert CALENDAR.is_workday(found.on)


@given(days)
def test_what_is_due_at_once_has_the_trigger_day_as_its_ledger(start: date) -> None:
    (line,) = ledger(Limit(Kind.IMMEDIATE), start, start, CALENDAR)
    assert (line.date, line.counts, line.n) == (start, False, None)


# ---- the same through the command line ----


def _count(coord: Desk, start: str, n: int, kind: str) -> Any:
    return coord.json("calendar", "count", start, str(n), "--kind", kind)


@pytest.mark.parametrize("start, n, due_on", WORKING)
def test_the_command_counts_working_days_as_the_table(
    coord: Desk, start: str, n: int, due_on: str
) -> None:
    found = coord.json("calendar", "count", start, str(n))
    assert set(found) >= {"from", "n", "kind", "due_on", "provisional", "days"}
    assert (found["from"], found["n"], found["kind"]) == (start, n, "working")
    assert (found["due_on"], found["provisional"]) == (due_on, False)
    assert found["days"][0]["date"] == (_day(start) + timedelta(days=1)).isoformat()
    assert (found["days"][-1]["date"], found["days"][-1]["n"]) == (due_on, n)


@pytest.mark.parametrize("meeting, call, safe", BACK)
def test_the_command_counts_back_from_a_meeting(
    coord: Desk, meeting: str, call: str, safe: str
) -> None:
    found = _count(coord, meeting, 10, "back")
    assert (found["due_on"], found["safe_on"]) == (call, safe)


def test_the_command_shows_the_working_day_beside_a_calendar_day(coord: Desk) -> None:
    found = _count(coord, "2026-09-30", 3, "calendar")
    assert (found["due_on"], found["rolled_on"]) == ("2026-10-03", "2026-10-08")


@pytest.mark.parametrize("start, n, due_on", MONTHS)
def test_the_command_counts_months(coord: Desk, start: str, n: int, due_on: str) -> None:
    assert _count(coord, start, n, "months")["due_on"] == due_on


def test_the_command_counts_hours_from_a_moment(coord: Desk) -> None:
    found = _count(coord, "2026-09-30 17:30", 24, "hours")
    assert (found["from"], found["due_at"]) == ("2026-09-30T17:30:00", "2026-10-01T17:30:00")
    assert (found["due_on"], found["provisional"], found["days"]) == ("2026-10-01", False, [])


def test_the_command_counts_working_days_back(coord: Desk) -> None:
    assert _count(coord, "2026-10-08", 3, "working-back")["due_on"] == "2026-09-28"


def test_a_count_says_why_each_special_day_rests_or_works(coord: Desk) -> None:
    found = coord.json("calendar", "count", "2026-09-30", "3")
    by_date = {day["date"]: day for day in found["days"]}
    assert "国庆节" in by_date["2026-10-01"]["why"]
    assert "2026" in by_date["2026-10-01"]["source"]
    assert not by_date["2026-10-01"]["counts"]
    assert "调休上班" in by_date["2026-10-10"]["why"]
    assert by_date["2026-10-10"]["counts"]
    assert by_date["2026-10-08"]["why"] == ""
    assert by_date["2026-10-08"]["weekday"] == 4


def test_statutory_days_of_an_unknown_year_rest_and_are_marked_provisional(coord: Desk) -> None:
    found = coord.json("calendar", "count", "2027-09-30", "1")
    assert found["provisional"]
    assert found["due_on"] == "2027-10-04"  # 10-01 to 10-03 by law; no make-up day is guessed
    assert "国庆节" in found["days"][0]["why"]
    assert "暂定" in found["days"][0]["why"]


def test_a_count_as_text_says_the_day_and_lists_the_days(coord: Desk) -> None:
    out = coord.ok("calendar", "count", "2026-11-11", "3").out
    assert out.startswith("2026-11-11 起 3 个工作日：2026-11-16 周一\n")
    assert "2026-11-14\t周六\t休\t\t周末" in out


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("2026-09-30", "3", "--kind", "calendar"), "其后第一个工作日为 2026-10-08"),
        (("2026-12-18", "10", "--kind", "back"), "稳妥日期为 2026-12-04"),
        (("2027-03-01", "3"), "（暂定）"),
        (("2026-09-30 17:30", "24", "--kind", "hours"), "2026-10-01 周四 17:30"),
    ],
)
def test_a_count_as_text_says_what_else_to_know(
    coord: Desk, arguments: tuple[str, ...], words: str
) -> None:
    assert words in coord.ok("calendar", "count", *arguments).out


def test_a_count_as_csv_is_its_days(coord: Desk) -> None:
    out = coord.ok("calendar", "count", "2026-11-11", "3", "-f", "csv").out
    assert out.startswith('\ufeff"日期","星期","班休","计数","说明","依据"\r\n')
    assert len(out.splitlines()) == 6


def test_no_days_at_all_end_on_the_day_itself(coord: Desk) -> None:
    assert coord.json("calendar", "count", "2026-10-03", "0")["due_on"] == "2026-10-03"


@pytest.mark.parametrize(
    "arguments, code",
    [
        (("2026-02-30", "3"), 2),
        (("abc", "3"), 2),
        (("2026-11-23", "x"), 2),
        (("2026-11-23", "-1"), 2),
        (("2026-11-23 25:00", "3", "--kind", "hours"), 2),
        (("2026-11-23", "3", "--kind", "weeks"), 2),
        (("9999-12-30", "9"), 1),
        (("0001-01-02", "99", "--kind", "working-back"), 1),
    ],
)
def test_a_count_that_cannot_be_made_is_refused(
    coord: Desk, arguments: tuple[str, ...], code: int
) -> None:
    coord.refused("calendar", "count", *arguments, code=code)
