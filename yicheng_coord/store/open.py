"""Opening the database file: what it must be, and what is said when it is not."""

import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from weakref import WeakSet

from yicheng_coord.errors import DatabaseError, reason_of
from yicheng_coord.store.history import make_recording_triggers
from yicheng_coord.store.placing import make_folder, put_in_place

APPLICATION_ID = 0x59434F44  # "YCOD"
LATEST = "0005"
BUSY_SECONDS = 20
_PAGE = 16384
"""Bytes that SQLite writes at once, in a new database: a long list takes a tenth less than by 4096."""

_MAGIC = b"SQLite format 3\x00"


class MissingDatabaseError(DatabaseError):
    """A database was named that is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"没有这个数据库：{path}。", f"新建：coord --db {shlex.quote(str(path))} init"
        )


class ForeignDatabaseError(DatabaseError):
    """The file is something else."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"这不是 coord 的数据库：{path}（{why}）。", "检查 --db 或 COORD_DB 所指的文件。"
        )


class NoDatabaseError(ForeignDatabaseError):
    """It may be what is left of one: nothing, or bytes that are none."""


class NewerDatabaseError(DatabaseError):
    """A later program wrote it."""

    def __init__(self, path: Path, version: str) -> None:
        super().__init__(
            f"数据库由更新版本的程序写成（结构 {version}，本程序 {LATEST}）：{path}。",
            "请先升级程序。",
        )


class UnusableDatabaseError(DatabaseError):
    """SQLite could not do it; its reason in words."""

    def __init__(self, path: Path, why: str, hint: str = "") -> None:
        super().__init__(f"数据库无法使用：{path}（{why}）。", hint)


class DamagedDatabaseError(UnusableDatabaseError):
    """It is ours, and SQLite cannot make sense of it."""


class DatabaseExistsError(DatabaseError):
    """`init` where a database already is; nothing is overwritten."""

    exit_code = 1

    def __init__(self, path: Path) -> None:
        super().__init__(f"已经有了：{path}，没有改动。")


_DAMAGE = ("malformed", "not a database")
_REASONS = (
    ("locked", "正被别的程序占用", "稍后再试；若一直如此，看是否有另一个 coord 没有结束。"),
    ("busy", "正被别的程序占用", "稍后再试。"),
    ("readonly", "没有写入权限", "检查文件与文件夹的权限。"),
    ("unable to open", "打不开", "检查路径与权限。"),
    ("not a database", "内容不是数据库", "检查 --db 或 COORD_DB 所指的文件。"),
    ("malformed", "文件已损坏", "用最近的备份恢复：coord restore 备份文件；损坏的文件会留在旁边。"),
    ("full", "磁盘已满", "腾出空间后再试；本次没有改动。"),
    ("disk i/o", "磁盘读写出错", "检查磁盘；本次没有改动。"),
)


def explained(error: sqlite3.Error, path: Path) -> DatabaseError:
    """Say in a sentence why SQLite could not."""
    text = str(error).lower()
    for sign, why, hint in _REASONS:
        if sign in text:
            kind = DamagedDatabaseError if sign in _DAMAGE else UnusableDatabaseError
            return kind(path, why, hint)
    return UnusableDatabaseError(path, str(error), "用最近的备份恢复，或把这句话告诉维护人员。")


def create(path: Path) -> None:
    """Make a new database: all of it or none, readable by its owner only.

    Raises:
        DatabaseExistsError: something is there already.
        UnusableDatabaseError: the folder cannot be written.

    """
    draft = path.with_name(f"{path.name}.new-{os.urandom(4).hex()}")
    try:
        make_folder(path.parent)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _fill(draft)
        put_in_place(draft, path)
    except FileExistsError:
        raise DatabaseExistsError(path) from None
    except OSError as wrong:
        raise UnusableDatabaseError(
            path, f"不能在此新建：{reason_of(wrong)}", "检查路径与权限。"
        ) from wrong
    except sqlite3.Error as wrong:
        raise explained(wrong, path) from wrong
    finally:
        for part in ("", "-wal", "-shm"):
            with suppress(OSError):
                draft.with_name(draft.name + part).unlink()


def _fill(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        make_structure(connection)
        connection.execute("INSERT INTO alembic_version VALUES (?)", (LATEST,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")


def statements(file: str) -> Iterator[str]:
    """Yield the statements of a shipped SQL file, without `executescript`, which commits."""
    pending = ""
    for line in Path(__file__).with_name(file).read_text("utf-8").splitlines():
        if not pending and (not line.strip() or line.startswith("--")):
            continue
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def make_structure(connection: sqlite3.Connection) -> None:
    """Make everything that a new database consists of, on an empty one."""
    for statement in statements("schema.sql"):
        connection.execute(statement)
    make_views_and_triggers(connection)


def make_views_and_triggers(connection: sqlite3.Connection) -> None:
    """Make the views, the invariants and the recording triggers, on tables without any."""
    for file in ("views.sql", "triggers.sql"):
        for statement in statements(file):
            connection.execute(statement)
    make_recording_triggers(connection)


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing database of this program, upgrading an older one first.

    Returns:
        A connection in autocommit mode whose rows are `sqlite3.Row`.

    Raises:
        DatabaseError: it is missing, foreign, damaged, newer, or cannot be opened.

    """
    _check_file(path)
    try:
        connection = _connected(path)
        try:
            version = _version(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as wrong:
        raise explained(wrong, path) from wrong
    if version != LATEST:
        connection.close()
        _upgrade(path, version)
        return connect(path)
    return connection


class _Counted(sqlite3.Connection):
    """A connection that is known as long as it is open."""

    def close(self) -> None:
        super().close()
        _open.discard(self)


_open: WeakSet[sqlite3.Connection] = WeakSet()


def _connected(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, factory=_Counted
    )
    _open.add(connection)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _check_file(path: Path) -> None:
    """Refuse what is no database before SQLite looks at it, which may clear away what lies beside.

    Not while a connection is open here: whoever closes a file gives up every lock that his process
    holds on it (POSIX), so the connection would lose its own, and another process, believing
    itself the last, remove the log (-wal) under it.
    """
    try:
        if path.is_dir():
            raise ForeignDatabaseError(path, "是文件夹")
        if path.exists() and not path.is_file():  # a pipe would wait for ever
            raise ForeignDatabaseError(path, "不是普通文件")
        if _open:
            path.stat()
            return
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise MissingDatabaseError(path) from None
    except OSError as wrong:
        raise UnusableDatabaseError(
            path, f"读不了：{reason_of(wrong)}", "检查路径与权限。"
        ) from wrong
    if start != _MAGIC:
        raise NoDatabaseError(path, "是空文件" if not start else "内容不是数据库")


def _version(connection: sqlite3.Connection, path: Path) -> str:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ForeignDatabaseError(path, "是别的程序的数据库")
    version = stored_version(connection)
    if not version:
        raise ForeignDatabaseError(path, "没有结构版本")
    if version > LATEST:
        raise NewerDatabaseError(path, version)
    return version


def stored_version(connection: sqlite3.Connection) -> str:
    """Return the version of the schema; nothing where there is none."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as wrong:
        if "no such table" in str(wrong):
            return ""
        raise
    return row[0] if row else ""


def _upgrade(path: Path, version: str) -> None:
    from yicheng_coord.store.migrations import upgrade

    upgrade(path, version)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold one consistent view of the database while a list is read; writes nothing."""
    connection = connect(path)
    try:
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()
