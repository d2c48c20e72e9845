"""What was done, and taking it back: `coord history`, `coord undo`, `coord correct`."""

from typing import Annotated

import typer

from yicheng_coord.cli.confirming import confirm
from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    NoMask,
    Yes,
    completed_references,
    unit_option,
)
from yicheng_coord.vocabulary import Fact, Format, RecordFormat

_FACTS = (
    "哪一个日期：发现 <found>、认定 <determined>、转为紧急 <urgent>、初步调查 <inquired>、"
    "发出 <sent>、指定 <assigned>、收到 <received>、反馈 <answered>、报请 <referred>、"
    "撤回 <withdrawn>、决定 <decided>、通报 <notified>、办结 <closed>、作废 <voided>；"
    "I、R 等事项：作出 <made>、登记 <logged>、抄送 <shared>、告知 <told>、移交 <handed_over>、"
    "报告 <reported>、提出 <opened>、解决 <settled>、活动 <planned>、结束 <finished>、"
    "取消 <cancelled>、需要 <needed>、到场 <attended>、延长 <extended>、拒绝 <refused>、"
    "吹哨 <whistled>、报到 <arrived>、确认 <confirmed>；"
    "M、T、S：征集 <solicited>、交研究 <circulated>、召开 <held>、签发 <signed>、印发 <distributed>、"
    "提出 <added>、审定 <approved>、退回 <rejected>、办结期限 <due>（或 <set>）、办结 <done>；"
    "移送公安：批准 <approved>、不批准 <rejected>、抄送 <copied>、立案 <filed>、不予立案 <declined>、"
    "提请 <challenged>、建议监督 <supervised>、复议决定 <upheld>、认定 <cleared>、移回 <returned>；"
    "执行：送达 <served>、履行期满 <defaulted>、复议诉讼期满 <expired>、催告 <urged>、启动 <started>、"
    "申请 <applied>、履行 <performed>、执行结束 <ended>。"
)


def history(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="REF",
            help="案件、事项（I3）、时限（D57）、单位，或一次操作（P12）。",
            autocompletion=completed_references,
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="逐行列出改动前后的内容。")
    ] = False,
    last: Annotated[
        int | None,
        typer.Option("--last", metavar="N", min=1, help="只列最近几次；终端上默认 50 次。"),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="只列这一天以来的。")
    ] = None,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """做过什么，何人何时，改动前后的内容。"""
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.queries.history import operations_named
    from yicheng_coord.show.history import last_by_default, show_history

    desk = Desk.at(ctx)
    day = day_of(desk, since)
    count = last or (None if day else last_by_default(form))
    what = f"操作记录 {ref or ''}".rstrip()
    with desk.reading(unmasked=what if no_mask else "") as reading:
        found = operations_named(reading, ref, has_details=verbose, last=count, since=day)
        show_history(found, form, reading.unit_name, count)


def undo(
    ctx: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="P…", help="要撤销的操作，默认最近一次。")
    ] = None,
    yes: Yes = False,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """撤销一次操作；撤销本身也是一次操作，可以再撤销。"""
    from yicheng_coord.services.touched import count_changes
    from yicheng_coord.services.undo import operation_to_undo
    from yicheng_coord.services.undo import undo as take_back
    from yicheng_coord.show.history import show_operation_to_undo
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.reading() as reading:
        target = operation_to_undo(reading, ref)
        changes = count_changes(reading.connection, target.row["id"])
    show_operation_to_undo(target, changes)
    confirm(yes, "撤销", "撤销这次操作", "看清要撤销的操作后，加 --yes。")
    with desk.recording() as register:
        recorded = take_back(register, operation_to_undo(register.reading, target.ref))
    show_recorded(recorded, form)


def correct(
    ctx: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="案件，或 I3 等事项。", autocompletion=completed_references
        ),
    ],
    fact: Annotated[Fact, typer.Argument(metavar="FACT", help=_FACTS)],
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="正确的日期；批准、移送等可写时刻。")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="更正理由。")],
    unit: Annotated[str | None, unit_option("--unit", "事项有几个单位时，哪一个的。")] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """更正一个已登记事实的日期，重新计算所有相关时限。"""
    from yicheng_coord.cli.values import unit_of, when_of
    from yicheng_coord.services.matter_corrections import correct_any
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    when, code = when_of(desk, on), unit_of(desk, unit)
    with desk.recording() as register:
        recorded = correct_any(register, ref, fact, when=when, reason=reason, unit=code)
    show_recorded(recorded, form)
