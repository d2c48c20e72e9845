"""一（四）1: each quarter owes a regular meeting, from its first day on, whoever looks or does not."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from conftest import AddCase, Desk
from frozen import FROZEN
from soundness import assert_sound

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.intervals import Interval, period_named, period_of
from yicheng_coord.queries.regular_meetings import FIRST_HELD

RULE = "meeting.quarterly"
NAMELESS = {"id": None, "matter": None, "subject": None}


def owed(coord: Desk, today: str | None = None, command: str = "pending") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coord.json(command, "--rule", RULE, today=today)
    return found


def quarters(coord: Desk, today: str | None = None, command: str = "pending") -> list[str]:
    return [one["matter_title"].removesuffix("例行会议") for one in owed(coord, today, command)]


def fix(coord: Desk, at: str, *options: str, today: str | None = None) -> str:
    answer = coord.json("meeting", "plan", "--at", at, "--place", "会议室", *options, today=today)
    return str(answer["recorded"]["ref"])


def hold(coord: Desk, at: str, *options: str) -> Any:
    """Fix a meeting and hold it on the same day, unless today is later."""
    today = max(coord.today, at)
    return coord.json(
        "meeting", "hold", fix(coord, at, "--on", at, *options, today=today), today=today
    )


def of_quarter(coord: Desk, quarter: str, today: str | None = None) -> dict[str, Any]:
    """Return the duty of a quarter, whatever became of it."""
    with closing(sqlite3.connect(coord.database)) as connection:
        sql = "SELECT duty.id FROM duty JOIN matter ON matter.id = matter_id WHERE title = ?"
        ((number,),) = connection.execute(sql, (f"{quarter}例行会议",)).fetchall()
    found: dict[str, Any] = coord.json("explain", f"D{number}", today=today)
    return found


def operations(coord: Desk) -> list[str]:
    return [one["summary"] for one in coord.json("history")]


def sound(coord: Desk) -> None:
    coord.checked()
    assert_sound(coord.database)


# --- when it is owed ------------------------------------------------------------------------------


def test_the_office_owes_it_softly_until_the_quarter_s_last_day(coord: Desk) -> None:
    coord.ok("today")
    (duty,) = owed(coord)
    assert (duty["owed_by"], duty["owed_to"]) == ("lxb", None)
    assert (duty["started_on"], duty["due_on"]) == ("2026-10-01", "2026-12-31")
    assert (duty["soft"], duty["provisional"], duty["status"]) == (True, False, "open")
    assert duty["matter_title"] == "2026年第4季度例行会议"
    coord.checked()


def test_the_due_day_is_not_rolled_from_a_rest_day(coord: Desk) -> None:
    (duty,) = owed(coord, today="2028-10-09")  # 2028-12-31 is a Sunday
    assert (duty["due_on"], duty["provisional"]) == ("2028-12-31", False)


def test_on_the_last_day_it_is_due_and_on_the_next_it_is_late_in_soft_words(coord: Desk) -> None:
    coord.ok("today")
    assert [one["rule"] for one in coord.json("today", today="2026-12-31")["due_today"]] == [RULE]
    assert owed(coord, "2026-12-31", "overdue") == []
    (late,) = owed(coord, "2027-01-01", "overdue")
    assert (late["status"], late["days_left"]) == ("overdue", -1)
    said = coord.ok("overdue", today="2027-01-01")
    assert "\t超过一般时限\t" in said.out
    assert "一般应 1 项" in said.err


@pytest.mark.parametrize(
    ("today", "is_soon"), [("2026-12-25", False), ("2026-12-28", True), ("2026-12-31", False)]
)
def test_the_morning_sheet_reminds_within_three_working_days(
    coord: Desk, today: str, is_soon: bool
) -> None:
    sheet = coord.json("today", today=today)
    assert [one["rule"] for one in sheet["due_soon"]] == [RULE] * is_soon
    assert sheet["next_meeting"] is None


def test_the_next_quarter_s_stands_in_no_list_before_its_first_day(coord: Desk) -> None:
    coord.ok("today")
    assert of_quarter(coord, "2027年第1季度")["started_on"] == "2027-01-01"
    for today in ("2026-11-23", "2026-12-31"):
        assert quarters(coord, today) == ["2026年第4季度"]
        assert len(coord.json("pending", "--within", "200", today=today)) == 1
        (row,) = coord.json("stats", "--by", "rule", today=today)["rows"]
        assert row["soft"]["open_in_time"] == 1
    assert quarters(coord, "2027-01-01") == ["2026年第4季度", "2027年第1季度"]
    assert quarters(coord, "2027-01-01", "overdue") == ["2026年第4季度"]
    (row,) = coord.json("stats", "--by", "rule", today="2027-01-01")["rows"]
    assert (row["soft"]["open_in_time"], row["soft"]["open_late"]) == (1, 1)


def test_it_takes_no_number_of_a_meeting_and_starts_no_minutes(coord: Desk) -> None:
    coord.ok("today")
    assert coord.json("meeting", "list") == []
    assert fix(coord, "2026-12-18") == "M1"
    coord.ok("meeting", "hold", "M1", today="2026-12-18")
    rules = [one["rule"] for one in coord.json("pending", today="2026-12-18")]
    assert rules.count("minutes.sign") == 1
    coord.refused("meeting", "show", "J1")
    coord.refused("correct", "J1", "held", "--on", "2026-12-01", "--reason", "记错")


# --- what meets it --------------------------------------------------------------------------------


def test_a_regular_meeting_of_the_quarter_meets_it(coord: Desk) -> None:
    answer = hold(coord, "2026-12-18")
    assert RULE in [one["rule"] for one in answer["met"]]
    assert "minutes.sign" in [one["rule"] for one in answer["started"]]
    assert quarters(coord, "2026-12-18") == []
    duty = of_quarter(coord, "2026年第4季度", "2026-12-18")
    assert (duty["met_on"], duty["status"]) == ("2026-12-18", "met")
    sound(coord)


def test_one_on_the_first_and_one_on_the_last_day_are_of_the_quarter(coord: Desk) -> None:
    coord.ok("today")
    hold(coord, "2026-12-31")
    assert of_quarter(coord, "2026年第4季度", "2027-01-01")["met_on"] == "2026-12-31"
    answer = hold(coord, "2027-01-01")
    assert RULE in [one["rule"] for one in answer["met"]]
    assert of_quarter(coord, "2027年第1季度", "2027-01-01")["met_on"] == "2027-01-01"
    assert quarters(coord, "2027-01-01") == []


def test_a_special_meeting_never_meets_it(coord: Desk) -> None:
    answer = hold(coord, "2026-12-18", "--kind", "special")
    assert RULE not in [one["rule"] for one in answer["met"]]
    assert quarters(coord, "2026-12-18") == ["2026年第4季度"]


def test_a_meeting_that_is_fixed_or_cancelled_meets_nothing(coord: Desk) -> None:
    fix(coord, "2026-12-18")
    assert quarters(coord) == ["2026年第4季度"]
    coord.ok("meeting", "cancel", "M1", "--reason", "改期另行通知")
    assert quarters(coord, "2026-12-18") == ["2026年第4季度"]


def test_a_second_one_in_the_quarter_changes_nothing(coord: Desk) -> None:
    hold(coord, "2026-12-01")
    answer = hold(coord, "2026-12-18")
    assert RULE not in [one["rule"] for one in answer["met"]]
    assert of_quarter(coord, "2026年第4季度", "2026-12-18")["met_on"] == "2026-12-01"
    coord.checked()


def test_one_put_off_into_the_next_quarter_counts_where_it_was_held(coord: Desk) -> None:
    coord.today = "2026-12-18"
    fix(coord, "2026-12-29", "--title", "2026年第四季度联席会议")
    coord.ok("meeting", "move", "M1", "--at", "2027-01-06", "--reason", "避开年底")
    coord.today = "2027-01-06"
    coord.ok("meeting", "hold", "M1")
    assert quarters(coord, command="overdue") == ["2026年第4季度"]
    assert of_quarter(coord, "2027年第1季度")["met_on"] == "2027-01-06"
    assert coord.json("meeting", "show", "M1")["counts_for"] == "2027Q1"


def test_a_late_quarter_stays_late_and_no_later_meeting_mends_it(coord: Desk) -> None:
    coord.ok("today")
    hold(coord, "2027-02-03")
    assert quarters(coord, "2027-02-03", "overdue") == ["2026年第4季度"]


def test_one_recorded_afterwards_meets_its_own_quarter_in_time(coord: Desk) -> None:
    coord.ok("today")
    coord.today = "2027-01-08"
    fix(coord, "2026-12-30", "--on", "2026-12-20")
    answer = coord.json("meeting", "hold", "M1")
    assert [(one["rule"], one["status"]) for one in answer["met"]] == [(RULE, "met")]
    assert quarters(coord) == ["2027年第1季度"]


# --- undo, correct --------------------------------------------------------------------------------


def test_undone_it_is_owed_again_and_done_again_it_is_met(coord: Desk) -> None:
    coord.today = "2026-12-18"
    hold(coord, "2026-12-18")
    coord.ok("undo", "--yes")
    assert quarters(coord) == ["2026年第4季度"]
    coord.checked()
    coord.ok("undo", "--yes")
    assert quarters(coord) == []
    coord.checked()


def test_the_second_one_meets_it_when_the_first_is_undone(coord: Desk) -> None:
    coord.today = "2026-12-18"
    hold(coord, "2026-12-01")
    (first,) = [one["ref"] for one in coord.json("history") if "已登记召开：M1" in one["summary"]]
    hold(coord, "2026-12-18")
    coord.ok("undo", first, "--yes")
    assert of_quarter(coord, "2026年第4季度")["met_on"] == "2026-12-18"
    coord.checked()
    coord.ok("undo", "--yes")
    assert of_quarter(coord, "2026年第4季度")["met_on"] == "2026-12-01"
    coord.checked()


def test_a_corrected_day_moves_it_also_into_another_quarter(coord: Desk) -> None:
    coord.today = "2027-01-15"
    fix(coord, "2027-01-05", "--on", "2026-12-20")
    coord.ok("meeting", "hold", "M1")
    assert quarters(coord, command="pending") == []
    correct = ("correct", "M1", "held", "--reason", "记错", "--on")
    coord.ok(*correct, "2027-01-06")
    assert of_quarter(coord, "2027年第1季度")["met_on"] == "2027-01-06"
    answer = coord.json(*correct, "2026-12-30")
    assert [one["rule"] for one in answer["reopened"]] == [RULE]
    assert quarters(coord) == ["2027年第1季度"]
    coord.checked()
    coord.ok("undo", "--yes")
    assert of_quarter(coord, "2027年第1季度")["met_on"] == "2027-01-06"
    coord.checked()


def test_what_time_began_is_undone_for_good_or_found_met_when_it_comes_back(coord: Desk) -> None:
    fix(coord, "2026-12-01")
    coord.ok("undo", "P1", "--yes")
    coord.today = "2026-12-01"
    assert quarters(coord) == quarters(coord, "2027-02-01", "overdue") == []
    coord.ok("meeting", "hold", "M1")
    coord.ok("undo", "P3", "--yes")
    assert of_quarter(coord, "2026年第4季度")["met_on"] == "2026-12-01"
    coord.checked()


def test_what_a_meeting_met_is_not_taken_away_under_it(coord: Desk) -> None:
    coord.today = "2026-12-18"
    hold(coord, "2026-12-18")
    assert "已登记召开：M1" in coord.refused("undo", "P1", "--yes")


# --- registers that were not looked at, or are older ----------------------------------------------


def test_lists_show_a_missing_one_and_write_nothing(coord: Desk, add_case: AddCase) -> None:
    missing = owed(coord)
    assert [one["id"] for one in missing] == [None]
    assert "未登记" in coord.ok("pending").out
    assert quarters(coord, "2026-12-31") == ["2026年第4季度"]
    assert operations(coord) == []
    add_case()
    assert [one | NAMELESS for one in owed(coord)] == missing


def test_every_quarter_since_the_register_began_is_owed_though_nobody_looked(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    all_of_them = ["2026年第4季度", "2027年第1季度", "2027年第2季度", "2027年第3季度"]
    assert quarters(coord, "2027-08-02") == all_of_them
    assert quarters(coord, "2027-08-02", "overdue") == all_of_them[:3]
    late = coord.json("stats", "--by", "rule", today="2027-08-02")["rows"]
    assert next(one for one in late if one["key"] == RULE)["soft"]["open_late"] == 3
    assert len(operations(coord)) == 2
    coord.ok("today", today="2027-08-02")
    assert quarters(coord, "2027-08-02") == all_of_them
    assert {one["id"] is None for one in owed(coord, "2027-08-02")} == {False}
    coord.checked()


@pytest.fixture
def older(coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A register of a year, kept while the pack let time start nothing."""
    pack = tmp_path / "规则"
    copytree(policy_folder(), pack)
    rules = pack / "opinion.toml"
    row = f'id = "{RULE}"\ninterval = "quarter"\n'
    text = rules.read_text("utf-8")
    assert row in text
    rules.write_text(text.replace(row, f'id = "{RULE}"\n'), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(pack))
    coord.ok("calendar", "set", "2026-05-09", "work", "--reason", "调休", today="2026-05-08")
    for day in ("2026-06-10", "2026-11-12"):
        hold(coord, day)
    monkeypatch.delenv("COORD_POLICY")
    return coord


def test_an_older_register_owes_only_the_quarters_without_a_meeting(older: Desk) -> None:
    assert quarters(older) == quarters(older, command="overdue") == ["2026年第3季度"]
    count = len(operations(older))
    (row,) = older.json("stats", "--by", "rule", "--from", "2026-04-01")["rows"][:1]
    assert (row["key"], row["soft"]["in_time"], row["soft"]["open_late"]) == (RULE, 2, 1)
    assert len(operations(older)) == count
    older.ok("today")
    assert operations(older)[count] == (
        "周期开始，自动登记：2026年第2季度例行会议 J1；2026年第3季度例行会议 J2；"
        "2026年第4季度例行会议 J3；2027年第1季度例行会议 J4"
    )
    assert quarters(older) == ["2026年第3季度"]
    assert of_quarter(older, "2026年第4季度")["met_on"] == "2026-11-12"
    older.checked()


def test_a_look_at_a_past_day_makes_none_and_owes_what_was_owed_then(older: Desk) -> None:
    older.ok("today")
    count = len(operations(older))
    older.ok("today", today="2026-06-01")
    assert len(operations(older)) == count
    assert quarters(older, "2026-06-01") == ["2026年第2季度"]
    assert quarters(older, "2026-07-01") == ["2026年第3季度"]


def test_nothing_is_owed_of_the_years_before_the_rule_was_in_force(coord: Desk) -> None:
    coord.ok("calendar", "set", "2016-05-09", "work", "--reason", "调休", today="2016-05-08")
    assert len(operations(coord)) == 1
    assert quarters(coord, "2022-05-09") == ["2022年第1季度", "2022年第2季度"]


@pytest.mark.parametrize("version", FROZEN)
def test_a_register_of_an_older_schema_gets_them(coord: Desk, version: str) -> None:
    shutil.copyfile(FROZEN[version], coord.database)
    coord.ok("today")
    assert quarters(coord) == ["2026年第4季度"]
    assert of_quarter(coord, "2027年第1季度")["due_on"] == "2027-03-31"
    assert_sound(coord.database)


def test_a_register_that_may_only_be_read_is_read(coord: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert coord.json("today", today="2027-01-01")["overdue"] == []
    assert operations(coord) == []


def test_ten_at_once_begin_the_quarter_once(coord: Desk) -> None:
    line = [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23"]
    case = ("case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-20")
    both = [
        subprocess.Popen([*line, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for words in (("today", "-f", "json"), case) * 5
    ]
    told = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0] * 10, told
    begun = [one for one in operations(coord) if one.startswith("周期开始")]
    assert begun == ["周期开始，自动登记：2026年第4季度例行会议 J1；2027年第1季度例行会议 J2"]
    assert len(operations(coord)) == 6
    sound(coord)


# --- which quarter a meeting counts for -----------------------------------------------------------


def test_a_meeting_says_for_which_quarter_it_counts(coord: Desk) -> None:
    fix(coord, "2026-12-18")
    fix(coord, "2026-12-21", "--kind", "special")
    fix(coord, "2027-02-03")
    coord.ok("meeting", "cancel", "M3", "--reason", "不开")
    counted = [one["counts_for"] for one in coord.json("meeting", "list")]
    assert counted == ["2026Q4", None, None]
    assert "2026年第4季度" in coord.ok("meeting", "list").out
    assert "计入　2026年第4季度\n" in coord.ok("meeting", "show", "M1").out
    assert "计入" not in coord.ok("meeting", "show", "M2").out


def test_a_title_that_names_another_quarter_is_warned_of(coord: Desk) -> None:
    told = "以召开日期为准，计入2026年第4季度（一（四）1）"
    words = ("meeting", "plan", "--place", "会议室", "--at")
    for title, is_other in (
        ("2026年第三季度联席会议", True),
        ("第4季度例会", False),
        ("例会", False),
    ):
        warnings = coord.json(*words, "2026-12-18", "--title", title)["warnings"]
        assert (told in warnings) is is_other, title
    coord.today = "2026-12-18"
    assert told in coord.json("meeting", "hold", "M1")["warnings"]
    assert told not in coord.json("meeting", "hold", "M2")["warnings"]
    special = coord.json(*words, "2026-12-18", "--kind", "special", "--title", "第一季度专题")
    assert special["warnings"] == []


# --- the calendar of intervals --------------------------------------------------------------------


@pytest.mark.parametrize("interval", Interval)
def test_intervals_follow_each_other_without_a_gap(interval: Interval) -> None:
    period = period_of(interval, date(2025, 11, 30))
    for _ in range(30):
        assert period.first <= period.last < period.after.first
        assert (period.after.first - period.last).days == 1
        assert period.after.before == period == period_named(period.key)
        period = period.after


def test_the_first_meeting_of_a_quarter_is_found_by_the_meetings_alone(coord: Desk) -> None:
    with closing(sqlite3.connect(coord.database)) as connection:
        days = {"first": "2026-10-01", "last": "2026-12-31"}
        plan = connection.execute(f"EXPLAIN QUERY PLAN {FIRST_HELD}", days).fetchall()
    assert not [step[3] for step in plan if "SCAN" in step[3]]
