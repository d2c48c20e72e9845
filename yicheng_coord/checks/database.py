"""Whether the file is a whole database, its rows point to rows, and its structure is ours."""

from collections.abc import Iterator

from yicheng_coord.checks.finding import RESTORE, Finding, Place
from yicheng_coord.queries.labels import table_label
from yicheng_coord.store.structure import expected_structure, structure_of

_KINDS = {"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}


def check_integrity(place: Place) -> Iterator[Finding]:
    """Let SQLite read every page."""
    for (said,) in place.reading.connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding(place.database.name, f"文件已损坏：{said}", RESTORE)


def check_foreign_keys(place: Place) -> Iterator[Finding]:
    """Find the rows that point to a row that is not there."""
    for table, row, parent, _ in place.reading.connection.execute("PRAGMA foreign_key_check"):
        yield Finding(f"{table_label(table)} {row}", f"所属的{table_label(parent)}不存在", RESTORE)


def check_structure(place: Place) -> Iterator[Finding]:
    """Compare tables, indexes, views and triggers with what this version of the program makes."""
    wanted, found = expected_structure(), structure_of(place.reading.connection)
    for kind, name in sorted({**wanted, **found}):
        key = (kind, name)
        if wanted.get(key) == found.get(key):
            continue
        how = "不见了" if key not in found else "不是本程序所建" if key not in wanted else "被改过"
        yield Finding(name, f"{_KINDS[kind]}{how}", RESTORE)
