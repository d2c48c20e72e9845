"""`--on-conflict update`: a list reads otherwise than its case, and the list is to be believed."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from yicheng_coord.intake.fields import DATES, FIELDS
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile
from yicheng_coord.vocabulary import CaseStatus

_DESCRIPTIVE = frozenset(
    {"title", "cause", "party", "party_id", "phone", "informant", "place", "source", "summary"}
)
"""What may be mended in a case at any time; the rest decides over its clocks, and may be
replaced only before the case was sent or decided."""


def _merged(ours: str | None, theirs: str) -> str:
    """Keep what the case had beside; where both speak, the list is to be believed."""
    merged = json.loads(ours or "{}") | json.loads(theirs)
    return json.dumps(merged, ensure_ascii=False, sort_keys=True)


def update_changed(register: Register, rows: Sequence[sqlite3.Row]) -> int:
    """Take over what the rows say; return how many cases were changed by it."""
    return sum(_update(register, row) for row in rows)


def _update(register: Register, row: sqlite3.Row) -> bool:
    case = register.session.get_one(CaseFile, row["case_id"])
    is_registered = case.status == CaseStatus.REGISTERED
    changed = False
    for name in FIELDS:
        value = row[name]
        if value in (None, "", 0) or not (is_registered or name in _DESCRIPTIVE):
            continue
        new = date.fromisoformat(value) if name in DATES else value
        if getattr(case, name) != new:
            setattr(case, name, bool(new) if name == "urgent" else new)
            changed = True
    if row["extra"] not in (None, case.extra):
        case.extra = _merged(case.extra, row["extra"])
        changed = True
    if changed and is_registered:
        is_elsewhere = case.competent not in (None, case.found_by)
        case.disclaimed_on = case.determined_on if is_elsewhere else None
    if changed:
        register.settle(case)
    return changed
