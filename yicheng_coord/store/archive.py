"""The form of a backup: one zip that `unzip` and `sqlite3` read.

`coord.db`, a consistent copy; `files/<aa>/<SHA-256>…`, the material files that its rows name;
`manifest.json`, which says what the others are. Files are stored as they are and the database is
deflated, so no other member can unpack to more than its own bytes.
"""

import json
import re
import struct
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zipfile import BadZipFile, LargeZipFile, ZipFile

from yicheng_coord.store.copies import Head

FORMAT = 1
DATABASE = "coord.db"
MANIFEST = "manifest.json"
SUFFIX = ".zip"
FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})(?:\.[a-z0-9]{1,10})?")

UNREADABLE = (
    *(BadZipFile, LargeZipFile, zlib.error, struct.error, EOFError, OSError),
    *(RuntimeError, ValueError, LookupError, TypeError, AttributeError, OverflowError),
)
"""What reading a file raises that is no backup, or is one no longer."""
_LONGEST_MANIFEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        schema: the version of the database.
        made_at: when it was made, as the desk's clock had it.
        head: the newest operation in it.
        counts: operations, cases, materials.
        size, sha256: of the database, unpacked.
        files: names of the material files, with their bytes.
        missing: SHA-256 of files that rows name and that were gone, or spoilt, when it was made.

    """

    schema: str
    made_at: datetime
    head: Head
    counts: dict[str, int]
    size: int
    sha256: str
    files: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return it as it stands in the zip."""
        value = {
            "format": FORMAT,
            "schema": self.schema,
            "made_at": self.made_at.isoformat(),
            "head": self.head.as_json(),
            "counts": self.counts,
            "database": {"name": DATABASE, "size": self.size, "sha256": self.sha256},
            "files": self.files,
            "missing_files": list(self.missing),
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def manifest_of(zipped: ZipFile) -> Manifest | None:
    """Read a backup's manifest; None when it is of a later format.

    Raises:
        UNREADABLE: it is no backup.

    """
    if zipped.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise ValueError
    value: dict[str, Any] = json.loads(zipped.read(MANIFEST))
    if _int(value["format"]) > FORMAT:
        return None
    head, database = value["head"], value["database"]
    return Manifest(
        schema=_str(value["schema"]),
        made_at=datetime.fromisoformat(value["made_at"]),
        head=Head(_int(head["number"]), None if head["hash"] is None else _str(head["hash"])),
        counts={_str(name): _int(number) for name, number in value["counts"].items()},
        size=_int(database["size"]),
        sha256=_str(database["sha256"]),
        files={_str(name): _int(size) for name, size in value["files"].items()},
        missing=tuple(_str(one) for one in value["missing_files"]),
    )


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
