"""重大隐患 as people read them."""

from collections.abc import Iterator, Sequence
from typing import Any

from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format


def hazard_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a hazard, days as ISO text."""
    row = sheet.row
    return {
        "ref": sheet.ref,
        "kind": row["kind"],
        "title": sheet.title,
        "text": sheet.shown(row["text"]),
        "case": sheet.case_number,
        "found_by": row["owner"],
        "found_on": sheet.days("hazard.found"),
        "to": [
            {"unit": unit, "told_on": sheet.days("hazard.told", unit)}
            for unit in sheet.facts.units("addressee")
        ],
        "reported_on": sheet.days("hazard.reported"),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def show_hazards(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the hazards."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("种类", lambda one: one.row["kind"], drop=2),
                Column("发现日期", lambda one: one.days("hazard.found"), drop=1),
                Column("通报", _progress),
                Column("报告区政府", lambda one: one.days("hazard.reported") or "未报告"),
                Column("隐患", lambda one: one.title, folds=True),
            ),
            more=(
                Column("情况", lambda one: one.shown(one.row["text"])),
                Column("案件", lambda one: one.case_number),
            ),
            as_json=hazard_json,
            title="重大隐患",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记重大隐患。",
        ),
        form,
    )


def _progress(sheet: MatterSheet) -> str:
    units = sheet.facts.units("addressee")
    done = sum(sheet.days("hazard.told", unit) is not None for unit in units)
    names = "、".join(map(sheet.unit_name, units[:2])) + ("等" if units[2:] else "")
    return f"{names}（{done}/{len(units)}）"


def show_hazard(sheet: MatterSheet, form: Format) -> None:
    """Write one hazard."""
    if form is Format.JSON:
        write_json(hazard_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    row = sheet.row
    yield "种类", row["kind"]
    yield "发现单位", sheet.unit_name(row["owner"])
    yield "应通报", "、".join(map(sheet.unit_name, sheet.facts.units("addressee")))
    yield "情况", sheet.shown(row["text"])
    yield "案件", sheet.case_number
