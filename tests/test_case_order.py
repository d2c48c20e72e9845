"""No fact in the future, none before the fact that it follows, none on a day that does not exist."""

from datetime import date, timedelta

import pytest
from conftest import AddCase, Desk
from dump import dump

SEND = ("transfer", "send", "1", "--to", "zjj", "--on", "2026-11-09")
RECEIVE = ("transfer", "receive", "1", "--on", "2026-11-10")
DECLINE = ("transfer", "decline", "1", "--reason", "不属于本单位管辖", "--on", "2026-11-11")
REFER = ("transfer", "refer", "1", "--on", "2026-11-12")
ASSIGN = ("transfer", "assign", "1", "--to", "swj", "--on", "2026-11-13")
ACCEPT = ("transfer", "accept", "1", "--on", "2026-11-11")
DECIDE = ("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-16")
NOTIFY = ("transfer", "notify", "1", "--on", "2026-11-17")
NEW = ("case", "add", "--title", "新的", "--found-by", "zrj")

# The act without its day, what comes before it, its day's option, the last day that is too early.
ACTS = {
    "found": (NEW, [], "--found-on", None),
    "determined at once": (
        (*NEW, "--found-on", "2026-11-05", "--competent", "zjj"),
        [],
        "--determined-on",
        "2026-11-04",
    ),
    "registered": ((*NEW, "--found-on", "2026-11-05"), [], "--on", "2026-11-04"),
    "determine": (("case", "determine", "1", "--competent", "zjj"), [], "--on", "2026-11-01"),
    "inquiry": (
        ("case", "inquiry", "1", "--not-ongoing", "--text", "查看"),
        [],
        "--on",
        "2026-11-01",
    ),
    "send": (SEND[:-2], [], "--on", "2026-11-01"),
    "urgent from": (SEND, [], "--urgent-from", "2026-11-01"),
    "receive": (RECEIVE[:-2], [SEND], "--on", "2026-11-08"),
    "accept": (ACCEPT[:-2], [SEND, RECEIVE], "--on", "2026-11-09"),
    "accept without a receipt": (ACCEPT[:-2], [SEND], "--on", "2026-11-08"),
    "decline": (DECLINE[:-2], [SEND, RECEIVE], "--on", "2026-11-09"),
    "withdraw": (
        ("transfer", "withdraw", "1", "--reason", "材料有误"),
        [SEND, RECEIVE],
        "--on",
        "2026-11-09",
    ),
    "refer": (REFER[:-2], [SEND, DECLINE], "--on", "2026-11-10"),
    "assign": (ASSIGN[:-2], [SEND, DECLINE, REFER], "--on", "2026-11-11"),
    "assign again": (
        (*ASSIGN[:-2], "--document", "〔2026〕×号"),
        [SEND, DECLINE, REFER, ASSIGN],
        "--on",
        "2026-11-12",
    ),
    "accept the assignment": (
        ACCEPT[:-2],
        [SEND, DECLINE, REFER, ASSIGN],
        "--on",
        "2026-11-12",
    ),
    "decide": (DECIDE[:-2], [SEND, ACCEPT], "--on", "2026-11-10"),
    "decide the own case": (DECIDE[:-2], [], "--on", "2026-11-01"),
    "notify": (NOTIFY[:-2], [SEND, ACCEPT, DECIDE], "--on", "2026-11-15"),
    "close": (("case", "close", "1"), [SEND, ACCEPT, DECIDE, NOTIFY], "--on", "2026-11-16"),
    "close the own case": (("case", "close", "1"), [DECIDE], "--on", "2026-11-15"),
}
_EARLY = [name for name, act in ACTS.items() if act[3]]


def _prepare(coord: Desk, add_case: AddCase, name: str) -> tuple[tuple[str, ...], str, str | None]:
    add_case()
    act, before, option, early = ACTS[name]
    for one in before:
        coord.ok(*one)
    return act, option, early


@pytest.mark.parametrize("name", ACTS)
def test_a_fact_that_has_not_happened_yet_is_refused(
    coord: Desk, add_case: AddCase, name: str
) -> None:
    act, option, _ = _prepare(coord, add_case, name)
    before = dump(coord)
    for tomorrow in ("2026-11-24", "明天"):
        sentence = coord.refused(*act, option, tomorrow)
        assert "2026-11-24 在今天（2026-11-23）之后" in sentence
    assert dump(coord) == before


@pytest.mark.parametrize("name", _EARLY)
def test_a_fact_before_the_one_that_it_follows_is_refused(
    coord: Desk, add_case: AddCase, name: str
) -> None:
    act, option, early = _prepare(coord, add_case, name)
    before = dump(coord)
    sentence = coord.refused(*act, option, str(early))
    assert "两者必有一误" in sentence
    assert str(early) in sentence
    assert dump(coord) == before


@pytest.mark.parametrize("name", _EARLY)
def test_a_fact_on_the_day_of_the_one_that_it_follows_is_recorded(
    coord: Desk, add_case: AddCase, name: str
) -> None:
    act, option, early = _prepare(coord, add_case, name)
    day = date.fromisoformat(str(early)) + timedelta(days=1)
    coord.ok(*act, option, day.isoformat())


@pytest.mark.parametrize(
    "day", ["2026-02-30", "abc", "", "2026-13-01", "20261", "2026-11-23 25:00"]
)
@pytest.mark.parametrize("name", ACTS)
def test_a_day_that_cannot_be_read_is_a_usage_error(
    coord: Desk, add_case: AddCase, name: str, day: str
) -> None:
    act, option, _ = _prepare(coord, add_case, name)
    before = dump(coord)
    sentence = coord.refused(*act, option, day, code=2)
    assert "2026-11-23、2026/11/23" in sentence  # how days are written
    assert dump(coord) == before


@pytest.mark.parametrize(
    "written",
    [
        *("2026-11-20", "2026/11/20", "2026.11.20", "20261120", "2026年11月20日", "11-20"),
        *("２０２６－１１－２０", "11月20日"),
    ],
)
def test_a_day_is_read_in_every_form_that_people_write(
    coord: Desk, add_case: AddCase, written: str
) -> None:
    case = add_case()
    answer = coord.json("transfer", "send", case, "--to", "zjj", "--on", written)
    assert answer["recorded"]["sent_on"] == "2026-11-20"


@pytest.mark.parametrize(
    "written, day", [("今天", "2026-11-23"), ("昨天", "2026-11-22"), ("前天", "2026-11-21")]
)
def test_a_day_may_be_named_from_today(
    coord: Desk, add_case: AddCase, written: str, day: str
) -> None:
    case = add_case()
    answer = coord.json("transfer", "send", case, "--to", "zjj", "--on", written)
    assert answer["recorded"]["sent_on"] == day


def test_a_day_without_a_year_is_the_latest_such_day_of_a_fact(coord: Desk) -> None:
    coord.ok(*NEW, "--found-on", "12-24")
    assert coord.json("case", "show", "1")["found_on"] == "2025-12-24"


def test_a_fact_is_of_today_where_no_day_is_named(coord: Desk, add_case: AddCase) -> None:
    answer = coord.json("transfer", "send", add_case(), "--to", "zjj")
    assert answer["recorded"]["sent_on"] == "2026-11-23"


def test_a_new_determination_is_not_older_than_the_one_before(
    coord: Desk, add_case: AddCase
) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-09")
    sentence = coord.refused("case", "determine", case, "--competent", "swj", "--on", "2026-11-08")
    assert "早于前次认定日期 2026-11-09" in sentence


def test_a_case_is_not_sent_before_it_was_determined(coord: Desk, add_case: AddCase) -> None:
    case = add_case("--competent", "zjj", "--determined-on", "2026-11-09")
    sentence = coord.refused("transfer", "send", case, "--to", "zjj", "--on", "2026-11-06")
    assert "早于认定日期 2026-11-09" in sentence
