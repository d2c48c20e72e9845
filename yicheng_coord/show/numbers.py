"""Numbers of papers, as lists."""

from collections.abc import Sequence

from yicheng_coord.papers.numbers import written
from yicheng_coord.papers.written import TITLES
from yicheng_coord.queries.numbers import ANY_KIND, NumberView, SeriesView
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format, Letter


def show_numbers(numbers: Sequence[NumberView], form: Format) -> None:
    """Write the numbers that were given out."""
    show(
        Listing(
            rows=numbers,
            columns=(
                Column("发文字号", lambda one: one.row["number"]),
                Column("成文日期", lambda one: one.row["dated_on"]),
                Column("单位", lambda one: one.unit_name, drop=1),
                Column("文种", lambda one: _kind(one.row["kind"])),
                Column("所写", lambda one: one.row["matter"] or one.row["case"] or ""),
                Column("主送", lambda one: one.addressee_name, drop=2),
            ),
            as_json=NumberView.as_json,
            title="用过的字号",
            footer=f"共 {len(numbers)} 个。",
            empty="还没有用过字号。",
        ),
        form,
    )


def show_series(series: Sequence[SeriesView], form: Format) -> None:
    """Write how numbers read, and how they go on."""
    show(
        Listing(
            rows=series,
            columns=(
                Column("单位", lambda one: one.unit_name),
                Column("文种", lambda one: _kind(one.row["kind"])),
                Column("编法", lambda one: one.row["form"]),
                Column("今年的下一个", lambda one: written(one.row["form"], one.year, one.next)),
            ),
            as_json=SeriesView.as_json,
            title="字号的编法",
            footer="登记或改变：coord number set 单位 下一个字号",
            empty="还没有登记字号的编法。登记：coord number set 单位 下一个字号",
        ),
        form,
    )


def _kind(kind: str) -> str:
    return "其余各种" if kind == ANY_KIND else TITLES[Letter(kind)]
