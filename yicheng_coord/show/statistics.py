"""Statistics as a table with bars, and what is counted apart below it."""

from pathlib import Path
from typing import NamedTuple

from yicheng_coord.dates import in_chinese, weekday
from yicheng_coord.papers.layout import bar
from yicheng_coord.queries.statistics import (
    COUNTED,
    GROUPING_NAMES,
    SORT_NAMES,
    Figure,
    Sort,
    Statistics,
    Tally,
    figures,
)
from yicheng_coord.show.output import hint, is_terminal, say, write_json
from yicheng_coord.show.table import Column, Listing, draw, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format, Grouping

_FOOTER = """按期率 = 按期完成 ÷（按期完成 + 逾期完成 + 超期），未到期的不计。
中位、最多：迟了几天，按各事项自己的口径（工作日或自然日）。"""


class _Apart(NamedTuple):
    """One sort of one tally, which is not in the rate."""

    tally: Tally
    sort: Sort

    @property
    def standing(self) -> str:
        """未到期 2，超期 1; nothing of what there is none."""
        return self.tally.standing(self.sort)


def show_statistics(counted: Statistics, form: Format) -> None:
    """Write the statistics; drawn ones have a sum, and what is counted apart, below them."""
    if form is Format.JSON:
        write_json(counted.as_json())
        return
    is_drawn = form is Format.TABLE and is_terminal() and bool(counted.tallies)
    if not is_drawn:
        show(_lines(counted), form)
        return
    rows = [*counted.tallies, counted.total] if len(counted.tallies) > 1 else counted.tallies
    draw(_table(counted, rows))
    apart = [_Apart(row, sort) for row in rows for sort in SORT_NAMES]
    if apart := [one for one in apart if one.standing]:
        say()
        draw(_table_apart(counted, apart))


def show_workbook(path: Path) -> None:
    """Say where the workbook is."""
    hint(harmless(f"已写入：{path}"))


def _table(counted: Statistics, rows: list[Tally]) -> Listing[Tally]:
    today = f"{in_chinese(counted.today)} {weekday(counted.today)}"
    by = GROUPING_NAMES[counted.by]
    return Listing(
        rows=rows,
        columns=[
            Column(by, lambda tally: tally.name, folds=True),
            *(
                Column(label, lambda tally, key=key: tally.counts[Sort.BINDING][key])  # type: ignore[misc]
                for key, label in COUNTED[Sort.BINDING].items()
            ),
            Column("按期率", lambda tally: _percent(tally.rate)),
            Column("每格一成", lambda tally: bar(tally.percent) if tally.was_due else "", drop=1),
            Column("中位", lambda tally: _number(tally.median_days_late), drop=3),
            Column("最多", lambda tally: _number(tally.worst_days_late), drop=2),
        ],
        as_json=Tally.as_json,
        empty="",
        title=f"办理时限统计　按{by}　{counted.period_in_words}　截至{today}",
        footer=_footer(counted),
    )


def _table_apart(counted: Statistics, rows: list[_Apart]) -> Listing[_Apart]:
    return Listing(
        rows=rows,
        columns=[
            Column(GROUPING_NAMES[counted.by], lambda one: one.tally.name, folds=True),
            Column("另计", lambda one: SORT_NAMES[one.sort]),
            Column("情况", lambda one: one.standing, folds=True),
        ],
        as_json=lambda one: one.standing,
        empty="",
        title="另计（不在按期率之内）",
    )


def _lines(counted: Statistics) -> Listing[Tally]:
    """All figures in one line each, for programs: no sum, which they would count twice."""
    columns: list[Column[Tally]] = [Column(GROUPING_NAMES[counted.by], lambda tally: tally.name)]
    if counted.by is not Grouping.MONTH:
        columns.insert(0, Column("编码", lambda tally: tally.key))
    return Listing(
        rows=counted.tallies,
        columns=[*columns, *map(_column, figures())],
        as_json=Tally.as_json,
        empty="没有起算的时限事项。",
        footer=_footer(counted),
    )


def _footer(counted: Statistics) -> str:
    """Say also why a paper about a period that is over may tell other figures."""
    if counted.last is None or counted.last >= counted.today:
        return _FOOTER
    return f"{_FOOTER}\n情况截至今天；通报、简报截至期间的末日（coord --today {counted.last} stats …）。"


def _column(figure: Figure) -> Column[Tally]:
    words = _percent if figure.is_rate else _number
    return Column(figure.heading, lambda tally: words(figure.value(tally)))


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.1%}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
