"""The rows that were not taken, untouched, in a file that can be mended and imported as it is."""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.header import ERRORS, first_column
from yicheng_coord.intake.rows import BadRow
from yicheng_coord.text import formula_safe


class UnwritableRejectsError(RefusedError):
    """The rejects cannot be written where they should go."""

    def __init__(self, path: Path, why: OSError) -> None:
        super().__init__(
            f"退回的行写不进“{path}”：{reason_of(why)}。",
            "用 --rejects 另选一个能写的文件。",
        )


def write_rejects(path: Path, headings: list[str], bad_rows: Iterable[BadRow]) -> int:
    """Write the bad rows with their reasons in front, whole or not at all; return how many.

    Only the owner may read the file. One that is there is replaced.

    Raises:
        UnwritableRejectsError: the folder is missing or not ours, the disk is full.

    """
    path = Path(path)
    start = first_column(headings)
    width = len(headings)
    try:
        return _write(path, _lines(headings[start:], bad_rows, start, width))
    except OSError as wrong:
        raise UnwritableRejectsError(path, wrong) from wrong


def _lines(
    headings: list[str], bad_rows: Iterable[BadRow], start: int, width: int
) -> Iterator[list[str]]:
    yield [ERRORS, *map(formula_safe, headings)]
    for row in bad_rows:
        cells = row.raw + [""] * (width - len(row.raw))
        yield [
            formula_safe("；".join(map(_sentence, row.reasons))),
            *map(formula_safe, cells[start:]),
        ]


def _sentence(reason: Reason) -> str:
    example = f"“{reason.example}”" if reason.example else ""
    near = f"（{reason.near}）" if reason.near else ""
    return f"{reason.text}{example}{near}"


def _write(path: Path, lines: Iterator[list[str]]) -> int:
    number, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(number, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)  # ends lines by CR LF
            count = -1
            for line in lines:
                writer.writerow(line)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return count
