"""Good rows and the duties that they imply, on their way into the temporary tables."""

import sqlite3
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import count, repeat
from json.encoder import encode_basestring as _quoted
from operator import itemgetter
from typing import Any, NamedTuple

from yicheng_coord.duties import Engine
from yicheng_coord.intake.blocks import Block
from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.decode import Table
from yicheng_coord.intake.fields import SLOTS
from yicheng_coord.intake.header import Header
from yicheng_coord.intake.ledger import WORDS, Ledger
from yicheng_coord.intake.mapping import Map
from yicheng_coord.intake.report import FileReport
from yicheng_coord.intake.rows import BadRow, CleanRow, SkippedRow
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.references import looks_like_ours
from yicheng_coord.services import staged_ledger, staging
from yicheng_coord.services.identity import natural_key
from yicheng_coord.services.ledgers import (
    Outlook,
    cautions,
    duties_of,
    facts_of_row,
    lacks_reason,
    objections,
    outlook,
    stored,
)

_BATCH = 2_000
_BLANK = _quoted("")
_MOST_REMEMBERED = 20_000
_descriptive = itemgetter(
    *(SLOTS[name] for name in ("found_by", "found_on", "party", "title", "place", "cause"))
)
_deciding = itemgetter(
    *(SLOTS[name] for name in ("found_by", "found_on", "competent", "determined_on", "urgent"))
)
"""What decides over the duties of a case that is only registered."""
_facts_in = itemgetter(*(n for n, name in enumerate(Ledger._fields) if name not in WORDS))
"""What a ledger adds to that."""
_FINDER, _FOUND, _COMPETENT = SLOTS["found_by"], SLOTS["found_on"], SLOTS["competent"]
_DETERMINED, _URGENT, _NUMBER = SLOTS["determined_on"], SLOTS["urgent"], SLOTS["external_number"]

_OURS = "来源编号与本系统的案件编号同形，查找时以本系统的编号为准"

Rows = Iterator[Block | CleanRow | BadRow | SkippedRow]
_Judged = tuple[list[Reason], int]
"""Why a case cannot be, and the number under which what it owes was put aside."""


class _Told(NamedTuple):
    """What follows from what a row of a ledger tells."""

    reasons: list[Reason]
    owed: int
    then: Outlook
    cautions: list[str]


Progress = Callable[[str, int], None]
"""Is told a file's name and the rows read of it so far."""


@dataclass
class Load:
    """One file while it is read: its report, and the rows to give back."""

    report: FileReport
    header: Header
    table: Table
    bad: list[BadRow] = field(default_factory=list)
    warned: dict[str, list[int]] = field(default_factory=dict)


class Stage:
    """Takes the rows of one file after the other (step 2 of an import)."""

    def __init__(self, engine: Engine, units: Units, sheet_map: Map, today: date) -> None:
        self._engine, self._units, self._today = engine, units, today
        self._origin = sheet_map.name
        self._known: dict[Hashable, _Judged] = {}
        self._told: dict[Hashable, _Told] = {}
        self._cases: list[tuple[Any, ...]] = []
        self._ledgers: list[tuple[Any, ...]] = []
        self._owed: list[tuple[Any, ...]] = []
        self._next_id = 1
        self._judged = 0
        self.loads: list[Load] = []

    def take(
        self,
        connection: sqlite3.Connection,
        load: Load,
        rows: Rows,
        progress: Progress,
    ) -> None:
        """Read one file to its end; `progress` is told the rows read so far."""
        number, report = len(self.loads), load.report
        self.loads.append(load)
        for row in rows:
            report.read += 1
            if isinstance(row, Block):
                report.read += len(row.lines) - 1
                self._take_block(number, load, row)
            elif isinstance(row, CleanRow):
                self._take_row(number, load, row)
            elif isinstance(row, BadRow):
                load.bad.append(row)
            else:
                report.skipped[row.why] += 1
            if len(self._cases) >= _BATCH:
                self._flush(connection)
                progress(report.path.name, report.read)
        self._flush(connection)
        progress(report.path.name, report.read)

    def _take_block(self, number: int, load: Load, block: Block) -> None:
        """Take rows at once, unless one of them is to be given back or to be told of."""
        judged = [
            self._known.get(key) or self._judge_once(key, _registered(*key))
            for key in zip(*_deciding(block.values), strict=True)
        ]
        is_named_like_ours = any(one and looks_like_ours(str(one)) for one in block.values[_NUMBER])
        if is_named_like_ours or any(reasons for reasons, _ in judged):
            for row in block.rows():
                self._take_row(number, load, row)
            return
        self._cases += self._cases_of(number, block, [owed for _, owed in judged])
        self._next_id += len(block.lines)

    def _cases_of(
        self, number: int, block: Block, owed: Sequence[int]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what `_case` returns of each row."""
        values: list[Sequence[Any]] = list(block.values)
        finders, competent = values[_FINDER], values[_COMPETENT]
        values[_FOUND] = [day.isoformat() for day in values[_FOUND]]
        values[_DETERMINED] = [day and day.isoformat() for day in values[_DETERMINED]]
        values[_URGENT] = [1 if one else 0 for one in values[_URGENT]]
        origins = [self._origin] * len(finders) if self._origin else finders
        described = zip(
            values[_NUMBER], origins, zip(*_descriptive(values), strict=True), strict=True
        )
        keys = [
            natural_key(external_number=one, origin=origin, descriptive=descriptive)
            for one, origin, descriptive in described
        ]
        disclaimed_on = [
            day if there is not None and there != finder else None
            for finder, there, day in zip(finders, competent, values[_DETERMINED], strict=True)
        ]
        return zip(
            count(self._next_id), repeat(number), block.lines, repeat(None), owed, *values,
            origins, keys, disclaimed_on, _extras_as_json(block.extras, len(finders)),
        )  # fmt: skip

    def _take_row(self, number: int, load: Load, row: CleanRow) -> None:
        told = None
        if row.ledger:
            told = self._judge_ledger(_deciding(row.values), row.ledger)
            reasons, owed = [*told.reasons, *lacks_reason(row.ledger)], told.owed
        else:
            deciding = _deciding(row.values)
            reasons, owed = self._known.get(deciding) or self._judge_once(
                deciding, _registered(*deciding)
            )
        if reasons:
            load.bad.append(BadRow(row.line, reasons, row.raw))
            return
        self._cases.append(self._case(number, row, owed))
        if told and row.ledger:
            self._ledgers.append((self._next_id, *stored(row.ledger, told.then)))
            row.warnings.extend(told.cautions)
        self._next_id += 1
        external_number = row.values[_NUMBER]
        if external_number and looks_like_ours(str(external_number)):
            row.warnings.append(_OURS)
        for warning in row.warnings:
            load.warned.setdefault(warning, []).append(row.line)

    def _flush(self, connection: sqlite3.Connection) -> None:
        staging.stage_cases(connection, self._cases)
        staged_ledger.stage(connection, self._ledgers)
        staging.stage_duties(connection, self._owed)
        for rows in (self._cases, self._ledgers, self._owed):
            rows.clear()

    def _judge_once(self, key: Hashable, facts: CaseFacts) -> _Judged:
        """Say why a case cannot be, and put aside what it owes: once for all rows alike."""
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        reasons = list(objections(facts, self._units, self._today))
        self._judged += 1
        if not reasons:
            self._owed += [(self._judged, *duty) for duty in duties_of(self._engine, facts)]
        judged = self._known[key] = reasons, self._judged
        return judged

    def _judge_ledger(self, deciding: tuple[Any, ...], ledger: Ledger) -> _Told:
        """Do the same for all rows that tell of the same days, units and answers."""
        key = deciding, _facts_in(ledger)
        if told := self._told.get(key):
            return told
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        facts = facts_of_row(_registered(*deciding), ledger)
        reasons, owed = self._judge_once(key, facts)
        told = self._told[key] = _Told(reasons, owed, outlook(facts), list(cautions(facts)))
        return told

    def _case(self, number: int, row: CleanRow, owed: int) -> tuple[Any, ...]:
        values: list[Any] = list(row.values)
        finder, competent = values[_FINDER], values[_COMPETENT]
        origin = (row.ours and row.ours.origin) or self._origin or finder
        values[_FOUND] = values[_FOUND].isoformat()
        if values[_DETERMINED]:
            values[_DETERMINED] = values[_DETERMINED].isoformat()
        values[_URGENT] = 1 if values[_URGENT] else 0
        key = natural_key(
            external_number=values[_NUMBER], origin=origin, descriptive=_descriptive(values)
        )
        is_elsewhere = competent is not None and competent != finder
        disclaimed_on = values[_DETERMINED] if is_elsewhere else None
        extra = _as_json(row.extra) if row.extra else None
        ours = row.ours.number if row.ours else None
        return (
            self._next_id, number, row.line, ours, owed, *values, origin, key, disclaimed_on, extra,
        )  # fmt: skip

    def changed_rows(self, connection: sqlite3.Connection) -> list[sqlite3.Row]:
        """Return the rows whose case reads otherwise, once the new ones have moved in."""
        staging.follow_twins(connection)
        return [
            row
            for number in range(len(self.loads))
            for row in staging.rows_with_fate(connection, number, "changed")
        ]


def _registered(
    finder: str, found_on: date, competent: str | None, determined_on: date | None, urgent: object
) -> CaseFacts:  # fmt: skip
    return CaseFacts(
        finder=finder,
        found_on=found_on,
        competent=competent,
        determined_on=determined_on,
        disclaimed_on=determined_on if competent != finder else None,
        urgent=bool(urgent),
    )


def _extras_as_json(extras: Sequence[tuple[str, Sequence[str]]], rows: int) -> Iterator[str | None]:
    """Yield the same as `_as_json` of each row; None where it says nothing beside."""
    said = [
        [f"{_quoted(name)}: {text}" if text != _BLANK else "" for text in map(_quoted, texts)]
        for name, texts in sorted(extras)
    ]
    beside = map(", ".join, map(partial(filter, None), zip(*said, strict=True)))
    return (f"{{{pairs}}}" if pairs else None for pairs in beside) if said else repeat(None, rows)


def _as_json(extra: dict[str, str]) -> str:
    """As `json.dumps(extra, ensure_ascii=False, sort_keys=True)`, at a third of its cost."""
    return (
        f"{{{', '.join([f'{_quoted(name)}: {_quoted(extra[name])}' for name in sorted(extra)])}}}"
    )
