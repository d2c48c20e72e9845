"""`coord import --what units|contacts|roster`: row by row as the commands would, in one operation."""

from pathlib import Path

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.decode import open_rows
from yicheng_coord.intake.office_lists import OfficeRow, find_office_header, office_rows
from yicheng_coord.intake.report import FileReport, ImportReport
from yicheng_coord.intake.rows import BadRow, SkippedRow
from yicheng_coord.services.imports import (
    ConflictError,
    ImportOrder,
    StrictImportError,
)
from yicheng_coord.services.office_rows import PeopleRows, UnitRows
from yicheng_coord.services.register import Register
from yicheng_coord.services.rejects import grouped_reasons, write_rejects_of
from yicheng_coord.services.stage import Load
from yicheng_coord.vocabulary import OnConflict, What


class MapNotUsedError(InputError):
    """A map says what the columns of a case list mean; these lists have fixed columns."""

    def __init__(self) -> None:
        super().__init__(
            "--map、--write-map 只用于案件清单。", "单位、联络人清单的列名见 docs/manual.zh-CN.md。"
        )


def check_no_map(*maps: Path | None) -> None:
    """Refuse what only case lists take.

    Raises:
        MapNotUsedError: a map is named.

    """
    if any(maps):
        raise MapNotUsedError


def import_office_lists(register: Register, order: ImportOrder, what: What) -> ImportReport:
    """Import lists of units or of people; good rows all at once, bad rows given back.

    A row that says what is on file already is `same`. One that says otherwise of the same person
    or unit is `changed`, and follows --on-conflict. Somebody else in a role takes it over.

    Raises:
        NotThatListError, StrictImportError, ConflictError: nothing goes in.

    """
    is_believed = order.on_conflict is OnConflict.UPDATE
    rows = (UnitRows if what is What.UNITS else PeopleRows)(register, is_believed=is_believed)
    loads = [_take(order, what, rows, path) for path in order.paths]
    report = ImportReport(register.under_way.number, order.is_trial, [one.report for one in loads])
    report.next_step = "coord unit list" if what is What.UNITS else "coord contact list"
    if order.is_strict and report.total("rejected"):
        raise StrictImportError(report)
    if order.on_conflict is OnConflict.FAIL and report.total("changed"):
        raise ConflictError(report.total("changed"))
    report.updated = rows.updated
    if not order.is_trial:
        write_rejects_of(loads, order.rejects)
    register.under_way.is_dropped = order.is_trial or not (report.total("new") or report.updated)
    if register.under_way.is_dropped:
        report.operation = None
    names = "、".join(one.report.path.name for one in loads)
    register.under_way.summary = f"导入 {names}：新增 {report.total('new')} 项"
    return report


def _take(order: ImportOrder, what: What, rows: UnitRows | PeopleRows, path: Path) -> Load:
    table = open_rows(path, order.encoding, order.sheet)
    header = find_office_header(table, what)
    report = FileReport(path, table.sheet, table.encoding, header.line, tuple(table.other_sheets))
    load = Load(report, header, table)
    for row in office_rows(table, header):
        report.read += 1
        if isinstance(row, SkippedRow):
            report.skipped[row.why] += 1
            continue
        fate = _fate(rows, row, load)
        report.fates[fate] += 1
        if order.is_verbose:
            why = load.bad[-1].reasons[0].text if fate == "rejected" else ""
            title = "　".join(row.said.values())
            report.rows.append({"line": row.line, "fate": fate, "title": title, "why": why})
    report.fates["skipped"] = report.skipped.total()
    report.reasons = grouped_reasons(load.bad)
    report.cleaned = table.cleaned
    return load


def _fate(rows: UnitRows | PeopleRows, row: OfficeRow, load: Load) -> str:
    """Take one row as its command would; what the command would refuse is given back."""
    try:
        return rows.take(row.said, row.line)
    except (RefusedError, InputError) as wrong:
        reason = Reason(str(wrong).rstrip("。"))
        load.bad.append(BadRow(row.line, [reason], row.raw))
        return "rejected"
