"""What became of the rows of an import; the counts of a file add up to the rows read."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yicheng_coord.queries.duties import Duty


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
    """What became of the rows of one file.

    Attributes:
        unread_columns: those that no field takes; what is in them is kept beside the case.

    """

    path: Path
    sheet: str | None
    encoding: str | None
    header_line: int
    other_sheets: tuple[str, ...] = ()
    unread_columns: tuple[str, ...] = ()
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
    """What an import did; the counts of each file add up to the rows read.

    Attributes:
        moved: duties that now run from another day, with the day they were due on before.

    """

    operation: int | None
    is_trial: bool
    files: list[FileReport]
    updated: int = 0
    duties: int = 0
    moved: "list[tuple[Duty, str | None]]" = field(default_factory=list)
    refused: list[Grouped] = field(default_factory=list)
    next_step: str = "coord overdue"

    def total(self, fate: str) -> int:
        """Return a count over all files."""
        return sum(file.count(fate) for file in self.files)
