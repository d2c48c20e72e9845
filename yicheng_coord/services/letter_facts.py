"""What a template may say of a case: plain values, never the informant."""

import sqlite3
from datetime import date
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.policy.facts import GOVERNMENT
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.cases import CaseSheet
from yicheng_coord.queries.contacts import letter_contact
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.materials import material_gaps
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.occasions import Occasion
from yicheng_coord.vocabulary import Letter

_LISTED = ("kind", "title", "copies", "pages", "listed_on")
"""What a paper says of a material; not where its file lies."""


def facts_for(reading: Reading, occasion: Occasion, number: str | None) -> dict[str, Any]:
    """Return the facts of a paper, by the names of `papers.facts.LABELS`.

    Args:
        reading: the register.
        occasion: what the paper is about.
        number: its 发文字号, if it has one.

    """
    sheet, leg = occasion.sheet, occasion.leg
    row = sheet.row
    inquiry = sheet.inquiries[-1] if sheet.inquiries else None
    units = reading.units_on(occasion.day)  # a paper bears the names of its own day
    plain = ("number", "title", "cause", "party", "party_id", "phone", "place", "summary", "source")
    return {
        **{name: row[name] for name in plain},
        "found_on": _day(row["found_on"]),
        "urgent": bool(row["urgent"]),
        "basis": (leg["basis"] if leg else None) or row["basis"],
        "found_by": _unit(units, row["found_by"]),
        "sender": _unit(units, row["found_by"]),
        "first_sender": _unit(units, row["found_by"]),
        "receiver": _unit(units, occasion.receiver),
        "addressee": _unit(units, occasion.addressee),
        "government": _unit(units, GOVERNMENT),
        "inquiry": inquiry and {key: inquiry[key] for key in ("text", "measures", "ongoing")},
        "materials": [{name: one[name] for name in _LISTED} for one in sheet.materials],
        "material_gaps": material_gaps(sheet.materials, has_letter=True),
        "contact": letter_contact(reading, occasion.issuer, occasion.day),
        "opinion_number": reading.policy.number,
        "letter_number": number or _own_number(occasion),
        "date": in_chinese(occasion.day),
        "feedback_due": _feedback_due(sheet, leg),
        **_leg_facts(leg),
        **_decision_facts(units, sheet),
    }


def _own_number(occasion: Occasion) -> str | None:
    """Return the number that was recorded with the transfer."""
    if occasion.leg is None or occasion.kind is not Letter.TRANSFER:
        return None
    number: str | None = occasion.leg["number"]
    return number


def _leg_facts(leg: sqlite3.Row | None) -> dict[str, Any]:
    if leg is None:
        return {}
    return {
        "leg": leg["leg"],
        "reason": leg["reason"],
        "sent_on": _day(leg["sent_on"]),
        "received_on": _day(leg["received_on"]),
        "received_by": leg["received_by"],
        "answered_on": _day(leg["answered_on"]),
        "answer": leg["answer"],
        "answer_reason": leg["answer_reason"],
        "referred_on": _day(leg["referred_on"]),
        "assigned_on": _day(leg["assigned_on"]),
        "document": leg["document"],
    }


def _decision_facts(units: Units, sheet: CaseSheet) -> dict[str, Any]:
    if not sheet.decisions:
        return {}
    decision = sheet.decisions[-1]
    plain = ("outcome", "text", "number", "party")
    return {
        "decider": _unit(units, decision["decided_by"]),
        "decision": {name: decision[name] for name in plain} | {"on": _day(decision["decided_on"])},
    }


def _feedback_due(sheet: CaseSheet, leg: sqlite3.Row | None) -> str | None:
    """Return the day of the answer, once it is certain: no printed date may be a guess."""
    if leg is None or not leg["received_on"]:
        return None
    return next((_day(duty.row["due_on"]) for duty in sheet.duties if _is_answer(duty, leg)), None)


def _is_answer(duty: Duty, leg: sqlite3.Row) -> bool:
    is_it = (duty.row["rule"], duty.row["subject"]) == ("transfer.feedback", f"leg:{leg['leg']}")
    return is_it and not duty.is_provisional and not duty.is_assumed


def _unit(units: Units, code: str | None) -> dict[str, str] | None:
    if code is None:
        return None
    unit = units.get(code)
    return {"name": unit.name, "full_name": unit.full_name}


def _day(text: str | None) -> str | None:
    return in_chinese(date.fromisoformat(text)) if text else None
