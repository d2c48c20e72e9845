"""Whether every stored duty is what the facts, its rule and the calendar say; none too many."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from yicheng_coord.checks.cases import ByCase, every_case
from yicheng_coord.checks.finding import Finding, Level, Place
from yicheng_coord.duties import COUNTED_BY, Clock, Engine, Timed
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.matters import MatterFacts
from yicheng_coord.policy.rules import Rule
from yicheng_coord.queries.labels import label
from yicheng_coord.queries.matters import matter_facts
from yicheng_coord.vocabulary import Kind, Roll

_DUTIES = (
    "SELECT * FROM duty WHERE case_id IS NOT NULL AND matter_id IS NULL "
    "ORDER BY case_id, subject, rule"
)
_OF_MATTER = "SELECT * FROM duty WHERE matter_id = ? ORDER BY subject, rule"
_CALENDAR_REACH = timedelta(days=31)
_SETTLES = "登记下一个事实时会重新算清；看是怎么来的：coord history {} -v"
_CALENDAR = "核对放假安排：coord calendar status；有新的通知就载入：coord calendar apply 文件"


def check_duties(place: Place) -> Iterator[Finding]:
    """Compute the duties of every case anew and compare."""
    comparison = _Comparison(place)
    stored = ByCase(place.reading.connection.execute(_DUTIES))
    for case in every_case(place.reading.connection):
        rows = stored.of(case.row["id"])
        yield from comparison.of(case.row["number"], case.facts, rows)
    connection = place.reading.connection
    for matter in connection.execute("SELECT * FROM matter ORDER BY id"):
        rows = connection.execute(_OF_MATTER, (matter["id"],)).fetchall()
        facts = matter_facts(connection, matter)
        yield from comparison.of(facts.ref, facts, rows)


class _Comparison:
    """Compares stored duties with computed ones, by one calendar and one pack."""

    def __init__(self, place: Place) -> None:
        connection = place.reading.connection
        self.engine = Engine(place.reading.policy, place.reading.workdays)
        self._known = {row[0] for row in connection.execute("SELECT DISTINCT rule FROM duty")}
        self._in_pack = {rule.id for rule in place.reading.policy.rules}
        self._rules: dict[tuple[Any, ...], Rule] = {}
        self._moved_days = _days_ever_moved(connection)

    def of(
        self, number: str, facts: CaseFacts | MatterFacts, stored: Sequence[sqlite3.Row]
    ) -> Iterator[Finding]:
        """Compare the duties of a case, or of a matter, with what its facts imply."""
        rows = {(row["rule"], row["subject"]): row for row in stored}
        for clock in self.engine.clocks(facts):
            row = rows.pop((clock.rule.id, clock.subject), None)
            if row is None:
                yield self.missing(number, clock)
            else:
                yield from self.compared(number, row, clock)
        for row in rows.values():
            yield from self.superfluous(number, row)

    def missing(self, number: str, clock: Clock) -> Finding:
        """A rule by which nothing was ever counted is new: what came before it has no duty."""
        is_new = clock.rule.id not in self._known
        return Finding(
            number,
            f"缺少时限“{clock.rule.label}”（{clock.subject}，{clock.started_on} 起算）",
            _SETTLES.format(number),
            Level.ADVICE if is_new else Level.ERROR,
        )

    def superfluous(self, number: str, row: sqlite3.Row) -> Iterator[Finding]:
        """What no fact implies must have ended; what was owed by a rule that is gone may stand."""
        if row["cancelled_on"] is None and row["rule"] in self._in_pack:
            what = f"时限“{self._rule(row).label}”没有所依据的事实"
            yield Finding(f"{number} D{row['id']}", what, _SETTLES.format(number))

    def compared(self, number: str, row: sqlite3.Row, clock: Clock) -> Iterator[Finding]:
        """Compare a duty with its clock, and its due day with the calendar."""
        where = f"{number} D{row['id']}"
        for column, is_now, should_be in self._differing(row, clock):
            what = self._words(row, column, is_now, should_be)
            yield Finding(where, what, _SETTLES.format(number))
        if not self._can_be_counted(row):
            return
        counted = self.engine.due(self._timed(row))
        due = (_iso(counted.on), _iso(counted.at))
        if due != (row["due_on"], row["due_at"]):
            what = f"{self._words(row, 'due_on', row['due_on'], due[0])}（按日历）"
            level = Level.ADVICE if row["provisional"] else Level.ERROR
            yield Finding(where, what, _CALENDAR, level)

    def _words(self, row: sqlite3.Row, column: str, is_now: object, should_be: object) -> str:
        """“反馈移送意见”：完成日期 空，应为 2026-11-21."""
        name = label("duty", column)
        return f"“{self._rule(row).label}”：{name} {_said(is_now)}，应为 {_said(should_be)}"

    def _differing(self, row: sqlite3.Row, clock: Clock) -> Iterator[tuple[str, Any, Any]]:
        if row["rule_version"] == clock.rule.version:
            for column, value in clock.stored().items():
                if column not in COUNTED_BY and row[column] != (should := _stored(value)):
                    yield column, row[column], should
        if row["is_waived"]:
            return
        if row["met_on"] != _iso(clock.met_on):
            yield "met_on", row["met_on"], _iso(clock.met_on)
        if row["met_at"] != _iso(clock.met_at):
            yield "met_at", row["met_at"], _iso(clock.met_at)
        if (row["cancelled_on"] is None) != (clock.ended_on is None):
            yield "cancelled_on", row["cancelled_on"], _iso(clock.ended_on)

    def _timed(self, row: sqlite3.Row) -> Timed:
        at, urgent_on = row["started_at"], row["urgent_on"]
        return Timed(
            self._rule(row),
            date.fromisoformat(row["started_on"]),
            datetime.fromisoformat(at) if at else None,
            bool(row["urgent"]),
            date.fromisoformat(urgent_on) if urgent_on else None,
            row["extended_by"],
        )

    def _rule(self, row: sqlite3.Row) -> Rule:
        """Return the rule as this duty was counted by it."""
        key = (row["rule"], row["rule_version"], row["kind"], row["days"], row["roll"])
        if key not in self._rules:
            name, version, kind, days, roll = key
            policy = self.engine.policy
            self._rules[key] = policy.counted_as(name, version, Kind(kind), days, Roll(roll))
        return self._rules[key]

    def _can_be_counted(self, row: sqlite3.Row) -> bool:
        """What is over keeps its due day, though the calendar moved, or became known, since."""
        if row["met_on"] is None and row["cancelled_on"] is None:
            return True
        if row["provisional"] or row["due_on"] is None:
            return False
        first, last = sorted(date.fromisoformat(row[name]) for name in ("started_on", "due_on"))
        reach = (first - _CALENDAR_REACH, last + _CALENDAR_REACH)
        return not any(reach[0] <= day <= reach[1] for day in self._moved_days)


def _days_ever_moved(connection: sqlite3.Connection) -> set[date]:
    rows = connection.execute(
        "SELECT DISTINCT json_extract(coalesce(after, before), '$.day') FROM change "
        "WHERE table_name = 'calendar_day'"
    )
    return {date.fromisoformat(row[0]) for row in rows}


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _stored(value: Any) -> Any:  # noqa: ANN401 – whatever a column holds
    return value.isoformat() if isinstance(value, date) else value


def _said(value: object) -> str:
    return "空" if value is None else str(value)
