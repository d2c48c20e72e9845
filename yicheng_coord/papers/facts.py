"""What a template is given: plain values only, made harmless, and a Chinese name for each."""

import re
from collections.abc import Mapping

from yicheng_coord.papers.period_labels import PERIOD_LABELS
from yicheng_coord.text import harmless, harmless_lines

# A dotted name says where the fact stands; the last part alone serves wherever else it stands.
LABELS = {
    "number": "案件编号",
    "title": "案件名称",
    "cause": "案由",
    "party": "当事人",
    "party_id": "当事人证件号码",
    "phone": "当事人联系电话",
    "place": "地点",
    "summary": "基本案情",
    "source": "案件来源",
    "found_on": "发现日期",
    "found_by": "发现单位",
    "sender": "移送单位",
    "receiver": "接收单位",
    "first_sender": "原移送单位",
    "decider": "作出处理决定的单位",
    "addressee": "主送单位",
    "government": "区人民政府",
    "full_name": "单位全称",
    "name": "名称",
    "leg": "移送次序",
    "sent_on": "移送日期",
    "received_on": "收到日期",
    "received_by": "收件人",
    "answered_on": "反馈日期",
    "answer": "是否属于本单位管辖",
    "answer_reason": "反馈理由",
    "decline_reason": "不属于本单位管辖的理由",
    "referred_on": "报请日期",
    "assigned_on": "区政府决定日期",
    "document": "区政府文件字号",
    "basis": "依据",
    "reason": "理由",
    "urgent": "是否紧急",
    "inquiry": "初步调查情况",
    "inquiry.text": "初步调查情况",
    "inquiry.measures": "制止措施",
    "inquiry.ongoing": "违法行为是否正在进行",
    "materials": "移送材料",
    "materials.kind": "材料类别",
    "materials.title": "材料名称",
    "copies": "份数",
    "pages": "页数",
    "material_gaps": "尚缺材料",
    "decision": "处理决定",
    "decision.outcome": "处理决定",
    "decision.text": "处理决定内容",
    "decision.number": "决定书文号",
    "decision.party": "当事人",
    "decision.on": "决定日期",
    "feedback_due": "反馈期限",
    "letter_number": "发文字号",
    "date": "成文日期",
    "contact": "联系人",
    "contact.name": "联系人",
    "contact.phone": "联系电话",
    "opinion_number": "依据文件文号",
    "approver": "签发人",
    "issuer": "发文单位",
    "info.ref": "信息编号",
    "info.title": "文件或事项名称",
    "info.number": "文件字号",
    "info.on": "收文或审批日期",
    "info.text": "信息内容",
    "info.told_on": "告知日期",
    "info.told_by": "告知方式",
    "request.ref": "请求编号",
    "request.name": "请求种类",
    "request.title": "请求名称",
    "request.question": "请求事项",
    "request.number": "来函字号",
    "request.sent_on": "来函日期",
    "request.received_on": "收到日期",
    "request.answered_on": "答复日期",
    "request.articles": "应该适用的法条",
    "request.standard": "处罚标准",
    "request.text": "答复内容",
    "request.ground": "不予提供的法定事由",
    "request.reason": "延长的理由",
    "request.days": "延长日数",
    "request.extended_on": "告知延长日期",
    "request.due": "答复期限",
    "request.due_later": "延长后的期限",
    "hazard.ref": "隐患编号",
    "hazard.title": "隐患名称",
    "hazard.kind": "隐患种类",
    "hazard.text": "隐患情况",
    "hazard.on": "发现日期",
    "hazard.departments": "有关职能部门",
    "hazard.told_on": "通报日期",
    "hazard.reported_on": "报告日期",
    "dispute.ref": "争议编号",
    "dispute.title": "争议事项",
    "dispute.text": "争议情况",
    "dispute.on": "提出日期",
    "dispute.between": "争议各方",
    "dispute.others": "争议对方",
    "dispute.law": "协商所依据的规定",
    "dispute.referred_on": "报请日期",
    "action.ref": "行动编号",
    "action.title": "行动名称",
    "action.name": "方案名称",
    "action.number": "方案字号",
    "action.text": "行动内容",
    "action.on": "制定日期",
    "action.lead": "牵头单位",
    "action.kind": "行动种类",
    "action.members": "配合单位",
    "action.first_on": "开始日期",
    "action.last_on": "结束日期",
    "action.place": "活动地点",
    "crime.ref": "涉嫌犯罪移送编号",
    "crime.officers": "执法人员",
    "crime.reported_at": "报告时间",
    "crime.approved_on": "批准日期",
    "crime.approved_at": "批准时间",
    "crime.decided_by": "审批人",
    "crime.rejected_on": "不批准日期",
    "crime.reject_reason": "不批准的理由",
    "crime.number": "移送书字号",
    "crime.sent_on": "移送日期",
    "crime.filed_on": "接到立案通知书日期",
    "crime.filed_number": "立案通知书文号",
    "crime.declined_on": "接到不予立案通知书日期",
    "crime.declined_number": "不予立案通知书文号",
    "crime.challenged_on": "提请复议日期",
    "crime.upheld_on": "接到复议决定日期",
    "crime.upheld_number": "复议决定文号",
    "crime.handed_over_on": "移交日期",
    "crime.materials": "移送材料",
    "crime.materials.name": "材料",
    "crime.materials.title": "材料名称",
    "crime.goods": "涉案物品清单",
    "crime.others": "与案件有关的其他材料",
    "crime.goods_days": "移交涉案物品的期限",
    "crime.send_law": "移送所依据的规定",
    "crime.answer_law": "答复所依据的规定",
    "crime.review_law": "提请所依据的规定",
    "crime.supervision_law": "建议立案监督所依据的规定",
    "crime.goods_law": "移交物品所依据的规定",
    "enforcement.ref": "强制执行编号",
    "enforcement.served_on": "处罚决定书送达日期",
    "enforcement.perform_by": "履行期限",
    "enforcement.appeal_until": "复议和诉讼期满日",
    "enforcement.urged_on": "催告书送达日期",
    "enforcement.urge_number": "催告书字号",
    "enforcement.applied_on": "申请日期",
    "enforcement.days": "催告后的履行期限",
    "enforcement.urge_law": "催告所依据的规定",
    "enforcement.apply_law": "申请所依据的规定",
    "meeting.ref": "会议编号",
    "meeting.title": "会议名称",
    "meeting.council": "联席会议名称",
    "meeting.day": "会期",
    "meeting.weekday": "星期",
    "meeting.time": "会议时间",
    "meeting.place": "会议地点",
    "meeting.moved_from": "原定会期",
    "meeting.leader": "组长",
    "meeting.members": "成员单位",
    "meeting.guests": "邀请列席的单位",
    "meeting.topics": "议题",
    "meeting.topics.title": "议题名称",
    "meeting.topics.by": "提出单位",
    "meeting.topics.background": "议题背景",
    "meeting.topics.proposal": "建议方案",
    "meeting.topics.decided_on": "审定日期",
    "meeting.agenda": "会议议程",
    "meeting.agenda.title": "议程名称",
    "meeting.agenda.by": "提出单位",
    "meeting.agenda.background": "议题背景",
    "meeting.agenda.proposal": "建议方案",
    "meeting.agenda.resolutions.text": "议定事项",
    "meeting.agenda.resolutions.owner": "责任单位",
    "meeting.agenda.resolutions.due": "办结期限",
    "meeting.attendance": "参会单位",
    "meeting.attendance.unit": "单位",
    "meeting.minutes.title": "会议名称",
    "meeting.minutes.present": "出席人员",
    "meeting.minutes.leave": "请假人员",
    "meeting.minutes.guests": "列席人员",
    "meeting.minutes.absent": "缺席单位",
    "meeting.minutes.lines": "纪要内容",
    "meeting.minutes.lines.text": "纪要内容",
    "meeting.minutes.signed_on": "签发日期",
    "meeting.minutes.amended_on": "更正日期",
    "meeting.minutes.amend_reason": "更正理由",
    "meeting.minutes.distributed_on": "印发日期",
    "resolution.ref": "议定事项编号",
    "resolution.text": "议定事项",
    "resolution.kind": "事项种类",
    "resolution.made_on": "议定日期",
    "resolution.meeting": "会议名称",
    "resolution.topic": "议题名称",
    "resolution.owner": "责任单位",
    "resolution.helpers": "配合单位",
    "resolution.due": "办结期限",
    "resolution.original_due": "原定办结期限",
    "resolution.days_late": "超期日数",
    "resolution.progress": "进展情况",
    "resolution.progress.on": "进展日期",
    "resolution.progress.note": "进展情况",
    "resolution.opinion": "处理意见",
    "chase": "催办的事项",
    "chase.on": "催办日期",
    "chase.late": "已过应办日期的事项",
    "chase.asked": "请先告知日期的事项",
    "chase.supervise_days": "督办以前的工作日数",
    "chase.supervised_on": "督办日期",
    "chase.late.label": "事项",
    "chase.late.about": "案件或事项",
    "chase.late.due": "应办日期",
    "chase.late.first_on": "催办日期",
    "chase.asked.label": "事项",
    "chase.asked.about": "案件或事项",
    "chase.asked.known": "已登记的日期",
    "chase.asked.wanted": "请告知的日期",
}
UNITS = ("found_by", "sender", "receiver", "first_sender", "decider", "addressee", "government",
         "issuer")  # fmt: skip
LABELS |= {name: label for name, label in PERIOD_LABELS.items() if name not in LABELS}
LABELS |= {"action.lead.name": "牵头单位", "action.lead.full_name": "牵头单位"}
_OTHERS = {"crime.police": "公安机关", "crime.procuratorate": "检察机关",
           "enforcement.court": "人民法院"}  # fmt: skip
LABELS |= _OTHERS
LABELS |= {
    f"{unit}.{part}": name for unit, name in _OTHERS.items() for part in ("name", "full_name")
}
LABELS |= {f"{unit}.{part}": LABELS[unit] for unit in UNITS for part in ("name", "full_name")}

# Facts that may run over several lines; a line break in any other becomes a space.
MULTILINE = frozenset(
    {
        "summary",
        "answer_reason",
        "decline_reason",
        "reason",
        "inquiry.text",
        "inquiry.measures",
        "decision.text",
        "info.text",
        "request.question",
        "request.articles",
        "request.standard",
        "request.text",
        "request.ground",
        "request.reason",
        "hazard.text",
        "dispute.text",
        "action.text",
        "crime.reject_reason",
        "resolution.opinion",
    }
)
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # XML takes no U+FFFE, U+FFFF


class Group(dict[str, object]):
    """A fact of several parts, which knows its own name, so that a missing part can be named."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def path_of(self, part: str) -> str:
        """`decision` and `number` → `decision.number`."""
        return f"{self._path}.{part}" if self._path else part


def label(path: str) -> str:
    """Return what people call a fact; an unknown name stays itself."""
    return LABELS.get(path) or LABELS.get(path.rpartition(".")[2]) or harmless(path)


def plain(facts: Mapping[str, object]) -> Group:
    """Copy the facts into values that a template can do nothing with but read.

    Absent ones (None, blank text, empty lists and groups) are left out: the template meets them
    as undefined, and they show as placeholders.

    Raises:
        TypeError: a value is no str, int, bool, list, tuple, dict or None.

    """
    return _group("", facts)


def _group(path: str, facts: Mapping[str, object]) -> Group:
    group = Group(path)
    for name, value in facts.items():
        if type(name) is not str:
            raise TypeError(f"a fact's name is a str, not {type(name).__name__}")
        kept = _value(group.path_of(name), value)
        if not _is_absent(kept):
            group[name] = kept
    return group


def _value(path: str, value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(path, str.__str__(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return _group(path, value)
    if isinstance(value, list | tuple):
        return [kept for item in value if not _is_absent(kept := _value(path, item))]
    raise TypeError(f"{path}: a template takes no {type(value).__name__}")


def _text(path: str, value: str) -> str:
    shown = _NONCHARACTERS.sub(lambda match: f"\\u{ord(match.group()):04x}", value)
    return harmless_lines(shown) if path in MULTILINE else harmless(shown)


def _is_absent(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
