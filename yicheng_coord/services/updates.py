"""`--on-conflict update`: a list reads otherwise than its case, and the list is to be believed."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from yicheng_coord.intake.fields import DATES, FIELDS
from yicheng_coord.masking import is_masked, is_masked_extra
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.sequence import contradictions
from yicheng_coord.services.ledger_updates import LedgerUpdate
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile

_CLOCKED = ("found_by", "found_on", "competent", "determined_on", "urgent")
"""What decides over a case's clocks: a list may replace it only while nothing was sent or decided."""


@dataclass
class Updates:
    """What was taken over: how many cases, which due days moved, and which rows were not."""

    count: int = 0
    moved: list[tuple[int, str | None]] = field(default_factory=list)
    refused: dict[str, list[int]] = field(default_factory=dict)


def update_changed(register: Register, rows: Sequence[sqlite3.Row]) -> Updates:
    """Take over what the rows say of their cases."""
    updates = Updates()
    for row in rows:
        case = register.session.get_one(CaseFile, row["case_id"])
        facts = register.facts(case)
        new = _new_values(
            case, row, may_clock=not (facts.legs or facts.verdicts or facts.referrals)
        )
        changed = _changed(facts, new)
        told = LedgerUpdate(register.reading.connection, row["id"], facts)
        why = _contradiction(changed) or told.refusal(
            changed, register.reading.units, register.today
        )
        if why:
            why = f"没有更新：{case.number} {why}"
            updates.refused.setdefault(why, []).append(row["line"])
            continue
        updates.moved += _take_over(register, case, new) if new else []
        acts = list(told.record(register, case))
        updates.moved += [(duty.row["id"], before) for act in acts for duty, before in act.moved]
        updates.count += bool(new or acts)
    return updates


def _new_values(case: CaseFile, row: sqlite3.Row, *, may_clock: bool) -> dict[str, Any]:
    """Return what differs; what the list leaves blank, or masks, says nothing of a value."""
    new: dict[str, Any] = {}
    for name in FIELDS:
        text = row[name]
        if text in (None, "", 0) or (name in _CLOCKED and not may_clock):
            continue
        value = date.fromisoformat(text) if name in DATES else text
        known = getattr(case, name)
        if known != value and not (known and is_masked(name, str(text))):
            new[name] = bool(value) if name == "urgent" else value
    if row["extra"] and (merged := _merged(case.extra, row["extra"])) != case.extra:
        new["extra"] = merged
    return new


def _changed(facts: CaseFacts, new: Mapping[str, Any]) -> CaseFacts:
    names = {"found_by": "finder"}
    return replace(facts, **{names.get(name, name): new[name] for name in _CLOCKED if name in new})


def _contradiction(changed: CaseFacts) -> str:
    found = contradictions(changed)
    if not found:
        return ""
    first, then = found[0]
    return f"的{then.name}会早于{first.name}"


def _take_over(
    register: Register, case: CaseFile, new: Mapping[str, Any]
) -> list[tuple[int, str | None]]:
    competent_before, disclaimed_before = case.competent, case.disclaimed_on
    for name, value in new.items():
        setattr(case, name, value)
    if not {"competent", "determined_on", "found_by"} & new.keys():
        return register.settle(case).moved
    is_elsewhere = case.competent not in (None, case.found_by)
    is_another = competent_before not in (None, case.competent) and disclaimed_before is not None
    if not is_elsewhere:
        case.disclaimed_on = None
    elif not is_another:  # naming another competent unit does not restart the three days
        case.disclaimed_on = case.determined_on
    return register.settle(case).moved


def _merged(ours: str | None, theirs: str) -> str:
    """Keep what the case had beside; where both speak, the list is to be believed, but no mask."""
    merged = json.loads(ours or "{}")
    for name, text in json.loads(theirs).items():
        if not (merged.get(name) and is_masked_extra(name, text)):
            merged[name] = text
    return json.dumps(merged, ensure_ascii=False, sort_keys=True)
