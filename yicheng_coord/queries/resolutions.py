"""What the joint meeting resolved, 一（三）4: whose it is, how far it is."""

import json
from typing import Any

from yicheng_coord.queries.matters import MatterSheet, list_matters, sheet_of_matter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.topics import meeting_ref

_OPEN = (
    "SELECT * FROM matter WHERE letter = 'S' AND NOT EXISTS (SELECT 1 FROM happening "
    "WHERE matter_id = matter.id AND event = 'resolution.done') ORDER BY number"
)


def progress_of(sheet: MatterSheet) -> list[dict[str, Any]]:
    """Return the reports of progress, oldest first."""
    return [
        {"on": row["happened_on"], "note": row["text"], "percent": None, "difficulty": None,
         "opinion": None} | json.loads(row["details"] or "{}")
        for row in sheet.happenings
        if row["event"] == "resolution.progressed"
    ]  # fmt: skip


def percent_of(sheet: MatterSheet) -> int | None:
    """Return how far it is, as last reported; what is done is done."""
    if sheet.facts.of("resolution.done"):
        return 100
    told = [one["percent"] for one in progress_of(sheet) if one["percent"] is not None]
    return told[-1] if told else None


def due_of(sheet: MatterSheet) -> str:
    """Return the day by which it is to be done, as ISO text."""
    return sheet.days("resolution.set") or str(sheet.details["due_on"])


def original_due_of(sheet: MatterSheet) -> str:
    """Return the day by which it was to be done when it was resolved, as ISO text."""
    return str(sheet.details["due_on"])


def resolution_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a resolution, days as ISO text."""
    return {
        "ref": sheet.ref,
        "kind": sheet.row["kind"],
        "text": sheet.title,
        "owner": sheet.row["owner"],
        "with": list(sheet.facts.units("with")),
        "due_on": due_of(sheet),
        "original_due_on": original_due_of(sheet),
        "status": "done" if sheet.facts.of("resolution.done") else "open",
        "percent": percent_of(sheet),
        "meeting": meeting_ref(sheet.reading, sheet.row["meeting_id"]),
        "topic": sheet.details.get("topic"),
        "made_on": sheet.days("resolution.made"),
        "done_on": sheet.days("resolution.done"),
        "progress": progress_of(sheet),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def open_resolutions(reading: Reading) -> list[MatterSheet]:
    """Return what is resolved and not done, by number."""
    rows = reading.connection.execute(_OPEN).fetchall()
    return [sheet_of_matter(reading, row) for row in rows]


def list_resolutions(
    reading: Reading, *, unit: str | None = None, kind: str | None = None, is_open: bool = False
) -> list[MatterSheet]:
    """Return what was resolved, by number: of a unit, of a kind, not done."""
    found = list_matters(reading, "S", unit=unit, kind=kind)
    return [one for one in found if not (is_open and one.facts.of("resolution.done"))]
