"""Cases as they are shown."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yicheng_coord import masking
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.lifecycle import NextStep
from yicheng_coord.queries.case_facts import addressees_of, decisions_of, facts_of, legs_of
from yicheng_coord.queries.disputes import dispute_json
from yicheng_coord.queries.duties import Duty, of_case
from yicheng_coord.queries.enforcements import enforcement_json
from yicheng_coord.queries.materials import located, materials_of
from yicheng_coord.queries.matters import MatterSheet, list_matters, matter_ref
from yicheng_coord.queries.next_steps import next_of_case
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import case_row
from yicheng_coord.queries.referrals import referral_json
from yicheng_coord.queries.requests import request_json, requests_of_case
from yicheng_coord.vocabulary import DutyStatus

OPEN_STATUSES = (
    DutyStatus.OPEN,
    DutyStatus.DUE_TODAY,
    DutyStatus.OVERDUE,
    DutyStatus.AGEING,
)
_MASKS: dict[str, Callable[[str], str]] = {
    "party_id": masking.masked_id,
    "phone": masking.masked_phone,
    "informant": masking.masked_informant,
}


def inquiries_of(connection: sqlite3.Connection, case_id: int) -> list[dict[str, Any]]:
    """Return the preliminary inquiries of a case."""
    sql = (
        "SELECT inquired_on, is_ongoing AS ongoing, text, measures "
        "FROM inquiry WHERE case_id = ? ORDER BY inquired_on, id"
    )
    found = connection.execute(sql, (case_id,))
    return [dict(row) | {"ongoing": bool(row["ongoing"])} for row in found]


@dataclass(frozen=True)
class CaseSheet:
    """Everything that `case show` prints of one case."""

    row: sqlite3.Row
    facts: CaseFacts
    legs: list[sqlite3.Row]
    decisions: list[dict[str, Any]]
    materials: list[dict[str, Any]]
    inquiries: list[dict[str, Any]]
    duties: list[Duty]
    next_step: NextStep
    disputes: list[MatterSheet]
    referrals: list[MatterSheet]
    enforcements: list[MatterSheet]
    action: str | None = None
    same_as: str | None = None
    is_unmasked: bool = False
    requests: tuple[MatterSheet, ...] = ()

    def shown(self, field: str) -> str | None:
        """Return a field of the case as it may be shown."""
        value: str | None = self.row[field]
        mask = None if self.is_unmasked else _MASKS.get(field)
        return mask(value) if mask and value else value

    @property
    def extra(self) -> dict[str, str]:
        """What its list said beside the known fields, as it may be shown."""
        kept = json.loads(self.row["extra"]) if self.row["extra"] else {}
        if self.is_unmasked:
            return kept
        return {heading: masking.masked_extra(heading, str(text)) for heading, text in kept.items()}

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a case, days as ISO text."""
        row = self.row
        plain = ("number", "external_number", "title", "cause", "party")
        placed = ("place", "source", "summary")
        dated = ("found_by", "found_on", "competent", "determined_on", "holder", "status")
        return {
            **{name: row[name] for name in plain},
            "party_id": self.shown("party_id"),
            "phone": self.shown("phone"),
            **{name: row[name] for name in placed},
            "informant": self.shown("informant"),
            **{name: row[name] for name in dated},
            "urgent": bool(row["urgent"]),
            "closed_on": row["closed_on"],
            "voided_on": row["voided_on"],
            "void_reason": row["void_reason"],
            "same_as": self.same_as,
            "next_step": str(self.next_step),
            "transfers": [transfer_json(leg) for leg in self.legs],
            "decisions": self.decisions,
            "inquiries": self.inquiries,
            "materials": self.materials,
            "disputes": [dispute_json(one) for one in self.disputes],
            "action": self.action,
            "referrals": [referral_json(one) for one in self.referrals],
            "enforcements": [enforcement_json(one) for one in self.enforcements],
            "requests": [_request_json(one) for one in self.requests],
            "open_duties": [duty.as_json() for duty in self.open_duties],
            "extra": self.extra,
            "origin": row["origin"] or row["found_by"],
        }

    @property
    def course_matters(self) -> list[MatterSheet]:
        """The matters whose course is part of the case's own."""
        return [*self.referrals, *self.enforcements]

    @property
    def open_duties(self) -> list[Duty]:
        """What is still owed."""
        return [duty for duty in self.duties if duty.status in OPEN_STATUSES]


def _request_json(sheet: MatterSheet) -> dict[str, Any]:
    """In short; all of it is `request show`."""
    kept = ("ref", "kind", "title", "sent_on", "to")
    whole = request_json(sheet)
    return {name: whole[name] for name in kept}


def transfer_json(row: sqlite3.Row) -> dict[str, Any]:
    """The stable keys of one leg."""
    return {
        "case": row["case_number"],
        "case_title": row["case_title"],
        "leg": row["leg"],
        "from": row["sender"],
        "to": row["receiver"],
        "number": row["number"],
        "sent_on": row["sent_on"],
        "assigned_on": row["assigned_on"],
        "received_on": row["received_on"],
        "received_by": row["received_by"],
        "answered_on": row["answered_on"],
        "answer": row["answer"],
        "answer_reason": row["answer_reason"],
        "referred_on": row["referred_on"],
        "withdrawn_on": row["withdrawn_on"],
        "withdraw_reason": row["withdraw_reason"],
        "replaced_on": row["replaced_on"],
        "notified_on": row["notified_on"],
        "document": row["document"],
    }


def case_sheet(reading: Reading, ref: str, folder: Path | None = None) -> CaseSheet:
    """Read everything about one case; with the folder of its files, also where each lies.

    Raises:
        UnknownCaseError, AmbiguousCaseError: see `references.case_row`.

    """
    row = case_row(reading.connection, ref, reading.today.year)
    sheet = sheet_of(reading, row)
    if folder is None:
        return sheet
    return replace(sheet, materials=[located(one, folder) for one in sheet.materials])


def sheet_of(reading: Reading, row: sqlite3.Row) -> CaseSheet:
    """Read everything about the case of a row."""
    connection, case_id = reading.connection, row["id"]
    facts = facts_of(connection, row)
    return CaseSheet(
        row=row,
        facts=facts,
        legs=legs_of(connection, case_id),
        decisions=[_decision_json(connection, one) for one in decisions_of(connection, case_id)],
        materials=materials_of(connection, case_id),
        inquiries=inquiries_of(connection, case_id),
        duties=of_case(reading, case_id),
        next_step=next_of_case(reading, row, facts),
        disputes=list_matters(reading, "Q", case_id=case_id),
        referrals=list_matters(reading, "C", case_id=case_id),
        enforcements=list_matters(reading, "E", case_id=case_id),
        action=_action_of(connection, row["action_id"]),
        same_as=_number_of(connection, row["same_as"]),
        is_unmasked=reading.is_unmasked,
        requests=tuple(requests_of_case(reading, case_id)),
    )


def _action_of(connection: sqlite3.Connection, action_id: int | None) -> str | None:
    if action_id is None:
        return None
    found = connection.execute("SELECT letter, number FROM matter WHERE id = ?", (action_id,))
    return matter_ref(found.fetchone())


def _number_of(connection: sqlite3.Connection, case_id: int | None) -> str | None:
    if case_id is None:
        return None
    found = connection.execute("SELECT number FROM case_file WHERE id = ?", (case_id,)).fetchone()
    return str(found["number"])


_OF_DECISION = (
    "SELECT CASE letter WHEN 'I' THEN 'copy' ELSE 'execution' END AS purpose, unit, "
    "(SELECT min(happened_on) FROM happening WHERE happening.matter_id = matter.id "
    "AND event IN ('info.shared', 'request.sent') AND happening.unit = party.unit) AS done_on "
    "FROM matter JOIN matter_party AS party ON party.matter_id = matter.id "
    "WHERE case_id = ? AND kind IN ('penalty', 'execution') "
    "AND json_extract(details, '$.decision') = ? ORDER BY matter.id, party.id"
)
"""Whom a decision goes to, and when it did; older registers keep that in `decision_addressee`."""


def _decision_json(connection: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    addressees = addressees_of(connection, row["id"])
    addressees += connection.execute(_OF_DECISION, (row["case_id"], row["ordinal"])).fetchall()
    keys = ("decided_by", "decided_on", "outcome", "text", "party", "number", "notified_on")
    return {key: row[key] for key in keys} | {
        "copies": [_addressee_json(one) for one in addressees if one["purpose"] == "copy"],
        "no_copy_reason": row["no_copy_reason"],
        "execution_by": [_addressee_json(one) for one in addressees if one["purpose"] != "copy"],
    }


def _addressee_json(row: sqlite3.Row) -> dict[str, Any]:
    return {"unit": row["unit"], "done_on": row["done_on"]}
