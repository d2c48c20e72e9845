"""Reading a backup: nothing of it is believed before it was looked at.

The rows of its database are copied into a new one made by this program, so that no view, trigger
or table of the file's own comes along; the constraints are asked by SQLite's integrity check where
they are this program's, and on the way in where they are not. Names are matched with the only form
that a backup has; nothing is unpacked under a name that it brings.
"""

import errno
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from yicheng_coord.errors import DatabaseError, RefusedError, reason_of
from yicheng_coord.store import archive
from yicheng_coord.store.archive import Manifest, manifest_of
from yicheng_coord.store.copies import flaw_of, head_of
from yicheng_coord.store.open import APPLICATION_ID, LATEST, connect, create, stored_version
from yicheng_coord.store.placing import scratch_folder
from yicheng_coord.store.refilling import plain_tables, refill

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_COPIES = 2
"""Of the database, on the disk at once: as it comes, and rewritten."""


class BadBackupError(RefusedError):
    """It is no backup, or not a whole one."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"不能用来恢复：{path}（{why}）。", "没有改动；换一个备份。")


class LaterBackupError(RefusedError):
    """A later program made it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"备份由更新版本的程序写成：{path}。", "没有改动；请先升级程序。")


class NoRoomError(RefusedError):
    """It cannot be unpacked here."""

    def __init__(self, folder: Path, why: OSError) -> None:
        super().__init__(
            f"备份不能在此展开：{folder}（{reason_of(why)}）。", "没有改动；检查权限与磁盘空间。"
        )


@dataclass(frozen=True)
class Unpacked:
    """A backup that was looked at and found whole.

    Attributes:
        path: the backup.
        manifest: what it says of itself.
        database: a new database with its rows, of this program's schema.

    """

    path: Path
    manifest: Manifest
    database: Path
    _zipped: ZipFile

    def content_of(self, name: str) -> Iterator[bytes]:
        """Yield the content of one of its files.

        Raises:
            BadBackupError: it cannot be read any more.

        """
        return _chunks(self.path, self._zipped, name)


@contextmanager
def unpacked(path: Path, database: Path) -> Iterator[Unpacked]:
    """Look at a backup, and unpack its database near the one that it is to replace.

    Raises:
        BadBackupError: it is missing, is no backup, or is not whole.
        LaterBackupError: a later program made it.
        NoRoomError: there is no room for it.

    """
    with ExitStack() as stack:
        zipped = stack.enter_context(_opened(path))
        manifest = _checked_manifest(path, zipped)
        folder = next(one for one in database.absolute().parents if one.is_dir())
        try:
            _check_room(folder, manifest)
            scratch = stack.enter_context(scratch_folder(folder))
            raw = scratch / "raw.db"
            _unpack_database(path, zipped, manifest, raw)
            clean = _rewritten(path, manifest, raw, scratch / archive.DATABASE)
        except OSError as wrong:
            raise NoRoomError(folder, wrong) from wrong
        backup = Unpacked(path, manifest, clean, zipped)
        for name in manifest.files:
            _check_file(backup, name)
        yield backup


def _check_room(folder: Path, manifest: Manifest) -> None:
    if shutil.disk_usage(folder).free < _COPIES * manifest.size:
        raise OSError(errno.ENOSPC, "")


def _opened(path: Path) -> ZipFile:
    if path.exists() and not path.is_file():
        raise BadBackupError(path, "是文件夹" if path.is_dir() else "不是普通文件")
    try:
        return ZipFile(path)
    except OSError as wrong:
        raise BadBackupError(path, f"读不了：{reason_of(wrong)}") from wrong
    except archive.UNREADABLE as wrong:
        raise BadBackupError(path, "不是备份，或不完整") from wrong


def _checked_manifest(path: Path, zipped: ZipFile) -> Manifest:
    try:
        manifest = manifest_of(zipped)
    except archive.UNREADABLE as wrong:
        raise BadBackupError(path, "没有可读的清单 manifest.json") from wrong
    if manifest is None or manifest.schema > LATEST:
        raise LaterBackupError(path)
    sizes = {archive.DATABASE: manifest.size, **manifest.files}
    members = [one for one in zipped.infolist() if one.filename != archive.MANIFEST]
    names = [one.filename for one in members]
    if (
        sorted(names) != sorted(sizes)
        or len(names) != len(zipped.infolist()) - 1
        or not all(_is_expected(one, sizes) for one in members)
    ):
        raise BadBackupError(path, "内容与清单不符")
    return manifest


def _is_expected(member: ZipInfo, sizes: dict[str, int]) -> bool:
    """Whether it has a name that a backup may have, and unpacks to what it says."""
    name = member.filename
    is_database = name == archive.DATABASE
    return (
        (is_database or archive.FILE.fullmatch(name) is not None)
        and sizes.get(name) == member.file_size
        and not member.flag_bits & _ENCRYPTED
        and member.compress_type == (ZIP_DEFLATED if is_database else ZIP_STORED)
        and (is_database or member.compress_size == member.file_size)
    )


def _unpack_database(path: Path, zipped: ZipFile, manifest: Manifest, raw: Path) -> None:
    raw.touch(mode=0o600)
    digest, left = hashlib.sha256(), manifest.size
    with raw.open("wb") as target:
        for chunk in _chunks(path, zipped, archive.DATABASE):
            left -= target.write(chunk)
            digest.update(chunk)
            if left < 0:
                break
    if left or digest.hexdigest() != manifest.sha256:
        raise BadBackupError(path, "数据库与清单中的校验值不符")


def _chunks(path: Path, zipped: ZipFile, name: str) -> Iterator[bytes]:
    try:
        with zipped.open(name) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except archive.UNREADABLE as wrong:
        raise BadBackupError(path, f"{name} 读不出") from wrong


def _check_file(backup: Unpacked, name: str) -> None:
    digest = hashlib.sha256()
    for chunk in backup.content_of(name):
        digest.update(chunk)
    if not Path(name).name.startswith(digest.hexdigest()):
        raise BadBackupError(backup.path, f"材料文件与校验值不符：{name}")


def _rewritten(path: Path, manifest: Manifest, raw: Path, clean: Path) -> Path:
    """Make a new database of the rows of the one that the backup brought."""
    try:
        _check_database(path, manifest, raw)
        connect(raw).close()  # an older one is brought up to date
        create(clean)
        with closing(connect(clean)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("ATTACH ? AS restored", (str(raw),))
            connection.execute("BEGIN IMMEDIATE")
            refill(connection)
            connection.execute("COMMIT")
    except DatabaseError as wrong:
        raise BadBackupError(path, f"数据库用不了：{wrong}") from wrong
    except sqlite3.Error as wrong:
        if "full" in str(wrong):
            raise OSError(errno.ENOSPC, "") from wrong
        raise BadBackupError(path, f"数据库有错误：{wrong}") from wrong
    raw.unlink()
    return clean


def _check_database(path: Path, manifest: Manifest, raw: Path) -> None:
    with closing(sqlite3.connect(raw, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise BadBackupError(path, "不是 coord 的数据库")
        if not plain_tables(connection, "main") >= {"alembic_version", "operation"}:
            raise BadBackupError(path, "缺少操作记录")
        if stored_version(connection) != manifest.schema:
            raise BadBackupError(path, "数据库的结构版本与清单不符")
        if flaw := flaw_of(connection):
            raise BadBackupError(path, f"数据库已损坏：{flaw}")
        if head_of(connection) != manifest.head:
            raise BadBackupError(path, "操作记录与清单不符")
