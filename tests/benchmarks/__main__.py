"""`python -m tests.benchmarks [--rounds N] [--history N]`: a table of ratios, each with its goal."""

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.registers import make_register
from tests.benchmarks.timing import Timed, coord, python, take_turns

_LETTERS = 100
ADD = ["case", "add", "--title", "堆场", "--found-by", "zrj", "--found-on", "2026-11-20"]


@dataclass
class Goal:
    """A ratio, and the most that it may be."""

    what: str
    run: Timed
    reference: Timed
    most: float

    def line(self) -> str:
        """A row of the table."""
        ratio = self.run.median / self.reference.median
        mark = "yes" if ratio <= self.most else "NO"
        times = f"{self.run.median * 1000:.0f} / {self.reference.median * 1000:.0f} ms"
        return f"| {self.what} | {self.reference.name} | {times} | {ratio:.2f} | {self.most} | {mark} |"


def main() -> None:
    """Build the registers, take turns, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--history", type=int, default=100_000, help="duties in the long history")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        goals = _goals(Path(folder), chosen.history)
        runs = {id(run): run for goal in goals for run in (goal.reference, goal.run)}
        take_turns(list(runs.values()), chosen.rounds)
    heading = [
        "| what | reference | medians | ratio | at most | held |",
        "|---|---|---|---|---|---|",
    ]
    sys.stdout.write("\n".join([*heading, *(goal.line() for goal in goals), ""]))


def _goals(folder: Path, history: int) -> list[Goal]:
    office, long, short = folder / "office.db", folder / "long.db", folder / "short.db"
    make_register(office, cases=10_000, duties=30_000, overdue=50)
    make_register(long, cases=max(1000, history // 10), duties=history, overdue=50)
    make_register(short, cases=1000, duties=1000, overdue=50)
    written = {path: Path(shutil.copy(path, f"{path}.w")) for path in (long, short)}
    everything = python("import typer, rich.table, sqlmodel", "import typer, rich.table, sqlmodel")
    only_typer = python("import typer", "import typer")
    models = python("import typer, sqlmodel", "import typer, sqlmodel")
    of_short = coord("the same with 1,000", "overdue", database=short)
    add_short = coord("the same with 1,000", *ADD, database=written[short])
    add_long = coord("add", *ADD, database=written[long])
    goals = [
        Goal(
            "`coord overdue`, 10,000 cases, 50 overdue, piped",
            coord("overdue", "overdue", database=office),
            everything,
            0.35,
        ),
        Goal(
            f"`coord overdue`, {history:,} duties in history",
            coord("long", "overdue", database=long),
            of_short,
            1.2,
        ),
        Goal("`coord --help`", coord("help", "--help"), only_typer, 1.5),
        Goal("`coord case --help`", coord("group", "case", "--help"), only_typer, 1.5),
        Goal("completion of a command", _completing("coord "), only_typer, 1.5),
        Goal(f"`coord case add`, {history:,} duties in history", add_long, models, 1.3),
        Goal(f"`coord case add`, {history:,} duties in history", add_long, add_short, 1.1),
        Goal(f"{_LETTERS} letters as docx", _letters("ours"), _letters("bare"), 1.0),
    ]
    if os.name != "nt":
        drawn = coord("drawn", "overdue", database=office, pty=True)
        goals.insert(1, Goal("the same on a pseudo-terminal", drawn, everything, 0.45))
    return goals


def _letters(by: str) -> Timed:
    name = "bare python-docx, the same paragraphs" if by == "bare" else by
    return python(name, f"from tests.benchmarks.letters import {by}; {by}({_LETTERS})")


def _completing(line: str) -> Timed:
    run = coord("completion")
    run.environment = {"_COORD_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    return run


if __name__ == "__main__":
    main()
