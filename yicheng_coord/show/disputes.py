"""执法争议 as people read them."""

from collections.abc import Iterator, Sequence

from yicheng_coord.queries.disputes import disputants, dispute_json, result_of, status_in_words
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format


def show_disputes(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the disputes."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("提出日期", lambda one: one.days("dispute.opened"), drop=2),
                Column("各方", disputants, folds=True),
                Column("现状", status_in_words),
                Column("案件", lambda one: one.case_number, drop=1),
                Column("争议", lambda one: one.title, folds=True),
            ),
            more=(
                Column("各方意见", lambda one: one.shown(one.row["text"])),
                Column("结果", result_of),
            ),
            as_json=dispute_json,
            title="执法争议",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记争议。",
        ),
        form,
    )


def show_dispute(sheet: MatterSheet, form: Format) -> None:
    """Write one dispute."""
    if form is Format.JSON:
        write_json(dispute_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    yield "各方", disputants(sheet)
    yield "现状", status_in_words(sheet)
    yield "案件", sheet.case_number
    yield "各方意见", sheet.shown(sheet.row["text"])
    rules = {duty.rule.id: duty.rule for duty in sheet.duties}
    yield from (("依据", f"{rule.clause}：{rule.quote}") for rule in rules.values())
