"""Options and arguments that several commands share."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yicheng_coord import paths
from yicheng_coord.vocabulary import Format, RecordFormat, Secrecy

if TYPE_CHECKING:
    import sqlite3

    from yicheng_coord.policy.units import Unit as UnitOfPack


def new_group() -> typer.Typer:
    """Return an empty command group."""
    return typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _completed_units(ctx: typer.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    for unit in present_units(ctx.find_root().params.get("db")):
        spelling = next((one for one in unit.spellings if one.startswith(incomplete)), None)
        if spelling:
            yield spelling, unit.name


def unit_option(name: str, told: str) -> Any:  # noqa: ANN401 – Typer's own sort of value
    """Return an option that takes a unit, or several, with their completion."""
    return typer.Option(name, metavar="UNIT", help=told, autocompletion=_completed_units)


def _completed_rules(incomplete: str) -> Iterable[tuple[str, str]]:
    from yicheng_coord.policy.pack import load

    for rule in load(_policy_folder()).rules:
        if rule.id.startswith(incomplete):
            yield rule.id, rule.label


def present_units(db: str | None = None) -> "Sequence[UnitOfPack]":
    """Return the units to choose from; those of the pack alone where no register can be read."""
    import sqlite3
    from contextlib import closing

    from yicheng_coord.dates import now_in_shanghai
    from yicheng_coord.errors import CoordError
    from yicheng_coord.policy.pack import load
    from yicheng_coord.queries.units import units_on_file
    from yicheng_coord.store.open import connect

    pack = load(_policy_folder()).units
    try:
        with closing(connect(_database(db))) as connection:
            return units_on_file(connection, pack, now_in_shanghai().date()).present
    except (CoordError, sqlite3.Error):
        return pack.present


def _database(named: str | None) -> Path:
    named = named or os.environ.get("COORD_DB")
    return Path(named) if named else paths.default_database()


def _completed_cases(ctx: typer.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    rows = _newest(
        ctx,
        "SELECT number, title FROM case_file WHERE number BETWEEN ? AND ? "
        "ORDER BY number DESC LIMIT 50",
        (incomplete, f"{incomplete}\uffff"),
    )
    yield from ((row["number"], _said_to_a_shell(row["title"])) for row in rows)


def completed_matters(letters: str) -> Callable[[typer.Context, str], Iterable[tuple[str, str]]]:
    """Return the completion of the references of some sorts of matters, by letter."""

    def completed(ctx: typer.Context, incomplete: str) -> Iterable[tuple[str, str]]:
        for letter in letters:
            if incomplete[:1] in ("", letter):
                yield from _matters_of(ctx, letter, incomplete)

    return completed


def _matters_of(ctx: typer.Context, letter: str, incomplete: str) -> Iterable[tuple[str, str]]:
    rows = _newest(
        ctx,
        "SELECT letter || number AS ref, CASE secrecy WHEN 'none' THEN title ELSE '' END AS title "
        "FROM matter WHERE letter = ? AND letter || number BETWEEN ? AND ? "
        "ORDER BY number DESC LIMIT 50",
        (letter, incomplete, f"{incomplete}\uffff"),
    )
    yield from ((row["ref"], _said_to_a_shell(row["title"])) for row in rows)


def _completed_references(ctx: typer.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    from yicheng_coord.policy.matters import LETTERS

    yield from _completed_cases(ctx, incomplete)
    if incomplete:
        yield from completed_matters("".join(LETTERS))(ctx, incomplete)


def _newest(ctx: typer.Context, sql: str, values: Sequence[object]) -> "list[sqlite3.Row]":
    """Read some rows for the shell; none where no register can be read."""
    import sqlite3
    from contextlib import closing

    from yicheng_coord.errors import CoordError
    from yicheng_coord.store.open import connect

    try:
        with closing(connect(_database(ctx.find_root().params.get("db")))) as connection:
            return connection.execute(sql, tuple(values)).fetchall()
    except (CoordError, sqlite3.Error):
        return []


def _said_to_a_shell(title: str) -> str:
    """Letters and digits alone: zsh evaluates what it is told of a choice."""
    return "".join(sign if sign.isalnum() else " " for sign in title)


def _policy_folder() -> Path:
    own = os.environ.get("COORD_POLICY")
    return Path(own) if own else paths.policy_folder()


ListFormat = Annotated[Format, typer.Option("-f", "--format", help="表格、JSON 或 CSV。")]
AnswerFormat = Annotated[RecordFormat, typer.Option("-f", "--format", help="文字或 JSON。")]
CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="案件编号（2026-0001、今年的尾号 1）或来源编号。",
        autocompletion=_completed_cases,
    ),
]
MeetingArgument = Annotated[
    str,
    typer.Argument(metavar="M…", help="会议编号，如 M2。", autocompletion=completed_matters("M")),
]
NoMask = Annotated[
    bool, typer.Option("--no-mask", help="证件号码、电话、举报人等不遮盖；记入操作记录。")
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="发生的日期，默认今天。")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问。")]
Title = Annotated[str, typer.Option("--title", metavar="T", help="名称。")]
Text = Annotated[str | None, typer.Option("--text", metavar="T", help="内容。")]
Reason = Annotated[str, typer.Option("--reason", metavar="T", help="理由。")]
Number = Annotated[str | None, typer.Option("--number", metavar="N", help="文号。")]
Document = Annotated[str | None, typer.Option("--document", metavar="N", help="文号。")]
SecrecyMark = Annotated[
    Secrecy, typer.Option("--secrecy", help="不涉密、商业秘密、个人隐私；国家秘密不得录入。")
]
OnlyTo = Annotated[list[str] | None, unit_option("--to", "只登记这些单位，可重复。")]
Unit = Annotated[str | None, unit_option("--unit", "单位。")]
UnitArgument = Annotated[
    str, typer.Argument(metavar="UNIT", help="单位。", autocompletion=_completed_units)
]
ToUnit = Annotated[str, unit_option("--to", "对方单位。")]
RuleOption = Annotated[
    str | None,
    typer.Option("--rule", metavar="RULE", help="规则。", autocompletion=_completed_rules),
]
completed_units = _completed_units
completed_cases = _completed_cases
completed_references = _completed_references
completed_rules = _completed_rules
