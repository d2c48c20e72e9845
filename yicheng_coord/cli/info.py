"""`coord info`: 信息共享."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    NoMask,
    Number,
    On,
    OnlyTo,
    SecrecyMark,
    Title,
    Unit,
    completed_matters,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import Format, InfoKind, RecordFormat, Secrecy, ShareBy

app = new_group()

InfoArgument = Annotated[
    str,
    typer.Argument(metavar="I…", help="信息编号，如 I3。", autocompletion=completed_matters("I")),
]


@app.command("log")
def log(
    ctx: typer.Context,
    kind: Annotated[InfoKind, typer.Option("--kind", help="种类。")],
    title: Title,
    sender: Annotated[str, unit_option("--from", "由谁共享。")],
    to: Annotated[list[str] | None, unit_option("--to", "共享给谁，可重复。")] = None,
    category: Annotated[
        int | None,
        typer.Option("--category", metavar="N", min=1, max=7, help="三（三）所列第几类。"),
    ] = None,
    number: Number = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="情况紧急，立即抄送或告知。")] = False,
    secrecy: SecrecyMark = Secrecy.NONE,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记需要共享的审批、处罚、上级文件等；时限随之开始（三（四））。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.services.information import NewInformation
    from yicheng_coord.services.information import log as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewInformation(
        kind=kind,
        title=title,
        sender=desk.unit(sender),
        to=units_of(desk, to),
        on=fact_day(desk, on),
        category=category,
        document=number,
        urgent=urgent,
        secrecy=secrecy,
    )
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("share")
def share(
    ctx: typer.Context,
    info: InfoArgument,
    by: Annotated[ShareBy, typer.Option("--by", help="方式。")] = ShareBy.LETTER,
    to: OnlyTo = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已抄送或告知；电话、口头只用于上级文件，随后还要移交文件。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.services.information import share as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, units = fact_day(desk, on), units_of(desk, to)
    with desk.recording() as register:
        recorded = record(register, info, on=day, by=by, to=units)
    show_recorded(recorded, form)


@app.command("hand-over")
def hand_over(
    ctx: typer.Context, info: InfoArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """登记电话、口头告知之后移交了文件。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.information import hand_over as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, info, on=day)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[InfoKind | None, typer.Option("--kind", help="种类。")] = None,
    unit: Unit = None,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """信息清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.information import show_information_list

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading(unmasked="信息清单" if no_mask else "") as reading:
        show_information_list(list_matters(reading, "I", kind=kind, unit=code), form)


@app.command("show")
def show(
    ctx: typer.Context,
    info: InfoArgument,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """一项信息：内容、经过、未完成的事项。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.information import show_information

    with Desk.at(ctx).reading(unmasked=f"信息 {info}" if no_mask else "") as reading:
        show_information(matter_sheet(reading, info, "I"), form)
