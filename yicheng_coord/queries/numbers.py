"""Numbers of papers: which were given out, and how a unit's series goes on."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from yicheng_coord.queries.reading import Reading

ANY_KIND = "*"
_OF_CASE = "case_id = :case_id AND matter_id IS NULL"
_OF_MATTER = "matter_id = :matter_id"
_OF_REMINDER = "reminder_id = :reminder_id"


@dataclass(frozen=True, slots=True)
class PaperKey:
    """Which paper a number belongs to.

    Attributes:
        kind: transfer, receipt …
        case_id: the row of its case, if it has one.
        addressee: the unit, where there is a paper for each of several.
        matter_id: the row of its matter, where it is about one.
        unit: whose it is, where each of several writes one.
        until: the day (ISO) up to which it may bear, likewise.
        reminder_id: the row of the 催办函 or 督办通知 that it is.
        since: the day (ISO) from which on it may bear: what was numbered before is another one.

    """

    kind: str
    case_id: int | None
    addressee: str | None = None
    matter_id: int | None = None
    unit: str | None = None
    since: str | None = None
    reminder_id: int | None = None
    until: str | None = None

    @property
    def condition(self) -> str:
        """On `paper_number`: what the paper is about."""
        if self.reminder_id:
            return _OF_REMINDER
        return _OF_MATTER if self.matter_id else _OF_CASE


def number_of(reading: Reading, key: PaperKey) -> str | None:
    """Return the number that a paper was given last."""
    row = reading.connection.execute(
        f"SELECT number FROM paper_number WHERE {key.condition} "
        "AND kind = :kind AND addressee IS :addressee AND (:unit IS NULL OR unit = :unit) "
        "AND (:since IS NULL OR dated_on >= :since) AND (:until IS NULL OR dated_on <= :until) "
        "ORDER BY id DESC LIMIT 1",
        asdict(key),
    ).fetchone()
    return str(row["number"]) if row else None


def series_for(reading: Reading, unit: str, kind: str) -> sqlite3.Row | None:
    """Return the series of a unit's papers of a kind: its own, else that of all others."""
    row: sqlite3.Row | None = reading.connection.execute(
        "SELECT * FROM number_series WHERE unit = ? AND kind IN (?, ?) ORDER BY kind = ? LIMIT 1",
        (unit, kind, ANY_KIND, ANY_KIND),
    ).fetchone()
    return row


def forms_of(reading: Reading, unit: str) -> frozenset[str]:
    """Return the forms of all series of a unit."""
    rows = reading.connection.execute("SELECT form FROM number_series WHERE unit = ?", (unit,))
    return frozenset(row["form"] for row in rows)


def last_seq(reading: Reading, form: str, year: int) -> int:
    """Return the highest count of a form in a year; 0 where there is none."""
    row = reading.connection.execute(
        "SELECT max(seq) FROM paper_number WHERE form = ? AND year = ?", (form, year)
    ).fetchone()
    return int(row[0] or 0)


def next_seq(reading: Reading, series: sqlite3.Row, year: int) -> int:
    """Return the count with which a series goes on in a year."""
    first = series["first_seq"] if year == series["first_year"] else 1
    return max(last_seq(reading, series["form"], year) + 1, first)


@dataclass(frozen=True, slots=True)
class NumberView:
    """A row of the list of numbers."""

    row: sqlite3.Row
    unit_name: str
    addressee_name: str

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a number."""
        keys = ("number", "unit", "kind", "case", "matter", "addressee", "dated_on")
        return {key: self.row[key] for key in keys}


def list_numbers(reading: Reading, *, unit: str | None, year: int | None) -> list[NumberView]:
    """Return the numbers that were given out, in the order of giving."""
    wanted = {"paper_number.unit = ?": unit, "paper_number.year = ?": year}
    given = {condition: value for condition, value in wanted.items() if value is not None}
    where = f" WHERE {' AND '.join(given)}" if given else ""
    rows = reading.connection.execute(
        'SELECT paper_number.*, case_file.number AS "case", '
        "matter.letter || matter.number AS matter FROM paper_number "
        "LEFT JOIN case_file ON case_file.id = paper_number.case_id "
        f"LEFT JOIN matter ON matter.id = paper_number.matter_id{where} "
        "ORDER BY paper_number.id",
        tuple(given.values()),
    ).fetchall()
    return [
        NumberView(row, reading.unit_name(row["unit"]), reading.unit_name(row["addressee"]))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A row of the list of series, with its next number this year."""

    row: sqlite3.Row
    unit_name: str
    year: int
    next: int

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a series."""
        kind = None if self.row["kind"] == ANY_KIND else self.row["kind"]
        return {"unit": self.row["unit"], "kind": kind, "form": self.row["form"], "next": self.next}


def list_series(reading: Reading, *, unit: str | None) -> list[SeriesView]:
    """Return the series, by unit and kind."""
    rows = reading.connection.execute(
        "SELECT * FROM number_series WHERE (:unit IS NULL OR unit = :unit) ORDER BY unit, kind",
        {"unit": unit},
    ).fetchall()
    year = reading.today.year
    return [
        SeriesView(row, reading.unit_name(row["unit"]), year, next_seq(reading, row, year))
        for row in rows
    ]
