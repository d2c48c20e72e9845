"""`coord transfer`: 移送, 二（二）."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    CaseArgument,
    ListFormat,
    On,
    ToUnit,
    Unit,
    new_group,
)
from yicheng_coord.vocabulary import Format, RecordFormat

app = new_group()


@app.command("send")
def send(
    ctx: typer.Context,
    case: CaseArgument,
    to: ToUnit,
    urgent: Annotated[bool, typer.Option("--urgent", help="情况紧急，立即移送。")] = False,
    urgent_from: Annotated[
        str | None, typer.Option("--urgent-from", metavar="DATE", help="自此日起情况紧急。")
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="N", help="移交函字号。")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="移送理由。")] = None,
    basis: Annotated[str | None, typer.Option("--basis", help="管辖依据。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """移送有管辖权的单位，一案一移送。"""
    from yicheng_coord.cli.values import day_of, fact_day
    from yicheng_coord.services import transfers
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    receiver, day, urgent_on = desk.unit(to), fact_day(desk, on), day_of(desk, urgent_from)
    with desk.recording() as register:
        recorded = transfers.send(
            register,
            case,
            to=receiver,
            on=day,
            number=number,
            reason=reason,
            basis=basis,
            urgent=urgent,
            urgent_on=urgent_on,
        )
    show_recorded(recorded, form)


@app.command("receive")
def receive(
    ctx: typer.Context,
    case: CaseArgument,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="签收人。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记收到（收件回执）；反馈时限自此日起算。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import transfers
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = transfers.receive(register, case, on=fact_day(desk, on), by=by)
    show_recorded(recorded, form)


@app.command("accept")
def accept(
    ctx: typer.Context, case: CaseArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """登记受理：属于接收单位管辖。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import transfers
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = transfers.accept(register, case, on=fact_day(desk, on))
    show_recorded(recorded, form)


@app.command("decline")
def decline(
    ctx: typer.Context,
    case: CaseArgument,
    reason: Annotated[str | None, typer.Option("--reason", help="理由，必须写明。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记不受理：不属于接收单位管辖，须报请区人民政府决定。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import transfers
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = transfers.decline(register, case, on=fact_day(desk, on), reason=reason)
    show_recorded(recorded, form)


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    case: CaseArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="撤回理由。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """撤回尚未反馈的移送。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import transfers
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = transfers.withdraw(register, case, on=fact_day(desk, on), reason=reason)
    show_recorded(recorded, form)


@app.command("refer")
def refer(
    ctx: typer.Context, case: CaseArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """登记报请区人民政府决定。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import government
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = government.refer(register, case, on=fact_day(desk, on))
    show_recorded(recorded, form)


@app.command("assign")
def assign(
    ctx: typer.Context,
    case: CaseArgument,
    to: ToUnit,
    document: Annotated[
        str | None, typer.Option("--document", metavar="N", help="区政府文件字号。")
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记区人民政府的决定：由哪个单位管辖。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import government
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    receiver, day = desk.unit(to), fact_day(desk, on)
    with desk.recording() as register:
        recorded = government.assign(register, case, to=receiver, on=day, document=document)
    show_recorded(recorded, form)


@app.command("notify")
def notify(
    ctx: typer.Context, case: CaseArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """登记处理结果已书面通报原移送单位。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services import decisions
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = decisions.notify(register, case, on=fact_day(desk, on))
    show_recorded(recorded, form)


@app.command("list")
def list_(ctx: typer.Context, unit: Unit = None, form: ListFormat = Format.TABLE) -> None:
    """移送清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.case_lists import list_transfers
    from yicheng_coord.show.cases import show_transfers

    desk = Desk.at(ctx)
    with desk.reading() as reading:
        rows = list_transfers(reading, unit_of(desk, unit))
        show_transfers(rows, reading.units, form)


@app.command("show")
def show(ctx: typer.Context, case: CaseArgument, form: ListFormat = Format.TABLE) -> None:
    """一个案件的各程移送。"""
    from yicheng_coord.queries.cases import case_sheet, transfer_json
    from yicheng_coord.show.cases import show_transfers

    with Desk.at(ctx).reading() as reading:
        rows = [transfer_json(leg) for leg in case_sheet(reading, case).legs]
        show_transfers(rows, reading.units, form)
