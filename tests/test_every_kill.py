"""Every recording command, killed at instants spread over all that it does: all of it or none.

Each command of the story is run once to its end, and then again and again from the same register,
killed each time. What is found afterwards is, row by row of every table, what was before or what
would have been; both are sound.
"""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, Desk
from doomed import Doomed, End
from soundness import assert_sound, count
from story import story

from yicheng_coord.errors import DatabaseError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no signals on Windows")

PARTS = 4
TICKS, STATEMENTS, SIZES = 6, 5, 6
REFUSALS = 4
ROWS = 2000
"""So many rows that SQLite writes pages before the commit: they do not fit in its cache."""

SHARED = 32_768
"""The file that connections share is as long: who may not write so much cannot begin."""

State = list[tuple[str, list[Any]]]


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[Doomed]:
    with Doomed(tmp_path / "warm.db") as doomed:
        yield doomed


class Kept:
    """A register as it was at one moment, to begin from again and again."""

    def __init__(self, database: Path) -> None:
        self._database = database
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._bytes = database.read_bytes()
        self.state = state_of(database)

    def again(self) -> None:
        for ending in ("-wal", "-shm"):
            Path(f"{self._database}{ending}").unlink(missing_ok=True)
        self._database.write_bytes(self._bytes)


def state_of(database: Path) -> State:
    """Return the structure and every row of every table, after SQLite's own look at the file."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        structure = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name")
        return [
            ("structure", structure.fetchall()),
            *(
                (name, connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall())
                for (name,) in tables
            ),
        ]


def spread(last: int, count: int) -> list[int]:
    """Return so many numbers from 1 to the last, both included."""
    return sorted({1 + (last - 1) * n // (count - 1) for n in range(count)})


def ways_to_die(whole: End, log: int) -> Iterator[dict[str, int]]:
    """Spread the instants: over SQLite's steps, the statements, and the bytes of its log."""
    for tick in spread(whole.ticks, TICKS):
        yield {"tick": tick}
    for statement in spread(whole.statements, STATEMENTS):
        yield {"statement": statement}
    for size in spread(max(log - SHARED, 1), SIZES):
        yield {"size": SHARED + size}


def run_whole(doomed: Doomed, desk: Desk, line: list[str], step: int) -> tuple[End, int]:
    """Run a command to its end; return what it counted, and how long SQLite's log became."""
    with closing(sqlite3.connect(desk.database)) as bystander:  # who closes last removes the log
        bystander.execute("SELECT count(*) FROM operation").fetchall()
        whole = doomed.run(line, step=step)
        return whole, Path(f"{desk.database}-wal").stat().st_size


def refuse_writing(doomed: Doomed, desk: Desk, line: list[str]) -> set[tuple[int, bool]]:
    """Let the disk fail instead, at one byte or another; return how it ended, done or not."""
    before = Kept(desk.database)
    whole, log = run_whole(doomed, desk, line, 1)
    after = Kept(desk.database)
    seen = set()
    for size in spread(max(log - SHARED, 1), REFUSALS):
        before.again()
        end = doomed.run(line, refused=SHARED + size)
        found = state_of(desk.database)
        assert end.status in {whole.status, DatabaseError.exit_code}, (line, size)
        assert found == (after if end.status == whole.status else before).state, (line, size)
        seen.add((end.status, found == after.state))
    after.again()
    return seen


def kill_at_every(
    doomed: Doomed, desk: Desk, line: list[str], *, step: int = 1
) -> set[tuple[str, bool]]:
    """Kill a command again and again; return which ways ended with it done, and which without.

    The register is left as the command would have left it.
    """
    before = Kept(desk.database)
    whole, log = run_whole(doomed, desk, line, step)
    assert whole.status in {0, 4}, line
    after = Kept(desk.database)
    assert after.state != before.state, line
    assert_sound(desk.database)
    seen = set()
    for way in ways_to_die(whole, log):
        before.again()
        end = doomed.run(line, step=step, **way)
        found = state_of(desk.database)
        assert found in (before.state, after.state), (line, way)
        is_killed = end.status in {-signal.SIGKILL, -signal.SIGXFSZ}
        assert is_killed or ("size" in way and found == after.state), (line, way)  # all fitted in
        seen.add((next(iter(way)) if is_killed else "lived", found == after.state))
    after.again()
    return seen


@pytest.mark.parametrize("part", range(PARTS))
def test_every_recording_command_killed_anywhere_did_all_or_nothing(
    coord: Desk, doomed: Doomed, tmp_path: Path, part: int
) -> None:
    seen: set[tuple[str, bool]] = set()
    for number, line in enumerate([["today"], *story(tmp_path)]):
        if number % PARTS == part:
            seen |= kill_at_every(doomed, coord, ["--today", TODAY, *line])
        else:
            assert coord(*line).code in {0, 4}, line
    assert seen >= {
        ("tick", False),
        ("statement", False),
        ("statement", True),  # after its last, the commit
        ("size", False),
        ("size", True),  # killed as the log, complete, was copied into the database
    }


@pytest.mark.parametrize("part", range(2))
def test_every_recording_command_says_so_when_the_disk_fails_and_changes_nothing(
    coord: Desk, doomed: Doomed, tmp_path: Path, part: int
) -> None:
    seen = set()
    for number, line in enumerate([["today"], *story(tmp_path)]):
        if number % 2 == part:
            seen |= refuse_writing(doomed, coord, ["--today", TODAY, *line])
        else:
            assert coord(*line).code in {0, 4}, line
    assert {(3, False), (0, True)} <= seen


def test_what_outgrows_the_cache_is_undone_or_redone_whole_too(
    coord: Desk, doomed: Doomed, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    lines = "".join(f"{row},堆场{row},zrj,2026-11-02,zfj\n" for row in range(ROWS))
    path.write_text(f"案件编号,案件名称,发现单位,发现日期,有权处理单位\n{lines}", "utf-8")
    coord.ok("today")
    for line in (["import", str(path)], ["undo", "--yes"]):
        kill_at_every(doomed, coord, ["--today", TODAY, *line], step=1000)
    assert count(coord.database, "case_file") == 0
    assert count(coord.database, "operation") == 3
