"""Shared information as people read it."""

from collections.abc import Iterator, Sequence
from typing import Any

from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.show.matters import SECRECY, show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format, InfoKind

KINDS: dict[str, str] = {
    InfoKind.APPROVAL: "审批事项",
    InfoKind.PENALTY: "处罚决定",
    InfoKind.SUPERIOR: "上级文件",
    InfoKind.POLICY: "政策信息",
    InfoKind.ENFORCEMENT: "执法情况",
    InfoKind.OTHER: "其他信息",
}
_TOLD = ("info.shared", "info.told")


def information_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of an item, days as ISO text."""
    row = sheet.row
    return {
        "ref": sheet.ref,
        "kind": row["kind"],
        "category": row["category"],
        "title": sheet.title,
        "document": sheet.shown(row["document"]),
        "case": sheet.case_number,
        "from": row["owner"],
        "on": sheet.happenings[0]["happened_on"],
        "urgent": bool(row["urgent"]),
        "secrecy": row["secrecy"],
        "to": [
            {
                "unit": unit,
                "shared_on": sheet.days("info.shared", unit),
                "told_on": sheet.days("info.told", unit),
                "handed_over_on": sheet.days("info.handed_over", unit),
            }
            for unit in sheet.facts.units("addressee")
        ],
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def show_information_list(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the items."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("种类", lambda one: KINDS[one.row["kind"]], drop=2),
                Column("日期", lambda one: one.happenings[0]["happened_on"], drop=3),
                Column("由", lambda one: one.unit_name(one.row["owner"]), drop=4),
                Column("共享给", _progress, drop=1),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("类别", lambda one: one.row["category"]),
                Column("文号", lambda one: one.shown(one.row["document"])),
                Column("案件", lambda one: one.case_number),
                Column("紧急", lambda one: "是" if one.row["urgent"] else ""),
                Column("保密", lambda one: SECRECY.get(one.row["secrecy"], "")),
            ),
            as_json=information_json,
            title="信息共享",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记需要共享的信息。",
        ),
        form,
    )


def _progress(sheet: MatterSheet) -> str:
    units = sheet.facts.units("addressee")
    done = sum(any(sheet.days(event, unit) for event in _TOLD) for unit in units)
    names = "、".join(map(sheet.unit_name, units[:2])) + ("等" if units[2:] else "")
    return f"{names}（{done}/{len(units)}）"


def show_information(sheet: MatterSheet, form: Format) -> None:
    """Write one item."""
    if form is Format.JSON:
        write_json(information_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    row = sheet.row
    yield "种类", KINDS[row["kind"]]
    yield "类别", f"三（三）{row['category']}" if row["category"] else None
    yield "由", sheet.unit_name(row["owner"])
    yield "共享给", "、".join(map(sheet.unit_name, sheet.facts.units("addressee")))
    yield "文号", sheet.shown(row["document"])
    yield "案件", sheet.case_number
    yield "紧急", "是" if row["urgent"] else None
    yield "保密", SECRECY.get(row["secrecy"])
