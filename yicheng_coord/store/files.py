"""Material that is a file (二（三）): kept beside the database, under what its content is.

A file is there, on the disk, before the row that names it: killed in between, there is a file that
nothing names, which does no harm. Nothing here removes a file: an undo can be undone.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.store.placing import make_folder, put_in_place, scratch_folder, write_through

_CHUNK = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")
_HASH = re.compile(r"[0-9a-f]{64}")


class UnreadableFileError(RefusedError):
    """The file that should be kept cannot be."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"材料文件没有收存：“{path}”{why}。", "没有登记；检查 --file 后再试。")


class UnkeptFileError(RefusedError):
    """There is no room for it, or no right to put it there."""

    def __init__(self, folder: Path, why: OSError) -> None:
        super().__init__(
            f"材料文件收存不进“{folder}”：{reason_of(why)}。", "没有登记；检查权限与磁盘空间。"
        )


class AlteredFileError(RefusedError):
    """What should have been a file of a backup is something else."""

    def __init__(self, name: str) -> None:
        super().__init__(f"备份中的材料文件与它的校验值不符：{name}。", "没有恢复；换一个备份。")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept: SHA-256 of its content, the name that it came with, bytes."""

    hash: str
    name: str
    size: int


def stored_file(folder: Path, content_hash: str) -> Path | None:
    """Return where the content lies: `<aa>/<hash>` with the suffix that it first came with."""
    if not _HASH.fullmatch(content_hash):
        return None
    found = sorted((folder / content_hash[:2]).glob(f"{content_hash}*"))
    return next((path for path in found if path.is_file()), None)


def is_whole(path: Path) -> bool:
    """Whether a kept file can be read, and its content is still what its name says."""
    with suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == path.name.partition(".")[0]
    return False


def keep_file(folder: Path, source: Path) -> KeptFile:
    """Keep a copy of a file; content that is there already is not kept twice.

    Raises:
        UnreadableFileError: it is missing, no plain file, empty, or changes while it is read.
        UnkeptFileError: no room, no right.

    """
    try:
        content_hash, size = _keep(folder, _content(source), source.name)
    except OSError as wrong:
        raise UnkeptFileError(folder, wrong) from wrong
    return KeptFile(content_hash, source.name, size)


def bring_back_file(folder: Path, name: str, chunks: Iterable[bytes]) -> None:
    """Keep a file of a backup, whose name says what its content must be.

    Raises:
        AlteredFileError: it is something else.
        UnkeptFileError: no room, no right.

    """
    try:
        _keep(folder, chunks, name, expected=name.partition(".")[0])
    except OSError as wrong:
        raise UnkeptFileError(folder, wrong) from wrong


def _content(source: Path) -> Iterator[bytes]:
    try:
        if source.exists() and not source.is_file():  # a pipe would wait for ever
            raise UnreadableFileError(source, "是文件夹" if source.is_dir() else "不是普通文件")
        with source.open("rb") as file:
            before, read = os.fstat(file.fileno()), 0
            while chunk := file.read(_CHUNK):
                read += len(chunk)
                yield chunk
            after = os.fstat(file.fileno())
    except OSError as wrong:
        raise UnreadableFileError(source, f"读不了：{reason_of(wrong)}") from wrong
    if not read:
        raise UnreadableFileError(source, "是空文件")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or (
        read != after.st_size
    ):
        raise UnreadableFileError(source, "在读取时有变化，请等它写完")


def _keep(
    folder: Path, chunks: Iterable[bytes], name: str, expected: str | None = None
) -> tuple[str, int]:
    make_folder(folder)
    digest, size = hashlib.sha256(), 0
    with scratch_folder(folder) as scratch:
        draft = scratch / "draft"
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
        content_hash = digest.hexdigest()
        if expected not in (None, content_hash):
            raise AlteredFileError(name)
        write_through(draft)
        _place(folder, draft, content_hash, name)
    return content_hash, size


def _place(folder: Path, draft: Path, content_hash: str, name: str) -> None:
    there = stored_file(folder, content_hash)
    if there and is_whole(there):
        return
    if there:  # spoilt: kept aside, under a name that is nobody's content
        there.rename(there.with_name(f"damaged-{os.urandom(4).hex()}-{there.name}"))
    shelf = folder / content_hash[:2]
    make_folder(shelf)
    suffix = _SUFFIX.fullmatch(Path(name).suffix.lower())
    try:
        put_in_place(draft, shelf / (content_hash + (suffix.group() if suffix else "")))
    except FileExistsError:  # another command kept the same content just now
        return
