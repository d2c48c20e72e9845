"""Whole sets of rows: an import and its undo leave the history, triggers and indexes that rows would."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

from yicheng_coord.store.bulk_changes import checks_aside
from yicheng_coord.store.structure import expected_structure, structure_of

HEADINGS = "编号,案件名称,发现单位,发现日期,有权处理单位,认定日期,案件来源,证件号码,备注"
LONG = 1200
"""So many rows are removed as a set."""


def a_list(path: Path, count: int, *, first: int = 0, odd: int = 0) -> Path:
    """Write a list; each `odd`-th row of it has a cell that needs cleaning, and changes nothing."""
    lines = [
        f"水{n},{'　' if odd and n % odd == 0 else ''}第 {n} 号堆场,区自然资源局,2026-11-{n % 20 + 1:02d},"
        f"{'综合执法局' if n % 3 else ''},{'2026-11-20' if n % 3 else ''},"
        f"{'12345热线' if n % 7 else ''},{'x' if n % 5 else '37040219900307008x'},"
        f"{'' if n % 4 else '备注“一”'}"
        for n in range(first, first + count)
    ]
    path.write_text("\n".join([HEADINGS, *lines]), "utf-8")
    return path


def rows(database: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


@contextmanager
def unrecorded(database: Path) -> Iterator[sqlite3.Connection]:
    """Change cases behind the program's back."""
    with closing(sqlite3.connect(database)) as connection:
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'case_file_update_recorded'"
        ).fetchone()
        connection.execute("DROP TRIGGER case_file_update_recorded")
        yield connection
        connection.execute(sql)
        connection.commit()


def change_behind(database: Path) -> None:
    with unrecorded(database) as connection:
        connection.execute("UPDATE case_file SET phone = '0632-1' WHERE id = 7")


def test_what_a_list_makes_is_recorded_row_by_row_as_it_is(coord: Desk, tmp_path: Path) -> None:
    coord.ok("import", str(a_list(tmp_path / "a.csv", 50)))
    told = rows(coord.database, "change")
    for table in ("case_file", "duty"):
        there = {row["id"]: row for row in rows(coord.database, table)}
        recorded = {one["row_id"]: one for one in told if one["table_name"] == table}
        assert recorded.keys() == there.keys()
        for number, one in recorded.items():
            after = json.loads(one["after"])
            assert one["before"] is None
            assert {name: after.get(name) for name in there[number]} == there[number]
            assert one["case_id"] == there[number].get("case_id", number)
    coord.checked()


def test_nothing_stands_aside_after_an_import_or_its_undo(coord: Desk, tmp_path: Path) -> None:
    for line in (["import", str(a_list(tmp_path / "a.csv", LONG))], ["undo", "--yes"]):
        coord.ok(*line)
        with closing(sqlite3.connect(coord.database)) as connection:
            assert structure_of(connection) == expected_structure()
    coord.checked()


def test_a_long_import_is_undone_and_done_again_to_the_row(coord: Desk, tmp_path: Path) -> None:
    coord.ok("case", "add", "--title", "原有", "--found-by", "zrj", "--found-on", "2026-11-02")
    bare = [rows(coord.database, table) for table in ("case_file", "duty")]
    coord.ok("import", str(a_list(tmp_path / "a.csv", LONG)))
    full = [rows(coord.database, table) for table in ("case_file", "duty")]
    coord.ok("undo", "--yes")
    assert [rows(coord.database, table) for table in ("case_file", "duty")] == bare
    coord.checked()
    coord.ok("undo", "--yes")
    assert [rows(coord.database, table) for table in ("case_file", "duty")] == full
    coord.checked()


def test_a_row_of_an_import_changed_behind_the_program_is_found(
    coord: Desk, tmp_path: Path
) -> None:
    coord.ok("import", str(a_list(tmp_path / "a.csv", 50)))
    change_behind(coord.database)
    found = coord("check", "--only", "history_replay")
    assert found.code == 1
    assert "2026-0007" in found.out
    assert "与操作记录不符：电话" in found.out


def test_an_undone_row_that_was_changed_behind_the_program_is_still_found(
    coord: Desk, tmp_path: Path
) -> None:
    coord.ok("import", str(a_list(tmp_path / "a.csv", LONG)))
    change_behind(coord.database)
    coord.ok("undo", "--yes")
    found = coord("check", "--only", "history_replay")
    assert found.code == 1
    assert "改动以前已被改过：电话" in found.out


def test_rows_that_need_a_closer_look_come_out_like_those_that_do_not(
    coord: Desk, tmp_path: Path
) -> None:
    """The ones a hundred at a time, the others one by one."""
    other = tmp_path / "other.db"
    coord.ok("--db", str(other), "init")
    coord.ok("import", str(a_list(tmp_path / "a.csv", 350)))
    coord.ok("--db", str(other), "import", str(a_list(tmp_path / "b.csv", 350, odd=50)))
    for table in ("case_file", "duty"):
        assert len(rows(other, table)) >= 350
        assert rows(coord.database, table) == rows(other, table)


def test_a_short_list_into_a_long_register_is_like_a_long_one_into_a_short(
    coord: Desk, tmp_path: Path
) -> None:
    coord.ok("import", str(a_list(tmp_path / "a.csv", 300)))
    coord.ok("import", str(a_list(tmp_path / "b.csv", 30, first=300)))
    assert len(coord.json("case", "list", "--unit", "zrj")) == 330
    assert coord.json("case", "show", "水310")["title"] == "第 310 号堆场"
    with closing(sqlite3.connect(coord.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    coord.checked()


def test_the_history_shows_every_column_of_a_row_that_a_list_made(
    coord: Desk, tmp_path: Path
) -> None:
    coord.ok("import", str(a_list(tmp_path / "a.csv", 3)))
    after = coord.json("history", "P2")[0]["changes"][0]["after"]
    assert after.keys() == rows(coord.database, "case_file")[0].keys()
    assert after["phone"] is None


def test_a_terminal_is_told_of_reading_and_of_moving_in(coord: Desk, tmp_path: Path) -> None:
    from pseudo_terminal import shown

    path = a_list(tmp_path / "a.csv", 30_000)
    told = "\n".join(shown("--db", str(coord.database), "import", str(path)))
    assert "读取 a.csv" in told
    assert "写入登记簿" in told
    assert told.index("读取 a.csv") < told.rindex("写入登记簿")


DAYS = [
    "2026-02-30",
    "2026-02-28",
    "2026年2月29日",
    "46000",
    "0",
    "２０２６－０３－０１",
    "3月",
    " ",
]


def test_no_list_brings_in_a_day_that_the_table_would_refuse(coord: Desk, tmp_path: Path) -> None:
    """Rows of a plain list are made without the table's CHECKs; afterwards they are read."""
    path = tmp_path / "a.csv"
    lines = [
        f"水{n},堆场 {n},区自然资源局,{found},综合执法局,{determined},,,"
        for n, (found, determined) in enumerate(product([*DAYS, *["2026-02-01"] * 200], DAYS))
    ]
    path.write_text("\n".join([HEADINGS, *lines]), "utf-8")
    (told,) = coord("import", str(path), "-f", "json").json["files"]
    assert told["new"] + told["rejected"] + told["skipped"] == len(lines)
    assert told["new"] > 400
    with closing(sqlite3.connect(coord.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    coord.checked()


def test_a_table_s_checks_are_back_after_they_stood_aside(coord: Desk) -> None:
    coord.ok("case", "add", "--title", "原有", "--found-by", "zrj", "--found-on", "2026-11-02")
    wrong = "UPDATE case_file SET found_on = '2026-02-30'"
    with unrecorded(coord.database) as connection:
        with pytest.raises(ZeroDivisionError), checks_aside(connection):
            raise ZeroDivisionError
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute(wrong)
        with checks_aside(connection):
            connection.execute(wrong)
    assert "CHECK" in coord("check", "--only", "integrity").out
