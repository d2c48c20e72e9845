"""Every recording command is one operation, which says before and after of every row."""

import inspect
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from soundness import assert_chained, assert_sound, count
from story import live, story

from yicheng_coord.cli.contents import CONTENTS
from yicheng_coord.store.history import RECORDED, operation_hash
from yicheng_coord.store.open import connect
from yicheng_coord.vocabulary import RecordFormat

UNRECORDED = {"operation", "change", "alembic_version"}


def recording_commands() -> Iterator[tuple[str, ...]]:
    """Find every command that answers as recording commands do."""
    from importlib import import_module

    for name, entry in CONTENTS.items():
        module = import_module(f"yicheng_coord.cli.{entry.module}")
        if entry.function:
            found = [((name,), getattr(module, entry.function))]
        else:
            commands = module.app.registered_commands
            found = [((name, one.name), one.callback) for one in commands]
        for words, function in found:
            form = inspect.signature(function).parameters.get("form")
            if form and form.default is RecordFormat.TABLE:
                yield words


@pytest.fixture
def lived(coord: Desk, tmp_path: Path) -> Desk:
    """A register in which every recording command was used."""
    live(coord, tmp_path)
    return coord


def rows(database: Path, sql: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql, values).fetchall()


OLDER = "decision_addressee"
"""Only older registers have rows in it: copies and letters are matters now."""


def test_the_story_tells_of_every_recording_command(tmp_path: Path) -> None:
    told = {tuple(line[:2]) for line in story(tmp_path)} | {(line[0],) for line in story(tmp_path)}
    # Killed on their own; an export only records that it was not masked.
    commands = set(recording_commands()) - {("backup",), ("restore",), ("export",)}
    assert ("transfer", "send") in commands
    assert ("import",) in commands
    assert commands <= told


def test_every_recording_command_leaves_exactly_one_sealed_operation(
    coord: Desk, tmp_path: Path
) -> None:
    coord.ok("today")
    for number, line in enumerate(story(tmp_path), start=2):
        coord(*line)
        stored = rows(
            coord.database, "SELECT at, operator, command, summary, hash FROM operation ORDER BY id"
        )
        assert len(stored) == number, line
        at, operator, command, summary, digest = stored[-1]
        assert (at, operator) == ("2026-11-23T00:00:00", "测试员")
        assert json.loads(command) == ["coord", "--today", "2026-11-23", *line]
        assert summary.strip()
        assert re.fullmatch(r"[0-9a-f]{64}", digest)


def test_the_history_alone_tells_what_every_table_holds(lived: Desk) -> None:
    assert_sound(lived.database)
    told = {row[0] for row in rows(lived.database, "SELECT DISTINCT table_name FROM change")}
    assert told == set(RECORDED) - {OLDER}


def test_every_table_is_recorded_with_every_column(coord: Desk) -> None:
    tables = rows(coord.database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert {name for (name,) in tables} == {*RECORDED, *UNRECORDED}
    for table in RECORDED:
        columns = rows(coord.database, "SELECT name FROM pragma_table_info(?)", table)
        for event, side in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            ((trigger,),) = rows(
                coord.database,
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?",
                f"{table}_{event}_recorded",
            )
            for (column,) in columns:
                assert f"'{column}', {side}.{column}" in trigger


def test_a_row_that_stays_as_it_is_leaves_no_change(coord: Desk) -> None:
    coord.ok("case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "11-02")
    before = count(coord.database, "change")
    with closing(connect(coord.database)) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO operation (at, operator, command) VALUES ('', '', '[]')")
        connection.execute("UPDATE case_file SET title = title")
        assert connection.execute("SELECT count(*) FROM change").fetchone()[0] == before
        connection.execute("UPDATE case_file SET title = '乙'")
        assert connection.execute("SELECT count(*) FROM change").fetchone()[0] == before + 1


@pytest.mark.parametrize("table", RECORDED)
def test_a_change_of_any_one_column_is_recorded(lived: Desk, table: str) -> None:
    with closing(connect(lived.database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("INSERT INTO operation (at, operator, command) VALUES ('', '', '[]')")
        if table == OLDER:
            connection.execute(
                "INSERT INTO decision_addressee (decision_id, purpose, unit) VALUES (1, 'copy', '')"
            )
        before = connection.execute("SELECT max(id) FROM change").fetchone()[0]
        names = connection.execute(
            f"SELECT name, type FROM pragma_table_info('{table}')"
        ).fetchall()
        for name, kind in names:
            value = "97" if kind == "INTEGER" else "'1997-07-01'"
            connection.execute(
                f"UPDATE {table} SET {name} = {value} WHERE rowid = (SELECT max(rowid) FROM {table})"
            )
        changes = connection.execute(
            "SELECT before, after FROM change WHERE id > ? ORDER BY id", (before,)
        ).fetchall()
    differing = [
        [name for name in json.loads(after) if json.loads(old)[name] != json.loads(after)[name]]
        for old, after in changes
    ]
    assert differing == [[name] for name, _ in names]


def test_an_import_that_brings_nothing_new_leaves_no_operation(lived: Desk, tmp_path: Path) -> None:
    before = count(lived.database, "operation")
    lived("import", str(tmp_path / "水务.csv"))
    lived("import", "--dry-run", str(tmp_path / "改.csv"))
    assert count(lived.database, "operation") == before


def test_a_trial_of_a_notice_leaves_no_operation(coord: Desk, tmp_path: Path) -> None:
    story(tmp_path)
    coord.ok("calendar", "apply", str(tmp_path / "2027.json"), "--force", "--dry-run")
    assert count(coord.database, "operation") == 0
    assert count(coord.database, "calendar_notice") == 0


def test_a_refusal_leaves_no_operation(lived: Desk) -> None:
    before = lived.database.read_bytes()
    lived.refused("transfer", "send", "1", "--to", "zjj")
    lived.refused("transfer", "decline", "3")
    lived.refused("case", "add", "--title", " ", "--found-by", "zrj", "--found-on", "11-02")
    lived.refused("import", str(lived.database))
    assert lived.database.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET operator = '别人' WHERE id = 1",
        "DELETE FROM operation WHERE id = 1",
        "UPDATE change SET after = '{}' WHERE id = 1",
        "DELETE FROM change WHERE id = 1",
        "UPDATE case_file SET title = '改了' WHERE id = 1",
        "DELETE FROM material",
        "INSERT INTO change (operation_id, table_name, row_id) VALUES (1, 'duty', 1)",
    ],
)
def test_the_database_itself_keeps_the_history_as_it_is(lived: Desk, statement: str) -> None:
    with closing(sqlite3.connect(lived.database)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"历史记录|只能通过 coord"):
            connection.execute(statement)
        connection.rollback()
    assert_sound(lived.database)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET operator = '别人' WHERE id = 4",
        "UPDATE operation SET summary = '' WHERE id = 4",
        "UPDATE change SET after = replace(after, '照片', '图片') WHERE operation_id = 4",
        "DELETE FROM change WHERE operation_id = 4",
    ],
)
def test_what_was_changed_behind_the_programs_back_breaks_the_chain(
    lived: Desk, statement: str
) -> None:
    with closing(sqlite3.connect(lived.database)) as connection:
        for trigger in (
            "operation_is_append_only",
            "change_is_append_only",
            "change_stays",
            "change_within_operation",
        ):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
        assert operation_hash(connection, 3) == _stored(connection, 3)
        assert operation_hash(connection, 4) != _stored(connection, 4)
        with pytest.raises(AssertionError, match="P4"):
            assert_chained(connection)


def _stored(connection: sqlite3.Connection, number: int) -> Any:
    sql = "SELECT hash FROM operation WHERE id = ?"
    return connection.execute(sql, (number,)).fetchone()[0]
