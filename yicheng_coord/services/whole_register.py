"""A register that was exported whole, as JSON, put into an empty one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.intake.report import FileReport, ImportReport
from yicheng_coord.queries.dump import FORMAT, TABLES, masked_row, says_masked
from yicheng_coord.queries.periodic import BY_TIME
from yicheng_coord.services.register import Register
from yicheng_coord.store.history import differs_from_recorded
from yicheng_coord.store.open import LATEST

_LARGEST = 1 << 30
_HEAD = 200
_SOMEBODYS = (
    "SELECT EXISTS (SELECT 1 FROM {table} AS kept LEFT JOIN change AS began ON began.id = "
    "(SELECT max(change.id) FROM change JOIN operation ON operation.id = change.operation_id "
    "WHERE change.table_name = '{table}' AND change.row_id = kept.id AND operation.command = ?) "
    "WHERE {differs})"
)
"""Whether a table has a row that is not what time itself last recorded of it."""


class NotARegisterError(RefusedError):
    """JSON, but not what `coord export --what all` writes, or not all of it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"“{name}”不能读入：{why}。",
            "能读入的 JSON 由 coord export 文件.json --what all 写出。",
        )


class NotEmptyError(RefusedError):
    """A whole register goes into an empty one, or says what is there already."""

    def __init__(self, name: str, table: str, number: int) -> None:
        super().__init__(
            f"没有读入“{name}”：本登记簿不是空的，且与文件不一致（{table} 第 {number} 条）。",
            "整个登记簿只能读入空的数据库：coord --db 新文件 init，再 coord --db 新文件 import …",
        )


class MaskedRegisterError(RefusedError):
    """What masks left would become data, and papers would print it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"没有读入“{name}”：它是遮盖后导出的，证件号码、电话等已不完整，"
            "读入后会当作真的写进文书。",
            "在原登记簿重新导出：coord export 文件.json --what all --no-mask；"
            "或恢复备份：coord restore 备份.zip",
        )


class OneRegisterError(RefusedError):
    """A whole register comes alone."""

    def __init__(self) -> None:
        super().__init__("整个登记簿（JSON）要单独读入。", "一次只写这一个文件。")


def only_one(paths: Sequence[Path]) -> Path:
    """Return the one file.

    Raises:
        OneRegisterError: there are others.

    """
    if len(paths) > 1:
        raise OneRegisterError
    return paths[0]


def is_register_file(path: Path) -> bool:
    """Whether the file is a whole register, by its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return False  # the reader of lists says why
    return (
        head.removeprefix(b"\xef\xbb\xbf")
        .lstrip()
        .startswith(b"{" + json.dumps("format").encode() + b": " + json.dumps(FORMAT).encode())
    )


def read_register(path: Path) -> Mapping[str, Any]:
    """Read the document and see that this program knows all that is in it.

    Raises:
        NotARegisterError: it is broken, of a newer program, or names an unknown table.

    """
    try:
        if path.stat().st_size > _LARGEST:
            raise NotARegisterError(path.name, f"超过 {_LARGEST >> 30} GB")
        document = json.loads(path.read_text("utf-8-sig"))
        tables, schema = document["tables"], document["schema"]
        rows = [row for table in tables.values() for row in table]
        says_masked(document)  # where it does not say so itself, each row is looked at
    except OSError as wrong:
        raise NotARegisterError(path.name, reason_of(wrong)) from wrong
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as wrong:
        raise NotARegisterError(path.name, "内容不完整") from wrong
    if str(schema) > LATEST:
        raise NotARegisterError(path.name, f"由更新版本的程序写成（结构 {schema}）")
    if strange := [table for table in tables if table not in TABLES]:
        raise NotARegisterError(path.name, f"里面有不认识的表：{'、'.join(strange)}")
    if not all(isinstance(row, dict) and isinstance(row.get("id"), int) for row in rows):
        raise NotARegisterError(path.name, "内容不完整")
    whole: Mapping[str, Any] = document
    return whole


def put_back(register: Register, path: Path, *, is_trial: bool) -> ImportReport:
    """Put every row of a whole register back, as one operation.

    What time itself began is nobody's: it makes room for what the document says of it.

    Raises:
        MaskedRegisterError: the register has nothing yet, and the document does not say all.
        NotEmptyError: something else is there already.
        NotARegisterError: a row says what no table has.

    """
    document = read_register(path)
    report = FileReport(path, None, "utf-8", 0)
    report.read = len(document["tables"].get("case_file", ()))
    other = next(_differing(register, document), None)
    is_same = other is None
    if other and _holds_something(register):
        raise NotEmptyError(path.name, *other)
    if other and says_masked(document):
        raise MaskedRegisterError(path.name)
    if other:
        _replace(register, path.name, document["tables"])
    report.fates["same" if is_same else "new"] = report.read
    register.under_way.is_dropped = is_trial or is_same
    register.under_way.summary = f"读入整个登记簿 {path.name}：案件 {report.read} 件"
    duties = 0 if is_same else len(document["tables"].get("duty", ()))
    number = None if register.under_way.is_dropped else register.under_way.number
    return ImportReport(number, is_trial, [report], duties=duties)


def _holds_something(register: Register) -> bool:
    """Whether there is anything that somebody recorded or changed, and not time itself began."""
    connection = register.reading.connection
    return any(
        connection.execute(
            _SOMEBODYS.format(
                table=table,
                differs=differs_from_recorded(connection, table, "kept", "began.after"),
            ),
            (BY_TIME,),
        ).fetchone()[0]
        for table in TABLES
    )


def _replace(
    register: Register, name: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    connection = register.reading.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")  # same_as may name a later case
    for table in reversed(TABLES):
        connection.execute(f"DELETE FROM {table}")
    for table in TABLES:
        _insert(register, name, table, tables.get(table, ()))


def _columns(register: Register, table: str) -> list[str]:
    info = register.reading.connection.execute(f"PRAGMA table_info({table})")
    return [row["name"] for row in info]


def _insert(register: Register, name: str, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = _columns(register, table)
    strange = {column for row in rows for column in row} - set(columns)
    if strange:
        raise NotARegisterError(name, f"{table} 里有不认识的列：{'、'.join(sorted(strange))}")
    given = [column for column in columns if any(column in row for row in rows)]
    if not given:
        return
    marks = ", ".join("?" * len(given))
    register.reading.connection.executemany(
        f"INSERT INTO {table} ({', '.join(given)}) VALUES ({marks})",
        ([row.get(column) for column in given] for row in rows),
    )


def _differing(register: Register, document: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the rows that are not in the register as the document has them, and the other way."""
    connection, is_masked = register.reading.connection, says_masked(document)
    for table in TABLES:
        theirs = {row["id"]: row for row in document["tables"].get(table, ())}
        for ours in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            told = theirs.pop(ours["id"], None)
            shown = masked_row(connection, table, ours) if is_masked else dict(ours)
            if told is None or shown != dict.fromkeys(shown) | told:
                yield table, ours["id"]
        for number in theirs:
            yield table, number
