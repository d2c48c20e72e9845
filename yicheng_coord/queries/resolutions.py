"""What the joint meeting resolved, 一（三）4: whose it is, how far it is."""

import json
from typing import Any

from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.matters import MatterSheet, list_matters, sheet_of_matter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.topics import meeting_ref

_NOT_DONE = (
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


def waived_of(sheet: MatterSheet) -> Duty | None:
    """Return its limit, if that was found to be 不适用: nobody is asked for it any more."""
    return next((duty for duty in sheet.duties if duty.cancelled_on), None)


def waiver_in_words(waived: Duty) -> str:
    """不适用（不再需要）: with the reason that was given."""
    return f"不适用（{waived.row['cancel_reason']}）"


def status_of(sheet: MatterSheet) -> str:
    """Return `done`, `cancelled` (不适用) or `open`."""
    if sheet.facts.of("resolution.done"):
        return "done"
    return "cancelled" if waived_of(sheet) else "open"


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
        "status": status_of(sheet),
        "percent": percent_of(sheet),
        "meeting": meeting_ref(sheet.reading, sheet.row["meeting_id"]),
        "topic": sheet.details.get("topic"),
        "made_on": sheet.days("resolution.made"),
        "done_on": sheet.days("resolution.done"),
        "progress": progress_of(sheet),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def open_resolutions(reading: Reading) -> list[MatterSheet]:
    """Return what is resolved and still to be done, by number."""
    rows = reading.connection.execute(_NOT_DONE).fetchall()
    sheets = (sheet_of_matter(reading, row) for row in rows)
    return [one for one in sheets if status_of(one) == "open"]


def list_resolutions(
    reading: Reading, *, unit: str | None = None, kind: str | None = None, is_open: bool = False
) -> list[MatterSheet]:
    """Return what was resolved, by number: of a unit, of a kind, still to be done."""
    found = list_matters(reading, "S", unit=unit, kind=kind)
    return [one for one in found if not is_open or status_of(one) == "open"]
