"""The statutory days of the coming years, computed once more."""

from collections import Counter
from datetime import date, timedelta

import pytest
from lunardate import LunarDate

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.pack import load

YEARS = range(2027, 2037)
COUNTS = {"元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3}


def _days(year: int, festival: str = "") -> list[date]:
    days = load(policy_folder()).statutory()
    return [day for day, names in days.items() if day.year == year and festival in names]


def _lunar(year: int, month: int, day: int) -> date:
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def test_the_ten_years_after_the_last_published_notice_are_there() -> None:
    assert sorted({day.year for day in load(policy_folder()).statutory()}) == list(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_thirteen_festival_days(year: int) -> None:
    days = load(policy_folder()).statutory()
    named = Counter(name for day in _days(year) for name in days[day].split("、"))
    assert named == COUNTS
    assert named.total() == 13


@pytest.mark.parametrize("year", YEARS)
def test_lunar_festivals_fall_where_the_lunar_calendar_puts_them(year: int) -> None:
    new_year = _lunar(year, 1, 1)
    assert _days(year, "春节") == [new_year + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert _days(year, "端午节") == [_lunar(year, 5, 5)]
    assert _days(year, "中秋节") == [_lunar(year, 8, 15)]


@pytest.mark.parametrize("year", YEARS)
def test_qingming_falls_where_the_formula_of_this_century_puts_it(year: int) -> None:
    short = year % 100
    assert _days(year, "清明节") == [date(year, 4, int(short * 0.2422 + 4.81) - short // 4)]


@pytest.mark.parametrize("year", YEARS)
def test_solar_festivals_have_their_fixed_days(year: int) -> None:
    assert _days(year, "元旦") == [date(year, 1, 1)]
    assert _days(year, "劳动节") == [date(year, 5, 1), date(year, 5, 2)]
    assert _days(year, "国庆节") == [date(year, 10, n) for n in (1, 2, 3)]


def test_a_day_that_two_festivals_share_names_both() -> None:
    shared = [day for day, names in load(policy_folder()).statutory().items() if "、" in names]
    assert shared == [date(2028, 10, 3), date(2031, 10, 1)]


def test_the_days_stand_in_their_order() -> None:
    days = list(load(policy_folder()).statutory())
    assert days == sorted(days)
