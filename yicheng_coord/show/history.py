"""The history as people read it: one line an operation, before and after on request."""

from collections.abc import Callable, Iterator, Sequence

from yicheng_coord.queries.history import Change, OperationView
from yicheng_coord.queries.labels import label, table_label, value_label
from yicheng_coord.show.output import hint, is_terminal, say
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format

UnitName = Callable[[str], str]
SCREENFUL = 50
"""Operations that a terminal shows when nobody said how many."""


def last_by_default(form: Format) -> int | None:
    """Return how many of the newest operations are read when nobody said: a terminal's, else all."""
    return SCREENFUL if form is Format.TABLE and is_terminal() else None


def show_history(
    operations: Sequence[OperationView], form: Format, unit_name: UnitName, last: int | None
) -> None:
    """Write the operations, oldest first; with their rows where these were asked for.

    `last` is how many were asked for, where not all were.
    """
    is_cut = last is not None and len(operations) == last
    more = f"最近 {last} 次；更早的：--last 次数、--since 日期"
    if form is Format.TABLE and any(one.changes for one in operations):
        for operation in operations:
            for line in _lines(operation, unit_name):
                say(harmless(line))
        if is_cut and len(operations) > 1:
            hint(f"以上是{more}")
        return
    count = more if is_cut else f"共 {len(operations)} 次"
    show(
        Listing(
            rows=operations,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("时间", lambda one: one.row["at"].replace("T", " ")[:16]),
                Column("操作人", lambda one: one.row["operator"], drop=1),
                Column("内容", _content, folds=True),
            ),
            more=(Column("命令", lambda one: one.command),),
            as_json=OperationView.as_json,
            title="操作记录",
            footer=f"{count}。改动前后：coord history 编号 -v；撤销：coord undo 编号",
            empty="还没有操作记录。",
        ),
        form,
    )


def _content(operation: OperationView) -> str:
    undone = f"（已由 P{operation.undone_by} 撤销）" if operation.undone_by else ""
    return f"{operation.row['summary']}{undone}"


def _lines(operation: OperationView, unit_name: UnitName) -> Iterator[str]:
    row = operation.row
    yield f"{operation.ref} {row['at'].replace('T', ' ')} {row['operator']}　{_content(operation)}"
    yield f"  命令　{operation.command or '（到期自动登记）'}"
    for change in operation.changes:
        yield f"  {_what(change, unit_name)}"


def _what(change: Change, unit_name: UnitName) -> str:
    where = f"{table_label(change.table)} {change.row}"
    if change.before is None:
        return f"新增 {where}　{_values(change.table, change.after, unit_name)}"
    if change.after is None:
        return f"删除 {where}　{_values(change.table, change.before, unit_name)}"
    parts = (
        f"{label(change.table, name)} "
        f"{value_label(change.table, name, change.before[name], unit_name)} → "
        f"{value_label(change.table, name, change.after[name], unit_name)}"
        for name in change.after
    )
    return f"改动 {where}　{'，'.join(parts)}"


def _values(table: str, row: dict[str, object] | None, unit_name: UnitName) -> str:
    held = {name: value for name, value in (row or {}).items() if value is not None}
    return "，".join(
        f"{label(table, name)} {value_label(table, name, value, unit_name)}"
        for name, value in held.items()
    )


def show_operation_to_undo(operation: OperationView, changes: int) -> None:
    """Say in words what is about to be taken back."""
    row = operation.row
    hint(f"将撤销 {operation.ref}（{row['at'].replace('T', ' ')}，{row['operator']}）：")
    hint(harmless(f"  {row['summary']}"))
    hint(f"  涉及 {changes} 处改动")
