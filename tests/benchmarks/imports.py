"""`python -m tests.benchmarks.imports [--rows N] [--rounds N] [--memory ROWS]`: importing lists.

A list of N rows against `sqlite-utils insert --csv --pk` of the same file; the same rows as a
workbook against the list plus reading the workbook with python-calamine alone; a ledger of the
same length; and the peak memory of a long list.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from tests.benchmarks.timing import compiled
from yicheng_coord.store.open import create

_UNITS = ("区自然资源局", "区住建局", "区城乡水务局", "榴园镇", "吴林街道", "区教体局")
_PLAIN = [
    "编号", "案件名称", "案由", "当事人", "地点", "发现单位", "发现日期", "有权处理单位", "认定日期",
    "简要案情", "备注",
]  # fmt: skip
_LEDGER = [
    "移送日期",
    "接收单位",
    "收到日期",
    "反馈日期",
    "反馈意见",
    "处理决定日期",
    "决定结果",
    "通报日期",
]
_COORD = "import sys; sys.argv[0] = 'coord'; from yicheng_coord.cli import run; run()"
_SQLITE_UTILS = "import sys; sys.argv[0] = 'sqlite-utils'; from sqlite_utils.cli import cli; cli()"
_CALAMINE = (
    "import sys; from python_calamine import load_workbook; "
    "book = load_workbook(sys.argv[1]); "
    "sum(1 for row in book.get_sheet_by_index(0).iter_rows())"
)


def rows(count: int, *, is_ledger: bool = False) -> Iterator[list[str]]:
    """Yield a header and so many invented cases."""
    yield [*_PLAIN, *(_LEDGER if is_ledger else [])]
    for n in range(count):
        found = date(2026, 1, 5) + timedelta(days=n % 280)
        told = [(found + timedelta(days=days)).isoformat() for days in (1, 4, 5, 9, 20, 24)]
        is_elsewhere = n % 3 or is_ledger
        plain = [
            f"水{n:07d}",
            f"某某路第 {n} 号堆场占用耕地",
            "占用耕地",
            f"某某{n % 5000}有限公司",
            f"某某路 {n % 900} 号",
            _UNITS[n % len(_UNITS)],
            found.isoformat(),
            "综合执法局" if is_elsewhere else "",
            told[0] if is_elsewhere else "",
            "现场有堆放砂石，未办理用地手续",
            "现场有垃圾三堆",
        ]
        more = [told[1], "综合执法局", told[2], told[3], "受理", told[4], "处罚", told[5]]
        yield plain + (more if is_ledger else [])


def write_csv(path: Path, lines: Iterator[list[str]]) -> Path:
    """Write a list as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def write_xlsx(path: Path, lines: Iterator[list[str]]) -> Path:
    """Write a list as a workbook."""
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    book.close()
    return path


class Run:
    """What a command line takes: CPU seconds of each run, and its peak memory in MB."""

    def __init__(self, *command: str, before: Callable[[], None] = lambda: None) -> None:
        self._command, self._before = command, before
        self.seconds: list[float] = []
        self.megabytes = 0.0

    def once(self) -> None:
        """Run it, after what comes before; processor time, so that other work counts less."""
        self._before()
        probe = (
            "import resource, subprocess, sys; "
            "status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
            "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
            "print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)"
        )
        told = subprocess.run(
            [sys.executable, "-c", probe, *self._command],
            capture_output=True,
            text=True,
            check=True,
            env=compiled(),
        )
        status, seconds, kilobytes = told.stdout.split()
        if int(status):
            raise SystemExit(f"{self._command}: {told.stderr}")
        self.seconds.append(float(seconds))
        self.megabytes = max(self.megabytes, int(kilobytes) / 1024)

    @property
    def median(self) -> float:
        """The time that half of the runs took at most."""
        return median(self.seconds)


def importing(folder: Path, path: Path) -> Run:
    """Return an import of a file into a register of that morning: made, and looked at once."""
    database = folder / "coord.db"
    begun = [sys.executable, "-c", _COORD, "--db", str(database), "--today", "2026-11-23"]

    def before() -> None:
        _remove(database)
        create(database)
        subprocess.run([*begun, "today"], check=True, capture_output=True)

    return Run(*begun, "import", str(path), before=before)


def storing(folder: Path, path: Path) -> Run:
    """Return the reference: sqlite-utils storing the same file in a new database."""
    database = folder / "reference.db"
    stored = ("insert", str(database), "t", str(path), "--csv", "--pk", "编号")
    return Run(sys.executable, "-c", _SQLITE_UTILS, *stored, before=lambda: _remove(database))


def _remove(database: Path) -> None:
    for part in ("", "-wal", "-shm"):
        database.with_name(database.name + part).unlink(missing_ok=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the lists, take turns, print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=1_000_000, help="rows of the long list")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = write_csv(folder / "list.csv", rows(chosen.rows))
        ours, theirs = importing(folder, listed), storing(folder, listed)
        ledger = importing(
            folder, write_csv(folder / "ledger.csv", rows(chosen.rows, is_ledger=True))
        )
        book = write_xlsx(folder / "list.xlsx", rows(chosen.rows))
        of_book, bare = importing(folder, book), Run(sys.executable, "-c", _CALAMINE, str(book))
        for _ in range(chosen.rounds):
            for run in (theirs, ours, bare, of_book, ledger):
                run.once()
        lines = [
            _line(
                f"`coord import`, {chosen.rows:,} rows CSV", "sqlite-utils, same file",
                ours.median, theirs.median, 0.8,
            ),
            _line(
                "the same as a workbook", "the CSV + reading it with calamine",
                of_book.median, ours.median + bare.median, 1.0,
            ),
            f"| a ledger of {chosen.rows:,} rows | | {ledger.median:.1f} s | | | |",
        ]  # fmt: skip
        if chosen.memory:
            long = importing(folder, write_csv(folder / "long.csv", rows(chosen.memory)))
            long.once()
            held = "yes" if long.megabytes <= 300 else "NO"
            lines.append(
                f"| `coord import`, {chosen.memory:,} rows | peak memory | {long.megabytes:.0f} MB "
                f"({long.median:.0f} s) | | 300 MB | {held} |"
            )
    heading = [
        "| what | reference | processor time | ratio | at most | held |",
        "|---|---|---|---|---|---|",
    ]
    sys.stdout.write("\n".join([*heading, *lines, ""]))


def _line(what: str, reference: str, ours: float, theirs: float, most: float) -> str:
    ratio = ours / theirs
    held = "yes" if ratio <= most else "NO"
    return f"| {what} | {reference} | {ours:.1f} / {theirs:.1f} s | {ratio:.2f} | {most} | {held} |"


if __name__ == "__main__":
    main()
