"""Rows that hang on what an operation did, told by the tables' own foreign keys.

A matter hangs on the decision that it follows from too, which it names by case and ordinal.

Rows that the operation touched itself are no matter here: as long as nobody changed them since,
they are put back with the others.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from yicheng_coord.services.touched import Touched
from yicheng_coord.store.history import RECORDED

_HUNG_ON_MADE = (
    "SELECT DISTINCT (SELECT max(later.operation_id) FROM change AS later "
    "WHERE later.table_name = '{link.table}' AND later.row_id = there.id "
    "AND json_extract(later.after, '$.{link.column}') = made.row_id "
    "AND json_extract(later.before, '$.{link.column}') IS NOT made.row_id) "
    "FROM touched AS made CROSS JOIN {link.table} AS there ON there.{link.column} = made.row_id "
    "WHERE made.table_name = '{link.parent}' AND made.fate = 'made' AND there.id NOT IN "
    "(SELECT own.row_id FROM touched AS own WHERE own.table_name = '{link.table}')"
)
"""Of each row that points to one that the operation made: the operation that made it do so."""
_HANGS_ON_GONE = (
    "SELECT DISTINCT (SELECT max(gone.operation_id) FROM change AS gone "
    "WHERE gone.table_name = '{link.parent}' AND gone.row_id = wanted.parent "
    "AND gone.after IS NULL) FROM (SELECT "
    "(SELECT json_extract(before, '$.{link.column}') FROM change WHERE change.id = touched.first) "
    "AS parent FROM touched WHERE table_name = '{link.table}' AND fate IN ('changed', 'removed')) "
    "AS wanted WHERE wanted.parent IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM {link.parent} AS there WHERE there.id = wanted.parent) "
    "AND wanted.parent NOT IN (SELECT own.row_id FROM touched AS own "
    "WHERE own.table_name = '{link.parent}' AND own.fate = 'removed')"
)
"""Of each row that would point to one that is no more: the operation that took that away."""

_FOLLOWS_MADE = (
    "SELECT DISTINCT (SELECT max(later.operation_id) FROM change AS later "
    "WHERE later.table_name = 'matter' AND later.row_id = matter.id AND later.before IS NULL) "
    "FROM touched AS made CROSS JOIN decision ON decision.id = made.row_id "
    "CROSS JOIN matter ON matter.case_id = decision.case_id "
    "AND json_extract(matter.details, '$.decision') = decision.ordinal "
    "WHERE made.table_name = 'decision' AND made.fate = 'made' AND matter.id NOT IN "
    "(SELECT own.row_id FROM touched AS own WHERE own.table_name = 'matter')"
)
"""Of each matter that follows from a decision which the operation made: what made the matter."""
_OF_REMOVED = (
    "FROM touched JOIN change AS start ON start.id = touched.first WHERE touched.fate = 'removed'"
)
_FOLLOWS_GONE = (
    "SELECT DISTINCT (SELECT max(gone.operation_id) FROM change AS gone "
    "WHERE gone.table_name = 'decision' AND gone.after IS NULL "
    "AND json_extract(gone.before, '$.case_id') = wanted.of_case "
    "AND json_extract(gone.before, '$.ordinal') = wanted.ordinal) FROM (SELECT "
    "json_extract(start.before, '$.case_id') AS of_case, "
    "json_extract(json_extract(start.before, '$.details'), '$.decision') AS ordinal "
    f"{_OF_REMOVED} AND touched.table_name = 'matter' EXCEPT SELECT "
    "json_extract(start.before, '$.case_id'), json_extract(start.before, '$.ordinal') "
    f"{_OF_REMOVED} AND touched.table_name = 'decision') AS wanted "
    "WHERE wanted.ordinal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decision AS there "
    "WHERE there.case_id = wanted.of_case AND there.ordinal = wanted.ordinal)"
)
"""Of each matter that would come back without the decision that it follows from: what took that."""


class _Link(NamedTuple):
    """A column that points to the rows of another table."""

    table: str
    column: str
    parent: str


def hung_on(touched: Touched) -> set[int]:
    """Return the operations because of which it cannot be taken back.

    Later rows point to rows that it made; or what it would bring back points to rows that are
    gone since.
    """
    found: set[int] = set()
    for link in _links(touched.connection):
        for sql, table, fates in (
            (_HUNG_ON_MADE, link.parent, ("made",)),
            (_HANGS_ON_GONE, link.table, ("changed", "removed")),
        ):
            if any((table, fate) in touched.fates for fate in fates):
                rows = touched.connection.execute(sql.format(link=link))
                found.update(row[0] for row in rows if row[0] is not None)
    for sql, fate in (
        (_FOLLOWS_MADE, ("decision", "made")),
        (_FOLLOWS_GONE, ("matter", "removed")),
    ):
        if fate in touched.fates:
            rows = touched.connection.execute(sql)
            found.update(row[0] for row in rows if row[0] is not None)
    return found


def _links(connection: sqlite3.Connection) -> Iterator[_Link]:
    for table in RECORDED:
        for row in connection.execute(f"PRAGMA foreign_key_list({table})"):
            yield _Link(table, row["from"], row["table"])
