"""What `coord export` writes as tables: their columns, and their rows one at a time."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.masking import MASKS
from yicheng_coord.policy.facts import Answer
from yicheng_coord.policy.lifecycle import STATUS_NAMES
from yicheng_coord.queries.cases import transfer_json
from yicheng_coord.queries.contacts import list_contacts
from yicheng_coord.queries.duties import all_duties
from yicheng_coord.queries.history import list_operations
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import CaseStatus, Exported

ANSWERS = {Answer.ACCEPTED.value: "受理", Answer.DECLINED.value: "不受理"}
_DUTY_STATUS = {
    "open": "未到期",
    "due_today": "今日到期",
    "overdue": "超期",
    "ageing": "久未办理",
    "met": "已完成",
    "met_late": "逾期完成",
    "lapsed": "未行使",
    "cancelled": "不适用",
}
NUMBER, ORIGIN = "本系统编号", "清单来源"
VIEW_ONLY, VIEW_ONLY_WORDS = "仅供查看", "移送和决定各列"
STATUS, HOLDER = "本系统状态", "本系统现由"
OUR_HEADINGS = (NUMBER, ORIGIN, VIEW_ONLY, STATUS, HOLDER)
"""Headings of what a list that was exported here says beside its fields."""
_ONLY_OURS = frozenset({NUMBER, STATUS, HOLDER})


def is_our_list(headings: Collection[str]) -> bool:
    """Whether a list was exported here, though a column of it be lost since."""
    return not _ONLY_OURS.isdisjoint(headings)


_CASES = """
SELECT case_file.*,
  leg.sent_on, leg.assigned_on, leg.receiver, leg.number AS transfer_number, leg.received_on,
  leg.answered_on, leg.answer, leg.answer_reason, leg.referred_on,
  made.decided_on, made.outcome, made.text AS decision_text, made.number AS decision_number,
  made.notified_on,
  (SELECT count(*) FROM transfer WHERE case_id = case_file.id) AS legs,
  (SELECT count(*) FROM decision WHERE case_id = case_file.id) AS decisions
FROM case_file
LEFT JOIN transfer AS leg ON leg.id = (
  SELECT id FROM transfer WHERE case_id = case_file.id AND withdrawn_on IS NULL
  ORDER BY leg DESC LIMIT 1)
LEFT JOIN decision AS made ON made.id = (
  SELECT id FROM decision WHERE case_id = case_file.id ORDER BY ordinal DESC LIMIT 1)
WHERE case_file.voided_on IS NULL ORDER BY year, seq
"""
_HEADINGS = """
SELECT DISTINCT said.key FROM case_file, json_each(case_file.extra) AS said
WHERE case_file.extra IS NOT NULL AND case_file.voided_on IS NULL ORDER BY said.key
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the value of a row, and whether the value is a day (ISO text)."""

    heading: str
    value: Callable[[Any], object]
    is_day: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table; its rows are read once."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    def lines(self) -> Iterator[list[object]]:
        """Yield the values of each row."""
        for row in self.rows:
            yield [column.value(row) for column in self.columns]


def sheets(
    reading: Reading,
    what: Exported,
    labels: dict[str, str],
    beside: Callable[[str], str],
) -> list[Sheet]:
    """Return the tables of what is wanted.

    Args:
        reading: the register.
        what: one table, or all of them.
        labels: field of a case list → heading, in the order of the columns.
        beside: what a list of ours calls a column that was kept beside the fields.

    """
    makers: dict[Exported, tuple[Callable[[], Sheet], ...]] = {
        Exported.CASES: (lambda: cases(reading, labels, beside),),
        Exported.TRANSFERS: (lambda: transfers(reading),),
        Exported.DUTIES: (lambda: duties(reading),),
        Exported.UNITS: (lambda: units(reading), lambda: contacts(reading)),
        Exported.HISTORY: (lambda: history(reading),),
    }
    wanted = makers if what is Exported.ALL else (what,)
    return [make() for one in wanted for make in makers[one]]


def cases(reading: Reading, labels: dict[str, str], beside: Callable[[str], str]) -> Sheet:
    """Cases that are not void, as a list that can be imported again."""
    masks = {} if reading.is_unmasked else MASKS

    def field(name: str) -> Callable[[Any], object]:
        if name in ("found_by", "competent", "receiver"):
            return lambda row: reading.unit_name(row[name])
        if name == "urgent":
            return lambda row: "是" if row[name] else ""
        if name == "answer":
            return lambda row: ANSWERS.get(row[name], "")
        if name == "sent_on":
            return lambda row: row["sent_on"] or row["assigned_on"]
        if mask := masks.get(name):
            return lambda row: mask(row[name]) if row[name] else row[name]
        return lambda row: row[name]

    def said(heading: str) -> Callable[[Any], object]:
        return lambda row: row["extra"].get(heading)

    headings = [row[0] for row in reading.connection.execute(_HEADINGS)]
    columns = [
        Column(NUMBER, lambda row: row["number"]),
        *(Column(label, field(name), name.endswith("_on")) for name, label in labels.items()),
        Column(ORIGIN, lambda row: row["origin"] or row["found_by"]),
        Column(VIEW_ONLY, _view_only),
        Column(STATUS, lambda row: STATUS_NAMES[CaseStatus(row["status"])]),
        Column(HOLDER, lambda row: reading.unit_name(row["holder"])),
        *(Column(beside(heading), said(heading)) for heading in headings),
    ]
    return Sheet("案件", columns, _with_extra(reading, masks.get("extra")))


def _view_only(row: dict[str, Any]) -> str:
    """More than one leg or decision does not go into one line; those columns are not read back."""
    is_plain = row["legs"] <= 1 and row["decisions"] <= 1
    return "" if is_plain else VIEW_ONLY_WORDS


def _with_extra(reading: Reading, mask: Callable[[str], str] | None) -> Iterator[dict[str, Any]]:
    for row in reading.connection.execute(_CASES):
        extra = row["extra"]
        kept = json.loads(mask(extra) if mask else extra) if extra else {}
        yield dict(row) | {"extra": kept}


def voided(connection: sqlite3.Connection) -> int:
    """Return how many cases are void; a table of cases leaves them out."""
    found = connection.execute("SELECT count(*) FROM case_file WHERE voided_on IS NOT NULL")
    number: int = found.fetchone()[0]
    return number


def transfers(reading: Reading) -> Sheet:
    """All legs."""
    rows = reading.connection.execute("SELECT * FROM transfer_list ORDER BY case_id, leg")
    return Sheet(
        "移送",
        [
            _plain("案件", "case"),
            _plain("名称", "case_title"),
            _plain("程次", "leg"),
            Column("移送单位", lambda leg: reading.unit_name(leg["from"])),
            Column("接收单位", lambda leg: reading.unit_name(leg["to"])),
            _plain("移送字号", "number"),
            _plain("移送日期", "sent_on"),
            _plain("指定日期", "assigned_on"),
            _plain("指定文号", "document"),
            _plain("收到日期", "received_on"),
            _plain("收件人", "received_by"),
            _plain("反馈日期", "answered_on"),
            Column("反馈意见", lambda leg: ANSWERS.get(leg["answer"] or "", "")),
            _plain("不受理理由", "answer_reason"),
            _plain("报请日期", "referred_on"),
            _plain("撤回日期", "withdrawn_on"),
            _plain("撤回理由", "withdraw_reason"),
            _plain("改为指定的日期", "replaced_on"),
            _plain("通报日期", "notified_on"),
        ],
        map(transfer_json, rows),
    )


def duties(reading: Reading) -> Sheet:
    """All duties, open or not."""

    def yes(key: str) -> Callable[[Any], object]:
        return lambda duty: "是" if duty[key] else ""

    return Sheet(
        "时限",
        [
            _plain("编号", "id"),
            _plain("规则", "rule"),
            _plain("条款", "clause"),
            _plain("事项", "duty"),
            Column("状态", lambda duty: _DUTY_STATUS[duty["status"]]),
            _plain("案件", "case"),
            _plain("名称", "case_title"),
            Column("责任单位", lambda duty: reading.unit_name(duty["owed_by"])),
            Column("对方单位", lambda duty: reading.unit_name(duty["owed_to"])),
            _plain("起算日期", "started_on"),
            Column("暂计", yes("assumed_start")),
            _plain("应办日期", "due_on"),
            _plain("原应办日期", "original_due_on"),
            Column("暂定", yes("provisional")),
            Column("紧急", yes("urgent")),
            _plain("完成日期", "met_on"),
            _plain("剩余或超出天数", "days_left"),
            _plain("不适用自", "cancelled_on"),
            _plain("不适用理由", "cancel_reason"),
        ],
        (duty.as_json() for duty in all_duties(reading)),
    )


def units(reading: Reading) -> Sheet:
    """All units, with how lists spell them."""
    return Sheet(
        "单位",
        [
            Column("代码", lambda unit: unit.code),
            Column("名称", lambda unit: unit.name),
            Column("全称", lambda unit: unit.full_name),
            Column("类别", lambda unit: unit.kind),
            Column("成员单位", lambda unit: "是" if unit.is_member else ""),
            Column("简称", lambda unit: "、".join(unit.short_names)),
            Column("别名", lambda unit: "、".join(unit.aliases)),
            Column("说明", lambda unit: unit.note),
            Column("撤销日期", lambda unit: _iso(unit.closed_on), is_day=True),
            Column("承接单位", lambda unit: reading.unit_name(unit.successor)),
        ],
        reading.units.all,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def contacts(reading: Reading) -> Sheet:
    """Who has, or had, which role in which unit."""
    return Sheet(
        "联络人",
        [
            Column("单位", lambda one: one.unit_name),
            Column("角色", lambda one: one.row["role"]),
            Column("姓名", lambda one: one.row["name"]),
            Column("职务", lambda one: one.row["post"]),
            Column("电话", lambda one: one.phone),
            Column("任职日期", lambda one: one.row["since"], is_day=True),
            Column("离任日期", lambda one: one.row["until"], is_day=True),
        ],
        list_contacts(reading),
    )


def history(reading: Reading) -> Sheet:
    """All operations."""
    return Sheet(
        "操作记录",
        [
            _plain("编号", "ref"),
            _plain("时间", "at"),
            _plain("操作人", "operator"),
            _plain("命令", "command"),
            _plain("内容", "summary"),
            _plain("撤销了", "undoes"),
            _plain("被撤销于", "undone_by"),
            _plain("校验值", "hash"),
        ],
        (one.as_json() for one in list_operations(reading)),
    )


def _plain(heading: str, key: str) -> Column:
    return Column(heading, lambda row: row[key], is_day=key.endswith("_on"))
