"""Briefs and circulars (B1) that were issued: their number, their period, their final text."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span

_ISSUED = (
    "SELECT matter.*, happened_on, happening.document AS said_number, "
    "happening.details AS final FROM matter JOIN happening ON happening.matter_id = matter.id "
    "AND event IN ('brief.issued', 'circular.issued') WHERE letter = 'B' ORDER BY number"
)


@dataclass(frozen=True, slots=True)
class Issued:
    """One brief or circular, as it was issued."""

    row: sqlite3.Row

    @property
    def ref(self) -> str:
        """B1."""
        return f"B{self.row['number']}"

    @property
    def kind(self) -> str:
        """What it is: brief, circular."""
        return str(self.row["kind"])

    @property
    def number(self) -> str:
        """What it is called: 2026年第3期, or its 发文字号."""
        return str(self.row["said_number"])

    @property
    def details(self) -> dict[str, Any]:
        """Its period; of a brief also year and issue."""
        kept: dict[str, Any] = json.loads(self.row["details"])
        return kept

    @property
    def span(self) -> Span:
        """What it is about."""
        first, last = (date.fromisoformat(self.details[end]) for end in ("from", "to"))
        return Span(first, last)

    @property
    def final(self) -> dict[str, Any]:
        """Its final source text, the SHA-256 of that, and what it lacks (待补)."""
        kept: dict[str, Any] = json.loads(self.row["final"])
        return kept

    def as_json(self) -> dict[str, Any]:
        """The stable keys of what was issued, days as ISO text."""
        return {
            "ref": self.ref,
            "kind": self.kind,
            "number": self.number,
            "title": self.row["title"],
            "from": self.details["from"],
            "to": self.details["to"],
            "issued_on": self.row["happened_on"],
            "sha256": self.final["sha256"],
        }


def list_issued(reading: Reading) -> list[Issued]:
    """Return all that was issued, in its order."""
    return [Issued(row) for row in reading.connection.execute(_ISSUED).fetchall()]


def issued_as(reading: Reading, kind: str, ref: str) -> Issued | None:
    """Return the one with a reference, if there is such one of the kind."""
    wanted = ref.strip().upper()
    found = (one for one in list_issued(reading) if (one.kind, one.ref) == (kind, wanted))
    return next(found, None)


def issued_about(reading: Reading, kind: str, span: Span) -> Issued | None:
    """Return the newest of a kind about exactly that period, if there is one."""
    found = [one for one in list_issued(reading) if one.kind == kind and one.span == span]
    return found[-1] if found else None


def issue_of(reading: Reading, year: int, issue: int) -> Issued | None:
    """Return the brief that is that issue of a year, if it was issued."""
    wanted = {"year": year, "issue": issue}
    found = (one for one in list_issued(reading) if wanted.items() <= one.details.items())
    return next(found, None)


def last_issue(reading: Reading, year: int) -> int:
    """Return the highest issue of a year; 0 before the first."""
    of_year = (one.details for one in list_issued(reading) if one.details.get("year") == year)
    return max((int(one["issue"]) for one in of_year), default=0)
