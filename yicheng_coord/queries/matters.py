"""Matters (I, R, H, Q …) as they are named, read and listed."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.masking import masked_lead
from yicheng_coord.policy.extensions import Told
from yicheng_coord.policy.intervals import period_named
from yicheng_coord.policy.matters import LETTERS, MEETING_OWED, Happened, MatterFacts
from yicheng_coord.queries.case_facts import happened
from yicheng_coord.queries.duties import Duty, of_matter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.regular_meetings import first_held_in
from yicheng_coord.text import harmless

_REF = re.compile(r"([A-Za-z])0*([1-9]\d{0,17})")
SECRETS = {"commercial": "（商业秘密）", "privacy": "（个人隐私）"}
"""What lists show instead of a marked item, 四（二）3."""
LEAD = "misconduct"
"""The kind of a lead on misconduct in office, whose words lists mask."""


class UnknownMatterError(RefusedError):
    """Nothing bears that reference."""

    def __init__(self, ref: str, letter: str) -> None:
        name = LETTERS[letter].name
        super().__init__(f"没有这项{name}：“{harmless(ref)}”。", f"编号形如 {letter}3。")


def is_matter_ref(ref: str) -> bool:
    """Whether it has the form of a matter's reference."""
    match = _REF.fullmatch(_plain(ref))
    return bool(match) and match[1].upper() in LETTERS if match else False


def matter_row(connection: sqlite3.Connection, ref: str, letter: str = "") -> sqlite3.Row:
    """Find a matter by its reference; `letter`: which sort is asked for (18 is enough then).

    Raises:
        UnknownMatterError: nothing bears it.

    """
    plain = _plain(ref)
    match = _REF.fullmatch(plain if not plain.isdigit() else f"{letter}{plain}")
    if match and letter in ("", match[1].upper()):
        row: sqlite3.Row | None = connection.execute(
            "SELECT * FROM matter WHERE letter = ? AND number = ?",
            (match[1].upper(), int(match[2])),
        ).fetchone()
        if row is not None:
            return row
    raise UnknownMatterError(ref, letter or (match[1].upper() if match else "I"))


def _plain(ref: str) -> str:
    return unicodedata.normalize("NFKC", ref).strip()


def matter_ref(row: sqlite3.Row) -> str:
    """I18."""
    return f"{row['letter']}{row['number']}"


def matter_facts(connection: sqlite3.Connection, row: sqlite3.Row) -> MatterFacts:
    """Collect what is on record about a matter."""
    parties = connection.execute(
        "SELECT role, unit FROM matter_party WHERE matter_id = ? ORDER BY id", (row["id"],)
    )
    happenings = happenings_of(connection, row["id"])
    return MatterFacts(
        ref=matter_ref(row),
        kind=row["kind"],
        owner=row["owner"],
        parties=tuple((party["role"], party["unit"]) for party in parties),
        happened=(
            *(happened(one, one["unit"]) for one in happenings),
            *_of_its_case(connection, row),
            *_of_its_meetings(connection, row),
        ),
        extensions=tuple(_extensions(happenings)),
        urgent=bool(row["urgent"]),
        urgent_on=_day(row["urgent_on"]),
    )


def happenings_of(connection: sqlite3.Connection, matter_id: int) -> list[sqlite3.Row]:
    """Return the course of a matter, by day."""
    sql = "SELECT * FROM happening WHERE matter_id = ? ORDER BY happened_on, id"
    return connection.execute(sql, (matter_id,)).fetchall()


def _of_its_case(connection: sqlite3.Connection, row: sqlite3.Row) -> Iterator[Happened]:
    """What is asked in a case is no longer owed when it is void; what is enforced was decided."""
    if row["case_id"] is None:
        return
    found = connection.execute("SELECT voided_on FROM case_file WHERE id = ?", (row["case_id"],))
    if voided_on := found.fetchone()["voided_on"]:
        yield Happened("case.voided", date.fromisoformat(voided_on))
    if row["letter"] == "E":
        made = connection.execute(
            "SELECT decided_on FROM decision WHERE case_id = ? AND ordinal = ?",
            (row["case_id"], json.loads(row["details"])["decision"]),
        ).fetchone()
        yield Happened("decision.made", date.fromisoformat(made["decided_on"]))


def _of_its_meetings(connection: sqlite3.Connection, row: sqlite3.Row) -> Iterator[Happened]:
    """What an interval owes is met by whichever regular meeting was held in it first."""
    if row["letter"] != MEETING_OWED:
        return
    period = period_named(json.loads(row["details"])["interval"])
    if held_on := first_held_in(connection, period):
        yield Happened("meeting.held", held_on)


def _extensions(happenings: list[sqlite3.Row]) -> Iterator[tuple[str, Told]]:
    """Yield (party, what it told); what it does is judged where the due day is known."""
    for row in happenings:
        if row["event"] == "request.extended":
            yield row["unit"], told_of(row)


def told_of(row: sqlite3.Row) -> Told:
    """Return what an extension on record says."""
    return Told(json.loads(row["details"])["days"], date.fromisoformat(row["happened_on"]))


@dataclass(frozen=True)
class MatterSheet:
    """Everything about one matter."""

    row: sqlite3.Row
    facts: MatterFacts
    happenings: list[sqlite3.Row]
    duties: list[Duty]
    case_number: str | None
    reading: Reading

    @property
    def ref(self) -> str:
        """I18."""
        return self.facts.ref

    @property
    def title(self) -> str:
        """The title as it may be shown."""
        return self.shown(self.row["title"]) or ""

    def shown(self, text: str | None) -> str | None:
        """Return a text of a marked matter as it may be shown."""
        secret = SECRETS.get(self.row["secrecy"])
        return text if not secret or not text or self.reading.is_unmasked else secret

    @property
    def text(self) -> str | None:
        """What it says, as it may be shown; a lead on misconduct in office names people."""
        text = self.shown(self.row["text"])
        is_whole = self.row["kind"] != LEAD or self.reading.is_unmasked
        return text if is_whole or not text else masked_lead(text)

    def unit_name(self, code: str | None) -> str:
        """Return the name that lists print."""
        return self.reading.unit_name(code)

    @property
    def details(self) -> dict[str, Any]:
        """What is kept of its kind alone."""
        kept: dict[str, Any] = json.loads(self.row["details"] or "{}")
        return kept

    def days(self, event: str, unit: str | None = None) -> str | None:
        """Return the day of an event, for a party, as ISO text."""
        found = self.facts.of(event, unit)
        return found.on.isoformat() if found else None

    def latest(self, event: str, unit: str | None = None) -> sqlite3.Row | None:
        """Return the last such happening that concerns a party, as it is on record."""
        rows = (row for row in reversed(self.happenings) if row["event"] == event)
        return next((row for row in rows if unit is None or row["unit"] in (None, unit)), None)

    def said(self, event: str, unit: str) -> dict[str, str | None]:
        """Return what was said then, by a party, as it may be shown: `text` and the details."""
        for row in self.happenings:
            if row["event"] == event and row["unit"] == unit:
                said = json.loads(row["details"] or "{}") | {"text": row["text"]}
                return {name: self.shown(text) for name, text in said.items()}
        return {}


def matter_sheet(reading: Reading, ref: str, letter: str = "") -> MatterSheet:
    """Read everything about one matter.

    Raises:
        UnknownMatterError: nothing bears that reference.

    """
    return sheet_of_matter(reading, matter_row(reading.connection, ref, letter))


def sheet_of_matter(reading: Reading, row: sqlite3.Row) -> MatterSheet:
    """Read everything about the matter of a row."""
    connection = reading.connection
    return MatterSheet(
        row=row,
        facts=matter_facts(connection, row),
        happenings=happenings_of(connection, row["id"]),
        duties=of_matter(reading, row["id"]),
        case_number=_case_number(connection, row["case_id"]),
        reading=reading,
    )


def _case_number(connection: sqlite3.Connection, case_id: int | None) -> str | None:
    if case_id is None:
        return None
    row = connection.execute("SELECT number FROM case_file WHERE id = ?", (case_id,)).fetchone()
    return str(row["number"])


def list_matters(
    reading: Reading,
    letter: str,
    *,
    kind: str | None = None,
    unit: str | None = None,
    case_id: int | None = None,
) -> list[MatterSheet]:
    """Return the matters of a letter by number; `unit`: whose it is, or that has a part in it."""
    rows = reading.connection.execute(
        "SELECT * FROM matter WHERE letter = :letter AND (:kind IS NULL OR kind = :kind) "
        "AND (:case_id IS NULL OR case_id = :case_id) "
        "AND (:unit IS NULL OR owner = :unit OR EXISTS (SELECT 1 FROM matter_party "
        "WHERE matter_party.matter_id = matter.id AND matter_party.unit = :unit)) ORDER BY number",
        {"letter": letter, "kind": kind, "case_id": case_id, "unit": unit},
    )
    return [sheet_of_matter(reading, row) for row in rows.fetchall()]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
