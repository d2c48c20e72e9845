"""What time itself starts: 三（一）, where the office's pack says how often; the meeting, 一（四）1."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from conftest import AddCase, Desk

from yicheng_coord.paths import policy_folder
from yicheng_coord.queries import periodic

MEMBERS = 16
"""The members of the joint meeting but 执法局."""

Office = Callable[..., Path]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Point COORD_POLICY to a copy of the pack with the intervals of some rules."""

    def with_intervals(changes: str = "", **intervals: str) -> Path:
        pack = tmp_path / "规则"
        copytree(policy_folder(), pack)
        rules = pack / "opinion.toml"
        text = rules.read_text("utf-8")
        for name, interval in intervals.items():
            row = f'id = "info.{name}"\n'
            assert row in text
            text = text.replace(row, f'{row}interval = "{interval}"\n')
        if changes:
            old, _, new = changes.partition(" → ")
            head, rule, tail = text.partition('id = "info.policy"\n')
            assert old in tail
            text = head + rule + tail.replace(old, new.replace("\\n", "\n"), 1)
        rules.write_text(text, "utf-8")
        monkeypatch.setenv("COORD_POLICY", str(pack))
        return pack

    return with_intervals


def items(coord: Desk, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coord.json("info", "list", *options)
    return found


def summaries(coord: Desk) -> list[str]:
    return [one["summary"] for one in coord.json("history")]


def open_of(coord: Desk, rule: str, today: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coord.json("pending", "--rule", rule, today=today)
    return found


def test_the_shipped_pack_starts_no_report_by_time(coord: Desk, add_case: AddCase) -> None:
    coord.ok("today")
    add_case()
    coord.ok("today", today="2027-01-04")
    first, _, last = summaries(coord)
    assert first == "周期开始，自动登记：2026年第4季度例行会议 J1；2027年第1季度例行会议 J2"
    assert last == "周期开始，自动登记：2027年第2季度例行会议 J3"
    assert items(coord) == []
    assert open_of(coord, "info.policy") == []
    assert open_of(coord, "info.enforcement") == []
    assert coord.json("rules", "show", "info.policy")["interval"] is None


def test_each_member_owes_one_a_quarter_from_its_first_day(coord: Desk, office: Office) -> None:
    office(policy="quarter")
    coord.ok("today")
    found = items(coord)
    now, ahead = "2026年第4季度政策、审批等信息", "2027年第1季度政策、审批等信息"
    assert [one["title"] for one in found] == [now] * MEMBERS + [ahead] * MEMBERS
    assert len({one["from"] for one in found[:MEMBERS]}) == MEMBERS
    assert [one["from"] for one in found[MEMBERS:]] == [one["from"] for one in found[:MEMBERS]]
    duties = open_of(coord, "info.policy")
    assert {one["owed_by"] for one in duties} == {one["from"] for one in found}
    assert {(one["owed_to"], one["started_on"]) for one in duties} == {("zfj", "2026-10-01")}
    assert "zfj" not in {one["owed_by"] for one in duties}
    coord.checked()


def test_the_bureau_owes_one_a_month_to_every_other_member(coord: Desk, office: Office) -> None:
    office(enforcement="month")
    coord.ok("today")
    found = [(item["title"], item["from"]) for item in items(coord)]
    assert found == [("2026年11月执法情况", "zfj"), ("2026年12月执法情况", "zfj")]
    duties = open_of(coord, "info.enforcement")
    assert len({one["owed_to"] for one in duties}) == len(duties) == MEMBERS
    assert {(one["owed_by"], one["started_on"]) for one in duties} == {("zfj", "2026-11-01")}
    coord.checked()


def test_a_recording_command_makes_them_first_and_stays_one_operation(
    coord: Desk, office: Office, add_case: AddCase
) -> None:
    office(policy="quarter", enforcement="quarter")
    add_case()
    first, second = coord.json("history")
    assert first["summary"] == (
        "周期开始，自动登记：2026年第4季度例行会议 J1；2027年第1季度例行会议 J2；"
        "2026年第4季度政策、审批等信息 I1 至 I16；2027年第1季度政策、审批等信息 I17 至 I32；"
        "2026年第4季度执法情况 I33；2027年第1季度执法情况 I34"
    )
    assert "堆场占用耕地" in second["summary"]
    assert "命令　（到期自动登记）" in coord.ok("history", "P1", "-v").out
    answer = coord.json("case", "edit", "1", "--title", "堆场", "--reason", "记错")
    assert answer["operation"] == 3
    assert len(items(coord)) == 2 * (MEMBERS + 1)
    coord.checked()


def test_a_refused_command_and_a_trial_run_make_none_twice_or_at_all(
    coord: Desk, office: Office, tmp_path: Path
) -> None:
    office(policy="month")
    rows = tmp_path / "清单.csv"
    rows.write_text("案件名称,发现单位,发现日期\n堆场,自然资源局,2026-11-02\n", "utf-8")
    coord.ok("import", str(rows), "--dry-run")
    assert summaries(coord) == []
    coord.refused("info", "share", "I99")
    coord.refused("info", "share", "I99")
    assert len(summaries(coord)) == 1
    assert len(items(coord)) == 2 * MEMBERS


def test_a_whole_register_is_read_into_an_empty_one_all_the_same(
    coord: Desk, office: Office, tmp_path: Path
) -> None:
    office(policy="month")
    coord.ok("today")
    path, other = str(tmp_path / "all.json"), ("--db", str(tmp_path / "other.db"))
    coord.ok("export", path, "--what", "all", "--no-mask")
    coord.ok(*other, "init")
    coord.ok(*other, "import", path)
    coord.ok(*other, "today")
    assert coord.json(*other, "info", "list") == items(coord)
    (whole,) = coord.json(*other, "history")
    assert whole["summary"].startswith("读入整个登记簿")


def test_what_is_shared_meets_it(coord: Desk, office: Office) -> None:
    office(policy="month", enforcement="month")
    coord.ok("today")
    own = next(one["ref"] for one in items(coord) if one["from"] == "zrj")
    answer = coord.json("info", "share", own, "--by", "简报", "--on", "2026-11-20")
    assert [one["rule"] for one in answer["met"]] == ["info.policy"]
    assert "zrj" not in {one["owed_by"] for one in open_of(coord, "info.policy")}
    told = next(one["ref"] for one in items(coord) if one["from"] == "zfj")
    coord.ok("info", "share", told, "--by", "专项通报", "--to", "zjj")
    assert len(open_of(coord, "info.enforcement")) == MEMBERS - 1
    coord.ok("info", "share", told, "--by", "专项通报")
    assert open_of(coord, "info.enforcement") == []
    coord.checked()


def test_the_next_interval_begins_anew(coord: Desk, office: Office) -> None:
    office(policy="quarter", enforcement="month")
    coord.ok("today")
    coord.ok("info", "share", next(one["ref"] for one in items(coord) if one["from"] == "zrj"))
    coord.ok("today", today="2026-12-01")
    coord.ok("today", today="2026-12-31")
    titles = [one["title"] for one in items(coord) if one["from"] == "zfj"]
    assert titles == ["2026年11月执法情况", "2026年12月执法情况", "2027年1月执法情况"]
    coord.ok("today", today="2027-01-01")
    of_one = [one["title"] for one in items(coord) if one["from"] == "zrj"]
    assert of_one == [
        "2026年第4季度政策、审批等信息",
        "2027年第1季度政策、审批等信息",
        "2027年第2季度政策、审批等信息",
    ]
    owed = [one for one in open_of(coord, "info.policy", "2027-01-01") if one["owed_by"] == "zrj"]
    assert [one["started_on"] for one in owed] == ["2027-01-01"]
    coord.checked()


def test_lists_show_what_is_missing_and_write_nothing(coord: Desk, office: Office) -> None:
    office(policy="quarter", enforcement="quarter")
    missing = open_of(coord, "info.policy")
    assert len(missing) == MEMBERS
    assert {one["id"] for one in missing} == {None}
    assert {one["matter"] for one in missing} == {None}
    assert {one["matter_title"] for one in missing} == {"2026年第4季度政策、审批等信息"}
    assert {one["status"] for one in missing} == {"ageing"}
    assert len(open_of(coord, "info.enforcement")) == MEMBERS
    assert len(coord.json("pending", "--unit", "zrj")) == 1
    text = coord.ok("pending", "--unit", "zrj").out
    assert "未登记" in text
    assert "None" not in text
    assert coord.json("overdue") == []
    assert summaries(coord) == []
    assert items(coord) == []
    coord.ok("today")
    made = open_of(coord, "info.policy")
    nameless = {"id": None, "matter": None, "subject": None}
    assert [one | nameless for one in made] == missing


def test_a_missing_one_with_a_due_day_is_overdue_and_counted(coord: Desk, office: Office) -> None:
    office('kind = "prompt" → kind = "calendar"\\ndays = 10', policy="month")
    late = coord.json("overdue")
    assert len(late) == MEMBERS
    assert {(one["id"], one["due_on"], one["days_left"]) for one in late} == {
        (None, "2026-11-11", -12)
    }
    assert coord("overdue", "--exit-code").code == 1
    assert f"共 {MEMBERS} 项" in coord("overdue").out + coord("overdue").err
    coord.ok("today")
    assert [
        one | {"id": None, "matter": None, "subject": None} for one in coord.json("overdue")
    ] == late


def test_statistics_count_what_is_missing_as_what_is_on_record(coord: Desk, office: Office) -> None:
    office(policy="quarter")
    missing = coord.json("stats", "--by", "rule")
    assert [(one["key"], one["prompt"]["ageing"]) for one in missing["rows"]] == [
        ("meeting.quarterly", 0),
        ("info.policy", MEMBERS),
    ]
    assert summaries(coord) == []
    coord.ok("today")
    assert coord.json("stats", "--by", "rule") == missing


def test_months_in_which_nobody_typed_anything_are_made_up_for(coord: Desk, office: Office) -> None:
    office(enforcement="month")
    coord.ok("today")
    late = "2027-03-02"
    expected = [f"{month}执法情况" for month in ("2027年1月", "2027年2月", "2027年3月")]
    wanted = ("pending", "--rule", "info.enforcement")
    missing = [one for one in coord.json(*wanted, today=late) if one["id"] is None]
    assert sorted({one["matter_title"] for one in missing}) == expected
    coord.ok("today", today=late)
    made = [one["title"] for one in items(coord)]
    assert made == ["2026年11月执法情况", "2026年12月执法情况", *expected, "2027年4月执法情况"]
    coord.checked()


def test_what_an_office_sets_is_owed_from_then_on_and_not_of_before(
    coord: Desk, office: Office
) -> None:
    coord.ok("calendar", "set", "2026-05-09", "work", "--reason", "调休", today="2026-05-08")
    office(enforcement="month")
    coord.ok("today")
    assert [one["title"] for one in items(coord)] == ["2026年11月执法情况", "2026年12月执法情况"]


def test_the_next_interval_s_is_neither_pending_nor_shared_before_its_first_day(
    coord: Desk, office: Office
) -> None:
    office('kind = "prompt" → kind = "calendar"\\ndays = 10', policy="month")
    coord.ok("today")
    ahead = next(one["ref"] for one in items(coord) if one["title"].startswith("2026年12月"))
    of_now = {"2026年11月政策、审批等信息"}
    assert {one["matter_title"] for one in open_of(coord, "info.policy")} == of_now
    december = open_of(coord, "info.policy", today="2026-12-01")
    assert {one["matter_title"] for one in december} == of_now | {"2026年12月政策、审批等信息"}
    assert len(open_of(coord, "info.policy", today="2026-12-01")) == 2 * MEMBERS
    assert "早于" in coord.refused("info", "share", ahead)
    coord.ok("info", "share", ahead, today="2026-12-01")


def test_a_day_before_the_first_operation_owes_nothing(
    coord: Desk, office: Office, add_case: AddCase
) -> None:
    office(policy="month")
    add_case()
    count = len(summaries(coord))
    assert open_of(coord, "info.policy", today="2026-10-30") == []
    coord.ok("today", today="2026-10-30")
    assert len(summaries(coord)) == count
    titles = {one["title"] for one in items(coord)}
    assert titles == {"2026年11月政策、审批等信息", "2026年12月政策、审批等信息"}


def test_a_look_at_the_past_adds_nothing_to_it(coord: Desk, office: Office) -> None:
    office(policy="month")
    for today in ("2026-09-15", "2026-11-02"):
        coord.ok("calendar", "set", "2026-12-20", "work", "--reason", today, today=today)
    count = len(summaries(coord))
    coord.ok("today", today="2026-10-30")
    assert len(summaries(coord)) == count
    titles = [one["matter_title"] for one in open_of(coord, "info.policy", today="2026-10-30")]
    assert sorted(set(titles)) == ["2026年10月政策、审批等信息", "2026年9月政策、审批等信息"]
    coord.checked()


def test_a_closed_unit_is_left_out(coord: Desk, office: Office) -> None:
    coord.ok("unit", "close", "zjj", "--on", "2026-11-20", "--successor", "zrj", "--reason", "合并")
    office(policy="month", enforcement="month")
    coord.ok("today")
    assert "zjj" not in {one["from"] for one in items(coord)}
    assert len(items(coord)) == 2 * MEMBERS
    assert "zjj" not in {one["owed_to"] for one in open_of(coord, "info.enforcement")}
    coord.checked()


def test_undone_they_stay_undone_until_that_is_undone(coord: Desk, office: Office) -> None:
    office(policy="month", enforcement="month")
    coord.ok("today")
    coord.ok("undo", "P1", "--yes")
    assert items(coord) == []
    coord.ok("calendar", "set", "2026-12-20", "work", "--reason", "测试")
    coord.ok("today")
    assert items(coord) == []
    assert open_of(coord, "info.policy") == []
    coord.ok("undo", "P2", "--yes")
    assert len(items(coord)) == 2 * (MEMBERS + 1)
    coord.checked()
    coord.ok("today", today="2026-12-01")
    assert len(items(coord)) == 3 * (MEMBERS + 1)


def test_undo_without_a_number_takes_back_what_somebody_did(
    coord: Desk, office: Office, add_case: AddCase
) -> None:
    office(policy="month")
    add_case()
    coord.ok("today", today="2026-12-01")
    answer = coord.json("undo", "--yes", today="2026-12-01")
    assert answer["recorded"]["undoes"] == "P2"
    assert coord.json("case", "list") == []
    assert len(items(coord)) == 3 * MEMBERS


def test_undo_knows_nothing_to_take_back_where_only_time_did_something(
    coord: Desk, office: Office
) -> None:
    office(policy="month")
    coord.ok("today")
    assert "没有可撤销的" in coord.refused("undo", "--yes")


def test_one_that_was_shared_keeps_its_operation_from_being_undone(
    coord: Desk, office: Office
) -> None:
    office(policy="month")
    coord.ok("today")
    coord.ok("info", "share", "I1")
    assert "之后的操作以它为基础" in coord.refused("undo", "P1", "--yes")


def test_two_processes_at_once_make_them_once(coord: Desk, office: Office) -> None:
    office(policy="month", enforcement="quarter")
    line = [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", "today"]
    both = [
        subprocess.Popen(
            line,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert len(summaries(coord)) == 1
    assert len(items(coord)) == 2 * MEMBERS + 2
    coord.checked()


def test_the_pack_with_intervals_is_whole_and_shows_them(coord: Desk, office: Office) -> None:
    office(policy="quarter", enforcement="month")
    assert coord.ok("rules", "check").out == ""
    assert coord.json("rules", "show", "info.policy")["interval"] == "quarter"
    assert "周期　每月一项" in coord.ok("rules", "show", "info.enforcement").out


def test_an_unknown_interval_is_refused(coord: Desk, office: Office) -> None:
    office(policy="week")
    assert "week" in coord.refused("rules", "check")
    assert "规则包读不出来" in coord.refused("today")


def test_an_interval_of_a_rule_that_time_cannot_start_is_found(coord: Desk, office: Office) -> None:
    pack = office('starts = "policy.logged" → starts = "info.logged"', policy="month")
    text = (pack / "opinion.toml").read_text("utf-8")
    row = 'id = "contact"\n'
    (pack / "opinion.toml").write_text(text.replace(row, f'{row}interval = "month"\n'), "utf-8")
    found = coord("rules", "check", "-f", "json")
    assert found.code == 1
    wrong = [one["where"] for one in found.json if one["what"] == "这条规则不能按周期开始"]
    assert wrong == ["opinion.toml：info.policy", "opinion.toml：contact"]
    coord.ok("today")
    assert items(coord) == []


def test_what_is_missing_is_found_without_a_walk_through_history(coord: Desk) -> None:
    with closing(sqlite3.connect(coord.database)) as connection:
        for sql in (periodic.ON_RECORD, periodic.TAKEN_BACK):
            values = {"letter": "I", "details": "{}", "by_time": "[]"}
            plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            assert not [step[3] for step in plan if "SCAN" in step[3]]
            assert not [step[3] for step in plan if "change_by_row" in step[3]]
            assert not [step[3] for step in plan if "(letter=?)" in step[3]]
