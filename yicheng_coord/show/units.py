"""Units and who is who in them, as people read them."""

from collections.abc import Sequence

from yicheng_coord.policy.units import KIND_NAMES, Unit
from yicheng_coord.queries.contacts import Contact
from yicheng_coord.queries.unit_sheets import UnitSheet, unit_json
from yicheng_coord.show.output import say, write_fields, write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format


def _kind(unit: Unit) -> str:
    words = KIND_NAMES.get(unit.kind, unit.kind)
    return words if unit.kind == "member" or not unit.is_member else f"{words}，成员单位"


def _name(unit: Unit) -> str:
    return unit.name + (f"（{unit.closed_on} 撤销）" if unit.closed_on else "")


def show_units(units: Sequence[Unit], form: Format) -> None:
    """Write all units, the members first, as the Opinion lists them."""
    show(
        Listing(
            rows=units,
            columns=(
                Column("编码", lambda unit: unit.code),
                Column("名称", _name),
                Column("类别", lambda unit: KIND_NAMES.get(unit.kind, unit.kind), drop=2),
                Column("成员", lambda unit: "成员" if unit.is_member else "", drop=3),
                Column("全称", lambda unit: unit.full_name, drop=1),
            ),
            more=(
                Column("简称", lambda unit: "、".join(unit.short_names)),
                Column("别名", lambda unit: "、".join(unit.aliases)),
                Column("备注", lambda unit: unit.note),
            ),
            as_json=unit_json,
            title="单位",
            footer=f"共 {len(units)} 个，其中成员单位 {sum(unit.is_member for unit in units)} 个。",
            empty="没有单位。",
        ),
        form,
    )


def show_unit(sheet: UnitSheet, form: Format) -> None:
    """Write one unit: its names, now and before, and who is who in it."""
    unit = sheet.unit
    if form is Format.JSON:
        write_json(unit_json(unit) | sheet.as_json())
        return
    heir = f"，职责由{sheet.successor}承接" if sheet.successor else ""
    lines = [
        ("编码", unit.code),
        ("名称", unit.name),
        ("全称", unit.full_name + (f"（{unit.note}）" if unit.note else "")),
        ("类别", _kind(unit)),
        ("简称", "、".join(unit.short_names)),
        ("别名", "、".join(unit.aliases)),
        ("撤销", f"{unit.closed_on}{heir}" if unit.closed_on else ""),
        *((f"{until} 前", f"{name}（{full_name}）") for until, name, full_name in sheet.former),
        *((contact.row["role"], _person(contact)) for contact in sheet.contacts),
    ]
    if form is Format.CSV:
        write_fields(lines)
        return
    for label, text in lines:
        if text:
            say(harmless(f"{label}　{text}"))


def _person(contact: Contact) -> str:
    row = contact.row
    said = "　".join(filter(None, (row["name"], row["post"], contact.phone)))
    return f"{said}（{row['since']} 起）"


def show_contacts(
    contacts: Sequence[Contact], form: Format, *, is_dated: bool, is_narrowed: bool
) -> None:
    """Write who is who; `is_dated`: also who was; `is_narrowed`: only some were asked for."""
    nobody = "没有符合条件的联络人" if is_narrowed else "还没有登记联络人"
    until: Column[Contact] = Column("止", lambda one: one.row["until"])
    show(
        Listing(
            rows=contacts,
            columns=(
                Column("单位", lambda one: one.unit_name),
                Column("角色", lambda one: one.row["role"]),
                Column("姓名", lambda one: one.row["name"]),
                Column("职务", lambda one: one.row["post"], drop=2, folds=True),
                Column("电话", lambda one: one.phone, drop=1),
                Column("起", lambda one: one.row["since"], drop=3),
                *((until,) if is_dated else ()),
            ),
            as_json=Contact.as_json,
            title="联络人",
            footer=f"共 {len(contacts)} 人。一个单位的完整电话：coord unit show 单位",
            empty=f"{nobody}。登记：coord contact set 单位 --role 具体联络人 --name 姓名 --phone 电话",
        ),
        form,
    )
