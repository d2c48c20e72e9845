"""Every morning: what is overdue, due, open; and how a deadline was counted."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat, RuleOption, Unit, completed_cases
from yicheng_coord.vocabulary import Format


def today(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """今日工作."""
    from yicheng_coord.queries.today import morning_sheet
    from yicheng_coord.show.duties import show_today

    desk = Desk.at(ctx)
    desk.keep_time()
    with desk.reading() as reading:
        show_today(morning_sheet(reading), form)


def overdue(
    ctx: typer.Context,
    unit: Unit = None,
    rule: RuleOption = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="有超期事项时以 1 退出，供脚本判断。")
    ] = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """超期事项."""
    from yicheng_coord.queries.duty_lists import overdue as overdue_duties
    from yicheng_coord.queries.filters import duty_filter
    from yicheng_coord.show.duties import show_overdue

    with Desk.at(ctx).reading() as reading:
        duties = overdue_duties(reading, duty_filter(reading, unit=unit, rule=rule))
        show_overdue(duties, reading.today, form)
    raise typer.Exit(1 if duties and exit_code else 0)


def pending(
    ctx: typer.Context,
    within: Annotated[
        int | None,
        typer.Option("--within", metavar="N", min=0, max=999, help="只列 N 个工作日内到期的。"),
    ] = None,
    unit: Unit = None,
    rule: RuleOption = None,
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="CASE", help="案件。", autocompletion=completed_cases),
    ] = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """全部待办事项."""
    from yicheng_coord.queries.duty_lists import pending as pending_duties
    from yicheng_coord.queries.filters import duty_filter
    from yicheng_coord.show.duties import show_pending

    with Desk.at(ctx).reading() as reading:
        wanted = duty_filter(reading, unit=unit, rule=rule, case=case)
        show_pending(pending_duties(reading, wanted, within), reading.today, form)


def explain(
    ctx: typer.Context,
    refs: Annotated[list[str], typer.Argument(metavar="D…", help="时限事项编号，如 D57，可多个。")],
    form: ListFormat = Format.TABLE,
) -> None:
    """一个时限如何算出."""
    from yicheng_coord.queries.explain import explain as proof_of
    from yicheng_coord.show.explain import show_proofs

    with Desk.at(ctx).reading() as reading:
        show_proofs([proof_of(reading, ref) for ref in dict.fromkeys(refs)], form)
