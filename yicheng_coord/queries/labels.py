"""What tables and columns are called when people read of them, and how their values read."""

from collections.abc import Callable, Mapping

from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.lifecycle import STATUS_NAMES
from yicheng_coord.policy.units import KIND_NAMES

TABLES = {
    "case_file": "案件",
    "inquiry": "初步调查",
    "transfer": "移送",
    "decision": "处理决定",
    "decision_addressee": "抄送、函告",
    "material": "材料",
    "duty": "时限",
    "calendar_notice": "放假安排",
    "calendar_day": "日历",
    "unit_edition": "单位",
    "contact": "联络人",
    "matter": "事项",
    "matter_party": "事项的各方",
    "happening": "经过",
    "number_series": "字号的编法",
    "paper_number": "发文字号",
    "attendance": "参会",
    "reminder": "催办",
    "reminder_item": "催办的事项",
}

_COLUMNS = {
    "id": "序号",
    "case_id": "案件序号",
    "number": "编号",
    "year": "年份",
    "seq": "顺序号",
    "external_number": "来源编号",
    "origin": "来源名单",
    "natural_key": "查重依据",
    "title": "名称",
    "cause": "案由",
    "party": "当事人",
    "party_id": "证件号码",
    "phone": "电话",
    "informant": "举报人",
    "place": "地点",
    "source": "案件来源",
    "summary": "情况",
    "found_by": "发现单位",
    "found_on": "发现日期",
    "competent": "有权处理单位",
    "determined_on": "认定日期",
    "disclaimed_on": "认定不属本单位管辖的日期",
    "basis": "依据",
    "urgent": "紧急",
    "urgent_on": "转为紧急的日期",
    "status": "状态",
    "holder": "现由",
    "closed_on": "办结日期",
    "voided_on": "作废日期",
    "void_reason": "作废理由",
    "same_as": "与何案相同",
    "extra": "其他内容",
    "inquired_on": "初步调查日期",
    "is_ongoing": "正在进行",
    "text": "内容",
    "measures": "采取的措施",
    "leg": "第几程",
    "predecessor_id": "前一程",
    "sender": "移送单位",
    "receiver": "接受单位",
    "sent_on": "发出日期",
    "assigned_on": "指定日期",
    "document": "区政府文号",
    "reason": "理由",
    "received_on": "收到日期",
    "received_by": "签收人",
    "answered_on": "反馈日期",
    "answer": "反馈",
    "answer_reason": "反馈理由",
    "referred_on": "报请日期",
    "withdrawn_on": "撤回日期",
    "withdraw_reason": "撤回理由",
    "replaced_on": "另行指定日期",
    "ordinal": "第几次",
    "decided_by": "决定单位",
    "decided_on": "决定日期",
    "outcome": "处理结果",
    "no_copy_reason": "不抄送的理由",
    "notified_on": "通报日期",
    "decision_id": "决定序号",
    "purpose": "用途",
    "unit": "单位",
    "done_on": "办理日期",
    "kind": "种类",
    "copies": "份数",
    "pages": "页数",
    "listed_on": "登记日期",
    "file_hash": "文件校验值",
    "file_name": "文件名",
    "file_size": "文件大小",
    "rule": "规则",
    "rule_version": "规则版本",
    "days": "天数",
    "roll": "遇休息日",
    "subject": "所系事项",
    "owed_by": "应办单位",
    "owed_to": "对方单位",
    "started_on": "起算日期",
    "started_at": "起算时刻",
    "start_event": "起算事件",
    "assumed_start": "暂计",
    "due_on": "应办日期",
    "due_at": "应办时刻",
    "original_due_on": "原应办日期",
    "provisional": "暂定",
    "met_on": "完成日期",
    "cancelled_on": "不再适用的日期",
    "cancel_reason": "不再适用的理由",
    "is_waived": "由人取消",
    "papers": "依据文号",
    "applied_on": "载入日期",
    "notice_id": "所属安排",
    "day": "日期",
    "is_workday": "上班",
    "name": "名称",
    "code": "编码",
    "since": "起始日期",
    "full_name": "全称",
    "is_member": "成员单位",
    "short_names": "简称",
    "aliases": "别名",
    "note": "备注",
    "is_closed": "已撤销",
    "successor": "接续单位",
    "role": "角色",
    "post": "职务",
    "until": "截止日期",
    "matter_id": "事项序号",
    "extended_by": "延长天数",
    "met_at": "完成时刻",
    "action_id": "由行动",
    "letter": "类",
    "owner": "由",
    "category": "类别",
    "secrecy": "保密",
    "details": "其他",
    "event": "事件",
    "happened_on": "日期",
    "happened_at": "时刻",
    "medium": "方式",
    "form": "编法",
    "first_year": "起用年份",
    "first_seq": "起用的顺序号",
    "addressee": "主送单位",
    "dated_on": "成文日期",
    "meeting_id": "会议序号",
    "level": "级别",
    "reminded_on": "催办日期",
    "reminder_id": "催办序号",
    "duty_id": "时限序号",
}
_OF_TABLE = {
    ("case_file", "title"): "案件名称",
    ("transfer", "number"): "移送字号",
    ("decision", "number"): "决定字号",
    ("decision", "party"): "被处理人",
    ("calendar_day", "name"): "说明",
    ("contact", "name"): "姓名",
    ("matter", "document"): "文号",
    ("happening", "document"): "文号",
    ("number_series", "kind"): "文种",
    ("paper_number", "kind"): "文种",
    ("paper_number", "number"): "发文字号",
    ("attendance", "name"): "姓名",
}

UNIT_COLUMNS = {
    "case_file": ("found_by", "competent", "holder"),
    "transfer": ("sender", "receiver"),
    "decision": ("decided_by",),
    "decision_addressee": ("unit",),
    "duty": ("owed_by", "owed_to"),
    "unit_edition": ("successor",),
    "contact": ("unit",),
    "matter": ("owner",),
    "matter_party": ("unit",),
    "happening": ("unit",),
    "number_series": ("unit",),
    "paper_number": ("unit", "addressee"),
    "attendance": ("unit",),
    "reminder": ("unit",),
}
"""Columns that hold the code of a unit."""
_YES_OR_NO = {"urgent", "is_ongoing", "assumed_start", "provisional", "is_waived", "is_workday",
              "is_member", "is_closed"}  # fmt: skip

ANSWERS = {"accepted": "受理", "declined": "不属于其管辖"}
_WORDS: dict[tuple[str, str], Mapping[str, str]] = {
    ("case_file", "status"): {status.value: name for status, name in STATUS_NAMES.items()},
    ("transfer", "answer"): ANSWERS,
    ("decision_addressee", "purpose"): {"copy": "抄送", "execution": "函告配合执行"},
    ("duty", "kind"): {
        "working": "工作日", "calendar": "自然日", "hours": "小时", "months": "月",
        "immediate": "立即", "prompt": "及时",
    },
    ("duty", "roll"): {"none": "不移动", "forward": "顺延", "back": "提前"},
    ("duty", "start_event"): {name: event.label for name, event in EVENTS.items()},
    ("unit_edition", "kind"): KIND_NAMES,
    ("reminder", "level"): {"1": "催办函", "2": "督办通知"},
}  # fmt: skip
"""Values that are codes, and what people call them."""


def table_label(table: str) -> str:
    """Return what a table holds: 案件."""
    return TABLES.get(table, table)


def label(table: str, column: str) -> str:
    """Return what a column is called: 发现日期; the column's own name where it has no word."""
    return _OF_TABLE.get((table, column)) or _COLUMNS.get(column, column)


def value_label(table: str, column: str, value: object, unit_name: Callable[[str], str]) -> str:
    """Return a value as people read it: the name of a unit, a word for a code, 是 or 否, 空."""
    if value is None:
        return "空"
    if column in UNIT_COLUMNS.get(table, ()):
        return unit_name(str(value))
    if column in _YES_OR_NO:
        return "是" if value else "否"
    return _WORDS.get((table, column), {}).get(str(value), str(value))
