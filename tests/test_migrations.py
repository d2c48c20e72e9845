"""Older databases: climbed step by step, all or nothing, with a copy of what they were."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from frozen import FROZEN, NEWEST, NEXT, OLDEST
from soundness import assert_sound, count, rows_of
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from yicheng_coord import paths
from yicheng_coord.errors import DatabaseError
from yicheng_coord.store import open as store
from yicheng_coord.store.migrations import UpgradeError, upgrade

STEP = f'''
"""An invented step: a column more, and a table made anew with all who point to it."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{store.LATEST}"


def upgrade() -> None:
    op.add_column("transfer", sa.Column("weight", sa.Integer(), nullable=True))
    with op.batch_alter_table("case_file") as table:
        table.add_column(sa.Column("district", sa.Text(), server_default="峄城"))
    op.get_bind().exec_driver_sql("UPDATE transfer SET weight = leg * 10")
'''
FAILING = STEP + '    op.get_bind().exec_driver_sql("INSERT INTO no_such_table VALUES (1)")\n'
ORPHANING = STEP + '    op.get_bind().exec_driver_sql("DELETE FROM case_file WHERE id = 1")\n'
CRASHING = STEP + '    raise KeyError("invented")\n'

Steps = Callable[[str], Path]


@pytest.fixture
def old(coord: Desk) -> Desk:
    """A register of the oldest schema, with cases in it."""
    shutil.copyfile(FROZEN[OLDEST], coord.database)
    coord.database.chmod(0o600)
    return coord


@pytest.fixture
def newest(coord: Desk) -> Desk:
    """A register of this program's schema, with cases in it."""
    shutil.copyfile(FROZEN[NEWEST], coord.database)
    coord.database.chmod(0o600)
    return coord


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Make the next schema this program's; its folder has an odd name."""

    def make(step: str) -> Path:
        folder = tmp_path / "50% of steps, 甲: 乙"
        own = paths.migrations_folder()
        shutil.copytree(own, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{NEXT}_invented.py").write_text(step, "utf-8")
        monkeypatch.setattr(paths, "migrations_folder", lambda: folder)
        monkeypatch.setattr(store, "LATEST", NEXT)
        return folder

    return make


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def copies(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.glob("*.bak"))


def all_rows(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in connection.execute(sql)]
        return {table: rows_of(connection, table) for table in tables}


# --- a step ---------------------------------------------------------------------------------------


def test_an_older_database_is_upgraded_by_the_next_command(old: Desk, steps: Steps) -> None:
    before = old.json("case", "list")
    rows = all_rows(old.database)
    steps(STEP)
    assert old.json("case", "list") == before
    after = all_rows(old.database)
    assert after["alembic_version"].keys() == {NEXT}
    assert {row.pop("district") for row in after["case_file"].values()} == {"峄城"}
    assert all(row.pop("weight") == row["leg"] * 10 for row in after["transfer"].values())
    for table in rows.keys() - {"alembic_version"}:
        assert after[table] == rows[table], table


def test_views_triggers_and_links_are_there_after_a_step(
    old: Desk, steps: Steps, tmp_path: Path
) -> None:
    store.create(tmp_path / "new.db")
    wanted = _names(tmp_path / "new.db", "view"), _names(tmp_path / "new.db", "trigger")
    steps(STEP)
    old.ok("overdue")
    assert (_names(old.database, "view"), _names(old.database, "trigger")) == wanted
    with closing(store.connect(old.database)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO operation (at, operator, command) VALUES ('', '', '[]')")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("DELETE FROM case_file WHERE id = 1")
        (recorded,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'case_file_update_recorded'"
        ).fetchone()
        assert "'district', NEW.district" in recorded
    assert _names(old.database, "table") & {"_alembic_tmp_case_file"} == set()


def test_recording_goes_on_after_a_step(old: Desk, steps: Steps) -> None:
    steps(STEP)
    old.ok("today")
    before = count(old.database, "operation")
    answer = old.json("case", "add", "--title", "新案", "--found-by", "zrj", "--found-on", "11-20")
    assert answer["recorded"]["ref"] == "2026-0007"
    assert count(old.database, "operation") == before + 1


def _names(path: Path, kind: str) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT name FROM sqlite_master WHERE type = ?"
        return {name for (name,) in connection.execute(sql, (kind,))}


# --- the copy -------------------------------------------------------------------------------------


def test_a_copy_of_what_it_was_is_kept(old: Desk, steps: Steps) -> None:
    before = all_rows(old.database)
    steps(STEP)
    old.ok("overdue")
    copy = old.database.with_name(f"coord.db.{OLDEST}-before-{NEXT}.bak")
    assert copies(old.database) == [copy.name]
    assert all_rows(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 or os.name == "nt"
    assert_sound(copy)


def test_a_copy_holds_what_still_stood_in_the_wal(newest: Desk, steps: Steps) -> None:
    with closing(sqlite3.connect(newest.database)) as other:  # keeps the WAL from being folded in
        other.execute("SELECT count(*) FROM case_file").fetchone()
        newest.ok("case", "add", "--title", "在日志里", "--found-by", "zrj", "--found-on", "11-20")
        assert newest.database.with_name("coord.db-wal").stat().st_size > 0
        steps(STEP)
        newest.ok("overdue")
    copy = newest.database.with_name(f"coord.db.{NEWEST}-before-{NEXT}.bak")
    assert count(copy, "case_file") == count(newest.database, "case_file")


def test_an_earlier_copy_is_never_overwritten(old: Desk, steps: Steps) -> None:
    earlier = old.database.with_name(f"coord.db.{OLDEST}-before-{NEXT}.bak")
    earlier.write_text("an earlier one", "utf-8")
    steps(STEP)
    old.ok("overdue")
    assert earlier.read_text("utf-8") == "an earlier one"
    assert copies(old.database) == [f"coord.db.{OLDEST}-before-{NEXT}-2.bak", earlier.name]


# --- when it does not work ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (FAILING, "no such table"),
        (ORPHANING, "数据之间的联系不完整：decision、duty、inquiry、material、transfer"),
        (CRASHING, "invented"),
    ],
)
def test_a_failing_step_leaves_everything_as_it_was(
    old: Desk, steps: Steps, step: str, why: str
) -> None:
    before = contents(old.database.parent)
    steps(step)
    told = old.refused("overdue", code=3)
    assert why in told
    assert "没有改动" in told
    assert contents(old.database.parent) == before


def test_a_version_between_the_steps_is_foreign(old: Desk, steps: Steps) -> None:
    _set_version(old.database, "0000")
    before = contents(old.database.parent)
    steps(STEP)
    assert "没有结构版本 0000" in old.refused("overdue", code=3)
    assert contents(old.database.parent) == before


def test_an_upgrade_waits_for_its_turn_and_then_says_so(
    old: Desk, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(old.database.parent)
    steps(STEP)
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(old.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "正被别的程序占用" in old.refused("overdue", code=3)
    assert contents(old.database.parent) == before


def test_who_comes_second_finds_it_done(old: Desk, steps: Steps) -> None:
    folder = steps(STEP)
    store.connect(old.database).close()
    after = all_rows(old.database)
    upgrade(old.database, OLDEST, folder)
    assert all_rows(old.database) == after
    assert len(copies(old.database)) == 1


def test_several_processes_at_once_upgrade_once(old: Desk, steps: Steps) -> None:
    folder = steps(STEP)
    program = (
        "import sys; from pathlib import Path; from yicheng_coord import paths; "
        "from yicheng_coord.store import open as store; store.LATEST = sys.argv[3]; "
        "paths.migrations_folder = lambda: Path(sys.argv[2]); "
        "sys.stdin.read(1); c = store.connect(Path(sys.argv[1])); "
        "print(c.execute('SELECT sum(weight) FROM transfer').fetchone()[0])"
    )
    command = [sys.executable, "-c", program, str(old.database), str(folder), NEXT]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [subprocess.Popen(command, text=True, **pipes) for _ in range(4)]
    answers = [process.communicate("x") for process in running]
    assert {out.strip() for out, _ in answers} == {"50"}, answers
    assert {err for _, err in answers} == {""}
    assert copies(old.database) == [f"coord.db.{OLDEST}-before-{NEXT}.bak"]


def test_a_newer_database_is_refused_and_left_alone(old: Desk) -> None:
    _set_version(old.database, NEXT)
    before = contents(old.database.parent)
    told = old.refused("overdue", code=3)
    assert "更新版本" in told
    assert NEXT in told
    old.refused("case", "add", "--title", "x", "--found-by", "zrj", "--found-on", "11-20", code=3)
    assert contents(old.database.parent) == before


def _set_version(path: Path, version: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()


def test_a_missing_database_is_not_made_by_an_upgrade(tmp_path: Path, steps: Steps) -> None:
    steps(STEP)
    with pytest.raises(DatabaseError):
        upgrade(tmp_path / "none.db", OLDEST)
    assert not (tmp_path / "none.db").exists()


def test_an_upgrade_without_room_for_the_copy_is_refused(
    old: Desk, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(old.database.parent)
    folder = steps(STEP)

    def no_room(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", no_room)
    with pytest.raises(UpgradeError, match="磁盘已满"):
        upgrade(old.database, OLDEST, folder)
    monkeypatch.undo()
    assert contents(old.database.parent) == before


# --- the frozen file, and drift -------------------------------------------------------------------


@pytest.mark.parametrize("version", FROZEN)
def test_every_frozen_database_opens_and_is_worked_with(coord: Desk, version: str) -> None:
    old = coord
    shutil.copyfile(FROZEN[version], old.database)
    cases = old.json("case", "list")
    assert [case["number"] for case in cases] == [f"2026-000{n}" for n in range(1, 7)]
    assert cases[0]["title"] == "堆场占用耕地"
    assert_sound(old.database)
    old.ok("transfer", "receive", "2", "--on", "2026-11-11")
    assert_sound(old.database)


def test_the_newest_step_is_what_the_program_expects() -> None:
    files = sorted(file.name for file in paths.migrations_folder().glob("versions/[0-9]*.py"))
    assert files[-1][:4] == store.LATEST
    assert [name[:4] for name in files] == [f"{n:04d}" for n in range(1, len(files) + 1)]


def test_steps_import_no_program_code() -> None:
    for file in paths.migrations_folder().glob("versions/*.py"):
        assert "yicheng_coord" not in file.read_text("utf-8"), file.name


def test_alembic_stays_out_while_no_upgrade_is_due(newest: Desk) -> None:
    program = (
        "import sys; from pathlib import Path; from yicheng_coord.store.open import connect; "
        "connect(Path(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(newest.database)], check=True)


@pytest.fixture
def shapes(tmp_path: Path) -> dict[str, Path]:
    """The schema three times: from schema.sql, from the steps alone, from the models."""
    files = {name: tmp_path / f"{name}.db" for name in ("schema", "steps", "models")}
    store.create(files["schema"])
    _climb_from_nothing(files["steps"])
    import yicheng_coord.store.models  # noqa: F401 – registers the tables

    SQLModel.metadata.create_all(create_engine(f"sqlite:///{files['models']}"))
    return files


def _climb_from_nothing(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.migrations_folder()).replace("%", "%%"))
    with create_engine(f"sqlite:///{path}").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _shape(path: Path, table: str) -> dict[str, Any]:
    """Columns, nullability, primary key, foreign keys and UNIQUE of a table, by name."""
    with closing(sqlite3.connect(path)) as connection:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        links = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        return {
            "nullable": {name: not (needed or key) for _, name, _, needed, _, key in columns},
            "key": [name for _, name, *_, key in columns if key],
            "links": {(one[3], one[2], one[4] or "id") for one in links},
        }


def _unique(path: Path, table: str) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute(f"PRAGMA index_list({table})").fetchall()
        return {
            tuple(column[2] for column in connection.execute(f"PRAGMA index_info({name})"))
            for _, name, is_unique, _, is_partial in listed
            if is_unique and not is_partial
        }


def test_the_models_have_the_shape_of_the_schema(shapes: dict[str, Path]) -> None:
    modelled = _names(shapes["models"], "table")
    assert modelled == _names(shapes["schema"], "table") - {
        "operation",
        "change",
        "alembic_version",
    }
    for table in modelled:
        assert _shape(shapes["models"], table) == _shape(shapes["schema"], table), table
        assert _unique(shapes["models"], table) <= _unique(shapes["schema"], table), table


def test_the_steps_lead_to_the_schema(shapes: dict[str, Path]) -> None:
    """Down to the checks, the conditions of partial indexes, and STRICT."""
    tables = _names(shapes["schema"], "table")
    assert _names(shapes["steps"], "table") == tables
    for table in tables - {"alembic_version"}:  # Alembic makes that one itself
        assert _shape(shapes["steps"], table) == _shape(shapes["schema"], table), table
        assert _unique(shapes["steps"], table) == _unique(shapes["schema"], table), table
    assert _types(shapes["steps"]) == _types(shapes["schema"])
    assert _checks(shapes["steps"]) == _checks(shapes["schema"])
    assert _indexes(shapes["steps"]) == _indexes(shapes["schema"])
    assert _number(shapes["steps"]) == _number(shapes["schema"]) == store.APPLICATION_ID


def _types(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: (
                strict,
                {c[1]: (c[2], c[4]) for c in connection.execute(f"PRAGMA table_info({name})")},
            )
            for _, name, kind, _, _, strict in connection.execute("PRAGMA table_list")
            if kind == "table" and not name.startswith(("sqlite_", "alembic_"))
        }


def _checks(path: Path) -> dict[str, Counter[str]]:
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return {name: Counter(_conditions(sql)) for name, sql in made if name[:8] != "alembic_"}


def _conditions(sql: str) -> list[str]:
    found = []
    for match in re.finditer(r"\bCHECK\s*\(", sql):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        found.append(" ".join(sql[match.end() : end - 1].split()))
    return found


def _indexes(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        return {name: " ".join(sql.split()) for name, sql in made}


def _number(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return number
