"""Days and moments as people write them."""

from datetime import date, datetime, timedelta

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord import dates
from yicheng_coord.dates import (
    NotADateError,
    UnclearYearError,
    in_chinese,
    parse_day,
    parse_moment,
    parse_plan,
    parse_when,
    weekday,
)

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026-11-3",
        "2026/11/03",
        "2026/11/3",
        "2026.11.03",
        "2026.11.3",
        "20261103",
        "2026年11月3日",
        "2026年11月03日",
        "２０２６－１１－０３",
        "２０２６．１１．０３",
        "２０２６／１１／３",
        "２０２６年１１月３日",
        " 2026-11-03 ",
        "\u30002026-11-03\u3000",
        "11-3",
        "11-03",
        "11月3日",
        "１１－３",
    ],
)
def test_a_day_in_any_form(text: str) -> None:
    assert parse_day(text, TODAY) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", date(2026, 11, 23)),
        ("昨天", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
        ("明天", date(2026, 11, 24)),
        (" 昨天 ", date(2026, 11, 22)),
    ],
)
def test_a_day_beside_today(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "fact", "plan"),
    [
        ("11-23", date(2026, 11, 23), date(2026, 11, 23)),
        ("11-24", date(2025, 11, 24), date(2026, 11, 24)),
        ("11-22", date(2026, 11, 22), date(2027, 11, 22)),
        ("1-1", date(2026, 1, 1), date(2027, 1, 1)),
        ("12-31", date(2025, 12, 31), date(2026, 12, 31)),
        ("2-29", date(2024, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_day_without_its_year_is_the_latest_for_a_fact_the_next_for_a_plan(
    text: str, fact: date, plan: date
) -> None:
    assert parse_day(text, TODAY) == fact
    assert parse_day(text, TODAY, ahead=True) == plan


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-11-00",
        "20260230",
        "2026年2月30日",
        "2025-02-29",
        "0000-01-01",
        "13-1",
        "2-30",
        "02-31",
    ],
)
def test_a_day_that_does_not_exist_is_said_so(text: str) -> None:
    with pytest.raises(NotADateError, match="没有这一天"):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "大后天",
        "26-11-03",
        "2026-11",
        "2026/11-03",
        "2026.11/03",
        "2026年11月3",
        "2026-11-3日",
        "2026-11-03T",
        "2026-11-03x",
        "2026-11-03\n2026",
        "-11-03",
        "2026--11",
        "11/3/2026",
        "二〇二六年",
        "45964",
        "12026-11-03",
        "2026-011-03",
        "11-23-",
        "nan",
        "\x1b[31m",
    ],
)
def test_what_is_no_day_is_no_day(text: str) -> None:
    with pytest.raises(NotADateError, match="不是日期") as refusal:
        parse_day(text, TODAY)
    assert refusal.value.exit_code == 2
    assert "2026-11-23" in refusal.value.hint
    assert "\x1b" not in str(refusal.value)


@given(DAYS)
def test_every_day_reads_back_from_every_form(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}-{month}-{number}",
        f"{year}/{month:02d}/{number:02d}",
        f"{year}.{month}.{number:02d}",
        f"{year}{month:02d}{number:02d}",
        in_chinese(day),
    ):
        assert parse_day(text, TODAY) == day


@given(DAYS, DAYS)
def test_a_day_without_its_year_is_never_on_the_wrong_side(day: date, today: date) -> None:
    try:
        fact = parse_day(f"{day.month}-{day.day}", today)
        assert fact <= today
        assert (fact.month, fact.day) == (day.month, day.day)
        assert today - fact < timedelta(days=366 * 8 + 1)
        plan = parse_day(f"{day.month}-{day.day}", today, ahead=True)
        assert plan >= today
    except NotADateError:  # no such day before the year 1, or after the year 9999
        assert today.year in {*range(1000, 1009), *range(9992, 10000)} or day.month == 2


@given(DAYS, DAYS, st.integers(0, 200))
def test_a_plan_within_two_hundred_days_of_its_fact_is_read_as_it_was_meant(
    fact: date, today: date, after: int
) -> None:
    if fact.toordinal() + after > date.max.toordinal():
        return
    meant = fact + timedelta(days=after)
    assert parse_plan(f"{meant.month}-{meant.day}", today, fact) == meant
    assert parse_plan(meant.isoformat(), today, fact) == meant


@given(DAYS, st.dates(date(1010, 1, 1), date(9980, 12, 31)))
def test_a_plan_without_its_year_is_never_before_its_fact_nor_a_year_off(
    day: date, fact: date
) -> None:
    text = f"{day.month}月{day.day}日"
    ahead = parse_day(text, fact, ahead=True)
    assert ahead >= fact
    if ahead - fact <= timedelta(days=215):
        assert parse_plan(text, TODAY, fact) == ahead
        return
    with pytest.raises(UnclearYearError, match=f"可能是 {parse_day(text, fact)}") as refusal:
        parse_plan(text, TODAY, fact)
    assert refusal.value.exit_code == 2
    assert f"{ahead}" in refusal.value.hint


@given(st.dates(date(1010, 1, 1), date(9980, 12, 31)), st.integers(-180, 180), DAYS)
def test_a_plan_that_moves_within_half_a_year_is_read_as_it_was_meant(
    before: date, moved: int, today: date
) -> None:
    meant = before + timedelta(days=moved)
    if (meant.month, meant.day) == (2, 29):
        return
    typed = parse_when(f"{meant.month}-{meant.day} 09:30", date(2000, 2, 29))
    assert typed.near(before).on == meant
    assert typed.near(before).at == datetime.combine(meant, datetime(2000, 1, 1, 9, 30).time())
    assert parse_when(today.isoformat(), TODAY).near(before).on == today


@given(st.text())
def test_anything_is_a_day_or_refused(text: str) -> None:
    for read in (parse_day, parse_moment):
        try:
            read(text, TODAY)
        except NotADateError:
            continue


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-03", datetime(2026, 11, 3)),
        ("2026-11-03 15:30", datetime(2026, 11, 3, 15, 30)),
        ("2026-11-03T15:30", datetime(2026, 11, 3, 15, 30)),
        ("2026-11-03T15:30:45", datetime(2026, 11, 3, 15, 30, 45)),
        ("2026年11月3日 15时30分", datetime(2026, 11, 3, 15, 30)),
        ("２０２６－１１－３　９：０５", datetime(2026, 11, 3, 9, 5)),
        ("昨天 8:00", datetime(2026, 11, 22, 8)),
        ("11-3 00:00", datetime(2026, 11, 3)),
    ],
)
def test_a_moment(text: str, moment: datetime) -> None:
    assert parse_moment(text, TODAY) == moment


@pytest.mark.parametrize("text", ["2026-11-03 24:00", "2026-11-03 12:60", "今天 99:99"])
def test_a_time_that_does_not_exist(text: str) -> None:
    with pytest.raises(NotADateError, match="没有这个时刻"):
        parse_moment(text, TODAY)


@pytest.mark.parametrize("text", ["2026-11-03 noon", "2026-11-03 15", "今天 15:3x", "今天 :"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(NotADateError, match="不是时刻"):
        parse_moment(text, TODAY)


def test_words_for_a_day() -> None:
    assert weekday(TODAY) == "周一"
    assert [weekday(TODAY + timedelta(days=n)) for n in (5, 6)] == ["周六", "周日"]
    assert in_chinese(date(2026, 1, 3)) == "2026年1月3日"


def test_the_clock_is_of_the_district_whatever_the_machine_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import time

    monkeypatch.setenv("TZ", "America/New_York")
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        now = dates.now_in_shanghai()
        assert now.tzinfo is None
        gone = datetime.now(dates.SHANGHAI).replace(tzinfo=None) - now
        assert timedelta(0) <= gone < timedelta(seconds=5)
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


@pytest.mark.parametrize(
    "line",
    [
        ("meeting", "plan", "--at", "11-20 09:00", "--place", "会议室"),
        ("calendar", "set", "11-20", "rest", "--reason", "值班补休"),
    ],
)
def test_a_day_of_a_plan_that_may_be_past_is_asked_for_its_year(
    coord: Desk, line: tuple[str, ...]
) -> None:
    told = coord.refused(*line, code=2)
    assert "“11-20”没有写年份，可能是 2026-11-20，也可能是 2027-11-20" in told
    assert "请写明年份：2026-11-20 或 2027-11-20" in told


def test_a_meeting_s_day_without_its_year_follows_the_day_on_which_it_was_fixed(
    coord: Desk,
) -> None:
    plan = ("meeting", "plan", "--place", "某会议室", "--at", "11-20 09:00", "--on", "2026-11-02")
    assert "2026-11-20 09:00" in coord.ok(*plan).out
    move = ("meeting", "move", "M1", "--at", "11-18 09:00", "--on", "2026-11-10")
    assert "2026-11-18 09:00" in coord.ok(*move).out
    late = ("meeting", "plan", "--place", "某会议室", "--at", "11-20 09:00", "--on", "2026-11-21")
    assert "可能是 2026-11-20，也可能是 2027-11-20" in coord.refused(*late, code=2)
