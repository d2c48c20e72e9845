"""`coord request`: 请求协作."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    NoMask,
    On,
    SecrecyMark,
    Unit,
    completed_cases,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import Format, RecordFormat, RequestKind, Secrecy

app = new_group()

RequestArgument = Annotated[str, typer.Argument(metavar="R…", help="请求编号，如 R3。")]
Asked = Annotated[str | None, unit_option("--unit", "请求了几个单位时，是哪一个。")]
Case = Annotated[
    str | None,
    typer.Option("--case", metavar="CASE", help="为哪个案件请求。", autocompletion=completed_cases),
]


Kind = Annotated[
    RequestKind,
    typer.Option(
        "--kind",
        help="种类，依次为认定鉴定、书面征询、业务指导、法律顾问服务、提供材料、配合执行、"
        "撤销证件、公安协助。",
    ),
]
To = Annotated[list[str], unit_option("--to", "向谁请求，可重复，各有时限。")]


@app.command("send")
def send(
    ctx: typer.Context,
    kind: Kind,
    to: To,
    case: Case = None,
    urgent: Annotated[
        bool, typer.Option("--urgent", help="情况紧急或证据可能灭失：认定鉴定另须派员到场。")
    ] = False,
    question: Annotated[
        str | None, typer.Option("--question", metavar="T", help="请求的事项。")
    ] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="N", help="函的字号。")] = None,
    needed_on: Annotated[
        str | None,
        typer.Option("--needed-on", metavar="DATE", help="撤销证件：何日认为需要，默认发函当日。"),
    ] = None,
    secrecy: SecrecyMark = Secrecy.NONE,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记发出的请求；收到以前从发出日暂计（四（二）、四（三）、七（一））。"""
    from yicheng_coord.cli.values import day_of, fact_day, units_of
    from yicheng_coord.services.requests import NewRequest
    from yicheng_coord.services.requests import send as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewRequest(
        kind=kind,
        to=units_of(desk, to),
        on=fact_day(desk, on),
        case=case,
        urgent=urgent,
        question=question,
        number=number,
        secrecy=secrecy,
        needed_on=day_of(desk, needed_on),
    )
    with desk.recording() as register:
        recorded = record(register, new)
    show_recorded(recorded, form)


@app.command("receive")
def receive(
    ctx: typer.Context,
    request: RequestArgument,
    unit: Annotated[list[str] | None, unit_option("--unit", "只登记这些单位，可重复。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记对方收到的日期；时限由此重新计算。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.services.request_course import receive as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, units = fact_day(desk, on), units_of(desk, unit)
    with desk.recording() as register:
        recorded = record(register, request, on=day, units=units)
    show_recorded(recorded, form)


@app.command("extend")
def extend(
    ctx: typer.Context,
    request: RequestArgument,
    days: Annotated[
        int, typer.Option("--days", metavar="N", min=1, max=999, help="延长几个工作日。")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="延长的理由。")],
    told_on: Annotated[
        str | None, typer.Option("--told-on", metavar="DATE", help="对方告知的日期，默认同 --on。")
    ] = None,
    unit: Asked = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记延长：征询合计不超过十日；认定鉴定须事先告知（四（二））。"""
    from yicheng_coord.cli.values import day_of, fact_day, unit_of
    from yicheng_coord.services.request_extensions import extend as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, asked = day_of(desk, told_on) or fact_day(desk, on), unit_of(desk, unit)
    with desk.recording() as register:
        recorded = record(register, request, days, reason, told_on=day, unit=asked)
    show_recorded(recorded, form)


@app.command("on-site")
def on_site(
    ctx: typer.Context,
    request: RequestArgument,
    unit: Asked = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记已派员到现场（紧急的认定鉴定）。"""
    from yicheng_coord.cli.values import fact_day, unit_of
    from yicheng_coord.services.request_course import attend
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, asked = fact_day(desk, on), unit_of(desk, unit)
    with desk.recording() as register:
        recorded = attend(register, request, on=day, unit=asked)
    show_recorded(recorded, form)


@app.command("reply")
def reply(
    ctx: typer.Context,
    request: RequestArgument,
    articles: Annotated[
        str | None, typer.Option("--articles", metavar="T", help="应该适用的法条。")
    ] = None,
    standard: Annotated[
        str | None, typer.Option("--standard", metavar="T", help="处罚标准。")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="T", help="鉴定结论、答复内容或处理结果。")
    ] = None,
    unit: Asked = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记答复；书面意见须有法条和处罚标准，鉴定也可以只写结论。"""
    from yicheng_coord.cli.values import fact_day, unit_of
    from yicheng_coord.services.request_course import Reply
    from yicheng_coord.services.request_course import reply as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    said = Reply(articles=articles, standard=standard, text=text)
    day, asked = fact_day(desk, on), unit_of(desk, unit)
    with desk.recording() as register:
        recorded = record(register, request, said, on=day, unit=asked)
    show_recorded(recorded, form)


@app.command("refuse")
def refuse(
    ctx: typer.Context,
    request: RequestArgument,
    ground: Annotated[str, typer.Option("--ground", metavar="T", help="不予提供的法定事由。")],
    unit: Asked = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记依法定事由不提供材料（四（二）3）。"""
    from yicheng_coord.cli.values import fact_day, unit_of
    from yicheng_coord.services.request_course import refuse as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, asked = fact_day(desk, on), unit_of(desk, unit)
    with desk.recording() as register:
        recorded = record(register, request, ground, on=day, unit=asked)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[RequestKind | None, typer.Option("--kind", help="种类。")] = None,
    unit: Unit = None,
    case: Case = None,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """请求清单。"""
    from yicheng_coord.queries.filters import duty_filter
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.requests import show_request_list

    with Desk.at(ctx).reading(unmasked="请求清单" if no_mask else "") as reading:
        wanted = duty_filter(reading, unit=unit, case=case)
        sheets = list_matters(reading, "R", kind=kind, unit=wanted.unit, case_id=wanted.case_id)
        show_request_list(sheets, form)


@app.command("show")
def show(
    ctx: typer.Context,
    request: RequestArgument,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """一项请求：内容、经过、未完成的事项。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.requests import show_request

    with Desk.at(ctx).reading(unmasked=f"请求 {request}" if no_mask else "") as reading:
        show_request(matter_sheet(reading, request, "R"), form)
