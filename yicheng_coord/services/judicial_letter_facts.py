"""What a template may say of a suspected crime and of an enforcement: plain values, in full.

Law names and days come from the rules of the policy pack; a rule that is switched off gives none.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yicheng_coord.policy.matters import COURT, POLICE, PROCURATORATE
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.enforcements import enforcement_json
from yicheng_coord.queries.materials import (
    MISSING,
    NOT_CONCERNED,
    REFERRAL_MATERIALS,
    materials_of,
    referral_materials,
)
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.numbers import PaperKey, number_of
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.referrals import referral_json
from yicheng_coord.services.letter_values import day_value, moment_value, unit_value
from yicheng_coord.services.occasion import Occasion
from yicheng_coord.services.sendings import MAY_BE_ABSENT
from yicheng_coord.vocabulary import Letter, MaterialKind

_CRIME_DAYS = ("approved", "rejected", "sent", "filed", "declined", "challenged", "upheld",
               "handed_over")  # fmt: skip
_CRIME_LAWS = ("send", "answer", "review", "supervision", "goods")
_ENFORCE_DAYS = ("served_on", "perform_by", "appeal_until", "urged_on", "applied_on")
_REASONS = {False: "review_reason", True: "supervision_reason"}
"""Why the police, or the procuratorate (True), are asked."""
_THIS, _GOODS, _OTHERS = "本件", "涉案物品清单", "其他有关材料"


def crime_facts(
    reading: Reading, occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    """Return the facts of one report of a case as a crime."""
    known = referral_json(sheet)
    challenged = sheet.days("crime.challenged")  # of the police alone, unlike the key of the JSON
    return {
        **{f"{one}_on": day_value(known[f"{one}_on"]) for one in _CRIME_DAYS},
        **{f"{one}_law": law_of(reading, f"crime.{one}") for one in _CRIME_LAWS},
        "challenged_on": day_value(challenged),
        "officers": known["officers"],
        "charge": known["charge"],
        "review_reason": known[_REASONS[occasion.addressee == PROCURATORATE]],
        "reported_at": moment_value(known["reported_at"] or known["reported_on"]),
        "approved_at": moment_value(known["approved_at"] or known["approved_on"]),
        "decided_by": known["approved_by"],
        "reject_reason": known["reject_reason"],
        "number": known["number"] or _number_of_sending(reading, sheet),
        "filed_number": _document(sheet, "crime.filed"),
        "declined_number": _document(sheet, "crime.declined"),
        "upheld_number": known["upheld_document"],
        "materials": _five(reading, sheet, known["materials"]),
        "goods_days": _days(reading, "crime.goods"),
        "to_procuratorate": occasion.addressee == PROCURATORATE,
        "police": unit_value(units, POLICE),
        "procuratorate": unit_value(units, PROCURATORATE),
        **_handed_over(reading, sheet, known["materials"]),
    }


def enforcement_facts(
    reading: Reading, _occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    """Return the facts of the enforcement of one decision."""
    known = enforcement_json(sheet)
    return {
        **{one: day_value(known[one]) for one in _ENFORCE_DAYS},
        **{one: known[one] for one in ("how", "object", "appeals")},
        "urge_law": law_of(reading, "enforce.urge"),
        "apply_law": law_of(reading, "enforce.apply"),
        "days": _days(reading, "enforce.urge"),
        "urge_number": _document(sheet, "enforce.urged") or _number_of_urging(reading, sheet),
        "court": unit_value(units, COURT),
    }


def law_of(reading: Reading, rule_id: str) -> str | None:
    """Return the law and articles that a rule comes from, where it is not the Opinion's own."""
    if not reading.policy.has(rule_id):
        return None
    source = reading.policy.rule(rule_id).source
    return source.replace(" ", "") if source != reading.policy.number else None


def _days(reading: Reading, rule_id: str) -> int | None:
    return reading.policy.rule(rule_id).days if reading.policy.has(rule_id) else None


def _document(sheet: MatterSheet, event: str) -> str | None:
    row = sheet.latest(event)
    return row["document"] if row else None


def _number_of_sending(reading: Reading, sheet: MatterSheet) -> str | None:
    key = PaperKey(Letter.CRIME, sheet.row["case_id"], POLICE, sheet.row["id"])
    return number_of(reading, key)


def _number_of_urging(reading: Reading, sheet: MatterSheet) -> str | None:
    return number_of(reading, PaperKey(Letter.URGE, sheet.row["case_id"], None, sheet.row["id"]))


def _held(reading: Reading, sheet: MatterSheet) -> list[dict[str, Any]]:
    return materials_of(reading.connection, sheet.row["case_id"])


def _five(
    reading: Reading, sheet: MatterSheet, recorded: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the five materials, each as rows of a list: none is silently absent."""
    held = _held(reading, sheet)
    without = [name for name, state in recorded.items() if state == NOT_CONCERNED]
    states = referral_materials(held, without if recorded else MAY_BE_ABSENT)
    return [row for name in REFERRAL_MATERIALS for row in _rows(name, states[name], held)]


def _rows(name: str, state: str, held: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    listed = [one for one in held if one["kind"] in REFERRAL_MATERIALS[name]]
    for one in listed:
        yield {"name": name, "title": one["title"], "copies": one["copies"],
               "pages": one["pages"]}  # fmt: skip
    if listed:
        return
    if REFERRAL_MATERIALS[name] == (MaterialKind.CRIME_LETTER,):
        yield {"name": name, "title": _THIS, "is_bare": True}
    elif state == MISSING:
        yield {"name": name, "is_missing": True}
    else:
        yield {"name": name, "title": state, "is_bare": True}


def _handed_over(
    reading: Reading, sheet: MatterSheet, recorded: Mapping[str, str]
) -> dict[str, Any]:
    """Return the lists of goods, and the other materials, that go to the police after filing."""
    held = _held(reading, sheet)
    listed = ("kind", "title", "copies", "pages")
    rows = [{name: one[name] for name in listed} for one in held]
    goods = [one for one in rows if one["kind"] == MaterialKind.GOODS]
    return {
        "goods": goods,
        "has_no_goods": not goods and recorded.get(_GOODS) == NOT_CONCERNED,
        "others": [one for one in rows if one["kind"] in REFERRAL_MATERIALS[_OTHERS]],
    }
