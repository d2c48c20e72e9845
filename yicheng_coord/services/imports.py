"""Importing case lists: every row of a file is accounted for, and none is lost or doubled.

1. Each file is decoded, its header found, each row read and checked; bad rows are set aside.
2. Good rows and the duties that they imply wait in temporary tables; no lock is held yet.
3. Under the lock each row is told to be new, same or changed, and the new ones move in.
4. The bad rows are written to a file that can be mended and imported; then all of it is kept.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from yicheng_coord.duties import Engine
from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.decode import Table, open_rows
from yicheng_coord.intake.fields import FIELDS, SLOTS
from yicheng_coord.intake.header import Header, find_header
from yicheng_coord.intake.mapping import Map, load_map
from yicheng_coord.intake.rejects import write_rejects
from yicheng_coord.intake.rows import BadRow, CleanRow, SkippedRow, read_rows
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services import staging
from yicheng_coord.services.cases import NOT_COMPETENT_KINDS, next_seq
from yicheng_coord.services.identity import natural_key
from yicheng_coord.services.register import Register
from yicheng_coord.services.updates import update_changed
from yicheng_coord.vocabulary import OnConflict

_BATCH = 2_000
_DESCRIPTIVE = tuple(
    SLOTS[name] for name in ("found_by", "found_on", "party", "title", "place", "cause")
)
_FINDER, _FOUND, _COMPETENT = SLOTS["found_by"], SLOTS["found_on"], SLOTS["competent"]
_DETERMINED, _URGENT, _NUMBER = SLOTS["determined_on"], SLOTS["urgent"], SLOTS["external_number"]


class StrictImportError(RefusedError):
    """--strict: one bad row, and nothing goes in."""

    def __init__(self, report: "ImportReport") -> None:
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


class RejectsPathError(RefusedError):
    """The rejects would overwrite one of the lists themselves."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"退回文件不能是要导入的文件：{path.name}。", "用 --rejects 另选文件名。")


@dataclass(frozen=True, slots=True)
class Grouped:
    """One reason (or warning), the lines that have it, and an example of it."""

    text: str
    lines: list[int]
    example: str = ""
    near: str = ""

    @property
    def shown_example(self) -> str:
        """“2026.2.30”（相近：…）, where there is one."""
        example = f"“{self.example}”" if self.example else ""
        return example + (f"（{self.near}）" if self.near else "")


@dataclass
class FileReport:
    """What became of the rows of one file."""

    path: Path
    sheet: str | None
    encoding: str | None
    header_line: int
    read: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    cleaned: Counter[str] = field(default_factory=Counter)
    reasons: list[Grouped] = field(default_factory=list)
    warnings: list[Grouped] = field(default_factory=list)
    rejects: Path | None = None
    equals: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def count(self, fate: str) -> int:
        """Return how many rows were new, same, changed, rejected or skipped."""
        return self.fates[fate]


@dataclass
class ImportReport:
    """What an import did; the counts of each file add up to the rows read."""

    operation: int | None
    is_trial: bool
    files: list[FileReport]
    updated: int = 0

    def total(self, fate: str) -> int:
        """Return a count over all files."""
        return sum(file.count(fate) for file in self.files)


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


@dataclass
class _Load:
    """One file while it is read: its report, and the rows to give back."""

    report: FileReport
    header: Header
    table: Table
    bad: list[BadRow] = field(default_factory=list)
    warned: dict[str, list[int]] = field(default_factory=dict)


class CalendarChangedError(RefusedError):
    """Somebody changed the calendar while the lists were read: the days were counted by the old."""

    def __init__(self) -> None:
        super().__init__("没有导入：读取期间工作日历有变动。", "再导入一次即可。")


Rows = Iterator[CleanRow | BadRow | SkippedRow]
Progress = Callable[[str, int], None]
"""Is told a file's name and the rows read of it so far."""


class Import:
    """One import: `stage` reads the lists before the lock, `finish` moves them in under it."""

    def __init__(self, order: ImportOrder, progress: Progress) -> None:
        self._order = order
        self._progress = progress
        self._stage: Stage | None = None
        self._calendar = ""

    def stage(self, reading: Reading) -> None:
        """Read and check every file; nothing is written to the register.

        Raises:
            RefusedError: a file is no list, or lacks a required column.

        """
        units = reading.policy.units
        opened, sheet_map = read_files(self._order, units, reading.today)
        self._calendar = _calendar_mark(reading)
        self._stage = Stage(Engine(reading.policy, reading.workdays), units, sheet_map)
        staging.make_tables(reading.connection)
        reading.connection.execute("BEGIN")
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
        return import_cases(register, self._order, self._stage)


def _calendar_mark(reading: Reading) -> str:
    row = reading.connection.execute(
        "SELECT (SELECT max(id) FROM calendar_notice), (SELECT max(id) FROM calendar_day)"
    ).fetchone()
    return f"{row[0]} {row[1]}"


def read_files(
    order: ImportOrder, units: Units, today: date
) -> tuple[list[tuple[_Load, Rows]], Map]:
    """Open every file and find its header, before anything is written.

    Raises:
        RefusedError: a file is no list, or lacks a required column; nothing was changed.

    """
    sheet_map = load_map(order.map_file) if order.map_file else Map()
    opened: list[tuple[_Load, Rows]] = []
    for path in order.paths:
        if order.rejects and order.rejects.absolute() == path.absolute():
            raise RejectsPathError(path)
        table = open_rows(path, order.encoding or sheet_map.encoding, order.sheet or sheet_map.sheet)
        header = find_header(table.rows(), sheet_map)
        rows = read_rows(table, header, sheet_map, units, today)
        report = FileReport(path, table.sheet, table.encoding, header.line)
        opened.append((_Load(report, header, table), rows))
    return opened, sheet_map


def import_cases(
    register: Register,
    order: ImportOrder,
    stage: "Stage",
) -> ImportReport:
    """Move the staged rows in, under the lock; see the module's steps 3 and 4."""
    connection = register.reading.connection
    staging.settle_fates(connection)
    loads = stage.loads
    for number, load in enumerate(loads):
        _tell_fates(connection, number, load, order)
    report = ImportReport(register.under_way.number, order.is_trial, [one.report for one in loads])
    if order.is_strict and report.total("rejected"):
        raise StrictImportError(report)
    if order.on_conflict is OnConflict.FAIL and report.total("changed"):
        raise ConflictError(report.total("changed"))
    staging.move_in(connection, register.today.year, next_seq(register, register.today.year))
    if order.on_conflict is OnConflict.UPDATE:
        report.updated = update_changed(register, stage.changed_rows(connection))
    if not order.is_trial:
        _write_rejects(order, loads)
    is_idle = not (report.total("new") or report.updated)
    register.under_way.is_dropped = order.is_trial or is_idle
    if register.under_way.is_dropped:
        report.operation = None
    register.under_way.summary = _summary(report)
    return report


def _tell_fates(
    connection: sqlite3.Connection, number: int, load: _Load, order: ImportOrder
) -> None:
    report = load.report
    report.fates.update(staging.fates(connection, number))
    report.fates["rejected"] = len(load.bad)
    report.fates["skipped"] = report.skipped.total()
    report.reasons = _grouped_reasons(load.bad)
    report.warnings = [Grouped(text, lines) for text, lines in load.warned.items()]
    report.cleaned = load.table.cleaned
    report.equals = [
        {"line": row["line"], "fate": row["fate"], "case": row["case_number"], "row": row["twin_line"]}
        for row in staging.rows_worth_naming(connection, number)
    ]
    if order.is_verbose:
        report.rows = sorted(_every_row(connection, number, load), key=lambda row: row["line"])


def _every_row(
    connection: sqlite3.Connection, number: int, load: _Load
) -> Iterator[dict[str, Any]]:
    for fate in ("new", "same", "changed"):
        for row in staging.rows_with_fate(connection, number, fate):
            yield {"line": row["line"], "fate": fate, "title": row["title"], "why": ""}
    for bad in load.bad:
        why = "；".join(f"{one.text}“{one.example}”" for one in bad.reasons)
        yield {"line": bad.line, "fate": "rejected", "title": "", "why": why}


def _grouped_reasons(bad: Sequence[BadRow]) -> list[Grouped]:
    groups: dict[str, tuple[Reason, list[int]]] = {}
    for row in bad:
        for reason in row.reasons:
            _, lines = groups.setdefault(reason.text, (reason, []))
            lines.append(row.line)
    return [Grouped(one.text, lines, one.example, one.near) for one, lines in groups.values()]


def _write_rejects(order: ImportOrder, loads: Sequence[_Load]) -> None:
    for load in loads:
        if load.bad:
            path = order.rejects or load.report.path.with_suffix(".rejects.csv")
            if any(path.absolute() == one.absolute() for one in order.paths):
                path = path.with_suffix(".rejects.csv").with_stem(f"{path.stem}.rejects")
            write_rejects(path, load.header.headings, load.bad)
            load.report.rejects = path


def _summary(report: ImportReport) -> str:
    names = "、".join(file.path.name for file in report.files)
    updated = f"，更新 {report.updated} 件" if report.updated else ""
    return f"导入 {names}：新增 {report.total('new')} 件{updated}"


class Stage:
    """Good rows and their duties on the way into the temporary tables (step 2)."""

    def __init__(self, engine: Engine, units: Units, sheet_map: Map) -> None:
        self._engine = engine
        self._origin = sheet_map.name
        self._not_competent = {unit.code for unit in units.all if unit.kind in NOT_COMPETENT_KINDS}
        self._duties: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        self._next_id = 1
        self.loads: list[_Load] = []

    def take(
        self,
        connection: sqlite3.Connection,
        load: _Load,
        rows: Rows,
        progress: Progress,
    ) -> None:
        """Read one file to its end; `progress` is told the rows read so far."""
        number, report = len(self.loads), load.report
        self.loads.append(load)
        cases: list[tuple[Any, ...]] = []
        duties: list[tuple[Any, ...]] = []
        for row in rows:
            report.read += 1
            if isinstance(row, CleanRow):
                if reasons := self._contradictions(row):
                    load.bad.append(BadRow(row.line, reasons, row.raw))
                    continue
                cases.append(self._case(number, row))
                duties += [(self._next_id, *duty) for duty in self._duties_of(row.values)]
                self._next_id += 1
                for warning in row.warnings:
                    load.warned.setdefault(warning, []).append(row.line)
            elif isinstance(row, BadRow):
                load.bad.append(row)
            else:
                report.skipped[row.why] += 1
            if len(cases) >= _BATCH:
                _flush(connection, cases, duties)
                progress(report.path.name, report.read)
        _flush(connection, cases, duties)
        progress(report.path.name, report.read)

    def _contradictions(self, row: CleanRow) -> list[Reason]:
        values = row.values
        if values[_DETERMINED] and not values[_COMPETENT]:
            return [Reason("有认定日期而没有有权处理单位", str(values[_DETERMINED]))]
        if values[_COMPETENT] in self._not_competent:
            return [Reason("不能认定由该单位管辖", str(values[_COMPETENT]))]
        return []

    def _case(self, number: int, row: CleanRow) -> tuple[Any, ...]:
        values = row.values
        texts = tuple(
            value.isoformat() if isinstance(value, date) else value for value in values
        )
        origin = self._origin or str(values[_FINDER])
        key = natural_key(
            external_number=values[_NUMBER] if isinstance(values[_NUMBER], str) else None,
            origin=origin,
            descriptive=[texts[slot] for slot in _DESCRIPTIVE],  # type: ignore[misc]
        )
        is_elsewhere = values[_COMPETENT] not in (None, values[_FINDER])
        disclaimed_on = texts[_DETERMINED] if is_elsewhere else None
        extra = json.dumps(row.extra, ensure_ascii=False) if row.extra else None
        texts = (*texts[:_URGENT], int(bool(values[_URGENT])))
        return (self._next_id, number, row.line, *texts, origin, key, disclaimed_on, extra)

    def _duties_of(self, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """Return what such a case owes; rows alike in these facts owe alike."""
        facts = (values[_FINDER], values[_FOUND], values[_COMPETENT], values[_DETERMINED],
                 bool(values[_URGENT]))
        known = self._duties.get(facts)
        if known is None:
            known = self._duties[facts] = list(self._counted(*facts))
        return known

    def _counted(
        self, finder: str, found_on: date, competent: str | None, determined_on: date | None,
        urgent: bool,
    ) -> Iterator[tuple[Any, ...]]:
        facts = CaseFacts(
            finder=finder, found_on=found_on, competent=competent, determined_on=determined_on,
            disclaimed_on=determined_on if competent != finder else None, urgent=urgent,
        )
        for clock in self._engine.clocks(facts):
            due = self._engine.due(clock)
            on = due.on.isoformat() if due.on else None
            yield (
                clock.rule.id, clock.rule.version, clock.subject, clock.owed_by, clock.owed_to,
                clock.started_on.isoformat(), clock.start_event, int(clock.assumed_start), on, on,
                int(due.provisional), int(clock.urgent), None,
            )

    def changed_rows(self, connection: sqlite3.Connection) -> list[sqlite3.Row]:
        """Return the rows whose case reads otherwise."""
        return [
            row
            for number in range(len(self.loads))
            for row in staging.rows_with_fate(connection, number, "changed")
            if row["twin"] is None
        ]


def _flush(
    connection: sqlite3.Connection, cases: list[Any], duties: list[Any]
) -> None:
    staging.stage_cases(connection, cases)
    staging.stage_duties(connection, duties)
    cases.clear()
    duties.clear()


assert len(FIELDS) == _URGENT + 1  # noqa: S101 – `_case` replaces the last field
