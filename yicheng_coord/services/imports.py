"""Importing case lists: every row of a file is accounted for, and none is lost or doubled.

1. Each file is decoded, its header found, each row read and checked; bad rows are set aside.
2. Good rows and the duties that they imply wait in temporary tables; no lock is held yet.
3. Under the lock each row is told to be new, same or changed, and the new ones move in.
4. The bad rows are written to a file that can be mended and imported; then all of it is kept.
"""

import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yicheng_coord.duties import Engine
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.intake.blocks import read_blocks
from yicheng_coord.intake.decode import open_rows
from yicheng_coord.intake.header import find_header, unread_columns
from yicheng_coord.intake.mapping import Map, load_map
from yicheng_coord.intake.report import FileReport, Grouped, ImportReport
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.duties import by_ids
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import next_seq
from yicheng_coord.services import staging
from yicheng_coord.services.register import Register
from yicheng_coord.services.rejects import grouped_reasons, write_rejects_of
from yicheng_coord.services.stage import Load, Progress, Rows, Stage
from yicheng_coord.store.bulk_changes import CACHE
from yicheng_coord.vocabulary import OnConflict


class StrictImportError(RefusedError):
    """--strict: one bad row, and nothing goes in."""

    def __init__(self, report: ImportReport) -> None:
        first = next(group for file in report.files for group in file.reasons)
        super().__init__(
            f"没有导入：{report.total('rejected')} 行有错（--strict），"
            f"如第 {first.lines[0]} 行：{first.text}{first.shown_example}。",
            "去掉 --strict，正确的行先导入，有错的行另存退回。",
        )


class ConflictError(RefusedError):
    """--on-conflict fail: one changed row, and nothing goes in."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"没有导入：{count} 行与已登记的案件不一致（--on-conflict fail）。",
            "先用 --dry-run -v 查看是哪些行。",
        )


class OneRejectsFileError(InputError):
    """--rejects names one file; several lists have several headers."""

    def __init__(self) -> None:
        super().__init__(
            "--rejects 只能与一个清单一起用。", "不写 --rejects，退回的行写在各清单旁边。"
        )


class RejectsPathError(RefusedError):
    """The rejects would overwrite one of the lists themselves."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"退回文件不能是要导入的文件：{path.name}。", "用 --rejects 另选文件名。")


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import, and how."""

    paths: Sequence[Path]
    map_file: Path | None = None
    sheet: str | None = None
    encoding: str | None = None
    rejects: Path | None = None
    on_conflict: OnConflict = OnConflict.SKIP
    is_strict: bool = False
    is_trial: bool = False
    is_verbose: bool = False


class CalendarChangedError(RefusedError):
    """Somebody changed the calendar while the lists were read: the days were counted by the old."""

    def __init__(self) -> None:
        super().__init__("没有导入：读取期间工作日历有变动。", "再导入一次即可。")


class Import:
    """One import: `stage` reads the lists before the lock, `finish` moves them in under it."""

    def __init__(
        self, order: ImportOrder, progress: Progress, moving_in: Callable[[], None] = lambda: None
    ) -> None:
        self._order = order
        self._progress = progress
        self._moving_in = moving_in
        self._stage: Stage | None = None
        self._calendar = ""

    def stage(self, reading: Reading) -> None:
        """Read and check every file; nothing is written to the register.

        Raises:
            RefusedError: a file is no list, or lacks a required column.

        """
        units = reading.units
        opened, sheet_map = read_files(self._order, units, reading.today)
        self._calendar = _calendar_mark(reading)
        self._stage = Stage(
            Engine(reading.policy, reading.workdays), units, sheet_map, reading.today
        )
        staging.make_tables(reading.connection)
        reading.connection.execute(f"PRAGMA cache_size = -{CACHE >> 10}")
        reading.connection.execute("BEGIN")
        with _uncollected():
            for load, rows in opened:
                self._stage.take(reading.connection, load, rows, self._progress)
        reading.connection.execute("COMMIT")

    def finish(self, register: Register) -> ImportReport:
        """Register the new rows, and give back the bad ones.

        Raises:
            StrictImportError, ConflictError, CalendarChangedError: nothing goes in.

        """
        if self._stage is None:
            raise AssertionError
        if _calendar_mark(register.reading) != self._calendar:
            raise CalendarChangedError
        self._moving_in()
        return import_cases(register, self._order, self._stage)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the collector of cycles, which rows never make, from walking through those waiting."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _calendar_mark(reading: Reading) -> str:
    row = reading.connection.execute(
        "SELECT (SELECT max(id) FROM calendar_notice), (SELECT max(id) FROM calendar_day)"
    ).fetchone()
    return f"{row[0]} {row[1]}"


def read_files(
    order: ImportOrder, units: Units, today: date
) -> tuple[list[tuple[Load, Rows]], Map]:
    """Open every file and find its header, before anything is written.

    Raises:
        RefusedError: a file is no list, or lacks a required column; nothing was changed.

    """
    if order.rejects and len(order.paths) > 1:
        raise OneRejectsFileError
    sheet_map = load_map(order.map_file) if order.map_file else Map()
    opened: list[tuple[Load, Rows]] = []
    for path in order.paths:
        if order.rejects and order.rejects.absolute() == path.absolute():
            raise RejectsPathError(path)
        table = open_rows(
            path, order.encoding or sheet_map.encoding, order.sheet or sheet_map.sheet
        )
        with _named(path if len(order.paths) > 1 else None):
            header = find_header(table.rows(), sheet_map)
            rows = read_blocks(table, header, sheet_map, units, today)
        report = FileReport(
            path,
            table.sheet,
            table.encoding,
            header.line,
            tuple(table.other_sheets),
            unread_columns(header, sheet_map),
        )
        opened.append((Load(report, header, table), rows))
    return opened, sheet_map


@contextmanager
def _named(path: Path | None) -> Iterator[None]:
    """Say of which of several lists it is that the header cannot be read."""
    try:
        yield
    except RefusedError as refused:
        if path and path.name not in str(refused):
            refused.args = (f"“{path.name}”：{refused}",)
        raise


def import_cases(
    register: Register,
    order: ImportOrder,
    stage: Stage,
) -> ImportReport:
    """Move the staged rows in, under the lock; see the module's steps 3 and 4."""
    connection = register.reading.connection
    staging.settle_fates(connection)
    loads = stage.loads
    for number in range(len(loads)):
        _tell_fates(connection, number, loads, order)
    report = ImportReport(register.under_way.number, order.is_trial, [one.report for one in loads])
    if order.is_strict and report.total("rejected"):
        raise StrictImportError(report)
    if order.on_conflict is OnConflict.FAIL and report.total("changed"):
        raise ConflictError(report.total("changed"))
    year = register.today.year
    report.duties = staging.move_in(
        connection, register.under_way.number, year, next_seq(connection, year)
    )
    if order.on_conflict is OnConflict.UPDATE:
        _update(register, report, stage.changed_rows(connection))
    if not order.is_trial:
        write_rejects_of(loads, order.rejects)
    is_idle = not (report.total("new") or report.updated)
    register.under_way.is_dropped = order.is_trial or is_idle
    if register.under_way.is_dropped:
        report.operation = None
    register.under_way.summary = _summary(report)
    return report


def _update(register: Register, report: ImportReport, rows: Sequence[sqlite3.Row]) -> None:
    from yicheng_coord.services.updates import update_changed  # loads SQLModel

    updates = update_changed(register, rows)
    report.updated = updates.count
    first: dict[int, str | None] = {}  # one fact may move what the one before it moved
    for number, before in updates.moved:
        first.setdefault(number, before)
    views = {view.row["id"]: view for view in by_ids(register.reading, list(first))}
    report.moved = [(views[number], before) for number, before in first.items()]
    report.refused = [Grouped(why, lines) for why, lines in updates.refused.items()]


def _tell_fates(
    connection: sqlite3.Connection, number: int, loads: Sequence[Load], order: ImportOrder
) -> None:
    load = loads[number]
    report = load.report
    report.fates.update(staging.fates(connection, number))
    report.fates["rejected"] = len(load.bad)
    report.fates["skipped"] = report.skipped.total()
    report.reasons = grouped_reasons(load.bad)
    report.warnings = [Grouped(text, lines) for text, lines in load.warned.items()]
    report.cleaned = load.table.cleaned
    report.equals = [
        {
            "line": row["line"],
            "fate": row["fate"],
            "case": row["case_number"],
            "row": row["twin_line"],
        }
        | ({} if twin in (None, number) else {"file": loads[twin].report.path.name})
        for row in staging.rows_worth_naming(connection, number)
        for twin in (row["twin_file"],)
    ]
    if order.is_verbose:
        report.rows = sorted(_every_row(connection, number, load), key=lambda row: row["line"])


def _every_row(connection: sqlite3.Connection, number: int, load: Load) -> Iterator[dict[str, Any]]:
    for fate in ("new", "same", "changed"):
        for row in staging.rows_with_fate(connection, number, fate):
            yield {"line": row["line"], "fate": fate, "title": row["title"], "why": ""}
    for bad in load.bad:
        why = "；".join(one.text + (one.example and f"“{one.example}”") for one in bad.reasons)
        yield {"line": bad.line, "fate": "rejected", "title": "", "why": why}


def _summary(report: ImportReport) -> str:
    names = "、".join(file.path.name for file in report.files)
    updated = f"，更新 {report.updated} 件" if report.updated else ""
    return f"导入 {names}：新增 {report.total('new')} 件{updated}"
