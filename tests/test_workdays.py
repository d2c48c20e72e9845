"""Which days an office works, and on what paper that rests."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.policy.workdays import (
    DayNote,
    ListedDay,
    LocalDay,
    Notice,
    Workdays,
    days_after,
)

PLAIN = Workdays()
days = st.dates(date(2019, 1, 1), date(2029, 12, 31))
INVENTED = "测试用，非真实通知"


def _notice(year: int, *listed: tuple[date, str, bool]) -> Notice:
    return Notice(year, (INVENTED,), tuple(ListedDay(*day) for day in listed))


@pytest.mark.parametrize(
    "day, works, word",
    [
        (date(2026, 2, 14), True, "调休上班"),
        (date(2026, 2, 16), False, "春节"),
        (date(2026, 10, 1), False, "国庆节"),
        (date(2026, 11, 21), False, "周末"),
        (date(2026, 11, 23), True, ""),
    ],
)
def test_a_day_of_a_known_year_is_what_its_notice_says(day: date, works: bool, word: str) -> None:
    note = PLAIN.note(day)
    assert note.works is works
    assert word in note.why
    assert PLAIN.is_workday(day) is works


def test_a_special_day_names_the_notice_that_it_rests_on_and_a_plain_one_none() -> None:
    assert "2026" in PLAIN.note(date(2026, 10, 1)).source
    assert PLAIN.note(date(2026, 11, 23)) == DayNote(works=True)
    assert PLAIN.note(date(2026, 11, 22)).source == ""


def test_a_year_is_known_only_by_its_notice() -> None:
    assert 2026 in PLAIN.known_years
    assert 2027 not in PLAIN.known_years
    assert PLAIN.source_of(2027) == ""
    applied = Workdays(notices=(_notice(2027, (date(2027, 1, 1), "元旦", True)),))
    assert 2027 in applied.known_years
    assert applied.source_of(2027) == INVENTED


def test_an_unknown_year_counts_by_weekday_and_by_the_statutory_days() -> None:
    calendar = Workdays(statutory=lambda: {date(2027, 10, 1): "国庆节"})
    assert not calendar.is_workday(date(2027, 10, 1))
    assert "暂定" in calendar.note(date(2027, 10, 1)).why
    assert calendar.is_workday(date(2027, 10, 4))
    assert not calendar.is_workday(date(2027, 10, 9))


def test_the_statutory_days_are_not_asked_for_while_every_year_is_known() -> None:
    def never() -> dict[date, str]:
        raise AssertionError

    assert Workdays(statutory=never).nth_workday(date(2026, 11, 23), 3) == date(2026, 11, 26)


def test_a_notice_on_file_replaces_the_whole_of_its_year_in_the_base() -> None:
    calendar = Workdays(notices=(_notice(2026, (date(2026, 10, 8), "国庆节", True)),))
    assert calendar.is_workday(date(2026, 10, 1))  # not in this notice: a plain Thursday
    assert not calendar.is_workday(date(2026, 10, 8))


def test_the_later_notice_of_a_year_wins() -> None:
    first = _notice(2027, (date(2027, 1, 1), "元旦", True), (date(2027, 1, 4), "元旦", True))
    second = _notice(2027, (date(2027, 1, 1), "元旦", True))
    assert Workdays(notices=(second, first)).is_workday(date(2027, 1, 4)) is False
    assert Workdays(notices=(first, second)).is_workday(date(2027, 1, 4)) is True


def test_days_of_the_december_before_belong_to_the_notice_of_the_next_year() -> None:
    notice = _notice(2027, (date(2026, 12, 27), "元旦", False), (date(2026, 12, 31), "元旦", True))
    calendar = Workdays(notices=(notice,))
    assert calendar.is_workday(date(2026, 12, 27))  # a Sunday
    assert "调休上班" in calendar.note(date(2026, 12, 27)).why
    assert not calendar.is_workday(date(2026, 12, 31))
    assert not calendar.is_workday(date(2026, 10, 1))  # the base keeps the rest of 2026


def test_a_day_that_the_office_set_wins_over_everything() -> None:
    calendar = Workdays(
        notices=(_notice(2027, (date(2027, 1, 1), "元旦", True)),),
        local=(
            LocalDay(date(2027, 1, 1), works=True, reason="值班"),
            LocalDay(date(2026, 11, 24), works=False, reason="停电检修"),
        ),
    )
    assert calendar.is_workday(date(2027, 1, 1))
    assert calendar.note(date(2026, 11, 24)).why == "停电检修"
    assert calendar.note(date(2026, 11, 24)).source == "本单位设定"


@pytest.mark.parametrize(
    "first, last, is_provisional",
    [
        ("2026-11-24", "2026-12-24", False),
        ("2026-12-24", "2026-12-25", True),
        ("2026-12-26", "2027-01-05", True),
        ("2027-02-01", "2027-02-02", True),
        ("2025-12-29", "2026-01-05", False),
    ],
)
def test_a_window_is_provisional_where_a_notice_may_still_move_it(
    first: str, last: str, is_provisional: bool
) -> None:
    window = date.fromisoformat(first), date.fromisoformat(last)
    assert PLAIN.is_provisional(*window) is is_provisional


def test_with_the_next_years_notice_on_file_late_december_is_certain() -> None:
    calendar = Workdays(notices=(_notice(2027, (date(2027, 1, 1), "元旦", True)),))
    assert not calendar.is_provisional(date(2026, 12, 20), date(2027, 1, 5))
    assert calendar.is_provisional(date(2027, 12, 20), date(2027, 12, 27))


@given(days, st.integers(1, 40))
def test_the_nth_working_day_is_n_working_days_away(start: date, n: int) -> None:
    assert PLAIN.workdays_between(start, PLAIN.nth_workday(start, n)) == n
    back = PLAIN.nth_workday(start, -n)
    assert PLAIN.workdays_between(back - timedelta(days=1), start - timedelta(days=1)) == n


@given(days, st.integers(1, 40))
def test_counting_on_and_back_from_a_working_day_is_inverse(day: date, n: int) -> None:
    start = PLAIN.next_workday(day)
    assert PLAIN.nth_workday(PLAIN.nth_workday(start, n), -n) == start


@given(days, days)
def test_the_working_days_between_two_days_are_antisymmetric(one: date, other: date) -> None:
    assert PLAIN.workdays_between(one, other) == -PLAIN.workdays_between(other, one)


@given(days, days, days)
def test_the_working_days_between_add_up(first: date, second: date, third: date) -> None:
    whole = PLAIN.workdays_between(first, third)
    assert whole == PLAIN.workdays_between(first, second) + PLAIN.workdays_between(second, third)


@given(days)
def test_the_next_and_the_previous_working_day_enclose_a_day(day: date) -> None:
    after, before = PLAIN.next_workday(day), PLAIN.previous_workday(day)
    assert before <= day <= after
    assert PLAIN.is_workday(before)
    assert PLAIN.is_workday(after)
    assert (before == day == after) is PLAIN.is_workday(day)


def test_the_days_after_a_day_leave_it_out_and_end_with_the_last() -> None:
    start = date(2026, 11, 23)
    assert list(days_after(start, start)) == []
    assert list(days_after(start, date(2026, 11, 25))) == [date(2026, 11, 24), date(2026, 11, 25)]
