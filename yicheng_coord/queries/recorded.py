"""The answer of a recording command, as lists and programs are to see it."""

from dataclasses import dataclass, field
from typing import Any

from yicheng_coord.queries.duties import Duty


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording command did.

    Attributes:
        operation: its number in the history.
        facts: what was recorded: `type`, `ref` and the facts themselves, as JSON values.
        headline: the same in words.
        met, started, ended: duties that it met, started, or made inapplicable.
        moved: duties whose due day changed, with the day before.
        reopened: duties that were met, or no longer owed, and are owed again.
        notes: what else to know; `warnings` what to look at.
        next_step: what to type next.

    """

    operation: int
    facts: dict[str, Any]
    headline: str
    met: list[Duty] = field(default_factory=list)
    started: list[Duty] = field(default_factory=list)
    moved: list[tuple[Duty, str | None]] = field(default_factory=list)
    reopened: list[Duty] = field(default_factory=list)
    ended: list[Duty] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    next_step: str = ""

    def as_json(self) -> dict[str, Any]:
        """The stable keys of an answer."""
        return {
            "operation": self.operation,
            "recorded": self.facts,
            "met": [duty.as_json() for duty in self.met],
            "started": [duty.as_json() for duty in self.started],
            "moved": [duty.as_json() | {"due_on_before": old} for duty, old in self.moved],
            "reopened": [duty.as_json() for duty in self.reopened],
            "ended": [duty.as_json() for duty in self.ended],
            "warnings": self.warnings,
            "next_step": self.next_step,
        }
