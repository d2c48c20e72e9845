"""The enforcement of penalties as people read it."""

from collections.abc import Sequence

from yicheng_coord.queries.enforcements import enforcement_json, enforcement_standing
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format


def show_enforcements(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the list; the course of each stands in its case."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("案件", lambda one: one.case_number),
                Column("履行期限", lambda one: one.days("penalty.defaulted"), drop=3),
                Column("催告", lambda one: one.days("enforce.urged"), drop=2),
                Column("复议诉讼期满", lambda one: one.days("appeal.expired"), drop=1),
                Column("现状", lambda one: enforcement_standing(one)[1]),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("编号", lambda one: one.ref),
                Column("送达", lambda one: one.days("penalty.served")),
                Column("启动", lambda one: one.days("enforce.started")),
                Column("申请法院", lambda one: one.days("enforce.applied")),
                Column("履行方式", lambda one: enforcement_json(one)["how"]),
                Column("执行标的", lambda one: enforcement_json(one)["object"]),
                Column("复议诉讼情况", lambda one: enforcement_json(one)["appeals"]),
                Column("结果", lambda one: enforcement_json(one)["result"]),
            ),
            as_json=enforcement_json,
            title="处罚决定的执行",
            footer=f"共 {len(sheets)} 件。经过：coord case show 案件编号",
            empty="没有登记处罚决定的执行。",
        ),
        form,
    )
