"""Cases and transfers as lists."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.queries.cases import transfer_json
from yicheng_coord.queries.reading import Reading

_SEARCHED = ("number", "external_number", "title", "cause", "party", "place", "summary")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases: each condition narrows."""

    status: str | None = None
    unit: str | None = None
    since: date | None = None
    until: date | None = None
    search: str = ""

    def sql(self) -> tuple[str, list[Any]]:
        """Return the WHERE clause and its values."""
        conditions: list[tuple[str, list[Any]]] = []
        if self.status:
            conditions.append(("status = ?", [self.status]))
        if self.unit:
            conditions.append(("(found_by = ? OR holder = ?)", [self.unit, self.unit]))
        if self.since:
            conditions.append(("found_on >= ?", [self.since.isoformat()]))
        if self.until:
            conditions.append(("found_on <= ?", [self.until.isoformat()]))
        if self.search:
            like = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in _SEARCHED)
            conditions.append((f"({like})", [_pattern(self.search)] * len(_SEARCHED)))
        where = " AND ".join(condition for condition, _ in conditions)
        values = [value for _, some in conditions for value in some]
        return (f" WHERE {where}" if where else ""), values


def _pattern(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def list_cases(reading: Reading, wanted: CaseFilter) -> list[dict[str, Any]]:
    """Return the cases asked for, by number; each as its own columns, without what is masked."""
    where, values = wanted.sql()
    is_dated = wanted.since or wanted.until
    order = "+year, +seq" if is_dated else "year, seq"  # by the days' index, not through all cases
    rows = reading.connection.execute(
        "SELECT number, external_number, title, cause, party, place, source, found_by, found_on, "
        f"competent, determined_on, holder, status, urgent FROM case_file{where} ORDER BY {order}",
        values,
    )
    return [dict(row) | {"urgent": bool(row["urgent"])} for row in rows]


def list_transfers(reading: Reading, unit: str | None) -> list[dict[str, Any]]:
    """Return all legs, or those that a unit sent or received, by case and leg."""
    where = " WHERE sender = ? OR receiver = ?" if unit else ""
    rows = reading.connection.execute(
        f"SELECT * FROM transfer_list{where} ORDER BY case_id, leg",
        [unit, unit] if unit else [],
    )
    return [transfer_json(row) for row in rows]
