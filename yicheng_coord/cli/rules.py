"""`coord rules`: the Opinion as data."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat, completed_rules, new_group
from yicheng_coord.vocabulary import Format

app = new_group()


@app.command("list")
def list_(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """全部规则，按原文顺序。"""
    from yicheng_coord.policy.pack import load
    from yicheng_coord.show.policy import show_rules

    show_rules(load(Desk.at(ctx).policy_folder), form)


@app.command("show")
def show(
    ctx: typer.Context,
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help="规则。", autocompletion=completed_rules)
    ],
    form: ListFormat = Format.TABLE,
) -> None:
    """一条规则：原文、时限、起止事件、解读。"""
    from yicheng_coord.policy.pack import load
    from yicheng_coord.show.policy import show_rule

    policy = load(Desk.at(ctx).policy_folder)
    show_rule(policy, policy.rule(rule), form)


@app.command("check")
def check(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """核对规则包：引文、覆盖、事件、单位。"""
    from yicheng_coord.policy.coverage import check_pack
    from yicheng_coord.policy.pack import load
    from yicheng_coord.show.policy import show_findings

    findings = check_pack(load(Desk.at(ctx).policy_folder))
    show_findings(findings, form)
    raise typer.Exit(1 if findings else 0)
