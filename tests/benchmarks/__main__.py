"""`python -m tests.benchmarks [--full] [--rounds N]`: a table of ratios, each with its goal."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.lists import TASK, taskwarrior
from tests.benchmarks.registers import make_list, make_register
from tests.benchmarks.timing import Timed, coord, python, take_turns
from yicheng_coord.store.open import create

_LETTERS = 1000
_DRAWN, _ITEMS, _LATE = 500, 100_000, 5_000
_BULK_ROUNDS = 3
"""A register grows by each, and half a minute passes: medians of few."""
ADD = ["case", "add", "--title", "堆场", "--found-by", "zrj", "--found-on", "2026-11-20"]
UNDO = ["undo", "--yes"]


@dataclass
class Goal:
    """A ratio, and the most that it may be."""

    what: str
    run: Timed
    reference: Timed
    most: float

    def line(self) -> str:
        """A row of the table."""
        found, mark = self.found, "yes" if self.found <= self.most else "NO"
        times = f"{self.run.median * 1000:.0f} / {self.reference.median * 1000:.0f} ms"
        return (
            f"| {self.what} | {self.reference.name} | {times} "
            f"| {found:{self.form}} | {self.most:{self.limit_form}} | {mark} |"
        )

    @property
    def found(self) -> float:
        """How many times the reference it took."""
        return self.run.median / self.reference.median

    form, limit_form = ".2f", ""


class Longer(Goal):
    """Seconds that it takes longer than the reference, and the most that they may be."""

    @property
    def found(self) -> float:
        """How much longer it took, in seconds."""
        return self.run.median - self.reference.median

    form, limit_form = "+.2f", "+"


def main() -> None:
    """Build the registers, take turns, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--history", type=int, default=100_000, help="duties and operations")
    parser.add_argument("--list", type=int, default=10_000, help="rows of a list that is imported")
    parser.add_argument("--full", action="store_true", help="history 1,000,000, list 100,000")
    chosen = parser.parse_args()
    history, rows = (1_000_000, 100_000) if chosen.full else (chosen.history, chosen.list)
    with tempfile.TemporaryDirectory() as folder:
        short, long = _histories(Path(folder), history)
        after = f"{history:,} operations in history"
        lists = [*_drawn(Path(folder)), *_beside_taskwarrior(Path(folder))]
        goals = [*_starts(), *_daily(Path(folder)), *_after(after, short, long), *lists]
        _measure(goals, chosen.rounds)
        bulk = [*_bulk(Path(folder), rows)]
        _measure(bulk, min(chosen.rounds, _BULK_ROUNDS))
    heading = [
        "| what | reference | medians | ratio | at most | held |",
        "|---|---|---|---|---|---|",
    ]
    sys.stdout.write("\n".join([*heading, *(goal.line() for goal in (*goals, *bulk)), ""]))


def _measure(goals: Sequence[Goal], rounds: int) -> None:
    runs = {id(run): run for goal in goals for run in (goal.reference, goal.run)}
    take_turns(list(runs.values()), rounds)


def _starts() -> Iterator[Goal]:
    """What needs no register."""
    typer = python("import typer", "import typer")
    yield Goal("`coord --help`", coord("help", "--help"), typer, 1.5)
    yield Goal("`coord case --help`", coord("group", "case", "--help"), typer, 1.5)
    yield Goal("completion of a command", _completing("coord "), typer, 1.5)


def _daily(folder: Path) -> Iterator[Goal]:
    """The morning's list."""
    office = folder / "office.db"
    make_register(office, cases=10_000, duties=30_000, overdue=50)
    everything = python("import typer, rich.table, sqlmodel", "import typer, rich.table, sqlmodel")
    what = "`coord overdue`, 10,000 cases, 50 overdue, piped"
    yield Goal(what, coord("overdue", "overdue", database=office), everything, 0.35)
    if os.name != "nt":
        drawn = coord("drawn", "overdue", database=office, pty=True)
        yield Goal("the same on a pseudo-terminal", drawn, everything, 0.45)


def _drawn(folder: Path) -> Iterator[Goal]:
    """A long list on a terminal, and the same list with nothing in it."""
    if os.name == "nt":
        return
    full, empty = folder / "drawn.db", folder / "empty.db"
    make_register(full, cases=_DRAWN, duties=_DRAWN, overdue=_DRAWN)
    create(empty)
    for command in (["overdue"], ["case", "list"]):
        drawn, blank = (
            coord("the same list, empty", *command, database=path, pty=True)
            for path in (full, empty)
        )
        what = f"`coord {' '.join(command)}` of {_DRAWN} rows, drawn: seconds more"
        yield Longer(what, drawn, blank, 0.15)


def _beside_taskwarrior(folder: Path) -> Iterator[Goal]:
    """A list of 5,000 rows out of 100,000; nothing where there is no Taskwarrior."""
    if TASK is None:
        sys.stderr.write("no Taskwarrior here (`task`): not measured beside it\n")
        return
    path = folder / "items.db"
    make_register(path, cases=_ITEMS, duties=_ITEMS, overdue=_LATE, others_met=False)
    ours = coord("csv", "overdue", "-f", "csv", database=path)
    what = f"`coord overdue -f csv`, {_ITEMS:,} items, {_LATE:,} overdue"
    yield Goal(what, ours, taskwarrior(folder / "task", _ITEMS, _LATE), 0.8)


def _after(after: str, short: Path, long: Path) -> Iterator[Goal]:
    """The list, a command that records, and its undo: a long history must not be felt."""

    def both(*arguments: str) -> tuple[Timed, Timed]:
        first = coord("the same with 1,000", *arguments, database=short)
        return coord("long", *arguments, database=long), first

    models = python("import typer, sqlmodel", "import typer, sqlmodel")
    yield Goal(f"`coord overdue`, {after}", *both("overdue"), 1.2)
    add, add_short = both(*ADD)
    yield Goal(f"`coord case add`, {after}", add, models, 1.3)
    yield Goal(f"`coord case add`, {after}", add, add_short, 1.1)
    yield Goal(f"`coord undo` of it, {after}", *both(*UNDO), 1.1)


def _bulk(folder: Path, rows: int) -> Iterator[Goal]:
    """A long list, taken in and taken back in turn; many letters."""
    register, list_file = folder / "bulk.db", folder / "list.csv"
    create(register)
    make_list(list_file, rows)
    taken_in = coord("the import", "import", str(list_file), database=register)
    taken_back = coord("undo", *UNDO, database=register)
    yield Goal(f"`coord undo` of an import of {rows:,} rows", taken_back, taken_in, 1.0)
    yield Goal(f"{_LETTERS:,} letters as docx", _letters("ours"), _letters("bare"), 1.0)


def _histories(folder: Path, long: int) -> list[Path]:
    """Make a register with 1,000 duties, each of an operation of its own, and one with so many."""
    made = []
    for duties in (1000, long):
        path = folder / f"{duties}.db"
        make_register(path, cases=max(1000, duties // 10), duties=duties, overdue=50)
        made.append(path)
    return made


def _letters(by: str) -> Timed:
    name = "bare python-docx, the same paragraphs" if by == "bare" else by
    return python(name, f"from tests.benchmarks.letters import {by}; {by}({_LETTERS})")


def _completing(line: str) -> Timed:
    run = coord("completion")
    run.environment = {"_COORD_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    return run


if __name__ == "__main__":
    main()
