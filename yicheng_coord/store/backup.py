"""Making a backup: whole or not at all, while others write, and never over another file."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from yicheng_coord import paths
from yicheng_coord.errors import DatabaseError, RefusedError, reason_of
from yicheng_coord.store import archive
from yicheng_coord.store.archive import Manifest
from yicheng_coord.store.copies import (
    Head,
    copy_database,
    counts_of,
    files_of,
    flaw_of,
    head_of,
)
from yicheng_coord.store.files import is_whole, stored_file
from yicheng_coord.store.open import LATEST, connect, explained
from yicheng_coord.store.placing import (
    put_in_place,
    put_under_free_name,
    scratch_folder,
    write_through,
)

_CHUNK = 1 << 20
_LEVEL = 3
"""Of deflate: a database shrinks hardly more by higher ones, and restoring holds a lock meanwhile."""


class UnwritableBackupError(RefusedError):
    """It cannot be written there."""

    def __init__(self, path: Path, why: str, hint: str = "检查路径、权限与磁盘空间。") -> None:
        super().__init__(f"没有写成备份：{path}（{why}）。", hint)


class UnsoundDatabaseError(DatabaseError):
    """A backup of it could not be restored."""

    def __init__(self, path: Path, flaw: str) -> None:
        super().__init__(
            f"数据库已损坏，没有写成备份：{path}（{flaw}）。",
            "不要再登记；用最近的备份恢复：coord restore 备份文件",
        )


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made; or, of an `--auto` run, the one that holds all of it already."""

    path: Path
    manifest: Manifest
    is_new: bool = True


class Draft:
    """A backup under way, in a folder that goes when it ends.

    Files come first and the database after them, whose rows name them: what is long is done
    before a lock is held. What became new meanwhile is taken by taking the files again.
    """

    def __init__(self, scratch: Path, database: Path) -> None:
        self._scratch, self._database = scratch, database
        self._folder = paths.material_folder(database)
        self.path = scratch / "draft.zip"
        self.path.touch(mode=0o600)
        self._zip = ZipFile(self.path, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._files: dict[str, int] = {}
        self._taken: set[str] = set()

    def take_files(self, connection: sqlite3.Connection, now: datetime) -> list[str]:
        """Take the files that rows name, and are not taken yet; return those that are gone."""
        named = files_of(connection)
        for content_hash in named:
            path = stored_file(self._folder, content_hash)
            if content_hash not in self._taken and path and is_whole(path):
                self._take(path, now)
                self._taken.add(content_hash)
        return [one for one in named if one not in self._taken]

    def _take(self, path: Path, now: datetime) -> None:
        member = ZipInfo(f"files/{path.parent.name}/{path.name}", now.timetuple()[:6])
        member.compress_type, member.external_attr = ZIP_STORED, 0o600 << 16
        with (
            path.open("rb") as source,
            self._zip.open(member, "w", force_zip64=True) as target,
        ):
            shutil.copyfileobj(source, target, _CHUNK)
            self._files[member.filename] = source.tell()

    def finish(self, connection: sqlite3.Connection, now: datetime) -> Manifest:
        """Take the database as it is now, what else it names, and say what all of it is.

        Raises:
            UnsoundDatabaseError: a copy of it is not sound.

        """
        copy = self._scratch / archive.DATABASE
        copy.touch(mode=0o600)
        copy_database(connection, copy)
        with closing(sqlite3.connect(copy)) as copied:
            if flaw := flaw_of(copied):
                raise UnsoundDatabaseError(self._database, flaw)
            missing = self.take_files(copied, now)
            head, counts = head_of(copied), counts_of(copied)
        manifest = Manifest(
            schema=LATEST,
            made_at=now,
            head=head,
            counts=counts,
            size=copy.stat().st_size,
            sha256=self._take_database(copy),
            files=self._files,
            missing=tuple(missing),
        )
        self._zip.writestr(archive.MANIFEST, manifest.as_text())
        self._zip.close()
        write_through(self.path)
        return manifest

    def close(self) -> None:
        """Let go of the file, also of one that could not be finished."""
        with suppress(OSError, ValueError):
            self._zip.close()

    def _take_database(self, copy: Path) -> str:
        digest = hashlib.sha256()
        with (
            copy.open("rb") as source,
            self._zip.open(archive.DATABASE, "w", force_zip64=True) as target,
        ):
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
        copy.unlink()
        return digest.hexdigest()


@contextmanager
def drafting(database: Path, target: Path) -> Iterator[Draft]:
    """Begin a backup that will lie at `target`, or in that folder under another name.

    Raises:
        UnwritableBackupError: the folder is missing, may not be written, or has no room.

    """
    try:
        with scratch_folder(target.parent) as scratch:
            draft = Draft(scratch, database)
            try:
                yield draft
            finally:
                draft.close()
    except FileExistsError as wrong:
        raise UnwritableBackupError(target, "已经存在", "备份从不覆盖文件；换一个名称。") from wrong
    except OSError as wrong:
        raise UnwritableBackupError(target, reason_of(wrong)) from wrong


def back_up(database: Path, target: Path, now: datetime) -> Backup:
    """Make a backup.

    Args:
        database: the database; others may write to it meanwhile.
        target: a file that is not there yet.
        now: the moment that the backup keeps.

    Raises:
        DatabaseError: the database cannot be used, or is damaged.
        UnwritableBackupError: something is there, no folder, no right, no room.

    """
    if target.is_dir():
        raise UnwritableBackupError(target, "是文件夹", "写明文件名；或加 --auto，由程序命名。")
    if target.exists():
        raise UnwritableBackupError(target, "已经存在", "备份从不覆盖文件；换一个名称。")
    with drafting(database, target) as draft:
        manifest = _drawn(draft, database, target, now)
        put_in_place(draft.path, target)
    return Backup(target, manifest)


def back_up_into(database: Path, folder: Path, now: datetime) -> Backup:
    """Make a backup named by its day, unless one that is there holds all of it already.

    Nothing is ever removed there.

    Raises:
        as `back_up` does.

    """
    with closing(connect(database)) as connection:
        head = head_of(connection)
    stem = folder / f"coord-{now:%Y-%m-%d}"
    if not folder.is_dir():
        why = "不是文件夹" if folder.exists() else "没有这个文件夹"
        raise UnwritableBackupError(folder, why, "加 --auto 时写已有的文件夹。")
    if there := _holding(folder, head, database):
        return there
    with drafting(database, stem) as draft:
        manifest = _drawn(draft, database, stem, now)
        path = put_under_free_name(draft.path, stem, archive.SUFFIX)
    return Backup(path, manifest)


def _drawn(draft: Draft, database: Path, target: Path, now: datetime) -> Manifest:
    try:
        with closing(connect(database)) as connection:
            draft.take_files(connection, now)
            return draft.finish(connection, now)
    except sqlite3.Error as wrong:
        if "full" in str(wrong):  # it is the copy that has no room
            raise UnwritableBackupError(target, "磁盘已满") from wrong
        raise explained(wrong, database) from wrong


def _holding(folder: Path, head: Head, database: Path) -> Backup | None:
    """Find a backup whose newest operation is the database's, and that lacks no file of it."""

    def is_back(content_hash: str) -> bool:
        return stored_file(paths.material_folder(database), content_hash) is not None

    for path in sorted(folder.glob(f"coord-*{archive.SUFFIX}"), reverse=True):
        try:
            with ZipFile(path) as zipped:
                manifest = archive.manifest_of(zipped)
        except archive.UNREADABLE:
            continue
        if manifest and manifest.head == head and not any(map(is_back, manifest.missing)):
            return Backup(path, manifest, is_new=False)
    return None
