"""Whether the files of the materials are there and whole, and nobody else can read what is kept."""

import os
import re
import stat
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from yicheng_coord import paths
from yicheng_coord.checks.finding import RESTORE, Finding, Place
from yicheng_coord.errors import reason_of
from yicheng_coord.store.files import stored_file

_MATERIALS = (
    "SELECT material.file_hash, material.file_name, material.file_size, min(case_file.number), "
    "material.title FROM material JOIN case_file ON case_file.id = material.case_id "
    "WHERE material.file_hash IS NOT NULL GROUP BY material.file_hash ORDER BY min(material.id)"
)
_HASH = re.compile(r"[0-9a-f]{64}")
_PUT_BACK = "从备份或原件找回这个文件，放回：{}"


def check_files(place: Place) -> Iterator[Finding]:
    """Compare every material's file with its size and SHA-256."""
    folder = paths.material_folder(place.database)
    for digest, name, size, number, title in place.reading.connection.execute(_MATERIALS):
        if not _HASH.fullmatch(digest):
            yield Finding(number, f"材料“{title}”（{name}）的文件校验值不成样子", RESTORE)
            continue
        there = stored_file(folder, digest)
        what = _what_is_wrong(there, digest, size) if there else "文件不见了"
        if what:
            where = there or folder / digest[:2] / f"{digest}{Path(name).suffix}"
            yield Finding(number, f"材料“{title}”（{name}）的{what}", _PUT_BACK.format(where))


def _what_is_wrong(path: Path, digest: str, size: int) -> str:
    try:
        found = path.stat().st_size
        if found != size:
            return f"文件大小不对（{found} 字节，应为 {size}）"
        with path.open("rb") as file:
            is_same = file_digest(file, "sha256").hexdigest() == digest
    except OSError as wrong:
        return f"文件读不了（{reason_of(wrong)}）"
    return "" if is_same else "文件内容被改过"


def check_modes(place: Place) -> Iterator[Finding]:
    """Folders that we made are their owner's alone (0700), files too (0600)."""
    if os.name == "nt":  # rights are inherited from the user's folder there
        return
    for path in _kept(place.database):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:  # gone since, as -wal and -shm go
            continue
        if mode & 0o077:
            wanted = "700" if path.is_dir() else "600"
            yield Finding(
                path.name,
                f"别人也能读写（权限 {mode:03o}，应为 {wanted}）",
                f"chmod {wanted} '{path}'",
            )


def _kept(database: Path) -> Iterator[Path]:
    """Yield what we made: the default folder, the database, and what bears its name beside it."""
    if database.absolute() == paths.default_database().absolute():
        yield database.parent
    yield database
    yield from sorted(database.parent.glob(f"{_literal(database.name)}[.-]*"))
    yield from sorted(paths.material_folder(database).rglob("*"))


def _literal(name: str) -> str:
    """Return a name as a pattern that matches only it."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
