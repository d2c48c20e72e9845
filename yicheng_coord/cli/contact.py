"""`coord contact`: 联络人."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    NoMask,
    Unit,
    UnitArgument,
    new_group,
)
from yicheng_coord.vocabulary import Format, RecordFormat, Role

app = new_group()

RoleOption = Annotated[Role, typer.Option("--role", help="角色。")]


@app.command("set")
def set_(
    ctx: typer.Context,
    unit: UnitArgument,
    role: RoleOption,
    name: Annotated[str, typer.Option("--name", metavar="T", help="姓名。")],
    phone: Annotated[str | None, typer.Option("--phone", metavar="T", help="电话。")] = None,
    post: Annotated[str | None, typer.Option("--post", metavar="T", help="职务。")] = None,
    since: Annotated[
        str | None, typer.Option("--from", "--on", metavar="DATE", help="任职日期，默认今天。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记某单位的负责人、联络人；原任到此日止。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.contacts import NewContact, set_contact
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewContact(desk.unit(unit), role, name, fact_day(desk, since), post, phone)
    with desk.recording() as register:
        recorded = set_contact(register, new)
    show_recorded(recorded, form)


@app.command("end")
def end(
    ctx: typer.Context,
    unit: UnitArgument,
    role: RoleOption,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="离任日期，默认今天。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记离任，暂无人接替。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.contacts import end_contact
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    code, day = desk.unit(unit), fact_day(desk, on)
    with desk.recording() as register:
        recorded = end_contact(register, code, role, day)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Unit = None,
    role: Annotated[Role | None, typer.Option("--role", help="角色。")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="这一天在任的，默认今天。")
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="连同已离任的。")] = False,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """在任的组长、负责人、联络人。"""
    from yicheng_coord.cli.values import fact_day, unit_of
    from yicheng_coord.queries.contacts import list_contacts
    from yicheng_coord.show.units import show_contacts

    desk = Desk.at(ctx)
    code, day = unit_of(desk, unit), None if everyone else fact_day(desk, on)
    with desk.reading(unmasked="联络人" if no_mask else "") as reading:
        contacts = list_contacts(reading, unit=code, role=role, on=day)
        show_contacts(contacts, form, is_dated=everyone, is_narrowed=bool(code or role or on))
