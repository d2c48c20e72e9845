"""`coord topic`: 议题, 一（三）2, 一（四）."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    On,
    Reason,
    Title,
    Unit,
    completed_matters,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import Format, RecordFormat, TopicStatus

app = new_group()

TopicArgument = Annotated[
    str,
    typer.Argument(metavar="T…", help="议题编号，如 T3。", autocompletion=completed_matters("T")),
]


@app.command("add")
def add(
    ctx: typer.Context,
    unit: Annotated[str, unit_option("--by", "提出的单位。")],
    title: Title,
    background: Annotated[
        str | None, typer.Option("--background", metavar="T", help="背景。")
    ] = None,
    proposal: Annotated[str | None, typer.Option("--proposal", metavar="T", help="建议。")] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="M", help="哪次会议，默认下次例行会议。")
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记成员单位提出的议题，随后报组长审定（一（四）2）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.topics import NewTopic
    from yicheng_coord.services.topics import add as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewTopic(desk.unit(unit), title, fact_day(desk, on), background, proposal, meeting)
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("approve")
def approve(
    ctx: typer.Context,
    topics: Annotated[list[str], typer.Argument(metavar="T…", help="议题编号，可多个。")],
    special: Annotated[
        bool, typer.Option("--special", help="另行召集专题会议（一（四）2）。")
    ] = False,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记组长已审定的议题。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.topics import approve as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, topics, on=day, is_special=special)
    show_recorded(recorded, form)


@app.command("reject")
def reject(
    ctx: typer.Context,
    topic: TopicArgument,
    reason: Reason,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记组长未予审定的议题和理由。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.topics import reject as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, topic, reason=reason, on=day)
    show_recorded(recorded, form)


@app.command("decide")
def decide(
    ctx: typer.Context,
    topic: TopicArgument,
    text: Annotated[str, typer.Option("--text", metavar="T", help="研究结果。")],
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记会议对议题的研究结果；要办的另登议定事项。"""
    from yicheng_coord.services.sittings import decide as record
    from yicheng_coord.show.recorded import show_recorded

    with Desk.at(ctx).recording() as register:
        recorded = record(register, topic, text=text)
    show_recorded(recorded, form)


@app.command("carry")
def carry(
    ctx: typer.Context, topic: TopicArgument, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """登记会议未及研究的议题，转下次会议。"""
    from yicheng_coord.services.sittings import carry as record
    from yicheng_coord.show.recorded import show_recorded

    with Desk.at(ctx).recording() as register:
        recorded = record(register, topic)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar="M", help="哪次会议。")
    ] = None,
    status: Annotated[TopicStatus | None, typer.Option("--status", help="状态。")] = None,
    unit: Unit = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """议题清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.topics import list_topics
    from yicheng_coord.show.topics import show_topics

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading() as reading:
        show_topics(list_topics(reading, unit=code, meeting=meeting, status=status), form)


@app.command("show")
def show(ctx: typer.Context, topic: TopicArgument, form: ListFormat = Format.TABLE) -> None:
    """一项议题：内容、经过、未完成的事项。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.topics import show_topic

    with Desk.at(ctx).reading() as reading:
        show_topic(matter_sheet(reading, topic, "T"), form)
