"""`coord case edit` and `coord case void`: putting right what a case says, or that it is there."""

from typing import Annotated

import typer

from yicheng_coord.cli import case_options as said
from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, CaseArgument, On
from yicheng_coord.vocabulary import RecordFormat


def add_commands(app: typer.Typer) -> None:
    """Add both to the group `case`."""
    app.command("edit")(edit)
    app.command("void")(void)


def edit(
    ctx: typer.Context,
    case: CaseArgument,
    title: Annotated[str | None, said.Title] = None,
    cause: said.Cause = None,
    party: said.Party = None,
    party_id: said.PartyId = None,
    phone: said.Phone = None,
    informant: said.Informant = None,
    place: said.Place = None,
    source: said.CaseSource = None,
    summary: said.Summary = None,
    external_number: said.ExternalNumber = None,
    found_by: Annotated[str | None, said.FoundBy] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="修改理由。")] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """修改案件的文字内容；空文字表示去掉，日期用 coord correct。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.services.corrections import edit as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    given = {
        "title": title,
        "cause": cause,
        "party": party,
        "party_id": party_id,
        "phone": phone,
        "informant": informant,
        "place": place,
        "source": source.value if source else None,
        "summary": summary,
        "external_number": external_number,
        "found_by": unit_of(desk, found_by),
    }
    new = {name: text for name, text in given.items() if text is not None}
    with desk.recording() as register:
        recorded = record(register, case, new, reason)
    show_recorded(recorded, form)


def void(
    ctx: typer.Context,
    case: CaseArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="作废理由。")],
    same_as: Annotated[
        str | None, typer.Option("--same-as", metavar="CASE", help="与哪个案件是同一件。")
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """作废误录或重复登记的案件；内容仍在操作记录里。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.corrections import void as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, on=day, reason=reason, same_as=same_as)
    show_recorded(recorded, form)
