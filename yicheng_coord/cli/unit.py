"""`coord unit`: 单位."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, ListFormat, UnitArgument, new_group
from yicheng_coord.vocabulary import Format, RecordFormat, UnitKind

app = new_group()

FullName = Annotated[str, typer.Option("--full-name", metavar="T", help="全称，用于文书。")]
Short = Annotated[
    list[str] | None, typer.Option("--short", metavar="T", help="简称，可重复；代替原有的。")
]
Alias = Annotated[
    list[str] | None, typer.Option("--alias", metavar="T", help="别名，可重复；代替原有的。")
]
Member = Annotated[bool | None, typer.Option("--member/--no-member", help="是否联席会议成员单位。")]
Note = Annotated[str | None, typer.Option("--note", metavar="T", help="备注。")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="T", help="理由、依据。")]


@app.command("list")
def list_(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """全部单位。"""
    from yicheng_coord.show.units import show_units

    with Desk.at(ctx).reading() as reading:
        show_units(reading.units.all, form)


@app.command("show")
def show(ctx: typer.Context, unit: UnitArgument, form: ListFormat = Format.TABLE) -> None:
    """一个单位：编码、现在和从前的名称、联络人及电话。"""
    from yicheng_coord.queries.unit_sheets import unit_sheet
    from yicheng_coord.show.units import show_unit

    with Desk.at(ctx).reading() as reading:
        show_unit(unit_sheet(reading, unit), form)


@app.command("add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="代码，小写字母和数字。")],
    name: Annotated[str, typer.Option("--name", metavar="T", help="名称，用于清单。")],
    full_name: FullName,
    kind: Annotated[UnitKind, typer.Option("--kind", help="类别。")] = UnitKind.DEPARTMENT,
    member: Member = None,
    short: Short = None,
    alias: Alias = None,
    note: Note = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="起用的日期，默认今天。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """新增一个单位。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.policy.units import Unit
    from yicheng_coord.services.units import add_unit
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    unit = Unit(
        code=code,
        name=name,
        full_name=full_name,
        kind=kind.value,
        is_member=bool(member),
        short_names=tuple(short or ()),
        aliases=tuple(alias or ()),
        note=note or "",
    )
    with desk.recording() as register:
        recorded = add_unit(register, unit, fact_day(desk, on))
    show_recorded(recorded, form)


@app.command("edit")
def edit(
    ctx: typer.Context,
    unit: UnitArgument,
    name: Annotated[str | None, typer.Option("--name", metavar="T", help="名称。")] = None,
    full_name: Annotated[
        str | None, typer.Option("--full-name", metavar="T", help="全称。")
    ] = None,
    kind: Annotated[UnitKind | None, typer.Option("--kind", help="类别。")] = None,
    member: Member = None,
    short: Short = None,
    alias: Alias = None,
    note: Note = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="自哪天起是这样；不写则视为原来登记有误，一并改正。"
        ),
    ] = None,
    reason: Reason = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """改正单位的登记；更名用 coord unit rename。"""
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.services.units import edit_unit
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    given = {
        "name": name,
        "full_name": full_name,
        "kind": kind and kind.value,
        "is_member": member,
        "short_names": None if short is None else tuple(short),
        "aliases": None if alias is None else tuple(alias),
        "note": note,
    }
    new = {field: value for field, value in given.items() if value is not None}
    code, day = desk.unit(unit), day_of(desk, since)
    with desk.recording() as register:
        recorded = edit_unit(register, code, new, since=day, reason=reason)
    show_recorded(recorded, form)


@app.command("rename")
def rename(
    ctx: typer.Context,
    unit: UnitArgument,
    name: Annotated[str, typer.Option("--name", metavar="T", help="新名称。")],
    full_name: FullName,
    short: Short = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="更名的日期，默认今天。")
    ] = None,
    reason: Reason = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """单位更名；此前的文书仍用旧名，旧名仍可输入。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.units import edit_unit
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    code = desk.unit(unit)
    new = {"name": name, "full_name": full_name, "short_names": tuple(short or ())}
    with desk.recording() as register:
        recorded = edit_unit(register, code, new, since=fact_day(desk, on), reason=reason)
    show_recorded(recorded, form)


@app.command("close")
def close(
    ctx: typer.Context,
    unit: UnitArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="理由、依据。")],
    successor: Annotated[
        str | None, typer.Option("--successor", metavar="UNIT", help="承接其职责的单位。")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="撤销的日期，默认今天。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """单位撤销或合并；已登记的内容不变。"""
    from yicheng_coord.cli.values import fact_day, unit_of
    from yicheng_coord.services.units import close_unit
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    code, heir, day = desk.unit(unit), unit_of(desk, successor), fact_day(desk, on)
    with desk.recording() as register:
        recorded = close_unit(register, code, on=day, reason=reason, successor=heir)
    show_recorded(recorded, form)
