"""What an import did: one table a file, the reasons grouped with their lines, what to do next."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from yicheng_coord.intake.report import FileReport, Grouped, ImportReport
from yicheng_coord.show.output import say, write_json
from yicheng_coord.show.recorded import how_moved
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format, RecordFormat

_FATES = {"new": "新增", "same": "相同", "changed": "有变化", "rejected": "退回", "skipped": "跳过"}
_SHOWN_LINES = 3
_SHOWN_GROUPS = 12


@contextmanager
def import_progress() -> Iterator[tuple[Callable[[str, int], None], Callable[[], None]]]:
    """Show on a terminal the rows read so far, and that they move in; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _name, _rows: None, lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn("line"),
        TextColumn("{task.fields[doing]}", markup=False),
        TextColumn("{task.completed} 行"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", doing="读取", total=None)

        def read(name: str, rows: int) -> None:
            progress.update(task, completed=rows, doing=f"读取 {harmless(name)}")

        yield read, lambda: progress.update(task, doing="写入登记簿")


def show_import(report: ImportReport, form: RecordFormat) -> None:
    """Write the report."""
    if form is RecordFormat.JSON:
        write_json(import_json(report))
        return
    if report.is_trial:
        say("试导入，没有写入：")
    if len(report.files) > 1:
        _show_counts(report)
    for file in report.files:
        for line in _lines(file, is_trial=report.is_trial, is_alone=len(report.files) == 1):
            say(harmless(line))
        for row in file.rows:
            fate = _FATES[row["fate"]]
            say(harmless(f"  第 {row['line']} 行　{fate}　{row['title'] or row['why']}"))
    if not report.is_trial:
        for line in _outcome(report):
            say(line)


def _show_counts(report: ImportReport) -> None:
    """Several lists: what became of the rows of each, a line a list."""

    def fate(word: str, name: str) -> Column[FileReport]:
        return Column(word, lambda file: file.count(name))

    show(
        Listing(
            rows=report.files,
            columns=(
                Column("清单", lambda file: file.path.name, folds=True),
                Column("行数", lambda file: file.read),
                *(fate(word, name) for name, word in _FATES.items()),
            ),
            as_json=_file_json,
            empty="没有清单。",
        ),
        Format.TABLE,
    )


def _outcome(report: ImportReport) -> Iterator[str]:
    yield from map(_grouped, report.refused)
    if report.operation is None:
        yield "没有新的内容，登记没有改动。"
        return
    if report.updated:
        yield f"已按清单更新 {report.updated} 项。"
    yield from (f"  变动　{how_moved(duty, before)}" for duty, before in report.moved)
    if report.duties:
        yield f"新增时限事项 {report.duties} 项。"
    yield f"下一步：{report.next_step}"


def _lines(file: FileReport, *, is_trial: bool, is_alone: bool) -> Iterator[str]:
    encoding = (file.encoding or "").removesuffix("-sig").upper()
    sheet = f"工作表“{file.sheet}”，" if file.sheet else f"编码 {encoding}，"
    header = f"第 {file.header_line} 行为表头，" if file.header_line else ""
    yield f"读取 {file.path.name}：{sheet}{header}{file.read} 行"
    skipped = "、".join(f"{why} {number}" for why, number in file.skipped.items())
    if is_alone:
        counts = "　".join(f"{word} {file.count(fate)}" for fate, word in _FATES.items())
        yield f"  {counts}" + (f"（{skipped}）" if skipped else "")
    elif skipped:
        yield f"  跳过：{skipped}"
    if file.count("rejected"):
        where = (
            "（试导入，未写文件）"
            if is_trial
            else f"已写入 {file.rejects.name if file.rejects else ''}"
        )
        yield f"退回 {file.count('rejected')} 行{where}："
        yield from _groups(file.reasons)
    if file.count("changed"):
        named = _equals(file, "changed")
        which = f"：{named}" if named else ""
        yield f"有变化 {file.count('changed')} 行{which}，处理方式见 --on-conflict"
    if repeated := _equals(file, "same"):
        yield f"重复的行：{repeated}"
    yield from _unread(file)
    if file.warnings:
        yield "请核对："
        yield from _groups(file.warnings)
    if file.cleaned:
        yield "已清理：" + "、".join(f"{what} {number}" for what, number in file.cleaned.items())


def _unread(file: FileReport) -> Iterator[str]:
    if file.other_sheets:
        yield f"没有读取的工作表：{'、'.join(file.other_sheets)}（用 --sheet 指定）"
    if file.unread_columns:
        yield f"未识别的列（留在案件的其他内容里）：{_named(file.unread_columns)}"


def _named(columns: Sequence[str]) -> str:
    more = f" 等 {len(columns)} 列" if len(columns) > _SHOWN_GROUPS else ""
    return "、".join(columns[:_SHOWN_GROUPS]) + more


def _groups(groups: Sequence[Grouped]) -> Iterator[str]:
    """The most frequent first; nobody reads hundreds."""
    by_size = sorted(groups, key=lambda group: -len(group.lines))
    yield from (f"  {_grouped(group)}" for group in by_size[:_SHOWN_GROUPS])
    if len(groups) > _SHOWN_GROUPS:
        yield f"  另有 {len(groups) - _SHOWN_GROUPS} 种，全部见 -f json"


def _grouped(group: Grouped) -> str:
    lines = "、".join(map(str, group.lines[:_SHOWN_LINES]))
    more = "、…" if len(group.lines) > _SHOWN_LINES else ""
    example = f"　例：{group.shown_example}" if group.shown_example else ""
    return f"{group.text}　{len(group.lines)} 行　第 {lines}{more} 行{example}"


def _equals(file: FileReport, fate: str) -> str:
    named = [one for one in file.equals if one["fate"] == fate]
    words = [f"第 {one['line']} 行与{_twin(one)}" for one in named[:_SHOWN_LINES]]
    return "、".join(words) + (f" 等 {len(named)} 行" if len(named) > _SHOWN_LINES else "")


def _twin(one: Mapping[str, Any]) -> str:
    if not one["row"]:
        return f" {one['case']}"
    return (f" {one['file']} " if "file" in one else "") + f"第 {one['row']} 行"


def import_json(report: ImportReport) -> dict[str, Any]:
    """The stable keys of an import's answer."""
    return {
        "operation": report.operation,
        "recorded": {
            "type": "import",
            "ref": f"P{report.operation}" if report.operation else None,
            "dry_run": report.is_trial,
            "read": sum(file.read for file in report.files),
            **{fate: report.total(fate) for fate in _FATES},
            "updated": report.updated,
        },
        "duties": report.duties,
        "moved": [
            {"id": duty.ref, "due_on": duty.row["due_on"], "due_on_before": before}
            for duty, before in report.moved
        ],
        "refused": [_group_json(group) for group in report.refused],
        "met": [],
        "started": [],
        "files": [_file_json(file) for file in report.files],
        "warnings": [
            f"{one.text}：{len(one.lines)} 行" for file in report.files for one in file.warnings
        ],
        "next_step": report.next_step,
    }


def _file_json(file: FileReport) -> dict[str, Any]:
    return {
        "file": str(file.path),
        "sheet": file.sheet,
        "other_sheets": list(file.other_sheets),
        "encoding": file.encoding,
        "header_line": file.header_line,
        "unread_columns": list(file.unread_columns),
        "read": file.read,
        **{fate: file.count(fate) for fate in _FATES},
        "rejects": str(file.rejects) if file.rejects else None,
        "reasons": [_group_json(group) for group in file.reasons],
        "warnings": [_group_json(group) for group in file.warnings],
        "skipped_rows": dict(file.skipped),
        "cleaned": dict(file.cleaned),
        "equals": file.equals,
        "rows": file.rows,
    }


def _group_json(group: Grouped) -> dict[str, Any]:
    return {
        "text": group.text,
        "lines": group.lines,
        "example": group.example,
        "near": group.near,
    }
