"""The calendar as people read it: which years rest on what, and a count day by day."""

from collections.abc import Sequence
from typing import Any

from yicheng_coord.dates import weekday
from yicheng_coord.policy.workdays import Workdays
from yicheng_coord.queries.calendar import YearOnFile
from yicheng_coord.queries.counts import Count
from yicheng_coord.show.explain import ledger_listing, show_ledger
from yicheng_coord.show.output import hint, is_terminal, say, write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import CountKind, Format

_UNITS = {
    CountKind.WORKING: "个工作日",
    CountKind.CALENDAR: "日（自然日）",
    CountKind.BACK: "日，倒推",
    CountKind.WORKING_BACK: "个工作日，倒推",
    CountKind.MONTHS: "个月",
    CountKind.HOURS: "小时",
}


def show_years(years: Sequence[YearOnFile], workdays: Workdays, form: Format) -> None:
    """Write which years are known, and the days that the office set itself."""
    show(
        Listing(
            rows=years,
            columns=(
                Column("年", lambda year: year.year),
                Column("放假安排", lambda year: "已载入" if year.known else "未载入，时限暂定"),
                Column("依据", lambda year: year.source, folds=True),
            ),
            as_json=lambda year: _year_json(year, workdays),
            title="工作日历",
            footer="载入：coord calendar apply 文件；本单位休息日：coord calendar set 日期 rest --reason 理由",
            empty="",
        ),
        form,
    )
    if form is Format.TABLE:
        write = say if is_terminal() else hint
        for day in workdays.local:
            word = "上班" if day.works else "休息"
            write(f"本单位设定　{day.date} {weekday(day.date)} {word}（{day.reason}）")


def _year_json(year: YearOnFile, workdays: Workdays) -> dict[str, Any]:
    return {
        "year": year.year,
        "known": year.known,
        "source": year.source,
        "local_days": [
            {"date": day.date.isoformat(), "works": day.works, "reason": day.reason}
            for day in workdays.local
            if day.date.year == year.year
        ],
    }


def show_count(count: Count, form: Format) -> None:
    """Write a count: the day, and every day on the way."""
    if form is Format.JSON:
        write_json(count.as_json())
        return
    if form is Format.CSV:
        show(ledger_listing(count.days, "到期"), form)
        return
    on = count.due.on
    if on is None:
        raise AssertionError
    moment = f" {count.due.at:%H:%M}" if count.due.at else ""
    provisional = "（暂定）" if count.due.provisional else ""
    start = f"{count.start:%Y-%m-%d %H:%M}" if count.due.at else f"{count.start:%Y-%m-%d}"
    say(f"{start} 起 {count.n} {_UNITS[count.kind]}：{on} {weekday(on)}{moment}{provisional}")
    if count.due.rolled_on and count.due.rolled_on != on:
        say(f"该日为休息日，其后第一个工作日为 {count.due.rolled_on}")
    if count.due.safe_on:
        say(f"按工作日倒推的稳妥日期为 {count.due.safe_on}")
    if count.days:
        say()
        show_ledger(count.days, "到期")
