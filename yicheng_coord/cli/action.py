"""`coord action`: 执法协作文本、联合检查计划."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    Number,
    On,
    Reason,
    Text,
    Title,
    Unit,
    completed_matters,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import ActionKind, Format, PlanKind, RecordFormat, ShareBy

app = new_group()

ActionArgument = Annotated[
    str,
    typer.Argument(metavar="A…", help="行动编号，如 A1。", autocompletion=completed_matters("A")),
]


@app.command("plan")
def plan(
    ctx: typer.Context,
    lead: Annotated[str, unit_option("--by", "牵头单位。")],
    units: Annotated[list[str], unit_option("--unit", "参加的单位，可重复。")],
    title: Title,
    kind: Annotated[PlanKind, typer.Option("--kind", help="种类。")] = PlanKind.INSPECTION,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="期间首日，可在今天之后。")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="期间末日。")] = None,
    number: Number = None,
    text: Text = None,
    place: Annotated[str | None, typer.Option("--place", metavar="P", help="地点。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记协作文本、联合检查计划（四（三）），或重大活动、专项行动（七（二））。"""
    from yicheng_coord.cli.values import day_of, plan_period, units_of
    from yicheng_coord.services.actions import NewPlan
    from yicheng_coord.services.actions import plan as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    made_on = day_of(desk, on)
    first_on, last_on = plan_period(desk, first, last, made_on)
    new = NewPlan(
        kind=kind,
        title=title,
        lead=desk.unit(lead),
        units=units_of(desk, units),
        on=made_on,
        first_on=first_on,
        last_on=last_on,
        document=number,
        text=text,
        place=place,
    )
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("whistle")
def whistle(
    ctx: typer.Context,
    caller: Annotated[str, unit_option("--by", "镇（街）。")],
    units: Annotated[list[str], unit_option("--unit", "应报到的部门，可重复。")],
    title: Title,
    ref: Annotated[str | None, typer.Option("--ref", metavar="N", help="榴乡诉递编号。")] = None,
    lead: Annotated[str | None, unit_option("--lead", "牵头，默认镇（街）。")] = None,
    coordinated: Annotated[
        bool, typer.Option("--coordinated/--joint", help="协同执法，或联合执法。")
    ] = False,
    text: Text = None,
    at: Annotated[
        str | None, typer.Option("--at", "--on", metavar="M", help="吹哨的日期和时刻，默认今天。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记镇（街）吹哨：各部门及时报到（五）。"""
    from yicheng_coord.cli.values import unit_of, units_of, when_of
    from yicheng_coord.services.whistles import NewWhistle
    from yicheng_coord.services.whistles import whistle as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewWhistle(
        kind=ActionKind.COORDINATED if coordinated else ActionKind.JOINT,
        title=title,
        caller=desk.unit(caller),
        units=units_of(desk, units),
        when=when_of(desk, at or "今天"),
        lead=unit_of(desk, lead),
        reference=ref,
        text=text,
    )
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("arrive")
def arrive(
    ctx: typer.Context,
    action: ActionArgument,
    unit: Annotated[str, unit_option("--unit", "部门。")],
    at: Annotated[
        str | None, typer.Option("--at", "--on", metavar="M", help="报到的日期和时刻，默认今天。")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="N", help="来的人。")] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记一个部门报到。"""
    from yicheng_coord.cli.values import when_of
    from yicheng_coord.services.whistles import arrive as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    code, when = desk.unit(unit), when_of(desk, at or "今天")
    with desk.recording() as register:
        recorded = record(register, action, unit=code, when=when, name=name)
    show_recorded(recorded, form)


@app.command("police")
def police(
    ctx: typer.Context,
    action: ActionArgument,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="公安机关已经确认。")] = False,
    by: Annotated[ShareBy, typer.Option("--by", help="通知的方式。")] = ShareBy.LETTER,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记活动前已通知公安机关，或公安机关已确认（七（二））。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.police_notices import tell_police as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, action, on=day, is_confirmed=confirmed, by=by.value)
    show_recorded(recorded, form)


@app.command("finish")
def finish(
    ctx: typer.Context,
    action: ActionArgument,
    result: Annotated[str, typer.Option("--result", metavar="T", help="结果。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记结束和结果。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.actions import finish as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, action, on=day, result=result)
    show_recorded(recorded, form)


@app.command("cancel")
def cancel(
    ctx: typer.Context,
    action: ActionArgument,
    reason: Reason,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记取消。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.actions import cancel as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, action, on=day, reason=reason)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[ActionKind | None, typer.Option("--kind", help="种类。")] = None,
    unit: Unit = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """行动清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.actions import show_actions

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading() as reading:
        show_actions(list_matters(reading, "A", kind=kind, unit=code), form)


@app.command("show")
def show(ctx: typer.Context, action: ActionArgument, form: ListFormat = Format.TABLE) -> None:
    """一项行动：单位、期间、经过、结果。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.actions import show_action

    with Desk.at(ctx).reading() as reading:
        show_action(matter_sheet(reading, action, "A"), form)
