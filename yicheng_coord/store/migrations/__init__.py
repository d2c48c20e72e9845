"""Bringing an older database to the schema of this program; what it was is kept beside it.

The steps are numbered files in `versions/`, frozen once released; they never import program code.
Views and triggers are gone while they run, and are made again from this program's own files: a
step that rebuilds a table would stumble over a view, and lose its triggers. Batch mode also loses
STRICT, unnamed CHECKs and the conditions of partial indexes; a step says them anew.
"""

import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from yicheng_coord import paths
from yicheng_coord.errors import DatabaseError, reason_of
from yicheng_coord.store import open as database


class UpgradeError(DatabaseError):
    """A step could not be taken; the database is what it was."""

    def __init__(self, path: Path, version: str, why: str) -> None:
        super().__init__(
            f"数据库升级没有成功，没有改动：{path}（结构 {version}；{why}）。",
            "仍可用原来版本的程序；请把这句话告诉维护人员。",
        )


class BrokenLinksError(Exception):
    """Rows would point to rows that are not there."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"数据之间的联系不完整：{'、'.join(tables)}")


def upgrade(path: Path, version: str, steps: Path | None = None) -> None:
    """Take every step from `version` to the newest: all of them or none.

    Of two processes at once the second waits, and finds it done.

    Args:
        path: the database.
        version: what it is now.
        steps: the folder of `env.py` and `versions/`, where it is not the program's own.

    Raises:
        DatabaseError: it stays locked, there is no room, or a step failed.

    """
    plan = Config()
    folder = steps or paths.migrations_folder()
    plan.set_main_option("script_location", str(folder).replace("%", "%%"))
    newest = _newest(plan, path, version)
    try:
        with closing(_opened(path)) as raw, _connection(raw) as connection:
            raw.execute("BEGIN IMMEDIATE")
            connection.begin()  # says so to Alembic, which else would commit by itself
            if _version(raw) == version:
                _climb(path, raw, connection, plan, f"{version}-before-{newest}")
    except sqlite3.Error as wrong:
        raise database.explained(wrong, path) from wrong
    except OSError as wrong:
        raise UpgradeError(path, version, reason_of(wrong)) from wrong
    except Exception as wrong:
        raise UpgradeError(path, version, str(getattr(wrong, "orig", wrong))) from wrong


def _newest(plan: Config, path: Path, version: str) -> str:
    script = ScriptDirectory.from_config(plan)
    known = {step.revision for step in script.walk_revisions()}
    if version not in known:
        raise database.ForeignDatabaseError(path, f"没有结构版本 {version}")
    return max(known)


def _opened(path: Path) -> sqlite3.Connection:
    """Open it with foreign keys off: a table that is rebuilt must not take its children along."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=database.BUSY_SECONDS)
    raw.execute("PRAGMA foreign_keys = OFF")
    return raw


def _connection(raw: sqlite3.Connection) -> Connection:
    """Return SQLAlchemy's view of it, whose first look (which ends in a rollback) is over."""
    return create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool).connect()


def _version(raw: sqlite3.Connection) -> str:
    version: str = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return version


def _climb(
    path: Path, raw: sqlite3.Connection, connection: Connection, plan: Config, name: str
) -> None:
    """Take the steps within the transaction that is open, and commit it."""
    copy = _free_name(path, name)
    try:
        _keep_copy(path, copy)
        _drop_views_and_triggers(raw)
        plan.attributes["connection"] = connection
        command.upgrade(plan, "head")
        database.make_views_and_triggers(raw)
        _check_links(raw)
        raw.execute("COMMIT")
    except BaseException:
        raw.rollback()
        copy.unlink(missing_ok=True)  # the database itself is what it was
        raise


def _free_name(path: Path, name: str) -> Path:
    """Return the name of a new, empty file of its owner's: coord.db.0001-before-0002.bak."""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        copy = path.with_name(f"{path.name}.{name}{again}.bak")
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            continue
        return copy
    raise AssertionError


def _keep_copy(path: Path, copy: Path) -> None:
    """Copy what was committed; the lock is ours, so that nothing comes in between."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(copy)) as kept:
        source.backup(kept)


def _drop_views_and_triggers(raw: sqlite3.Connection) -> None:
    found = raw.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')"
    ).fetchall()
    for kind, name in sorted(found):  # triggers first
        raw.execute(f'DROP {kind} "{name}"')


def _check_links(raw: sqlite3.Connection) -> None:
    broken = {row[0] for row in raw.execute("PRAGMA foreign_key_check")}
    if broken:
        raise BrokenLinksError(sorted(broken))
