"""Facts beyond registration on their way in: transfers and decisions that a ledger tells of."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from yicheng_coord.intake.fields import DATES, LEDGER_FIELDS
from yicheng_coord.intake.ledger import Ledger
from yicheng_coord.vocabulary import ShareBy

COLUMNS = (*LEDGER_FIELDS, "status", "holder", "sent_to", "decided_by", "copied_to")
"""What a staged row says of its case's transfer and decision, in this order."""

_OF_LEG = (
    "sent_on", "receiver", "received_on", "answered_on", "answer", "answer_reason", "referred_on",
)  # fmt: skip
_OF_DECISION = {
    "decided_on": "decided_on",
    "outcome": "outcome",
    "decision_text": "text",
    "decision_number": "number",
    "notified_on": "notified_on",
}
_TOLD = "FROM staged_ledger AS told JOIN staged ON staged.id = told.staged_id"
_LEG = (
    "SELECT id FROM transfer WHERE case_id = staged.case_id AND withdrawn_on IS NULL "
    "ORDER BY leg LIMIT 1"
)
_DECISION = "SELECT id FROM decision WHERE case_id = staged.case_id ORDER BY ordinal DESC LIMIT 1"


def make_table(connection: sqlite3.Connection) -> None:
    """Make the temporary table."""
    connection.execute(
        f"CREATE TEMP TABLE staged_ledger (staged_id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})"
    )


def stage(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows of (staged id, *COLUMNS) aside."""
    put(connection, "staged_ledger", ("staged_id", *COLUMNS), rows)


def put(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Insert rows into a temporary table.

    None is not handed over: `sqlite3` looks for an adapter of each, and takes longer over that than
    over ten texts. A column without anything is left out; in another a NUL, which no cell has, stands
    for it.
    """
    if not rows:
        return
    said: dict[str, tuple[str, Sequence[Any]]] = {}
    for name, values in zip(columns, zip(*rows, strict=True), strict=False):
        if None not in values:
            said[name] = "?", values
        elif any(value is not None for value in values):
            filled = ["\0" if value is None else value for value in values]
            said[name] = "nullif(?, char(0))", filled
    marks = ", ".join(mark for mark, _ in said.values())
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(said)}) VALUES ({marks})",
        zip(*(values for _, values in said.values()), strict=True),
    )


def told_of(connection: sqlite3.Connection, staged_id: int) -> Ledger:
    """Return what a staged row tells; all None where it only registers its case."""
    row = connection.execute(
        "SELECT * FROM staged_ledger WHERE staged_id = ?", (staged_id,)
    ).fetchone()
    if row is None:
        return Ledger()
    told = {field: row[field] for field in LEDGER_FIELDS} | {"receiver": row["sent_to"]}
    days = {field: date.fromisoformat(told[field]) for field in DATES if told.get(field)}
    return Ledger(**(told | days))


def same_as_case() -> str:
    """Return the condition that a row tells nothing of its case but what is on record."""
    theirs = {
        **{field: f"leg.{field}" for field in _OF_LEG},
        "transfer_number": "leg.number",
        **{field: f"made.{column}" for field, column in _OF_DECISION.items()},
        "closed_on": "there.closed_on",
    }
    return (
        "NOT EXISTS (SELECT 1 FROM staged_ledger AS told "
        f"LEFT JOIN transfer AS leg ON leg.id = ({_LEG}) "
        f"LEFT JOIN decision AS made ON made.id = ({_DECISION}) "
        f"WHERE told.staged_id = staged.id AND ({_any_differs(theirs)}))"
    )


def same_as_twin() -> str:
    """Return the condition that a row tells nothing but what an earlier row of the lists tells."""
    theirs = {field: f"earlier.{field}" for field in LEDGER_FIELDS}
    return (
        "NOT EXISTS (SELECT 1 FROM staged_ledger AS told "
        "LEFT JOIN staged_ledger AS earlier ON earlier.staged_id = staged.twin "
        f"WHERE told.staged_id = staged.id AND ({_any_differs(theirs)}))"
    )


def _any_differs(theirs: dict[str, str]) -> str:
    return " OR ".join(
        f"(told.{field} IS NOT NULL AND told.{field} IS NOT {column})"
        for field, column in theirs.items()
    )


def move_in(connection: sqlite3.Connection, case_id: str) -> None:
    """Record the transfers and decisions of the new cases; `case_id` is the SQL of their number."""
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM staged_ledger)").fetchone()[0]:
        return
    new = f"{_TOLD} WHERE staged.fate = 'new'"
    connection.execute(
        "INSERT INTO transfer (case_id, leg, sender, receiver, number, sent_on, received_on, "
        "answered_on, answer, answer_reason, referred_on) "
        f"SELECT {case_id}, 1, staged.found_by, told.sent_to, told.transfer_number, "
        "told.sent_on, told.received_on, told.answered_on, told.answer, told.answer_reason, "
        f"told.referred_on {new} AND told.sent_on IS NOT NULL ORDER BY staged.id"
    )
    decided = f"{new} AND told.decided_on IS NOT NULL"
    connection.execute(
        "INSERT INTO decision (case_id, ordinal, decided_by, decided_on, outcome, text, number, "
        f"notified_on) SELECT {case_id}, 1, told.decided_by, told.decided_on, told.outcome, "
        f"told.decision_text, told.decision_number, told.notified_on {decided} ORDER BY staged.id"
    )
    _copy_penalties(connection, case_id)


def _copy_penalties(connection: sqlite3.Connection, case_id: str) -> None:
    """Register the copies of penalties, 三（四）, as `information.penalty_copies` does."""
    (last,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM matter WHERE letter = 'I'"
    ).fetchone()
    copied = "WHERE staged.fate = 'new' AND told.copied_to IS NOT NULL"
    connection.execute(
        "INSERT INTO matter (letter, number, kind, title, owner, case_id, category, document, "
        "urgent, secrecy, details) "
        f"SELECT 'I', {last} + row_number() OVER (ORDER BY staged.id), 'penalty', "
        f"staged.title || '处罚决定', told.decided_by, {case_id}, 6, told.decision_number, 0, "
        f"'none', '{{\"decision\": 1}}' {_TOLD} {copied} ORDER BY staged.id"
    )
    of_matter = (
        f"{_TOLD} JOIN matter ON matter.case_id = {case_id} {copied} AND matter.letter = 'I'"
    )
    connection.execute(
        "INSERT INTO matter_party (matter_id, role, unit) "
        f"SELECT matter.id, 'addressee', told.copied_to {of_matter} ORDER BY matter.id"
    )
    for event, unit, day, medium in (
        ("penalty.decided", "NULL", "decided_on", "NULL"),
        ("info.shared", "told.copied_to", "notified_on", f"'{ShareBy.LETTER.value}'"),
    ):
        connection.execute(
            "INSERT INTO happening (matter_id, event, unit, happened_on, medium) "
            f"SELECT matter.id, '{event}', {unit}, told.{day}, {medium} {of_matter} "
            f"AND told.{day} IS NOT NULL ORDER BY matter.id"
        )
