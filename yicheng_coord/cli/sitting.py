"""`coord meeting attend`, `hold`, `minutes`, `sign`, `distribute`, `amend`: from the day of it on."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, MeetingArgument, On, unit_option
from yicheng_coord.vocabulary import Attending, RecordFormat


def add_commands(app: typer.Typer) -> None:
    """Add them to the group `meeting`."""
    app.command("attend")(attend)
    app.command("hold")(hold)
    app.command("minutes")(minutes)
    app.command("sign")(sign)
    app.command("distribute")(distribute)
    app.command("amend")(amend)


def attend(
    ctx: typer.Context,
    meeting: MeetingArgument,
    unit: Annotated[str | None, unit_option("--unit", "单位。")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="N", help="姓名。")] = None,
    status: Annotated[
        Attending | None, typer.Option("--status", help="出席、请假、列席；默认出席，受邀的列席。")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="T", help="请假的理由。")
    ] = None,
    post: Annotated[str | None, typer.Option("--post", metavar="T", help="职务。")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="名单：单位、姓名、参会情况、理由。"),
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记参会、请假、列席；缺席的由名单推出（一（四）3）。"""
    from yicheng_coord.cli.values import checked_either
    from yicheng_coord.services.attendance import Attendee, attend_from, unit_or_delegates
    from yicheng_coord.services.attendance import attend as record
    from yicheng_coord.show.recorded import show_recorded

    checked_either("--from", source, "--unit、--name", unit, name)
    with Desk.at(ctx).recording() as register:
        if source is not None:
            recorded = attend_from(register, meeting, source)
        else:
            code = unit_or_delegates(register, unit or "")
            recorded = record(register, meeting, [Attendee(code, name or "", status, reason, post)])
    show_recorded(recorded, form)


def hold(
    ctx: typer.Context,
    meeting: MeetingArgument,
    not_reached: Annotated[
        list[str] | None,
        typer.Option("--not-reached", metavar="T…", help="未及研究、转下次会议的议题，可重复。"),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="召开日期，默认会期。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记会议已召开；列出尚无研究结果的议题。"""
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.services.sittings import hold as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = day_of(desk, on)
    with desk.recording() as register:
        recorded = record(register, meeting, on=day, not_reached=not_reached or ())
    show_recorded(recorded, form)


def minutes(
    ctx: typer.Context,
    meeting: MeetingArgument,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="写到这个文件，不覆盖已有的。")
    ] = None,
) -> None:
    """会议纪要：签发前是按登记内容拟的草稿，签发后是定稿。"""
    from yicheng_coord.papers.minutes import minutes_of, write_minutes
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.queries.meetings import MeetingSheet
    from yicheng_coord.show.meetings import show_minutes, show_written

    with Desk.at(ctx).reading() as reading:
        text = minutes_of(MeetingSheet(matter_sheet(reading, meeting, "M")))
    if out is None:
        show_minutes(text)
        return
    write_minutes(out, text)
    show_written(out, meeting)


def sign(
    ctx: typer.Context,
    meeting: MeetingArgument,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="改好的纪要；不写的，按草稿签发。"),
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记组长已签发纪要；内容定稿，议定事项开始督促（一（四）4）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.minutes import read_minutes
    from yicheng_coord.services.minutes import sign as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, text = fact_day(desk, on), read_minutes(file) if file else None
    with desk.recording() as register:
        recorded = record(register, meeting, on=day, text=text)
    show_recorded(recorded, form)


def distribute(
    ctx: typer.Context,
    meeting: MeetingArgument,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记纪要已印发（一（三）3）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.minutes import distribute as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, meeting, on=day)
    show_recorded(recorded, form)


def amend(
    ctx: typer.Context,
    meeting: MeetingArgument,
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help="更正后的纪要全文。")],
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="更正的理由。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """更正已签发的纪要：原文保留，更正另记日期和理由。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.minutes import amend as record
    from yicheng_coord.services.minutes import read_minutes
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, text = fact_day(desk, on), read_minutes(file)
    with desk.recording() as register:
        recorded = record(register, meeting, text=text, reason=reason, on=day)
    show_recorded(recorded, form)
