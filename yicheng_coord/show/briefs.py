"""Briefs and circulars: what was issued, and what a brief that was just issued is."""

from collections.abc import Sequence

from yicheng_coord.papers.written import TITLES, Written
from yicheng_coord.queries.issued import Issued
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.show.letters import show_letters
from yicheng_coord.show.output import hint
from yicheng_coord.show.recorded import show_recorded
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Format, Letter, Medium, RecordFormat


def show_issued(issued: Sequence[Issued], form: Format) -> None:
    """Write what was issued."""
    show(
        Listing(
            rows=issued,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("种类", lambda one: TITLES[Letter(one.kind)], drop=2),
                Column("期号或字号", lambda one: one.number),
                Column("日期", lambda one: one.row["happened_on"], drop=1),
                Column("期间", lambda one: one.span.name),
            ),
            more=(Column("定稿校验值", lambda one: one.final["sha256"]),),
            as_json=Issued.as_json,
            title="编发过的简报和通报",
            footer=f"共 {len(issued)} 份。再印一份：coord letter brief 编号，或 coord letter circular 编号。",
            empty="还没有编发过简报和通报。",
        ),
        form,
    )


def show_draft(papers: Sequence[Written], medium: Medium, warnings: Sequence[str]) -> None:
    """Write a draft, or where its files are; that nothing was recorded on stderr."""
    show_letters(papers, medium)
    for warning in warnings:
        hint(f"注意：{warning}")
    hint("草稿，没有登记。编期号并定稿：加 --number auto")


def show_brief(
    papers: Sequence[Written], medium: Medium, recorded: Recorded, form: RecordFormat
) -> None:
    """Write a brief that was issued, or where its files are; what was recorded on stderr, or as JSON."""
    if form is RecordFormat.JSON:
        show_recorded(recorded, form)
        for file in (file for one in papers for file in one.files):
            hint(harmless(f"已写入：{file}"))
        return
    show_letters(papers, medium)
    hint(harmless(f"{recorded.headline}　撤销：coord undo P{recorded.operation}"))
    for line in (*recorded.notes, *(f"注意：{one}" for one in recorded.warnings)):
        hint(harmless(line))
