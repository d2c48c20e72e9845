"""`coord export`: tables and the whole register as a file, masked, whole or not at all."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from yicheng_coord.errors import InputError
from yicheng_coord.intake.fields import ALL_FIELDS, LABELS
from yicheng_coord.intake.ours import heading_beside
from yicheng_coord.queries.case_lists import list_transfers
from yicheng_coord.queries.cases import sheet_of
from yicheng_coord.queries.dump import dump
from yicheng_coord.queries.duties import all_duties
from yicheng_coord.queries.history import list_operations
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.sheets import Sheet, sheets, voided
from yicheng_coord.queries.unit_sheets import units_json
from yicheng_coord.services.new_file import ExportExistsError, write_new
from yicheng_coord.text import formula_safe_again
from yicheng_coord.vocabulary import Exported

_SUFFIXES = (".csv", ".xlsx", ".json")


class UnknownSuffixError(InputError):
    """The ending says what the file is to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"看不出“{path.name}”要写成什么格式。", f"文件名以 {'、'.join(_SUFFIXES)} 之一结尾。"
        )


class OneTableError(InputError):
    """A CSV file holds one table."""

    def __init__(self) -> None:
        super().__init__("csv 只能放一张表。", "用 --what 选一张，或写成 xlsx、json。")


@dataclass(frozen=True, slots=True)
class Export:
    """What was written.

    Attributes:
        counts: table → rows.
        voided: cases that a table of cases leaves out.

    """

    path: Path
    what: Exported
    counts: dict[str, int]
    is_masked: bool
    voided: int = 0


def check_export(path: Path, what: Exported) -> None:
    """Refuse what cannot be, before anything is read or recorded.

    Raises:
        UnknownSuffixError, OneTableError, ExportExistsError: what the sentence says.

    """
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UnknownSuffixError(path)
    if suffix == ".csv" and what is Exported.ALL:
        raise OneTableError
    if path.exists():
        raise ExportExistsError(path)


def export(reading: Reading, path: Path, what: Exported) -> Export:
    """Write a file that only its owner may read; never over another.

    Raises:
        ExportExistsError, UnwritableExportError: nothing was written.
        TooLongForAWorkbookError: a cell or a table does not go into one.

    """
    check_export(path, what)
    suffix = path.suffix.lower()
    if suffix == ".json":
        counts = write_new(path, lambda file: _write_json(file, reading, what))
    else:
        labels = {field: LABELS[field] for field in ALL_FIELDS}
        tables = sheets(reading, what, labels, heading_beside)
        writer = _write_csv if suffix == ".csv" else _write_workbook
        counts = write_new(path, lambda file: writer(file, tables))
    is_partial = suffix != ".json" and what in (Exported.CASES, Exported.ALL)
    left_out = voided(reading.connection) if is_partial else 0
    return Export(path, what, counts, not reading.is_unmasked, left_out)


Counts = dict[str, int]


def _write_csv(file: IO[bytes], tables: Sequence[Sheet]) -> Counts:
    table = tables[0]

    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogatepass", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([formula_safe_again(column.heading) for column in table.columns])
    count = 0
    for line in table.lines():
        writer.writerow(["" if cell is None else formula_safe_again(str(cell)) for cell in line])
        count += 1
    text.flush()
    text.detach()
    return {table.name: count}


def _write_workbook(file: IO[bytes], tables: Sequence[Sheet]) -> Counts:
    from yicheng_coord.services.export_workbook import write_workbook

    return write_workbook(file, tables)


def _write_json(file: IO[bytes], reading: Reading, what: Exported) -> Counts:
    if what is Exported.ALL:
        return dump(reading, file)
    count = 0
    file.write(b"[")
    for one in _things(reading, what):
        file.write(b",\n" if count else b"\n")
        file.write(json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        count += 1
    file.write(b"\n]\n" if count else b"]\n")
    return {what.value: count}


def _things(reading: Reading, what: Exported) -> Iterable[dict[str, Any]]:
    """The same objects as the lists give with `-f json`."""
    match what:
        case Exported.CASES:
            rows = reading.connection.execute("SELECT * FROM case_file ORDER BY year, seq")
            return (sheet_of(reading, row).as_json() for row in rows)
        case Exported.TRANSFERS:
            return list_transfers(reading, None)
        case Exported.DUTIES:
            return (duty.as_json() for duty in all_duties(reading))
        case Exported.UNITS:
            return units_json(reading)
        case _:
            return (one.as_json() for one in list_operations(reading))
