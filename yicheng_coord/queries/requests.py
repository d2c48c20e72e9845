"""Requests (R) as programs read them, and those of a case."""

from typing import Any

from yicheng_coord.queries.matters import MatterSheet, sheet_of_matter, told_of
from yicheng_coord.queries.reading import Reading

_OF_CASE = "SELECT * FROM matter WHERE case_id = ? AND letter = 'R' ORDER BY number"


def requests_of_case(reading: Reading, case_id: int) -> list[MatterSheet]:
    """Return what was, or is to be, asked in a case."""
    rows = reading.connection.execute(_OF_CASE, (case_id,)).fetchall()
    return [sheet_of_matter(reading, row) for row in rows]


def request_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a request, days as ISO text."""
    row = sheet.row
    return {
        "ref": sheet.ref,
        "kind": row["kind"],
        "title": sheet.title,
        "question": sheet.shown(row["text"]),
        "case": sheet.case_number,
        "from": row["owner"],
        "decided_on": sheet.days("execution.decided"),
        "needed_on": sheet.days("revocation.needed"),
        "sent_on": sheet.days("request.sent"),
        "urgent": bool(row["urgent"]),
        "secrecy": row["secrecy"],
        "to": [_party(sheet, unit) for unit in sheet.facts.units("asked")],
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def _party(sheet: MatterSheet, unit: str) -> dict[str, Any]:
    said = sheet.said("request.answered", unit)
    return {
        "unit": unit,
        "sent_on": sheet.days("request.sent", unit),
        "received_on": sheet.days(f"{sheet.row['kind']}.received", unit),
        "attended_on": sheet.days("request.attended", unit),
        "extensions": [
            {"days": told_of(row).days, "told_on": row["happened_on"],
             "reason": sheet.shown(row["text"])}
            for row in sheet.happenings
            if row["event"] == "request.extended" and row["unit"] == unit
        ],
        "answered_on": sheet.days("request.answered", unit),
        "articles": said.get("articles"),
        "standard": said.get("standard"),
        "text": said.get("text"),
        "refused_on": sheet.days("request.refused", unit),
        "ground": sheet.said("request.refused", unit).get("text"),
    }  # fmt: skip
