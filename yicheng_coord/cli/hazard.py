"""`coord hazard`: 重大隐患."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    On,
    OnlyTo,
    Unit,
    completed_cases,
    completed_matters,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import Format, HazardKind, RecordFormat, ShareBy

app = new_group()

HazardArgument = Annotated[
    str,
    typer.Argument(metavar="H…", help="隐患编号，如 H1。", autocompletion=completed_matters("H")),
]


@app.command("add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Option("--title", metavar="T", help="隐患名称。")],
    kind: Annotated[HazardKind, typer.Option("--kind", help="治安、安全、稳定。")],
    to: Annotated[list[str], unit_option("--to", "应通报的职能部门，可重复。")],
    text: Annotated[str | None, typer.Option("--text", metavar="T", help="情况。")] = None,
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="CASE", help="查处哪个案件时发现。", autocompletion=completed_cases
        ),
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记区综合行政执法局发现的重大隐患；应及时通报，并报告区政府（四（一））。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.services.hazards import NewHazard
    from yicheng_coord.services.hazards import add as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewHazard(
        kind=kind,
        title=title,
        to=units_of(desk, to),
        on=fact_day(desk, on),
        text=text,
        case=case,
    )
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("told")
def told(
    ctx: typer.Context,
    hazard: HazardArgument,
    to: OnlyTo = None,
    by: Annotated[ShareBy, typer.Option("--by", help="方式。")] = ShareBy.LETTER,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已通报职能部门；方式不限。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.services.hazards import told as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, units = fact_day(desk, on), units_of(desk, to)
    with desk.recording() as register:
        recorded = record(register, hazard, on=day, to=units, by=by)
    show_recorded(recorded, form)


@app.command("reported")
def reported(
    ctx: typer.Context,
    hazard: HazardArgument,
    number: Annotated[str | None, typer.Option("--number", metavar="N", help="报告文号。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已向区人民政府报告。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.hazards import reported as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, hazard, on=day, document=number)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[HazardKind | None, typer.Option("--kind", help="种类。")] = None,
    unit: Unit = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """隐患清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.hazards import show_hazards

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading() as reading:
        show_hazards(list_matters(reading, "H", kind=kind, unit=code), form)


@app.command("show")
def show(ctx: typer.Context, hazard: HazardArgument, form: ListFormat = Format.TABLE) -> None:
    """一项隐患：情况、经过、未完成的事项。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.hazards import show_hazard

    with Desk.at(ctx).reading() as reading:
        show_hazard(matter_sheet(reading, hazard, "H"), form)
