"""The named checks, and running them: one that cannot end says so and does not stop the rest."""

import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from yicheng_coord.checks import advice, database, duties, files, history, invariants, network
from yicheng_coord.checks.finding import RESTORE, Checking, Finding, Found, Place
from yicheng_coord.store.open import explained
from yicheng_coord.vocabulary import Check

MOST_OF_A_CHECK = 100
"""So many findings of a check are told one by one; of the rest only how many."""


class Named(NamedTuple):
    """A check, and what it looks at."""

    check: Check
    about: str
    run: Checking


CHECKS = (
    Named(Check.INTEGRITY, "数据库文件完好", database.check_integrity),
    Named(Check.FOREIGN_KEYS, "数据之间的联系完整", database.check_foreign_keys),
    Named(Check.STRUCTURE, "表、索引、视图、触发器与本程序所建一致", database.check_structure),
    Named(
        Check.INVARIANTS,
        "案件状态与事实相符，一案一移送，日期先后有序",
        invariants.check_invariants,
    ),
    Named(Check.DUTIES, "时限与事实、规则、日历相符，不多不少", duties.check_duties),
    Named(Check.HISTORY_CHAIN, "操作记录逐次相连，没有缺号和改动", history.check_chain),
    Named(Check.HISTORY_REPLAY, "各表与操作记录重放的结果逐行相同", history.check_replay),
    Named(Check.FILES, "材料的文件都在，内容没有改动", files.check_files),
    Named(Check.MODES, "数据库、材料和备份只有本人能读写", files.check_modes),
    Named(Check.CALENDAR, "未完成的时限所涉年份都有放假安排（提示）", advice.check_calendar),
    Named(Check.CONTACTS, "成员单位的联络人都已登记（提示）", advice.check_contacts),
    Named(Check.NETWORK, "数据库不在网络盘上（提示）", network.check_network),
)


def run_checks(place: Place, only: Collection[Check] = ()) -> list[Found]:
    """Run the checks, all of them or those named; return what they find, in their order."""
    return [
        Found(named.check, finding)
        for named in CHECKS
        if not only or named.check in only
        for finding in _some(_to_the_end(named, place))
    ]


def _to_the_end(named: Named, place: Place) -> Iterator[Finding]:
    """Run a check; what damage keeps from ending is a finding."""
    try:
        yield from named.run(place)
    except sqlite3.Error as wrong:
        told = explained(wrong, place.database)
        yield Finding(place.database.name, f"没有查完：{told}", told.hint or RESTORE)
    except (LookupError, TypeError, ValueError) as wrong:  # values that no command records
        yield Finding(place.database.name, f"没有查完：内容无法识别（{wrong}）", RESTORE)


def _some(findings: Iterator[Finding]) -> Iterator[Finding]:
    left = 0
    for count, finding in enumerate(findings, start=1):
        if count <= MOST_OF_A_CHECK:
            yield finding
        left = count - MOST_OF_A_CHECK
        last = finding
    if left > 0:
        yield Finding("…", f"还有 {left} 处，没有逐一列出", last.hint, last.level)
