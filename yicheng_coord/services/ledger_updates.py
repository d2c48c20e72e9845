"""What a later ledger tells of a case that is there: added act by act, never over a recorded fact."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from yicheng_coord.intake.fields import LABELS
from yicheng_coord.intake.ledger import WORDS, Ledger
from yicheng_coord.policy.facts import Answer, CaseFacts
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services import decisions, government, transfers
from yicheng_coord.services.ledgers import facts_of_row, lacks_reason, objections
from yicheng_coord.services.register import Register
from yicheng_coord.services.staged_ledger import told_of
from yicheng_coord.store.models import CaseFile
from yicheng_coord.vocabulary import Outcome


class LedgerUpdate:
    """What one row of a ledger adds to its case."""

    def __init__(self, connection: sqlite3.Connection, staged_id: int, facts: CaseFacts) -> None:
        self._told = told_of(connection, staged_id)
        self._facts = facts
        self._known = _known(facts)

    @property
    def _missing(self) -> Mapping[str, object]:
        """What the row tells and the case has not; a repeated fact is none."""
        told = self._told._asdict()
        return {field: value for field, value in told.items() if value and not self._known[field]}

    @property
    def _new_facts(self) -> Mapping[str, object]:
        return {field: value for field, value in self._missing.items() if field not in WORDS}

    def refusal(self, changed: CaseFacts, units: Units, today: date) -> str:
        """Return why the row is not taken over, else "".

        Args:
            changed: the case with what the row says of its registration.
            units: as they are today.
            today: the day of the import.

        """
        if not any(self._told):
            return ""
        for field, known in self._known.items():
            told = getattr(self._told, field)
            if told and known and told != known and field not in WORDS:
                return (
                    f"的{LABELS[field]}已登记为 {known}，与清单不一致：核实后用 coord correct 更正"
                )
        if not self._new_facts:
            return ""
        if not _is_plain(changed):
            return "已撤回移送、已由区政府指定或有几次决定：请逐条登记"
        merged = Ledger(**{**self._known, **self._missing})  # type: ignore[arg-type]
        registered = replace(changed, legs=(), verdicts=(), closed_on=None)
        facts = facts_of_row(registered, merged)
        found = chain(objections(facts, units, today), lacks_reason(merged))
        return next((f"：{reason.text}" for reason in found), "")

    def record(self, register: Register, case: CaseFile) -> Iterator[Recorded]:
        """Record what is new, in its order, by the use cases that the commands call."""
        told, new, ref = self._told, self._new_facts, case.number
        acts = {
            "sent_on": partial(transfers.send, to=told.receiver or "", number=told.transfer_number),
            "received_on": transfers.receive,
            "answered_on": transfers.accept
            if told.answer == Answer.ACCEPTED
            else partial(transfers.decline, reason=told.answer_reason),
            "referred_on": government.refer,
            "decided_on": partial(_decide, told=told),
            "notified_on": decisions.notify,
            "closed_on": decisions.close,
        }
        for field, act in acts.items():
            if field in new:
                yield act(register, ref, on=new[field])  # type: ignore[operator]


def _decide(register: Register, ref: str, *, on: date, told: Ledger) -> Recorded:
    outcome = Outcome(told.outcome or Outcome.OTHER)
    new = decisions.NewDecision(outcome, text=told.decision_text, number=told.decision_number)
    return decisions.decide(register, ref, new, on)


def _known(facts: CaseFacts) -> dict[str, object]:
    leg, verdict = facts.first, facts.verdicts[-1] if facts.verdicts else None
    found: dict[str, object] = dict.fromkeys(Ledger._fields)
    if leg:
        found |= {field: getattr(leg, field) for field in _OF_LEG}
    if verdict:
        found |= {field: getattr(verdict, field) for field in _OF_VERDICT}
    return found | {"closed_on": facts.closed_on}


_OF_LEG = ("sent_on", "receiver", "received_on", "answered_on", "answer", "referred_on")
_OF_VERDICT = ("decided_on", "outcome", "notified_on")


def _is_plain(facts: CaseFacts) -> bool:
    """Whether the case is such as a ledger can tell: sent once at most, decided once at most."""
    is_withdrawn = any(leg.withdrawn_on for leg in facts.legs)
    return len(facts.legs) <= 1 and not is_withdrawn and len(facts.verdicts) <= 1
