"""Rows as values of a case: every row comes out clean, bad with its reasons, or skipped."""

import re
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple, cast

from yicheng_coord.intake.cells import (
    BETWEEN,
    EXACT_DIGITS_BELOW,
    LOST,
    Reason,
    Value,
    cleaned_text,
    needs_cleaning,
    plain_text,
    shown,
)
from yicheng_coord.intake.decode import Cell, Table
from yicheng_coord.intake.fields import (
    EXTRA_LIMIT,
    FIELDS,
    LABELS,
    SLOTS,
    TEXT_LIMIT,
    TITLE_LIMIT,
)
from yicheng_coord.intake.header import Header, place_name
from yicheng_coord.intake.identity import has_wrong_check_digit, with_capital_x
from yicheng_coord.intake.ledger import Ledger, read_ledger
from yicheng_coord.intake.mapping import Map
from yicheng_coord.intake.ours import ONLY_SHOWN, Ours
from yicheng_coord.intake.plan import Plan, plan_of
from yicheng_coord.policy.units import Units
from yicheng_coord.text import folded

_FOUND_ON, _DETERMINED_ON = SLOTS["found_on"], SLOTS["determined_on"]
_TITLE, _CAUSE, _PARTY, _PLACE = SLOTS["title"], SLOTS["cause"], SLOTS["party"], SLOTS["place"]
_SUMMARY, _PARTY_ID, _SOURCE = SLOTS["summary"], SLOTS["party_id"], SLOTS["source"]
_URGENT = SLOTS["urgent"]
_REQUIRED = (SLOTS["found_on"], SLOTS["found_by"], SLOTS["title"])
_required = itemgetter(*_REQUIRED)

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|总数)[:]?\d*[件条起宗个]?")
_FOOTNOTE = re.compile(
    r"[*※]|(?:附?注|备注|说明|填[表报]|制表|审[核批]|复核|经办|(?:单位)?负责人|以上)\S*"
)
_MOST_FOOTNOTES = 4

BLANK, TOTAL, FOOTNOTE, REPEATED = "空行", "合计行", "表尾说明", "重复的表头"


class CleanRow(NamedTuple):
    """A row that can be registered.

    Attributes:
        line: as a person finds it in the file.
        values: in the order of FIELDS: text, date for the two days, unit codes for the two units,
            a word of `vocabulary.Source`, bool for urgent; None where the list says nothing.
        extra: heading → text of what no field takes.
        warnings: sentences; the row is taken nonetheless.
        raw: its cells as they stood.
        ledger: what the list says beyond registration.
        ours: which case it is, in a list that was exported here.

    """

    line: int
    values: tuple[Value, ...]
    extra: dict[str, str]
    warnings: list[str]
    raw: list[str]
    ledger: Ledger | None = None
    ours: Ours | None = None


class BadRow(NamedTuple):
    """A row that is given back, with every reason at once."""

    line: int
    reasons: list[Reason]
    raw: list[str]


class SkippedRow(NamedTuple):
    """A row that is no case: BLANK, TOTAL, FOOTNOTE, REPEATED."""

    line: int
    why: str


def read_rows(
    table: Table, header: Header, sheet_map: Map | None, units: Units, today: date
) -> Iterator[CleanRow | BadRow | SkippedRow]:
    """Read the rows below the header, one at a time; each comes out as exactly one of the three.

    Raises:
        MissingColumnsError: a required field has neither column nor default. Raised at once.
        RefusedError: the map names a unit or a default that cannot be read.

    """
    plan = plan_of(header, sheet_map or Map(), units, today)
    return _rows(table, header, Reader(table, header, plan))


def _rows(
    table: Table, header: Header, reader: "Reader"
) -> Iterator[CleanRow | BadRow | SkippedRow]:
    start = header.line
    for line, cells in table.rows():
        if line > start:
            yield reader.read(line, cells)


class Reader:
    """Reads one row after the other; what the header says is settled in the plan."""

    def __init__(self, table: Table, header: Header, plan: Plan) -> None:
        self._counts = table.cleaned
        self._headings = header.headings
        self._width = len(header.headings)
        self._plan = plan
        self._folded = [folded(heading) for heading in header.headings]

    def read(self, line: int, row: list[Cell]) -> CleanRow | BadRow | SkippedRow:
        """Return the row as exactly one of the three."""
        warnings: list[str] = []
        raw = cast("list[str]", row)
        try:
            joined = BETWEEN.join(raw)
        except TypeError:  # a cell of a workbook is a number or a day; mostly all are texts
            raw = _texts(row, warnings)
            joined = BETWEEN.join(raw)
        if not joined or joined.isspace():
            return SkippedRow(line, BLANK)
        ours = self._plan.ours
        if ours:
            cells = ours.whole(raw, warnings)
        else:
            cells = self._cleaned(raw, joined, warnings) if needs_cleaning(joined) else raw
        # One blank cell more: it is where fields look that the list does not have.
        cells = [*cells, ""] if len(cells) == self._width else self._fitted(cells)
        values, reasons, extra = self._values(cells, warnings)
        ledger = self._ledger(cells, reasons, warnings, extra)
        if len(joined) > TITLE_LIMIT:
            reasons += _too_long(values, extra, ledger, is_ours=ours is not None)
        if (reasons or self._plan.is_day_given) and (why := self._no_case(cells, values)):
            return SkippedRow(line, why)
        if reasons:
            return BadRow(line, reasons, raw)
        known = ours.ours(cells) if ours else None
        return CleanRow(line, tuple(values), extra, warnings, raw, ledger, known)

    def _ledger(
        self, cells: list[str], reasons: list[Reason], warnings: list[str], extra: dict[str, str]
    ) -> Ledger | None:
        plan, ours = self._plan.ledger, self._plan.ours
        if plan is None:
            return None
        if ours and cells[ours.view_only]:
            warnings.append(ONLY_SHOWN)
            return None
        return read_ledger(plan, cells, reasons, warnings, extra)

    def _cleaned(self, raw: list[str], joined: str, warnings: list[str]) -> list[str]:
        if LOST.search(joined):
            warnings.append("有“??”一类的字符，原来的字可能已经丢失")
        return [cleaned_text(cell, self._counts) for cell in raw]

    def _fitted(self, cells: list[str]) -> list[str]:
        return [*cells, *[""] * max(self._width - len(cells), 0), ""]

    def _values(
        self, cells: list[str], warnings: list[str]
    ) -> tuple[list[Value], list[Reason], dict[str, str]]:
        plan = self._plan
        values: list[Value] = [cell or None for cell in plan.pick(cells)]
        reasons = self._understand(values)
        extra = {name: cell for index, name in plan.extras if (cell := cells[index])}
        if len(cells) > self._width + 1:
            self._keep_surplus(cells, extra, warnings)
        for index, slot in plan.worded:
            if (word := cells[index]) and word != values[slot]:
                self._keep_word(word, index, slot, values, extra, warnings)
        for slot, default in plan.defaults:
            if values[slot] is None:
                values[slot] = default
        self._check(cells, values, reasons, warnings)
        return values, reasons, extra

    def _understand(self, values: list[Value]) -> list[Reason]:
        """Put in the place of each word what it means; return why where it means nothing."""
        reasons: list[Reason] = []
        for slot, memo in self._plan.memos:
            if (cell := values[slot]) is not None:
                values[slot] = value = memo[cell]  # type: ignore[index, assignment]
                if value.__class__ is Reason:
                    reasons.append(value)
        return reasons

    def _keep_surplus(self, cells: list[str], extra: dict[str, str], warnings: list[str]) -> None:
        """Keep and tell what stands beyond the header: a comma too many shifts a row."""
        surplus = {
            place_name(index, self._headings): cell
            for index, cell in enumerate(cells)
            if index >= self._width and cell
        }
        if surplus:
            extra.update(surplus)
            warnings.append(f"比表头多出 {len(surplus)} 格，可能错位")

    def _keep_word(
        self,
        word: str,
        index: int,
        slot: int,
        values: list[Value],
        extra: dict[str, str],
        warnings: list[str],
    ) -> None:
        """Keep the list's own word where ours for it says less."""
        if slot == _SOURCE or values[slot] is None:
            extra[self._headings[index]] = word
        if slot == _URGENT and values[slot] is None:
            values[slot] = False
            warnings.append(f"“{shown(word)}”看不出是否紧急，按不紧急登记")

    def _check(
        self, cells: list[str], values: list[Value], reasons: list[Reason], warnings: list[str]
    ) -> None:
        if self._plan.makes_title:
            values[_TITLE] = self._title(cells, values) or values[_TITLE]
        if None in _required(values):
            reasons += [Reason(f"缺少{LABELS[FIELDS[s]]}") for s in _REQUIRED if values[s] is None]
        number = values[_PARTY_ID]
        if number.__class__ is str:
            if self._plan.ours is None:
                values[_PARTY_ID] = number = with_capital_x(number)
            if has_wrong_check_digit(number):
                warnings.append("证件号码校验位不符")
        determined_on, found_on = values[_DETERMINED_ON], values[_FOUND_ON]
        if determined_on.__class__ is found_on.__class__ is date and determined_on < found_on:
            reasons.append(Reason("认定日期早于发现日期", str(determined_on)))

    def _title(self, cells: list[str], values: list[Value]) -> str:
        """As the map says; else party and cause, else the place, else what it is about."""
        plan = self._plan
        if plan.title is not None:
            parts = [cell for index in plan.title if (cell := cells[index])]
        elif values[_CAUSE]:
            parts = [str(values[slot]) for slot in (_PARTY, _CAUSE) if values[slot]]
        else:
            parts = [str(values[_PLACE] or values[_SUMMARY] or "")]
        title = " ".join(plan.separator.join(parts).split("\n"))
        return title if len(title) <= plan.longest else title[: plan.longest - 1] + "…"

    def _no_case(self, cells: list[str], values: list[Value]) -> str:
        """Why a row that cannot be taken is none to be mended; empty where it is one."""
        filled = [folded(cell) for cell in cells if cell]
        if not filled:
            return BLANK
        day = self._plan.day
        is_dated = isinstance(values[_FOUND_ON], date) and day is not None and cells[day]
        if _TOTAL.fullmatch(filled[0]) and not is_dated:
            return TOTAL
        if len(filled) <= _MOST_FOOTNOTES and all(map(_FOOTNOTE.match, _without_answers(filled))):
            return FOOTNOTE
        return REPEATED if [folded(cell) for cell in cells[: self._width]] == self._folded else ""


def _without_answers(filled: list[str]) -> list[str]:
    """Return the cells without those that only answer the one before: 填表人：and 张某."""
    asked = [False, *(cell.endswith(":") for cell in filled)]
    return [cell for cell, is_answer in zip(filled, asked, strict=False) if not is_answer]


def _texts(row: list[Cell], warnings: list[str]) -> list[str]:
    warnings += [
        f"{plain_text(cell)} 在表里是数值，十五位以后的数字已经丢失"
        for cell in row
        if isinstance(cell, float) and abs(cell) >= EXACT_DIGITS_BELOW
    ]
    return [plain_text(cell) for cell in row]


def _too_long(
    values: list[Value], extra: dict[str, str], ledger: Ledger | None, *, is_ours: bool
) -> Iterator[Reason]:
    """Yield what is beyond all measure; what was typed may be longer than what lists may say."""
    said = dict(zip(FIELDS, values, strict=True)) | (ledger._asdict() if ledger else {})
    limits = {"title": TITLE_LIMIT} if not is_ours else {}
    usual = EXTRA_LIMIT if is_ours else TEXT_LIMIT
    for field, value in said.items():
        limit = limits.get(field, usual)
        if isinstance(value, str) and len(value) > limit:
            yield Reason(f"{LABELS[field]}超过 {limit} 字", shown(value))
    for heading, text in extra.items():
        if len(text) > EXTRA_LIMIT:
            yield Reason(f"{heading}超过 {EXTRA_LIMIT} 字", shown(text))
