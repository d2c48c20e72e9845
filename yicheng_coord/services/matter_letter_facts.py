"""What a template may say of a matter: plain values, in full, since the paper goes to the addressee.

Items marked 商业秘密 or 个人隐私 are masked in lists; a paper names the mark instead, so that its
reader keeps it (四（二）3).
"""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any

from yicheng_coord.policy.matters import BUREAU, REQUEST_NAMES
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.numbers import PaperKey, number_of
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.judicial_letter_facts import crime_facts, enforcement_facts
from yicheng_coord.services.letter_values import day_value, is_certain, names_of, unit_value
from yicheng_coord.services.meeting_letter_facts import meeting_facts, resolution_facts
from yicheng_coord.services.occasion import Occasion

_MARKS = {"commercial": "商业秘密", "privacy": "个人隐私"}
_LAW = re.compile(r"《[^》]*》第[0-9]+条")
_PLANS = ("方案", "计划")


def matter_facts(
    reading: Reading, occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    """Return the facts of a matter under the name of its sort: info, request, hazard …"""
    row = sheet.row
    group, own = _SORTS[sheet.facts.letter]
    common = {
        "ref": sheet.ref,
        "title": row["title"],
        "kind": row["kind"],
        "text": row["text"],
        "number": row["document"],
        "on": day_value(sheet.happenings[0]["happened_on"]) if sheet.happenings else None,
        "urgent": bool(row["urgent"]),
        "secrecy": _MARKS.get(row["secrecy"]),
    }
    return {group: common | own(reading, occasion, sheet, units)}


def _information(
    _reading: Reading, occasion: Occasion, sheet: MatterSheet, _units: Units
) -> dict[str, Any]:
    told = sheet.latest("info.told", occasion.party)
    return {
        "told_on": _on(told),
        "told_by": told["medium"] if told else None,
        "is_of_case": occasion.decision is not None,
    }


def _request(
    reading: Reading, occasion: Occasion, sheet: MatterSheet, _units: Units
) -> dict[str, Any]:
    unit = occasion.party
    sent = sheet.latest("request.sent", unit)
    answered = sheet.latest("request.answered", unit)
    refused = sheet.latest("request.refused", unit)
    said = json.loads(answered["details"] or "{}") if answered else {}
    return {
        "name": REQUEST_NAMES[sheet.row["kind"]],
        "question": (sent["text"] if sent else None) or sheet.row["text"],
        "number": _number_of_request(reading, occasion, sheet, sent),
        "sent_on": _on(sent),
        "received_on": _on(sheet.latest(f"{sheet.row['kind']}.received", unit)),
        "answered_on": _on(answered or refused),
        "articles": said.get("articles"),
        "standard": said.get("standard"),
        "text": answered["text"] if answered else None,
        "ground": refused["text"] if refused else None,
        **_extension(sheet, unit),
        **_due(sheet, unit),
    }


def _number_of_request(
    reading: Reading, occasion: Occasion, sheet: MatterSheet, sent: sqlite3.Row | None
) -> str | None:
    """Return the number of the letter that asked: as recorded, else as it was given out."""
    if sent and sent["document"]:
        return str(sent["document"])
    kind, row = sheet.row["kind"], sheet.row
    return number_of(reading, PaperKey(kind, row["case_id"], occasion.party, row["id"]))


def _extension(sheet: MatterSheet, unit: str | None) -> dict[str, Any]:
    told = sheet.latest("request.extended", unit)
    if told is None:
        return {}
    return {"extended_on": _on(told), "reason": told["text"], **json.loads(told["details"])}


def _due(sheet: MatterSheet, unit: str | None) -> dict[str, Any]:
    """Return the due day of the answer, and the later one, once they are certain.

    What was told too late moves nothing, and no later day is named.
    """
    rule = f"request.{sheet.row['kind']}"
    duty = next(
        (one for one in sheet.duties if (one.row["rule"], one.row["owed_by"]) == (rule, unit)), None
    )
    if duty is None or not is_certain(duty) or not duty.row["due_on"]:
        return {}
    if not duty.row["extended_by"]:
        return {"due": day_value(duty.row["due_on"])}
    told = sum(one.days for party, one in sheet.facts.extensions if party == unit)
    later = duty.row["due_on"] if duty.row["extended_by"] == told else None
    return {"due": day_value(duty.row["original_due_on"]), "due_later": day_value(later)}


def _hazard(
    _reading: Reading, occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    departments = sheet.facts.units("addressee")
    return {
        "departments": names_of(units, departments),
        "told": names_of(units, [one for one in departments if sheet.facts.of("hazard.told", one)]),
        "told_on": _on(sheet.latest("hazard.told", occasion.party)),
        "reported_on": _on(sheet.latest("hazard.reported")),
    }


def _dispute(
    reading: Reading, _occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    law = _LAW.search(reading.policy.rule("dispute.settle").quote)
    between = sheet.facts.units("disputant")
    return {
        "between": names_of(units, between),
        "others": names_of(units, [one for one in between if one != BUREAU]),
        "law": law[0] if law else None,
        "referred_on": _on(sheet.latest("dispute.referred")),
    }


def _action(
    _reading: Reading, _occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    title, lead = sheet.row["title"], sheet.row["owner"]
    return {
        "name": title if title.endswith(_PLANS) else f"{title}联合执法方案",
        "lead": unit_value(units, lead),
        "members": names_of(units, [one for one in sheet.facts.units("member") if one != lead]),
        "first_on": _on(sheet.latest("action.planned")),
        "last_on": day_value(sheet.details.get("until")),
        "place": sheet.details.get("place"),
    }


def _on(row: sqlite3.Row | None) -> str | None:
    return day_value(row["happened_on"]) if row else None


_Own = Callable[[Reading, Occasion, MatterSheet, Units], dict[str, Any]]
_SORTS: dict[str, tuple[str, _Own]] = {
    "I": ("info", _information),
    "R": ("request", _request),
    "H": ("hazard", _hazard),
    "Q": ("dispute", _dispute),
    "A": ("action", _action),
    "C": ("crime", crime_facts),
    "E": ("enforcement", enforcement_facts),
    "M": ("meeting", meeting_facts),
    "S": ("resolution", resolution_facts),
}
