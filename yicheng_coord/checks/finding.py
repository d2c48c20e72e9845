"""What a check finds, and what it looks at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import Check


class Level(StrEnum):
    """How grave a finding of `coord check` is."""

    ERROR = "error"  # something is not what it must be: exit status 1
    ADVICE = "advice"  # something is to be thought of; all is well


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be (`error`), or that is to be thought of (`advice`).

    Attributes:
        where: a case, a duty, an operation, a file.
        what: what is wrong, in words.
        hint: what to do.

    """

    where: str
    what: str
    hint: str
    level: Level = Level.ERROR


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the check that found it."""

    check: Check
    finding: Finding

    def as_json(self) -> dict[str, str]:
        """The stable keys of a finding."""
        one = self.finding
        return {
            "check": self.check.value,
            "level": one.level.value,
            "where": one.where,
            "what": one.what,
            "hint": one.hint,
        }


def has_errors(found: Iterable[Found]) -> bool:
    """Whether something is wrong; advice is not."""
    return any(one.finding.level is Level.ERROR for one in found)


@dataclass(frozen=True, slots=True)
class Place:
    """What is checked: the register as it stands, and where its files lie."""

    reading: Reading
    database: Path


Checking = Callable[[Place], Iterator[Finding]]
RESTORE = "把现在的数据库另存一份，再用最近的备份恢复。"
"""What to do where the database itself is not what the program wrote."""
