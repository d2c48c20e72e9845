"""`coord case`: 案件."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord import paths
from yicheng_coord.cli import case_options as said
from yicheng_coord.cli import mending
from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    CaseArgument,
    ListFormat,
    NoMask,
    On,
    Unit,
    new_group,
)
from yicheng_coord.vocabulary import (
    CaseStatus,
    Format,
    MaterialKind,
    Outcome,
    RecordFormat,
)

app = new_group()
mending.add_commands(app)


@app.command("add")
def add(
    ctx: typer.Context,
    title: Annotated[str, said.Title],
    found_by: Annotated[str, said.FoundBy],
    found_on: Annotated[str, typer.Option("--found-on", metavar="DATE", help="发现日期。")],
    cause: said.Cause = None,
    party: said.Party = None,
    party_id: said.PartyId = None,
    phone: said.Phone = None,
    informant: said.Informant = None,
    place: said.Place = None,
    source: said.CaseSource = None,
    summary: said.Summary = None,
    external_number: said.ExternalNumber = None,
    competent: Annotated[str | None, said.Competent] = None,
    determined_on: said.DeterminedOn = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="情况紧急，立即移送。")] = False,
    action: Annotated[str | None, said.FromAction] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记案件；认定由其他单位管辖的，三日移送时限开始。"""
    from yicheng_coord.cli.values import checked_pair, day_of, fact_day, unit_of
    from yicheng_coord.services.cases import NewCase, add_case
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    checked_pair("--determined-on", determined_on, "--competent", competent)
    new = NewCase(
        title=title, found_by=desk.unit(found_by), found_on=fact_day(desk, found_on),
        cause=cause, party=party, party_id=party_id, phone=phone, informant=informant,
        place=place, source=source.value if source else None, summary=summary,
        external_number=external_number, competent=unit_of(desk, competent),
        determined_on=day_of(desk, determined_on), urgent=urgent, action=action,
    )  # fmt: skip
    with desk.recording() as register:
        recorded = add_case(register, new, fact_day(desk, on))
    show_recorded(recorded, form)


@app.command("determine")
def determine(
    ctx: typer.Context,
    case: CaseArgument,
    competent: Annotated[str, said.Competent],
    basis: Annotated[str | None, typer.Option("--basis", help="认定依据。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """认定由哪个单位管辖（二（二）1）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import cases
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = cases.determine(register, case, desk.unit(competent), fact_day(desk, on), basis)
    show_recorded(recorded, form)


@app.command("inquiry")
def inquiry(
    ctx: typer.Context,
    case: CaseArgument,
    ongoing: Annotated[
        bool, typer.Option("--ongoing/--not-ongoing", help="违法行为是否正在进行。")
    ],
    text: Annotated[str, typer.Option("--text", metavar="T", help="调查情况。")],
    measures: Annotated[str | None, typer.Option("--measures", help="制止措施。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记初步调查（二（二）1）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.cases import record_inquiry
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record_inquiry(
            register, case, on=day, ongoing=ongoing, text=text, measures=measures
        )
    show_recorded(recorded, form)


@app.command("material")
def material(
    ctx: typer.Context,
    case: CaseArgument,
    kind: Annotated[MaterialKind, typer.Option("--kind", help="类别，二（三）。")],
    title: Annotated[str, typer.Option("--title", metavar="T", help="材料名称。")],
    copies: Annotated[
        int, typer.Option("--copies", metavar="N", min=1, max=9999, help="份数。")
    ] = 1,
    pages: Annotated[
        int | None,
        typer.Option("--pages", metavar="N", min=1, max=999999, help="页数，几份的写合计。"),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="F", help="电子文件，收存一份在数据库旁。"),
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记移送的案件材料（二（三））。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.materials import FileToKeep, NewMaterial, add_material
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    to_keep = FileToKeep(desk.database, file, case) if file else None
    day = fact_day(desk, on)
    with desk.recording(to_keep.prepare if to_keep else None) as register:
        kept = to_keep.kept if to_keep else None
        new = NewMaterial(kind.value, title, copies, pages, kept)
        recorded = add_material(register, case, new, day)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    status: Annotated[CaseStatus | None, typer.Option("--status", help="状态。")] = None,
    unit: Unit = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="此日及以后发现。")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="此日及以前发现。")
    ] = None,
    search: Annotated[
        str,
        typer.Option(
            "--search", metavar="TEXT", help="在编号、名称、案由、当事人、地点、情况中查找。"
        ),
    ] = "",
    form: ListFormat = Format.TABLE,
) -> None:
    """案件清单。"""
    from yicheng_coord.cli.values import day_of, unit_of
    from yicheng_coord.queries.case_lists import CaseFilter, list_cases
    from yicheng_coord.show.cases import show_cases

    desk = Desk.at(ctx)
    wanted = CaseFilter(
        status=status.value if status else None,
        unit=unit_of(desk, unit),
        since=day_of(desk, since),
        until=day_of(desk, until),
        search=search,
    )
    with desk.reading() as reading:
        show_cases(list_cases(reading, wanted), reading.units, form)


@app.command("show")
def show(
    ctx: typer.Context,
    case: CaseArgument,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """一个案件：情况、经过、未完成的事项、材料、下一步。"""
    from yicheng_coord.queries.cases import case_sheet
    from yicheng_coord.show.cases import show_case

    desk = Desk.at(ctx)
    with desk.reading(unmasked=f"案件 {case}" if no_mask else "") as reading:
        sheet = case_sheet(reading, case, paths.material_folder(desk.database))
        show_case(sheet, reading.units, form)


@app.command("decide")
def decide(
    ctx: typer.Context,
    case: CaseArgument,
    outcome: Annotated[Outcome, typer.Option("--outcome", help="决定。")],
    text: Annotated[str | None, typer.Option("--text", help="决定内容。")] = None,
    party: said.Party = None,
    number: Annotated[str | None, typer.Option("--number", help="决定书文号。")] = None,
    copy_to: said.CopyTo = None,
    no_copy: Annotated[bool, typer.Option("--no-copy", help="不抄送，须写 --reason。")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="不抄送的理由。")] = None,
    execution_by: said.ExecutionBy = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记处理决定；三日内书面通报原移送单位（二（二）2）。"""
    from yicheng_coord.cli.values import checked_pair, fact_day, units_of
    from yicheng_coord.services.decisions import NewDecision
    from yicheng_coord.services.decisions import decide as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    checked_pair("--reason", reason, "--no-copy", no_copy or None)
    new = NewDecision(
        outcome=outcome,
        text=text,
        party=party,
        number=number,
        copy_to=units_of(desk, copy_to),
        no_copy_reason=(reason or "") if no_copy else None,
        execution_by=units_of(desk, execution_by),
    )
    with desk.recording() as register:
        recorded = record(register, case, new, fact_day(desk, on))
    show_recorded(recorded, form)


@app.command("close")
def close(
    ctx: typer.Context, case: CaseArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """办结；缺什么一次说全。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.decisions import close as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = record(register, case, on=fact_day(desk, on))
    show_recorded(recorded, form)
