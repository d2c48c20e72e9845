"""`coord case edit` and `coord case void`: putting right what a case says, or that it is there."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, CaseArgument, On, completed_units
from yicheng_coord.vocabulary import RecordFormat, Source


def add_commands(app: typer.Typer) -> None:
    """Add both to the group `case`."""
    app.command("edit")(edit)
    app.command("void")(void)


def edit(
    ctx: typer.Context,
    case: CaseArgument,
    title: Annotated[str | None, typer.Option("--title", help="案件名称。")] = None,
    cause: Annotated[str | None, typer.Option("--cause", help="案由。")] = None,
    party: Annotated[str | None, typer.Option("--party", help="当事人。")] = None,
    party_id: Annotated[str | None, typer.Option("--party-id", help="当事人证件号码。")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="当事人电话。")] = None,
    informant: Annotated[str | None, typer.Option("--informant", help="举报人。")] = None,
    place: Annotated[str | None, typer.Option("--place", help="地点。")] = None,
    source: Annotated[Source | None, typer.Option("--source", help="案件来源。")] = None,
    summary: Annotated[str | None, typer.Option("--summary", help="情况。")] = None,
    external_number: Annotated[
        str | None, typer.Option("--external-number", help="来源单位的编号。")
    ] = None,
    found_by: Annotated[
        str | None,
        typer.Option(
            "--found-by", metavar="UNIT", help="发现单位。", autocompletion=completed_units
        ),
    ] = None,
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
