"""Why rows are given back, and where they are written: beside their list, never over a file."""

from collections.abc import Sequence
from pathlib import Path

from yicheng_coord.intake.rejects import write_rejects
from yicheng_coord.intake.report import Grouped
from yicheng_coord.intake.rows import BadRow
from yicheng_coord.services.stage import Load


def grouped_reasons(bad: Sequence[BadRow]) -> list[Grouped]:
    """Gather the lines that have the same reason."""
    groups: dict[str, Grouped] = {}
    for row in bad:
        for one in row.reasons:
            group = groups.setdefault(one.text, Grouped(one.text, [], one.example, one.near))
            group.lines.append(row.line)
    return list(groups.values())


def write_rejects_of(loads: Sequence[Load], wanted: Path | None) -> None:
    """Write the bad rows of each list into a file of their own, or that of one into the one wanted."""
    for load in loads:
        if load.bad and wanted:
            write_rejects(wanted, load.header.headings, load.bad)
            load.report.rejects = wanted
        elif load.bad:
            load.report.rejects = _write_beside(load)


def _write_beside(load: Load) -> Path:
    """Write the rejects beside the list, never over another file: it may be one being mended."""
    first = path = load.report.path.with_suffix(".rejects.csv")
    attempt = 1
    while path.exists():
        attempt += 1
        path = first.with_name(f"{load.report.path.stem}.rejects-{attempt}.csv")
    write_rejects(path, load.header.headings, load.bad)
    before = path if attempt == 1 else _previous(first, attempt)
    if before != path and before.read_bytes() == path.read_bytes():
        path.unlink()
    return before if not path.exists() else path


def _previous(first: Path, attempt: int) -> Path:
    is_first = attempt == 2  # noqa: PLR2004 – the second attempt comes after the first name
    stem = first.name.removesuffix(".rejects.csv")
    return first if is_first else first.with_name(f"{stem}.rejects-{attempt - 1}.csv")
