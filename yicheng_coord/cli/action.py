"""`coord action`: 执法协作文本、联合检查计划."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    On,
    Unit,
    completed_matters,
    completed_units,
    new_group,
)
from yicheng_coord.vocabulary import ActionKind, Format, RecordFormat

app = new_group()

ActionArgument = Annotated[
    str,
    typer.Argument(metavar="A…", help="行动编号，如 A1。", autocompletion=completed_matters("A")),
]


@app.command("plan")
def plan(
    ctx: typer.Context,
    lead: Annotated[
        str,
        typer.Option("--by", metavar="UNIT", help="牵头单位。", autocompletion=completed_units),
    ],
    units: Annotated[
        list[str],
        typer.Option(
            "--unit", metavar="UNIT", help="参加的单位，可重复。", autocompletion=completed_units
        ),
    ],
    title: Annotated[str, typer.Option("--title", metavar="T", help="名称。")],
    kind: Annotated[ActionKind, typer.Option("--kind", help="种类。")] = ActionKind.INSPECTION,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="期间首日，可在今天之后。")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="期间末日。")] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="N", help="文号。")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="T", help="内容。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记共同订立的协作文本或联合检查计划（四（三））；--on 为订立日期。"""
    from yicheng_coord.cli.values import fact_day, plan_day, units_of
    from yicheng_coord.services.actions import NewPlan
    from yicheng_coord.services.actions import plan as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewPlan(
        kind=kind,
        title=title,
        lead=desk.unit(lead),
        units=units_of(desk, units),
        on=fact_day(desk, on),
        first_on=plan_day(desk, first) if first else None,
        last_on=plan_day(desk, last) if last else None,
        document=number,
        text=text,
    )
    with desk.recording() as register:
        recorded = record(register, new)
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
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="理由。")],
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
