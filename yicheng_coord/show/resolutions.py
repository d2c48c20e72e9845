"""What the joint meeting resolved, as people read it."""

from collections.abc import Iterator, Sequence

from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.resolutions import (
    due_of,
    original_due_of,
    percent_of,
    progress_of,
    resolution_json,
    waived_of,
    waiver_in_words,
)
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format


def show_resolutions(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write what was resolved."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("办结期限", due_of),
                Column("进展", _progress),
                Column("种类", lambda one: one.row["kind"], drop=2),
                Column("责任单位", lambda one: one.unit_name(one.row["owner"]), drop=1),
                Column("会议", lambda one: resolution_json(one)["meeting"], drop=3),
                Column("内容", lambda one: one.title, folds=True),
            ),
            more=(
                Column("原定期限", _original),
                Column("配合单位", _helpers),
                Column("议题", lambda one: one.details.get("topic")),
                Column("困难", lambda one: _last(one, "difficulty")),
                Column("处理意见", lambda one: _last(one, "opinion")),
                Column("办结日期", lambda one: one.days("resolution.done")),
            ),
            as_json=resolution_json,
            title="议定事项",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记议定事项。",
        ),
        form,
    )


def show_resolution(sheet: MatterSheet, form: Format) -> None:
    """Write one."""
    if form is Format.JSON:
        write_json(resolution_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _progress(sheet: MatterSheet) -> str:
    if sheet.facts.of("resolution.done"):
        return "已办结"
    if waived := waived_of(sheet):
        return waiver_in_words(waived)
    percent = percent_of(sheet)
    return "办理中" if percent is None else f"{percent}%"


def _original(sheet: MatterSheet) -> str | None:
    """The day by which it was to be done at first, where that is another."""
    original = original_due_of(sheet)
    return original if original != due_of(sheet) else None


def _helpers(sheet: MatterSheet) -> str:
    return "、".join(map(sheet.unit_name, sheet.facts.units("with")))


def _last(sheet: MatterSheet, what: str) -> str | None:
    told = [one[what] for one in progress_of(sheet) if one[what]]
    return told[-1] if told else None


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    said = resolution_json(sheet)
    yield "种类", said["kind"]
    yield "责任单位", sheet.unit_name(said["owner"])
    yield "配合单位", _helpers(sheet)
    original = _original(sheet)
    yield "办结期限", said["due_on"] + (f"（原定 {original}）" if original else "")
    yield "进展", _progress(sheet)
    yield "会议", said["meeting"]
    yield "议题", said["topic"]
    yield "困难", _last(sheet, "difficulty")
    yield "处理意见", _last(sheet, "opinion")
