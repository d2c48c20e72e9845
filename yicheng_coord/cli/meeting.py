"""`coord meeting`: 联席会议, 一（四）."""

from typing import Annotated

import typer

from yicheng_coord.cli import sitting
from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    MeetingArgument,
    On,
    completed_units,
    new_group,
)
from yicheng_coord.vocabulary import Format, MeetingKind, RecordFormat

app = new_group()


@app.command("plan")
def plan(
    ctx: typer.Context,
    at: Annotated[
        str, typer.Option("--at", metavar="MOMENT", help="会期，如 “2026-12-18 09:00”。")
    ],
    place: Annotated[str, typer.Option("--place", metavar="P", help="地点。")],
    kind: Annotated[
        MeetingKind, typer.Option("--kind", help="例行会议或专题会议。")
    ] = MeetingKind.REGULAR,
    title: Annotated[
        str | None, typer.Option("--title", metavar="T", help="名称，默认按季度。")
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """确定会期；例行会议会前十日征集议题（一（四）1）。"""
    from yicheng_coord.cli.values import fact_day, plan_moment
    from yicheng_coord.services.meetings import NewMeeting
    from yicheng_coord.services.meetings import plan as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    new = NewMeeting(kind, plan_moment(desk, at, day), place, day, title)
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("move")
def move(
    ctx: typer.Context,
    meeting: MeetingArgument,
    at: Annotated[str, typer.Option("--at", metavar="MOMENT", help="新的会期。")],
    place: Annotated[str | None, typer.Option("--place", metavar="P", help="新的地点。")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="T", help="理由。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """改期；征集议题的日期重新计算，原来的会期留在经过里。"""
    from yicheng_coord.cli.values import fact_day, plan_moment
    from yicheng_coord.services.meetings import move as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    moment = plan_moment(desk, at, day)
    with desk.recording() as register:
        recorded = record(register, meeting, at=moment, on=day, place=place, reason=reason)
    show_recorded(recorded, form)


@app.command("cancel")
def cancel(
    ctx: typer.Context,
    meeting: MeetingArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="取消的理由。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """取消会议；它的议题转下次会议。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.meetings import cancel as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, meeting, reason=reason, on=day)
    show_recorded(recorded, form)


@app.command("solicit")
def solicit(
    ctx: typer.Context,
    meeting: MeetingArgument,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已向各成员单位征集议题（一（四）1）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.calling import solicit as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, meeting, on=day)
    show_recorded(recorded, form)


@app.command("circulate")
def circulate(
    ctx: typer.Context,
    meeting: MeetingArgument,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已将审定的议题交各成员单位研究；送出的议程随即定稿（一（四）1）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.sittings import circulate as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, meeting, on=day)
    show_recorded(recorded, form)


@app.command("invite")
def invite(
    ctx: typer.Context,
    meeting: MeetingArgument,
    guests: Annotated[
        list[str],
        typer.Argument(
            metavar="U…",
            help="单位，或人大代表、政协委员；可多个。",
            autocompletion=completed_units,
        ),
    ],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """邀请成员单位以外的单位和人大代表、政协委员（一（四）3）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.attendance import unit_or_delegates
    from yicheng_coord.services.calling import invite as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        named = [unit_or_delegates(register, guest) for guest in guests]
        recorded = record(register, meeting, list(dict.fromkeys(named)), on=day)
    show_recorded(recorded, form)


sitting.add_commands(app)


@app.command("list")
def list_(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """会议清单。"""
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.queries.meetings import MeetingSheet
    from yicheng_coord.show.meetings import show_meetings

    with Desk.at(ctx).reading() as reading:
        show_meetings([MeetingSheet(one) for one in list_matters(reading, "M")], form)


@app.command("show")
def show(ctx: typer.Context, meeting: MeetingArgument, form: ListFormat = Format.TABLE) -> None:
    """一次会议：议程、参会、议定事项、经过、未完成的事项。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.queries.meetings import MeetingSheet
    from yicheng_coord.show.meetings import show_meeting

    with Desk.at(ctx).reading() as reading:
        show_meeting(MeetingSheet(matter_sheet(reading, meeting, "M")), form)
