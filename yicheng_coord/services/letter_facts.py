"""What a template may say: plain values of a case and a matter, never the informant."""

import sqlite3
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.policy.facts import GOVERNMENT
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.cases import CaseSheet
from yicheng_coord.queries.contacts import letter_contact
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.materials import material_gaps
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.letter_values import day_value, is_certain, unit_value
from yicheng_coord.services.matter_letter_facts import matter_facts
from yicheng_coord.services.occasion import Occasion
from yicheng_coord.services.reminder_letters import reminder_facts

_LISTED = ("kind", "title", "copies", "pages", "listed_on")
"""What a paper says of a material; not where its file lies."""


def facts_for(reading: Reading, occasion: Occasion, number: str | None) -> dict[str, Any]:
    """Return the facts of a paper, by the names of `papers.labels.LABELS`.

    Args:
        reading: the register.
        occasion: what the paper is about.
        number: its 发文字号, if it has one.

    """
    units = reading.units_on(occasion.day)  # a paper bears the names of its own day
    sheet, matter = occasion.sheet, occasion.matter
    return {
        "issuer": unit_value(units, occasion.issuer),
        "addressee": unit_value(units, occasion.addressee),
        "government": unit_value(units, GOVERNMENT),
        "contact": letter_contact(reading, occasion.issuer, occasion.day),
        "opinion_number": reading.policy.number,
        "letter_number": number or occasion.recorded_number,
        "date": in_chinese(occasion.day),
        **(_case_facts(units, occasion, sheet) if sheet else {}),
        **(matter_facts(reading, occasion, matter, units) if matter else {}),
        **(reminder_facts(reading, occasion.reminder) if occasion.reminder else {}),
    }


def _case_facts(units: Units, occasion: Occasion, sheet: CaseSheet) -> dict[str, Any]:
    row, leg = sheet.row, occasion.leg
    inquiry = sheet.inquiries[-1] if sheet.inquiries else None
    plain = ("number", "title", "cause", "party", "party_id", "phone", "place", "summary", "source")
    return {
        **{name: row[name] for name in plain},
        "found_on": day_value(row["found_on"]),
        "urgent": bool(row["urgent"]),
        "basis": (leg["basis"] if leg else None) or row["basis"],
        "found_by": unit_value(units, row["found_by"]),
        "sender": unit_value(units, row["found_by"]),
        "first_sender": unit_value(units, row["found_by"]),
        "receiver": unit_value(units, occasion.receiver),
        "inquiry": inquiry and {key: inquiry[key] for key in ("text", "measures", "ongoing")},
        "materials": [{name: one[name] for name in _LISTED} for one in sheet.materials],
        "material_gaps": material_gaps(sheet.materials, has_letter=True),
        "feedback_due": _feedback_due(sheet, leg),
        **_leg_facts(leg),
        **_decision_facts(units, occasion.decision),
    }


def _leg_facts(leg: sqlite3.Row | None) -> dict[str, Any]:
    if leg is None:
        return {}
    return {
        "leg": leg["leg"],
        "reason": leg["reason"],
        "sent_on": day_value(leg["sent_on"]),
        "received_on": day_value(leg["received_on"]),
        "received_by": leg["received_by"],
        "answered_on": day_value(leg["answered_on"]),
        "answer": leg["answer"],
        "answer_reason": leg["answer_reason"],
        "referred_on": day_value(leg["referred_on"]),
        "assigned_on": day_value(leg["assigned_on"]),
        "document": leg["document"],
    }


def _decision_facts(units: Units, decision: dict[str, Any] | None) -> dict[str, Any]:
    if decision is None:
        return {}
    plain = ("outcome", "text", "number", "party")
    on = day_value(decision["decided_on"])
    return {
        "decider": unit_value(units, decision["decided_by"]),
        "decision": {name: decision[name] for name in plain} | {"on": on},
    }


def _feedback_due(sheet: CaseSheet, leg: sqlite3.Row | None) -> str | None:
    """Return the day of the answer, once it is certain: no printed date may be a guess."""
    if leg is None or not leg["received_on"]:
        return None
    return next(
        (day_value(duty.row["due_on"]) for duty in sheet.duties if _is_answer(duty, leg)), None
    )


def _is_answer(duty: Duty, leg: sqlite3.Row) -> bool:
    is_it = (duty.row["rule"], duty.row["subject"]) == ("transfer.feedback", f"leg:{leg['leg']}")
    return is_it and is_certain(duty)
