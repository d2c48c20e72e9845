"""Every case with its rows, read side by side in the order of the cases: no query a case."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.queries.case_facts import REFERRED, facts_from

_INQUIRIES = "SELECT case_id, min(inquired_on) AS inquired_on FROM inquiry GROUP BY case_id"
_LEGS = "SELECT * FROM transfer ORDER BY case_id, leg"
_DECISIONS = "SELECT * FROM decision ORDER BY case_id, ordinal"
_ADDRESSEES = (
    "SELECT decision.case_id, decision_id, purpose, unit, done_on FROM decision_addressee "
    "JOIN decision ON decision.id = decision_id ORDER BY decision.case_id, decision_addressee.id"
)
_REFERRED = REFERRED.format(which="case_id IS NOT NULL")


class CaseOnFile(NamedTuple):
    """A case as its row says, and as its facts say."""

    row: sqlite3.Row
    facts: CaseFacts
    legs: list[sqlite3.Row]


@dataclass
class ByCase:
    """The rows of a query that come in the order of their cases, handed out a case at a time."""

    rows: Iterator[sqlite3.Row]
    _next: sqlite3.Row | None = None

    def of(self, case_id: int) -> list[sqlite3.Row]:
        """Return the rows of a case; cases must be asked for in their order."""
        row = self._next or next(self.rows, None)
        found = []
        while row is not None and row["case_id"] <= case_id:
            if row["case_id"] == case_id:
                found.append(row)
            row = next(self.rows, None)
        self._next = row
        return found


def every_case(connection: sqlite3.Connection) -> Iterator[CaseOnFile]:
    """Yield every case with the facts on record about it."""
    inquiries, legs, decisions, addressees, referred = (
        ByCase(connection.execute(sql))
        for sql in (_INQUIRIES, _LEGS, _DECISIONS, _ADDRESSEES, _REFERRED)
    )
    for case in connection.execute("SELECT * FROM case_file ORDER BY id"):
        case_id = case["id"]
        inquired = inquiries.of(case_id)
        legs_of_case, goes_to = legs.of(case_id), addressees.of(case_id)
        facts = facts_from(
            case,
            inquired[0]["inquired_on"] if inquired else None,
            legs_of_case,
            [
                (decision, [one for one in goes_to if one["decision_id"] == decision["id"]])
                for decision in decisions.of(case_id)
            ],
            referred.of(case_id),
        )
        yield CaseOnFile(case, facts, legs_of_case)
