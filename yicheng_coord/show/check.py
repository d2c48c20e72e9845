"""What `coord check` found: errors as the result, advice beside it; silent when all is well."""

from collections.abc import Sequence
from itertools import groupby

from yicheng_coord.checks.all import CHECKS
from yicheng_coord.checks.finding import Found, Level
from yicheng_coord.show.output import hint, is_terminal, say
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format


def show_found(found: Sequence[Found], form: Format) -> None:
    """Write the findings: as a table the errors, with the advice on stderr; else all of them."""
    errors = [one for one in found if one.finding.level is Level.ERROR]
    if form is not Format.TABLE:
        show(_listing(found), form)
        return
    if errors and is_terminal():
        _say_grouped(errors)
    elif errors:
        show(_listing(errors), form)
    for one in found:
        if one.finding.level is Level.ADVICE:
            hint(harmless(f"提示（{one.check.value}）{one.finding.where}：{one.finding.what}。"))
            hint(harmless(f"  {one.finding.hint}"))


def _say_grouped(errors: Sequence[Found]) -> None:
    """Write what is wrong a line each, and once what to do: a command must not be folded."""
    say(f"检查发现 {len(errors)} 处问题")
    for (check, what_to_do), alike in groupby(errors, lambda one: (one.check, one.finding.hint)):
        say()
        say(check.value)
        for one in alike:
            say(harmless(f"  {one.finding.where}　{one.finding.what}"))
        say(harmless(f"  处理：{what_to_do}"))


def _listing(found: Sequence[Found]) -> Listing[Found]:
    return Listing(
        rows=found,
        columns=(
            Column("检查", lambda one: one.check.value),
            Column("位置", lambda one: one.finding.where, folds=True),
            Column("问题", lambda one: one.finding.what, folds=True),
            Column("处理", lambda one: one.finding.hint, folds=True),
        ),
        more=(Column("级别", lambda one: one.finding.level.value),),
        as_json=Found.as_json,
        title="检查发现问题",
        footer=f"共 {len(found)} 处。",
        empty="",
    )


def show_checks(form: Format) -> None:
    """Write the names of the checks."""
    show(
        Listing(
            rows=CHECKS,
            columns=(
                Column("名称", lambda one: one.check.value),
                Column("查什么", lambda one: one.about, folds=True),
            ),
            as_json=lambda one: {"check": one.check.value, "about": one.about},
            title="检查项目",
            empty="",
        ),
        form,
    )
