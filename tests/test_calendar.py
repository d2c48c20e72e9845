"""The calendar: a year's notice put on file, a day that the office sets, what moves by it."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import AddCase, Desk
from dump import dump

INVENTED = "测试用，非真实通知"
LATE = "2026-12-28"

# Thirteen rest days on weekdays more than make-up days, as the law gives from 2025 on.
DAYS = [
    ("2026-12-31", "元旦", True),
    ("2027-01-01", "元旦", True),
    ("2027-01-03", "元旦", False),
    *((f"2027-02-{day:02}", "春节", True) for day in range(5, 12)),
    ("2027-02-13", "春节", False),
    ("2027-04-05", "清明节", True),
    ("2027-05-03", "劳动节", True),
    ("2027-05-04", "劳动节", True),
    ("2027-06-09", "端午节", True),
    ("2027-09-15", "中秋节", True),
    ("2027-10-01", "国庆节", True),
    ("2027-10-04", "国庆节", True),
    ("2027-10-05", "国庆节", True),
]


def _notice(
    days: list[tuple[str, str, bool]] | None = None, year: Any = 2027, papers: Any = (INVENTED,)
) -> dict[str, Any]:
    listed = DAYS if days is None else days
    return {
        "year": year,
        "papers": list(papers) if isinstance(papers, tuple) else papers,
        "days": [{"name": name, "date": day, "isOffDay": off} for day, name, off in listed],
    }


@pytest.fixture
def notice(tmp_path: Path) -> str:
    return _written(tmp_path, _notice())


def _written(folder: Path, content: Any, name: str = "2027.json") -> str:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


@pytest.fixture
def sent_late(coord: Desk, add_case: AddCase) -> str:
    """A case whose answer is due in the first days of a year without a notice."""
    coord.today = LATE
    case = add_case(found_on=LATE)
    coord.ok("transfer", "send", case, "--to", "zjj")
    return case


# ---- status ----


def test_the_status_says_which_years_rest_on_what(coord: Desk) -> None:
    years = {year["year"]: year for year in coord.json("calendar", "status")}
    assert years[2026]["known"]
    assert "2026" in years[2026]["source"]
    assert (years[2027]["known"], years[2027]["source"]) == (False, "")


def test_the_status_names_the_days_that_the_office_set(coord: Desk) -> None:
    coord.ok("calendar", "set", "2026-11-24", "rest", "--reason", "停电检修")
    assert "2026-11-24 周二 休息（停电检修）" in coord.ok("calendar", "status").err
    years = {year["year"]: year for year in coord.json("calendar", "status")}
    closed = {"date": "2026-11-24", "works": False, "reason": "停电检修"}
    assert (years[2026]["local_days"], years[2027]["local_days"]) == ([closed], [])


@pytest.mark.parametrize(
    "today, wanted", [("2026-09-30", []), ("2026-10-01", [2027]), ("2027-03-01", [2027])]
)
def test_the_morning_sheet_warns_of_a_notice_that_is_wanted(
    coord: Desk, today: str, wanted: list[int]
) -> None:
    warnings = coord.json("today", today=today)["warnings"]
    assert [f"{year}年放假安排未载入" in "".join(warnings) for year in wanted] == [True] * len(
        wanted
    )
    assert len(warnings) == len(wanted)


# ---- apply ----


def test_a_notice_makes_its_year_known_with_its_source(coord: Desk, notice: str) -> None:
    answer = coord.json("calendar", "apply", notice)
    assert answer["recorded"]["type"] == "calendar_notice"
    assert (answer["recorded"]["ref"], answer["recorded"]["papers"]) == ("2027", [INVENTED])
    years = {year["year"]: year for year in coord.json("calendar", "status")}
    assert (years[2027]["known"], years[2027]["source"]) == (True, INVENTED)


def test_days_of_a_notice_name_its_paper_in_every_count(coord: Desk, notice: str) -> None:
    coord.ok("calendar", "apply", notice)
    found = coord.json("calendar", "count", "2026-12-30", "1")
    assert (found["due_on"], found["provisional"]) == ("2027-01-03", False)
    by_date = {day["date"]: day for day in found["days"]}
    assert by_date["2026-12-31"]["source"] == INVENTED
    assert by_date["2027-01-03"]["why"] == "调休上班（元旦）"


def test_an_open_deadline_moves_with_the_notice_and_keeps_what_it_was(
    coord: Desk, sent_late: str, notice: str
) -> None:
    before = coord.duty("transfer.feedback", sent_late)
    assert (before["due_on"], before["provisional"]) == ("2026-12-31", True)
    answer = coord.json("calendar", "apply", notice)
    moved = {duty["id"]: duty for duty in answer["moved"]}
    assert moved[before["id"]]["due_on_before"] == "2026-12-31"
    after = coord.duty("transfer.feedback", sent_late)
    assert (after["due_on"], after["provisional"]) == ("2027-01-03", False)
    assert after["original_due_on"] == "2026-12-31"
    assert [one["due_on"] for one in after["earlier"]] == ["2026-12-31"]
    assert "原应办　2026-12-31" in coord.ok("explain", before["id"]).out


def test_a_notice_that_moves_nothing_makes_a_deadline_certain(
    coord: Desk, sent_late: str, tmp_path: Path
) -> None:
    days = [day for day in DAYS if day[0] != "2026-12-31"]
    path = _written(tmp_path, _notice(days))
    answer = coord.json("calendar", "apply", path, "--force")
    assert answer["moved"] == []
    assert not coord.duty("transfer.feedback", sent_late)["provisional"]


@pytest.mark.usefixtures("sent_late")
def test_the_answer_as_text_says_what_moves_from_what_to_what(coord: Desk, notice: str) -> None:
    out = coord.ok("calendar", "apply", notice).out
    assert f"已载入2027年放假安排（{INVENTED}" in out
    assert "应于 2027-01-03" in out
    assert "原 2026-12-31" in out


def test_a_duty_that_is_met_keeps_its_day(coord: Desk, sent_late: str, notice: str) -> None:
    coord.ok("transfer", "accept", sent_late)
    answer = coord.json("calendar", "apply", notice)
    assert answer["moved"] == []
    assert coord.duty("transfer.feedback", sent_late)["due_on"] == "2026-12-31"


@pytest.mark.usefixtures("sent_late")
def test_a_trial_run_says_the_same_and_changes_nothing(coord: Desk, notice: str) -> None:
    before = dump(coord)
    trial = coord.json("calendar", "apply", notice, "--dry-run")
    assert dump(coord) == before
    assert trial["recorded"]["dry_run"] is True
    assert [duty["due_on"] for duty in trial["moved"]] == ["2027-01-03"]
    assert "试算，未保存" in coord.ok("calendar", "apply", notice, "--dry-run").out
    real = coord.json("calendar", "apply", notice)
    assert real["moved"] == trial["moved"]
    assert real["recorded"]["dry_run"] is False


def test_a_later_notice_for_the_same_year_wins(
    coord: Desk, sent_late: str, notice: str, tmp_path: Path
) -> None:
    coord.ok("calendar", "apply", notice)
    second = _notice([("2026-12-30", "元旦", True), *DAYS], papers=(f"{INVENTED}，第二次",))
    answer = coord.json("calendar", "apply", _written(tmp_path, second, "b.json"), "--force")
    assert [(duty["due_on_before"], duty["due_on"]) for duty in answer["moved"]] == [
        ("2027-01-03", "2027-01-04")
    ]
    assert coord.json("calendar", "count", "2026-12-29", "1")["due_on"] == "2027-01-03"
    earlier = coord.duty("transfer.feedback", sent_late)["earlier"]
    assert [one["due_on"] for one in earlier] == ["2026-12-31", "2027-01-03"]


def test_a_notice_of_a_year_that_the_package_carries_replaces_it(
    coord: Desk, tmp_path: Path
) -> None:
    own = _notice([("2026-11-24", "测试节", True)], year=2026)
    coord.ok("calendar", "apply", _written(tmp_path, own), "--force")
    assert coord.json("calendar", "count", "2026-11-23", "1")["due_on"] == "2026-11-25"


def test_a_notice_with_a_byte_order_mark_is_read(coord: Desk, tmp_path: Path) -> None:
    path = _written(tmp_path, "\ufeff" + json.dumps(_notice(), ensure_ascii=False))
    coord.ok("calendar", "apply", path)


# ---- refusals ----


@pytest.mark.parametrize(
    "content, words",
    [
        (_notice(papers=()), "papers 为空"),
        (_notice(papers=("", " ")), "papers 为空"),
        (_notice([]), "days 为空"),
        (_notice(year=1027), "年份不对"),
        (_notice(year="2027"), "年份不对"),
        (_notice(year=True), "年份不对"),
        (_notice([("2028-01-03", "元旦", True)]), "2028-01-03 不在2027年"),
        (_notice([("2026-11-30", "元旦", True)]), "2026-11-30 不在2027年"),
        (_notice([("2027-01-01", "元旦", True)] * 2), "同一天列了两次"),
        (_notice([("2027-02-30", "元旦", True)]), "格式不对"),
        (_notice([("2027-01-01", " ", True)]), "没有名称"),
        (_notice([("2027-01-01", "元旦", "yes")]), "放假还是上班"),  # type: ignore[list-item]
        (_notice(papers=INVENTED), "格式不对"),
        (_notice(papers=(None,)), "格式不对"),
        ("{", "格式不对"),
        ("[]", "格式不对"),
        ("{}", "格式不对"),
        ('{"year": 2027, "papers": ["x"], "days": {"a": 1}}', "格式不对"),
        ("[" * 100_000, "格式不对"),
        (" " * 1_000_001, "文件过大"),
    ],
    ids=range(20),
)
def test_a_file_that_is_no_notice_is_refused(
    coord: Desk, tmp_path: Path, content: Any, words: str
) -> None:
    path = _written(tmp_path, content)
    before = dump(coord)
    sentence = coord.refused("calendar", "apply", path, "--force")
    assert words in sentence
    assert "isOffDay" in sentence
    assert dump(coord) == before


def test_a_file_that_is_not_there_is_refused(coord: Desk, tmp_path: Path) -> None:
    assert "读不了" in coord.refused("calendar", "apply", str(tmp_path / "无.json"))
    assert "读不了" in coord.refused("calendar", "apply", str(tmp_path))


@pytest.mark.parametrize(
    "year, missing",
    [(2027, 1), (2024, 0), (2008, 0), (2007, 0)],
    ids=["2027", "2024", "2008", "2007"],
)
def test_a_notice_whose_days_do_not_add_up_needs_force(
    coord: Desk, tmp_path: Path, year: int, missing: int
) -> None:
    days = [(f"{year}-03-{day:02}", "测试节", True) for day in range(1, 4 - missing)]
    path = _written(tmp_path, _notice(days, year=year))
    coord.ok("today")
    before = dump(coord)
    sentence = coord.refused("calendar", "apply", path)
    assert "核对不上" in sentence
    assert "--force" in sentence
    assert dump(coord) == before
    coord.ok("calendar", "apply", path, "--force")


@pytest.mark.parametrize("year, gained", [(2007, 10), (2008, 11), (2024, 11), (2025, 13)])
def test_the_law_of_the_year_says_how_many_days_a_notice_gives(
    coord: Desk, tmp_path: Path, year: int, gained: int
) -> None:
    weekdays = [day for day in range(1, 32) if _is_weekday(year, day)]
    days = [(f"{year}-07-{day:02}", "测试节", True) for day in weekdays[:gained]]
    coord.ok("calendar", "apply", _written(tmp_path, _notice(days, year=year)))


@pytest.mark.parametrize("year", [2015, 2020])
def test_the_two_years_that_differed_are_not_checked(
    coord: Desk, tmp_path: Path, year: int
) -> None:
    days = [(f"{year}-07-01", "测试节", True)]
    coord.ok("calendar", "apply", _written(tmp_path, _notice(days, year=year)))


def _is_weekday(year: int, day: int) -> bool:
    from datetime import date

    return date(year, 7, day).weekday() < 5


# ---- set ----


def test_a_local_closure_moves_open_deadlines(coord: Desk, add_case: AddCase) -> None:
    case = add_case()
    coord.ok("transfer", "send", case, "--to", "zjj", "--on", "2026-11-23")
    answer = coord.json("calendar", "set", "2026-11-25", "rest", "--reason", "停电检修")
    assert answer["recorded"]["type"] == "calendar_day"
    assert [duty["due_on"] for duty in answer["moved"]] == ["2026-11-27"]
    duty = coord.duty("transfer.feedback", case)
    (closed,) = [day for day in duty["days"] if day["date"] == "2026-11-25"]
    assert (closed["counts"], closed["why"], closed["source"]) == (False, "停电检修", "本单位设定")
    assert [one["due_on"] for one in duty["earlier"]] == ["2026-11-26"]


def test_a_day_set_to_work_counts_and_the_last_word_wins(coord: Desk) -> None:
    coord.ok("calendar", "set", "2026-11-28", "work", "--reason", "补班")
    assert coord.json("calendar", "count", "2026-11-27", "1")["due_on"] == "2026-11-28"
    coord.ok("calendar", "set", "2026-11-28", "rest", "--reason", "取消补班")
    assert coord.json("calendar", "count", "2026-11-27", "1")["due_on"] == "2026-11-30"


def test_a_day_without_a_year_is_the_next_such_day(coord: Desk) -> None:
    answer = coord.json("calendar", "set", "01-04", "rest", "--reason", "检修")
    assert answer["recorded"]["ref"] == "2027-01-04"


@pytest.mark.parametrize(
    "arguments, code",
    [
        (("2026-11-24", "rest", "--reason", " "), 1),
        (("2026-11-24", "rest"), 2),
        (("2026-11-24", "off", "--reason", "x"), 2),
        (("2026-02-30", "rest", "--reason", "x"), 2),
    ],
)
def test_a_day_that_cannot_be_set_is_refused(
    coord: Desk, arguments: tuple[str, ...], code: int
) -> None:
    coord.ok("today")
    before = dump(coord)
    coord.refused("calendar", "set", *arguments, code=code)
    assert dump(coord) == before
