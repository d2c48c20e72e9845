"""No list and no recording command walks through a table that grows with history.

A fast start hides a slow query, so the plans themselves are looked at: of every statement that a
command sends (`EXPLAIN QUERY PLAN`), and of the programs, triggers included, that SQLite makes of
it (`EXPLAIN`: a loop that begins with Rewind or Last walks a whole table or index).
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from story import live, story

from yicheng_coord.services import staging, touched
from yicheng_coord.store import open as store

GROWING = {
    "case_file",
    "inquiry",
    "transfer",
    "decision",
    "decision_addressee",
    "material",
    "matter",
    "matter_party",
    "happening",
    "duty",
    "reminder",
    "reminder_item",
    "paper_number",
    "operation",
    "change",
}
SHORT = {"duty_open_dated", "duty_open_undated", "duty_open_provisional"}
"""Partial indexes that hold open duties only: they do not grow with history."""
OF_A_WHOLE_TABLE = "USING INDEX change_by_row (table_name=?)"
"""A search that finds all that ever happened to a growing table is a walk too."""

LISTS = {
    "today": ["today"],
    "overdue": ["overdue"],
    "overdue of a unit": ["overdue", "--unit", "zfj"],
    "overdue of a rule": ["overdue", "--rule", "transfer.feedback"],
    "pending": ["pending"],
    "pending within": ["pending", "--within", "3"],
    "pending of a unit": ["pending", "--unit", "zfj"],
    "pending of a case": ["pending", "--case", "2"],
    "pending of a case by its other number": ["pending", "--case", "水-1"],
    "explain": ["explain", "D3"],
    "case show": ["case", "show", "1"],
    "cases of a status": ["case", "list", "--status", "accepted"],
    "cases of a unit": ["case", "list", "--unit", "zrj"],
    "cases since": ["case", "list", "--since", "2026-11-01"],
    "cases of a unit since": ["case", "list", "--unit", "zrj", "--since", "2026-11-01"],
    "cases of a status and unit": ["case", "list", "--unit", "zrj", "--status", "sent"],
    "transfer show": ["transfer", "show", "1"],
    "transfers of a unit": ["transfer", "list", "--unit", "zfj"],
    "meeting show": ["meeting", "show", "M1"],
    "topics of a meeting": ["topic", "list", "--meeting", "M1"],
    "resolutions that are open": ["resolution", "list", "--open"],
    "history of a case": ["history", "2"],
    "history of an operation": ["history", "P3"],
    "history of a duty": ["history", "D3"],
    "history of a matter": ["history", "H1", "-v"],
    "all hazards": ["hazard", "list"],
    "hazards of a unit": ["hazard", "list", "--unit", "zjj"],
    "hazard show": ["hazard", "show", "H1"],
    "dispute show": ["dispute", "show", "Q1"],
    "history of a unit": ["history", "zjj", "-v"],
    "letter": ["letter", "transfer", "1", "2"],
    "letters of a meeting": ["letter", "notice", "M1"],
    "minutes as a letter": ["letter", "minutes", "M1"],
    "letters that chased": ["letter", "chase", "zfj"],
    "overdue and chased": ["overdue", "--unit", "zfj"],
    "numbers of a unit": ["number", "list", "--unit", "zrj"],
    "number series": ["number", "series"],
    "calendar status": ["calendar", "status"],
    "calendar count": ["calendar", "count", "2026-11-20", "3"],
}
WHOLE = {
    "all cases": ["case", "list"],
    "all cases until": ["case", "list", "--until", "2026-11-30"],
    "a search": ["case", "list", "--search", "堆场"],
    "all transfers": ["transfer", "list"],
    "all history": ["history"],
    "all numbers": ["number", "list"],
    "statistics": ["stats"],
}
"""These return, or look into, every row from the first on; nothing but a walk can."""


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that commands send from here on."""
    statements: list[str] = []
    plain = store._connected

    def listened_to(path: Path) -> sqlite3.Connection:
        connection = plain(path)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(store, "_connected", listened_to)
    return statements


@pytest.fixture
def lived(coord: Desk, tmp_path: Path) -> Desk:
    live(coord, tmp_path)
    return coord


def walks(database: Path, statements: list[str]) -> list[str]:
    """Return the statements that walk through a growing table, with what they walk."""
    with closing(sqlite3.connect(database)) as connection:
        staging.make_tables(connection)
        touched.make_table(connection)
        connection.execute("CREATE INDEX temp.staged_by_key ON staged (natural_key)")
        return [
            f"{walked}: {statement}"
            for statement in dict.fromkeys(statements)
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))
            for walked in (*_planned(connection, statement), *_looped(connection, statement))
        ]


def _planned(connection: sqlite3.Connection, statement: str) -> Iterator[str]:
    aliases = dict(re.findall(r"\b(\w+) AS (\w+)", statement))
    names = {alias: table for table, alias in aliases.items()}
    for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
        if match := re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", detail):
            table = names.get(match[1], match[1])
            if table in GROWING and match[2] not in SHORT:
                yield detail
        if detail.endswith(OF_A_WHOLE_TABLE) and _names_growing(statement):
            yield detail


def _names_growing(statement: str) -> bool:
    return any(f"table_name = '{table}'" in statement for table in GROWING)


def _looped(connection: sqlite3.Connection, statement: str) -> Iterator[str]:
    roots = {
        root: (name, table)
        for root, name, table in connection.execute(
            "SELECT rootpage, name, tbl_name FROM main.sqlite_master WHERE rootpage > 0"
        )
    }
    for program in _programs(connection.execute(f"EXPLAIN {statement}")):
        opened = {
            p1: roots.get(p2, ("", ""))
            for _, operation, p1, p2, p3, *_ in program
            if operation in {"OpenRead", "OpenWrite", "ReopenIdx"} and p3 == 0
        }
        looping = {p1 for _, operation, p1, *_ in program if operation in {"Next", "Prev"}}
        for _, operation, p1, *_ in program:
            name, table = opened.get(p1, ("", ""))
            if operation == "Rewind" and p1 in looping and table in GROWING and name not in SHORT:
                yield f"loop over {name}"


def _programs(rows: Iterator[Any]) -> list[list[Any]]:
    """Split at address 0: the statement's own program, then one a trigger."""
    programs: list[list[Any]] = []
    for row in rows:
        if row[0] == 0:
            programs.append([])
        programs[-1].append(row)
    return programs


@pytest.mark.parametrize("line", LISTS.values(), ids=LISTS.keys())
def test_no_list_walks_through_history(lived: Desk, sent: list[str], line: list[str]) -> None:
    lived.ok(*line)
    assert any("SELECT" in statement for statement in sent)
    assert walks(lived.database, sent) == []


@pytest.mark.parametrize("line", WHOLE.values(), ids=WHOLE.keys())
def test_only_whole_lists_walk(lived: Desk, sent: list[str], line: list[str]) -> None:
    lived.ok(*line)
    walked = walks(lived.database, sent)
    assert walked, "else it belongs to the others"
    assert {one.partition(": ")[0].split()[-1] for one in walked} <= {
        "case_file",
        "case_by_found_on",
        "operation",
        "transfer",
        "paper_number",
        "duty",
        "sqlite_autoindex_case_file_2",
        "sqlite_autoindex_transfer_1",
    }


def test_a_list_of_a_past_day_walks_since_no_index_knows_that_day(
    lived: Desk, sent: list[str]
) -> None:
    lived.ok("overdue", today="2026-11-12")
    assert [one.partition(": ")[0] for one in walks(lived.database, sent)] != []
    sent.clear()
    lived.ok("overdue", today="2027-01-04")
    assert walks(lived.database, sent) == []


def test_no_recording_command_walks_through_history_while_others_wait(
    coord: Desk, sent: list[str], tmp_path: Path
) -> None:
    walking = []
    for line in story(tmp_path):
        sent.clear()
        coord(*line)
        assert any(one.startswith("INSERT INTO operation") for one in sent), line
        if walks(coord.database, sent):
            walking.append(line[:2])
            locked_at = max(n for n, one in enumerate(sent) if one.startswith("BEGIN IMMEDIATE"))
            assert walks(coord.database, sent[locked_at:]) == [], line
    assert walking == [["brief", "--from"], ["letter", "circular"]], "they count what a period had"


def test_listing_a_file_as_material_walks_through_nothing(
    lived: Desk, sent: list[str], tmp_path: Path
) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"x")
    line = ["case", "material", "1", "--kind", "案源", "--title", "照片"]
    lived.ok(*line, "--file", str(tmp_path / "照片.jpg"))
    assert any("INSERT INTO material" in one for one in sent)
    assert walks(lived.database, sent) == []


@pytest.mark.parametrize(
    "table",
    sorted(GROWING - {"operation", "change"}),
)
def test_no_trigger_walks_through_history(lived: Desk, table: str) -> None:
    with closing(sqlite3.connect(lived.database)) as connection:
        row = connection.execute(f"SELECT * FROM {table}").description
    names = [column[0] for column in row]
    assert (
        walks(
            lived.database,
            [
                f"INSERT INTO {table} VALUES ({', '.join('1' for _ in names)})",
                f"UPDATE {table} SET {', '.join(f'{name} = 1' for name in names)} WHERE id = 1",
                f"DELETE FROM {table} WHERE id = 1",
            ],
        )
        == []
    )


def test_a_walk_would_be_seen(lived: Desk) -> None:
    for statement in (
        "SELECT * FROM duty",
        "SELECT * FROM duty_list WHERE owed_by = 'zfj'",
        "UPDATE case_file SET title = title WHERE party = 'x'",
        "SELECT max(hash) FROM operation",
        "SELECT * FROM transfer AS t WHERE document = '1'",
        "SELECT before FROM change WHERE table_name = 'duty'",
    ):
        assert walks(lived.database, [statement]), statement
