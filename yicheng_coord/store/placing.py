"""Files that appear whole or not at all, never over another, and are their owner's alone."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder and what it lies in: each that is made is its owner's, whatever the umask.

    Raises:
        OSError: a file is in the way, or the place may not be written.

    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, "", str(folder)) from None


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """Make a folder for drafts, on the disk where they will lie; nothing of it stays.

    Raises:
        OSError: the folder is missing, or may not be written.

    """
    with tempfile.TemporaryDirectory(
        prefix=".coord-", dir=folder, ignore_cleanup_errors=True
    ) as scratch:  # mode 0700
        yield Path(scratch)


def put_in_place(draft: Path, path: Path) -> None:
    """Never over another file: two first commands at once must not lose one's work.

    Raises:
        FileExistsError: something is there.
        OSError: the folder may not be written.

    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(errno.EEXIST, "", str(path)) from None
        draft.rename(path)
    write_through(path.parent)


def put_under_free_name(draft: Path, stem: Path, suffix: str) -> Path:
    """Put it in place as `<stem><suffix>`, `<stem>-2<suffix>` …: the first name that is free."""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        path = stem.with_name(f"{stem.name}{again}{suffix}")
        with suppress(FileExistsError):
            put_in_place(draft, path)
            return path
    raise AssertionError


def write_through(path: Path) -> None:
    """Have the disk keep a file's content, or what a folder says lies in it."""
    if path.is_dir():
        if os.name == "nt":  # a folder cannot be opened there, and need not be
            return
        handle = os.open(path, os.O_RDONLY)
    else:
        handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
