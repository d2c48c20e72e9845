"""A file for others: new, whole or not at all, and read by nobody but its owner."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

from yicheng_coord.errors import RefusedError, reason_of

Written = TypeVar("Written")


class ExportExistsError(RefusedError):
    """Something is there already; it may be somebody's work."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"已经有了：{path}，没有改动。", "用另一个文件名。")


class UnwritableExportError(RefusedError):
    """The folder is missing or not ours, or the disk is full."""

    def __init__(self, path: Path, why: OSError) -> None:
        super().__init__(f"写不进“{path}”：{reason_of(why)}。", "检查路径、权限与磁盘空间。")


def write_new(path: Path, write: Callable[[IO[bytes]], Written]) -> Written:
    """Let `write` fill a file that only its owner may read; return what it returns.

    Raises:
        ExportExistsError, UnwritableExportError: nothing was written.

    """
    try:
        with _beside(path) as file:
            return write(file)
    except FileExistsError:
        raise ExportExistsError(path) from None
    except OSError as wrong:
        raise UnwritableExportError(path, wrong) from wrong


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """Write under another name (mode 0600), and give it its own when it is whole."""
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # fails where something is, in one step
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        draft.rename(path)
