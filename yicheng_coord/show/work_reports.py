"""Reports of the units' work as people read them."""

from collections.abc import Sequence

from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.work_reports import work_report_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format


def show_work_reports(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the reports: who owes one, and what came."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("单位", lambda one: one.unit_name(one.row["owner"])),
                Column("收到", lambda one: one.days("work.received") or "未报送"),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("周期开始", lambda one: one.days("interval.begun")),
                Column("说明", lambda one: work_report_json(one)["note"]),
            ),
            as_json=work_report_json,
            title="工作开展情况",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记工作开展情况。",
        ),
        form,
    )
