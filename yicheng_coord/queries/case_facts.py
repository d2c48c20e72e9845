"""What is on record about a case, as the plain values that states and duties depend on."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from yicheng_coord.policy.facts import CaseFacts, Leg, Verdict
from yicheng_coord.policy.matters import Happened
from yicheng_coord.policy.referrals import Referral

REFERRED = (
    "SELECT matter.case_id, matter.letter || matter.number AS ref, matter.owner, event, "
    "happened_on, happened_at FROM matter JOIN happening ON happening.matter_id = matter.id "
    "WHERE {which} AND letter = 'C' AND kind = 'police' "
    "ORDER BY matter.case_id, matter.id, happened_on, happening.id"
)
"""The courses of what was reported as crimes."""


def facts_of(connection: sqlite3.Connection, case: sqlite3.Row) -> CaseFacts:
    """Collect what is on record about a case."""
    case_id = case["id"]
    inquired = connection.execute(
        "SELECT min(inquired_on) FROM inquiry WHERE case_id = ?", (case_id,)
    ).fetchone()[0]
    decisions = decisions_of(connection, case_id)
    return facts_from(
        case,
        inquired,
        legs_of(connection, case_id),
        [(row, addressees_of(connection, row["id"])) for row in decisions],
        connection.execute(REFERRED.format(which="case_id = ?"), (case_id,)),
    )


def facts_from(
    case: sqlite3.Row,
    inquired_on: str | None,
    legs: Iterable[sqlite3.Row],
    decisions: Iterable[tuple[sqlite3.Row, Sequence[sqlite3.Row]]],
    referred: Iterable[sqlite3.Row],
) -> CaseFacts:
    """Put the rows of a case together, each sort in order; decisions with their addressees."""
    return CaseFacts(
        finder=case["found_by"],
        found_on=date.fromisoformat(case["found_on"]),
        competent=case["competent"],
        determined_on=_day(case["determined_on"]),
        disclaimed_on=_day(case["disclaimed_on"]),
        urgent=bool(case["urgent"]),
        urgent_on=_day(case["urgent_on"]),
        inquired_on=_day(inquired_on),
        closed_on=_day(case["closed_on"]),
        voided_on=_day(case["voided_on"]),
        legs=tuple(_leg(row) for row in legs),
        verdicts=tuple(_verdict(row, addressees) for row, addressees in decisions),
        referrals=tuple(_referrals(referred)),
    )


def _referrals(rows: Iterable[sqlite3.Row]) -> Iterator[Referral]:
    for (ref, holder), course in groupby(rows, key=lambda row: (row["ref"], row["owner"])):
        yield Referral(ref, holder, tuple(happened(row) for row in course))


def happened(row: sqlite3.Row, unit: str | None = None) -> Happened:
    """Return what a row of `happening` says."""
    at = row["happened_at"]
    return Happened(
        event=row["event"],
        on=date.fromisoformat(row["happened_on"]),
        at=datetime.fromisoformat(at) if at else None,
        unit=unit,
    )


def legs_of(connection: sqlite3.Connection, case_id: int) -> list[sqlite3.Row]:
    """Return the transfers of a case, leg by leg."""
    sql = "SELECT * FROM transfer_list WHERE case_id = ? ORDER BY leg"
    return connection.execute(sql, (case_id,)).fetchall()


def decisions_of(connection: sqlite3.Connection, case_id: int) -> list[sqlite3.Row]:
    """Return the decisions of a case in their order."""
    sql = "SELECT * FROM decision WHERE case_id = ? ORDER BY ordinal"
    return connection.execute(sql, (case_id,)).fetchall()


def _leg(row: sqlite3.Row) -> Leg:
    return Leg(
        leg=row["leg"],
        sender=row["sender"],
        receiver=row["receiver"],
        answer=row["answer"],
        sent_on=_day(row["sent_on"]),
        assigned_on=_day(row["assigned_on"]),
        received_on=_day(row["received_on"]),
        answered_on=_day(row["answered_on"]),
        referred_on=_day(row["referred_on"]),
        withdrawn_on=_day(row["withdrawn_on"]),
        replaced_on=_day(row["replaced_on"]),
    )


def _verdict(row: sqlite3.Row, addressees: Sequence[sqlite3.Row]) -> Verdict:
    return Verdict(
        ordinal=row["ordinal"],
        decided_by=row["decided_by"],
        decided_on=date.fromisoformat(row["decided_on"]),
        outcome=row["outcome"],
        notified_on=_day(row["notified_on"]),
        copies=_for_purpose(addressees, "copy"),
        executors=_for_purpose(addressees, "execution"),
    )


def addressees_of(connection: sqlite3.Connection, decision_id: int) -> list[sqlite3.Row]:
    """Return whom a decision goes to: purpose, unit, and when it did."""
    sql = "SELECT purpose, unit, done_on FROM decision_addressee WHERE decision_id = ? ORDER BY id"
    return connection.execute(sql, (decision_id,)).fetchall()


def _for_purpose(rows: Sequence[sqlite3.Row], purpose: str) -> tuple[tuple[str, date | None], ...]:
    return tuple((row["unit"], _day(row["done_on"])) for row in rows if row["purpose"] == purpose)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
