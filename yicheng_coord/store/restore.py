"""Restoring a backup: the old or the new at any instant, and what it replaces is kept.

A sound database is refilled within one transaction, under its lock: whoever has it open sees the
old rows, then the new ones, and no file is taken from under him. One that is missing or damaged
is replaced by a file; what is there is kept aside under another name.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from yicheng_coord import paths
from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.store import archive
from yicheng_coord.store.backup import Draft, drafting
from yicheng_coord.store.copies import Head, files_of, flaw_of, head_of
from yicheng_coord.store.files import bring_back_file, is_whole, stored_file
from yicheng_coord.store.history import add_operation, seal_operation
from yicheng_coord.store.open import (
    DamagedDatabaseError,
    NoDatabaseError,
    connect,
    explained,
)
from yicheng_coord.store.placing import (
    make_folder,
    put_in_place,
    put_under_free_name,
    write_through,
)
from yicheng_coord.store.refilling import refill
from yicheng_coord.store.unpacking import Unpacked

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_LOCK_BYTES = (510, 0x40000002)
"""How many, and where: what SQLite calls the shared lock."""
_PARTS = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a database; of another one, it would spoil it."""


class UnmovableDatabaseError(RefusedError):
    """What is there cannot be set aside, or nothing can be put in its place."""

    def __init__(self, path: Path, why: OSError) -> None:
        super().__init__(
            f"没有恢复：{path} 动不了（{reason_of(why)}）。",
            "确认没有别的程序打开它，检查文件夹的权限。",
        )


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, by whom and by which command: what the history keeps of a restoration."""

    now: datetime
    operator: str
    command: Sequence[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What lies where a backup is to be restored.

    Attributes:
        is_there: whether there is a file at all.
        head: the newest operation of a sound database; None when there is none, or it is damaged.

    """

    is_there: bool
    head: Head | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration did.

    Attributes:
        backup: what was restored.
        operation: its own number in the history that was restored.
        kept: where what it replaced lies now; the first is the database or its backup.
        missing: SHA-256 of files that rows name and that are nowhere.

    """

    backup: Unpacked
    operation: int
    head: Head
    kept: tuple[Path, ...]
    missing: tuple[str, ...]


def standing(database: Path) -> Standing:
    """Say what lies where a backup is to be restored; an older database is upgraded first.

    Raises:
        DatabaseError: another program's, a later program's, locked, or not to be read.

    """
    if not os.path.lexists(database):
        return Standing(is_there=False, head=None)
    try:
        return Standing(is_there=True, head=_sound_head(database))
    except (NoDatabaseError, DamagedDatabaseError):
        return Standing(is_there=True, head=None)


def _sound_head(database: Path) -> Head | None:
    try:
        with closing(connect(database)) as connection:
            return None if flaw_of(connection) else head_of(connection)
    except sqlite3.Error as wrong:
        raise explained(wrong, database) from wrong


def restore(database: Path, backup: Unpacked, there: Standing, occasion: Occasion) -> Restored:
    """Make the database what the backup holds, as one operation; keep what it was.

    Raises:
        UnwritableBackupError, UnkeptFileError, UnmovableDatabaseError: nothing has changed.
        DatabaseError: it stays locked.

    """
    if there.head is not None:
        return _refilled(database, backup, occasion)
    return _replaced(database, backup, occasion)


def _refilled(database: Path, backup: Unpacked, occasion: Occasion) -> Restored:
    stem = database.with_name(f"{database.name}.before-restore-{occasion.now:%Y%m%d-%H%M%S}")
    with (
        drafting(database, stem) as draft,
        closing(connect(database)) as live,
        closing(connect(database)) as before,
    ):
        draft.take_files(before, occasion.now)
        _bring_files(database, backup)
        live.execute("PRAGMA foreign_keys = OFF")
        live.execute("ATTACH ? AS restored", (str(backup.database),))
        live.execute("BEGIN IMMEDIATE")
        kept = _kept(draft, before, stem, occasion)
        try:
            refill(live)
            number = _record(live, backup, kept, occasion)
            live.execute("COMMIT")
        except BaseException:
            live.rollback()
            kept.unlink()  # the database itself is what it was
            raise
        return _told(live, database, backup, number, (kept,))


def _kept(draft: Draft, before: sqlite3.Connection, stem: Path, occasion: Occasion) -> Path:
    """Keep what is there; the lock is ours, so that nothing comes in between."""
    draft.finish(before, occasion.now)
    return put_under_free_name(draft.path, stem, archive.SUFFIX)


def _replaced(database: Path, backup: Unpacked, occasion: Occasion) -> Restored:
    stem = _free_stem(database, occasion.now)
    is_there = database.exists()
    make_folder(database.parent)
    _bring_files(database, backup)
    with closing(connect(backup.database)) as new:
        new.execute("BEGIN IMMEDIATE")
        number = _record(new, backup, stem if is_there else None, occasion)
        new.execute("COMMIT")
    write_through(backup.database)
    try:
        with _alone_with(database):
            kept = _set_aside(database, stem)
            if is_there:
                backup.database.replace(database)
                write_through(database.parent)
            else:
                put_in_place(backup.database, database)
    except OSError as wrong:
        raise UnmovableDatabaseError(database, wrong) from wrong
    with closing(connect(database)) as connection:
        return _told(connection, database, backup, number, kept)


@contextmanager
def _alone_with(database: Path) -> Iterator[None]:
    """See that nobody has the file open: on closing it he would remove what lies beside the new.

    Windows itself does not let an open file be moved; elsewhere, every SQLite that has a database
    open in WAL mode holds a lock on the bytes that are named here.
    """
    if fcntl is None or not database.exists():
        yield
        return
    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *_LOCK_BYTES)
        except OSError:
            raise OSError(errno.EBUSY, "") from None
        yield


def _free_stem(database: Path, now: datetime) -> Path:
    """Return the name of what is set aside: coord.db.before-restore-20261123-093000."""
    name = f"{database.name}.before-restore-{now:%Y%m%d-%H%M%S}"
    for number in count(1):
        stem = database.with_name(name + (f"-{number}" if number > 1 else ""))
        if not any(os.path.lexists(f"{stem}{part}") for part in ("", *_PARTS)):
            return stem
    raise AssertionError


def _set_aside(database: Path, stem: Path) -> tuple[Path, ...]:
    """Keep what is there under another name; the place itself is never empty meanwhile."""
    kept = []
    if database.exists():
        try:
            os.link(database, stem)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            database.rename(stem)
        kept.append(stem)
    for part in _PARTS:
        beside = database.with_name(database.name + part)
        if os.path.lexists(beside):
            kept.append(beside.rename(stem.with_name(stem.name + part)))
    return tuple(kept)


def _bring_files(database: Path, backup: Unpacked) -> None:
    """Bring the backup's files that are not there, or are there no longer whole."""
    folder = paths.material_folder(database)
    for name in backup.manifest.files:
        file = Path(name).name
        there = stored_file(folder, file.partition(".")[0])
        if there is None or not is_whole(there):
            bring_back_file(folder, file, backup.content_of(name))


def _record(
    connection: sqlite3.Connection, backup: Unpacked, kept: Path | None, occasion: Occasion
) -> int:
    """Append the restoration to the history that was restored."""
    number = add_operation(
        connection, now=occasion.now, operator=occasion.operator, command=occasion.command
    )
    made = backup.manifest.made_at
    summary = f"已从备份 {backup.path.name} 恢复（{made:%Y-%m-%d %H:%M}，P{number - 1}）"
    summary += f"；原来的保存为 {kept.name}" if kept else ""
    seal_operation(connection, number, summary, None)
    return number


def _told(
    connection: sqlite3.Connection,
    database: Path,
    backup: Unpacked,
    number: int,
    kept: tuple[Path, ...],
) -> Restored:
    folder = paths.material_folder(database)
    missing = [one for one in files_of(connection) if stored_file(folder, one) is None]
    return Restored(backup, number, head_of(connection), kept, tuple(missing))
