"""What was reported as crimes, and leads on misconduct, as they are shown."""

import json
import sqlite3
from typing import Any

from yicheng_coord.queries.materials import REFERRAL_MATERIALS
from yicheng_coord.queries.matters import MatterSheet, list_matters
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import case_row

_STANDINGS = (
    ("crime.returned", "returned", "已移回"),
    ("crime.filed", "filed", "已立案"),
    ("crime.upheld", "not_filed", "复议后仍不予立案"),
    ("crime.declined", "not_filed", "不予立案"),
    ("crime.received", "received", "公安机关审查中"),
    ("crime.sent", "sent", "已移送"),
    ("crime.rejected", "rejected", "不批准移送"),
    ("crime.approved", "approved", "已批准"),
    ("crime.reported", "reported", "待批准"),
    ("misconduct.sent", "sent", "已移送"),
    ("misconduct.found", "found", "待移送"),
)
"""What tells most comes first: the standing, and how it is worded."""
_DAYS = ("reported", "approved", "rejected", "sent", "received", "filed", "declined", "challenged",
         "supervised", "upheld", "handed_over", "cleared", "returned")  # fmt: skip
_MOMENTS = ("reported", "approved", "sent", "received")


def standing_of(sheet: MatterSheet) -> tuple[str, str]:
    """Return where it stands, for programs and in words."""
    return next((code, words) for event, code, words in _STANDINGS if sheet.facts.of(event))


def referral_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of one report, days and moments as ISO text; a lead's are among them."""
    first, last = _kept(sheet, "crime.reported"), _kept(sheet, "crime.sent")
    approved, rejected = _kept(sheet, "crime.approved"), _kept(sheet, "crime.rejected")
    answered = sheet.days("crime.filed") or sheet.days("crime.declined")
    return {
        "ref": sheet.ref,
        "kind": sheet.row["kind"],
        "case": sheet.case_number,
        "case_title": sheet.title,
        "holder": sheet.row["owner"],
        "status": standing_of(sheet)[0],
        "officers": first.get("officers", []),
        "charge": first.get("charge"),
        **{f"{word}_on": sheet.days(f"crime.{word}") for word in _DAYS},
        **{f"{word}_at": _moment(sheet, f"crime.{word}") for word in _MOMENTS},
        "challenged_on": sheet.days("crime.challenged") or sheet.days("crime.supervised"),
        "approved_by": approved.get("by") or rejected.get("by"),
        "review_reason": _column(sheet, "crime.challenged", "text"),
        "supervision_reason": _column(sheet, "crime.supervised", "text"),
        "reject_reason": _column(sheet, "crime.rejected", "text"),
        "number": _column(sheet, "crime.sent", "document"),
        "materials": _materials(last.get("materials", {})),
        "copied_on": _day_of(sheet, "crime.copied"),
        "answered_on": answered,
        "answer_document": _column(sheet, "crime.filed", "document")
        or _column(sheet, "crime.declined", "document"),
        "upheld_document": _column(sheet, "crime.upheld", "document"),
        "notified_on": sheet.days("decision.notified"),
        "text": sheet.text,
        "found_on": sheet.days("misconduct.found"),
        "supervisor_on": sheet.days("misconduct.sent"),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def _materials(kept: dict[str, str]) -> dict[str, str]:
    """Return them in the order of 第六条."""
    return {name: kept[name] for name in REFERRAL_MATERIALS if name in kept}


def _rows(sheet: MatterSheet, event: str) -> list[sqlite3.Row]:
    return [row for row in sheet.happenings if row["event"] == event]


def _column(sheet: MatterSheet, event: str, column: str) -> str | None:
    return next((sheet.shown(row[column]) for row in _rows(sheet, event)), None)


def _day_of(sheet: MatterSheet, event: str) -> str | None:
    """Return the day of what happened to or by one unit alone."""
    return next((row["happened_on"] for row in _rows(sheet, event)), None)


def _moment(sheet: MatterSheet, event: str) -> str | None:
    return next((row["happened_at"] for row in _rows(sheet, event)), None)


def _kept(sheet: MatterSheet, event: str) -> dict[str, Any]:
    rows = _rows(sheet, event)
    kept: dict[str, Any] = json.loads(rows[0]["details"] or "{}") if rows else {}
    return kept


def referrals_of_case(reading: Reading, ref: str) -> list[MatterSheet]:
    """Return the reports of one case as a crime, and its leads, oldest first.

    Raises:
        UnknownCaseError, AmbiguousCaseError: see `references.case_row`.

    """
    row = case_row(reading.connection, ref, reading.today.year)
    return list_matters(reading, "C", case_id=row["id"])
