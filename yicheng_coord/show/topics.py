"""Topics of the joint meeting as people read them."""

from collections.abc import Iterator, Sequence

from yicheng_coord.policy.meetings import TOPIC_STATUS_NAMES
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.topics import topic_json
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format, TopicStatus


def show_topics(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the topics."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("状态", _status),
                Column("会议", lambda one: topic_json(one)["meeting"], drop=1),
                Column("提出", lambda one: one.days("topic.added"), drop=3),
                Column("提出单位", lambda one: one.unit_name(one.row["owner"]), drop=2),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("背景", lambda one: one.row["text"]),
                Column("建议", lambda one: one.details.get("proposal")),
                Column("结果", lambda one: topic_json(one)["conclusion"]),
            ),
            as_json=topic_json,
            title="议题",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记议题。",
        ),
        form,
    )


def show_topic(sheet: MatterSheet, form: Format) -> None:
    """Write one topic."""
    if form is Format.JSON:
        write_json(topic_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _status(sheet: MatterSheet) -> str:
    return TOPIC_STATUS_NAMES[TopicStatus(topic_json(sheet)["status"])]


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    said = topic_json(sheet)
    yield "状态", _status(sheet)
    yield "提出单位", sheet.unit_name(said["by"])
    yield "会议", said["meeting"]
    yield "背景", said["background"]
    yield "建议", said["proposal"]
    yield "结果", said["conclusion"]
