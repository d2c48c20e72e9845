"""The history as people read it: one line an operation, before and after on request."""

import json
from collections.abc import Iterator, Sequence

from yicheng_coord.queries.history import Change, OperationView
from yicheng_coord.queries.labels import label, table_label
from yicheng_coord.show.output import hint, say
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format


def show_history(operations: Sequence[OperationView], form: Format) -> None:
    """Write the operations, oldest first; with their rows where these were asked for."""
    if form is Format.TABLE and any(one.changes for one in operations):
        for operation in operations:
            for line in _lines(operation):
                say(harmless(line))
        return
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
            footer=f"共 {len(operations)} 次。改动前后：coord history 编号 -v；撤销：coord undo 编号",
            empty="还没有操作记录。",
        ),
        form,
    )


def _content(operation: OperationView) -> str:
    undone = f"（已由 P{operation.undone_by} 撤销）" if operation.undone_by else ""
    return f"{operation.row['summary']}{undone}"


def _lines(operation: OperationView) -> Iterator[str]:
    row = operation.row
    yield f"{operation.ref} {row['at'].replace('T', ' ')} {row['operator']}　{_content(operation)}"
    yield f"  命令　{operation.command}"
    for change in operation.changes:
        yield f"  {_what(change)}"


def _what(change: Change) -> str:
    where = f"{table_label(change.table)} {change.row}"
    if change.before is None:
        return f"新增 {where}　{_values(change.table, change.after)}"
    if change.after is None:
        return f"删除 {where}　{_values(change.table, change.before)}"
    parts = (
        f"{label(change.table, name)} {_value(change.before[name])} → {_value(change.after[name])}"
        for name in change.after
    )
    return f"改动 {where}　{'，'.join(parts)}"


def _values(table: str, row: dict[str, object] | None) -> str:
    held = {name: value for name, value in (row or {}).items() if value is not None}
    return "，".join(f"{label(table, name)} {_value(value)}" for name, value in held.items())


def _value(value: object) -> str:
    return "空" if value is None else json.dumps(value, ensure_ascii=False).strip('"')


def show_operation_to_undo(operation: OperationView) -> None:
    """Say in words what is about to be taken back."""
    row = operation.row
    hint(f"将撤销 {operation.ref}（{row['at'].replace('T', ' ')}，{row['operator']}）：")
    hint(harmless(f"  {row['summary']}"))
    hint(f"  涉及 {len(operation.changes)} 处改动")
