"""Days as case lists write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.days import Days

TODAY = date(2026, 11, 23)
read = Days("发现日期", TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-25",
        "2019/4/25",
        "2019.4.25",
        "20190425",
        "2019年4月25日",
        "２０１９年４月２５日",
        "2019 年 4 月 25 日",
        "2019/4/25 9:32:09",
        "2019/4/25 9:32",
        "2019-04-25 09:32:09.0",
        "2019-04-25T09:32:09",
        "2019-04-25T09:32:09+08:00",
        "2019-04-24T16:30:00Z",
        "2019-04-25T09:32:09+0800",
        "2019年4月25日 9时32分",
        "2019年4月25日9:32",
        "2019年4月25日 上午9时",
        "2019/4/25 9:32 PM",
        "2019-04-25　０９：３２",
        "2019-04-25 星期四",
        "2019年4月25日（周四）",
        "43580",
        "43580.397",
    ],
)
def test_every_form_of_a_day_is_read(text: str) -> None:
    assert read(text) == date(2019, 4, 25)


def test_days_without_a_year_are_the_latest() -> None:
    assert read("11-23") == TODAY
    assert read("11-24") == date(2025, 11, 24)
    assert read("昨天") == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text, reason",
    [
        ("19-4-25", "发现日期的年份要写四位"),
        ("25/4/2019", "发现日期的年份要写四位"),
        ("19/4/25 9:32", "发现日期的年份要写四位"),
        ("2019-02-30", "发现日期没有这一天"),
        ("2019年13月1日", "发现日期没有这一天"),
        ("20190231", "发现日期没有这一天"),
        ("2019-04-25 25:00", "发现日期没有这一天"),
        ("2026-11-24", "发现日期在今天之后"),
        ("79999", "发现日期在今天之后"),
        ("1900-01-01", "发现日期早得不合理"),
        ("去年春天", "发现日期无法识别"),
        ("2019-04", "发现日期无法识别"),
        ("19999", "发现日期无法识别"),
        ("80001", "发现日期无法识别"),
    ],
)
def test_what_is_no_day_says_why(text: str, reason: str) -> None:
    assert read(text) == Reason(reason, text)


@pytest.mark.parametrize("text", ["-", "—", "/", "无", "NULL", "None"])
def test_a_dash_says_that_there_is_no_day(text: str) -> None:
    assert read(text) is None


def test_a_form_that_the_map_gives_is_the_only_one() -> None:
    american = Days("发现日期", TODAY, "%m/%d/%y %H:%M")
    assert american("04/25/19 09:32") == date(2019, 4, 25)
    assert american("2019-04-25 09:32:00") == date(2019, 4, 25)  # a real date cell
    assert american("25.4.2019") == Reason("发现日期不合对照表里的写法", "25.4.2019")


def test_a_long_example_is_cut() -> None:
    assert read("甲" * 100) == Reason("发现日期无法识别", "甲" * 40 + "…")


@given(st.dates(date(1949, 10, 1), TODAY), st.times())
def test_a_day_comes_back_however_its_time_is_written(day: date, at: time) -> None:
    for text in (f"{day} {at}", f"{day}T{at}", f"{day:%Y/%m/%d} {at:%H:%M}", f"{day:%Y%m%d}"):
        assert read(text) == day


@given(st.text() | st.text("0123456789-/.:年月日时分 TZ+上午星期四"))
def test_any_text_is_a_day_a_reason_or_nothing(text: str) -> None:
    assert isinstance(read(text), date | Reason | None)
    assert isinstance(Days("认定日期", TODAY, "%Y")(text), date | Reason | None)
