"""`coord resolution`: 议定事项, 一（三）4, 一（四）4."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    On,
    Unit,
    completed_matters,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import Format, RecordFormat, ResolutionKind

app = new_group()

ResolutionArgument = Annotated[
    str,
    typer.Argument(
        metavar="S…", help="议定事项编号，如 S3。", autocompletion=completed_matters("S")
    ),
]


@app.command("add")
def add(
    ctx: typer.Context,
    kind: Annotated[ResolutionKind, typer.Option("--kind", help="种类。")],
    text: Annotated[str, typer.Option("--text", metavar="T", help="内容。")],
    owner: Annotated[str, unit_option("--owner", "责任单位。")],
    due: Annotated[str, typer.Option("--due", metavar="D", help="办结期限。")],
    helpers: Annotated[list[str] | None, unit_option("--with", "配合单位，可重复。")] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="M", help="哪次会议议定；可以不经会议。")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="T", help="哪项议题。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记议定、交办、建议、保障事项；会议议定的自纪要签发起督促。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.dates import PlannedDay
    from yicheng_coord.services.resolutions import NewResolution
    from yicheng_coord.services.resolutions import add as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewResolution(
        kind=kind,
        text=text,
        owner=desk.unit(owner),
        due=PlannedDay(due, desk.today),
        on=fact_day(desk, on),
        helpers=units_of(desk, helpers),
        meeting=meeting,
        topic=topic,
    )
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("progress")
def progress(
    ctx: typer.Context,
    resolution: ResolutionArgument,
    note: Annotated[str, typer.Option("--note", metavar="T", help="进展。")],
    percent: Annotated[
        int | None, typer.Option("--percent", metavar="N", min=0, max=100, help="完成百分之几。")
    ] = None,
    difficulty: Annotated[
        str | None, typer.Option("--difficulty", metavar="T", help="问题和困难。")
    ] = None,
    opinion: Annotated[
        str | None, typer.Option("--opinion", metavar="T", help="办公室的处理意见。")
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记进展、困难和办公室的处理意见（一（三）4）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.resolutions import Progress, report
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, told = fact_day(desk, on), Progress(note, percent, difficulty, opinion)
    with desk.recording() as register:
        recorded = report(register, resolution, told, on=day)
    show_recorded(recorded, form)


@app.command("done")
def done(
    ctx: typer.Context,
    resolution: ResolutionArgument,
    note: Annotated[str | None, typer.Option("--note", metavar="T", help="办结情况。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已办结。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.resolutions import finish
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = finish(register, resolution, on=day, note=note)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Unit = None,
    kind: Annotated[ResolutionKind | None, typer.Option("--kind", help="种类。")] = None,
    is_open: Annotated[bool, typer.Option("--open", help="只列未办结的。")] = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """议定事项清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.resolutions import list_resolutions
    from yicheng_coord.show.resolutions import show_resolutions

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading() as reading:
        show_resolutions(list_resolutions(reading, unit=code, kind=kind, is_open=is_open), form)


@app.command("show")
def show(
    ctx: typer.Context, resolution: ResolutionArgument, form: ListFormat = Format.TABLE
) -> None:
    """一项议定事项：责任、期限、进展、经过。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.resolutions import show_resolution

    with Desk.at(ctx).reading() as reading:
        show_resolution(matter_sheet(reading, resolution, "S"), form)
