"""What a case list can say of a case, and how the headings of real exports spell it."""

from collections.abc import Collection, Sequence
from functools import cache

from yicheng_coord.text import folded

FIELDS = (
    "external_number",
    "title",
    "cause",
    "party",
    "party_id",
    "phone",
    "informant",
    "place",
    "source",
    "summary",
    "found_by",
    "found_on",
    "competent",
    "determined_on",
    "urgent",
)
"""The order of `CleanRow.values`."""

LEDGER_FIELDS = (
    "sent_on",
    "receiver",
    "transfer_number",
    "received_on",
    "answered_on",
    "answer",
    "answer_reason",
    "referred_on",
    "decided_on",
    "outcome",
    "decision_text",
    "decision_number",
    "notified_on",
    "closed_on",
)
"""What a ledger (台账) says of a case beyond its registration; the order of `Ledger`."""

ALL_FIELDS = (*FIELDS, *LEDGER_FIELDS)
SLOTS = {field: slot for slot, field in enumerate(FIELDS)}
DATES = tuple(field for field in ALL_FIELDS if field.endswith("_on"))
UNITS = ("found_by", "competent", "receiver")
TITLE_LIMIT = 500
TEXT_LIMIT = 10_000
EXTRA_LIMIT = 100_000

LABELS = {
    "external_number": "案件编号",
    "title": "案件名称",
    "cause": "案由",
    "party": "当事人",
    "party_id": "证件号码",
    "phone": "联系电话",
    "informant": "举报人",
    "place": "地点",
    "source": "案件来源",
    "summary": "简要案情",
    "found_by": "发现单位",
    "found_on": "发现日期",
    "competent": "有权处理单位",
    "determined_on": "认定日期",
    "urgent": "紧急",
    "sent_on": "移送日期",
    "receiver": "接收单位",
    "transfer_number": "移送字号",
    "received_on": "收到日期",
    "answered_on": "反馈日期",
    "answer": "反馈意见",
    "answer_reason": "不受理理由",
    "referred_on": "报请日期",
    "decided_on": "处理决定日期",
    "outcome": "决定结果",
    "decision_text": "决定内容",
    "decision_number": "决定字号",
    "notified_on": "通报日期",
    "closed_on": "办结日期",
}

# 电话 is the party's, and stands in the transfer letter: the phone of whoever reported it
# (来电电话、举报人电话 …) must never get there, and stays in `extra`, masked where it is shown.
# Who handles a matter (处置部门、主办单位 …) is not who was determined to be competent:
# such columns stay in `extra`, and a map may say otherwise.
_SPELLINGS = {
    "external_number": (
        "案件编号 案号 编号 案件号 案卷号 案卷编号 案件编码 案件代码 工单编号 工单号 "
        "工单号码 12345工单编号 12345工单号 受理编号 受理单号 受理号 任务号 任务编号 "
        "事件编号 问题编号 线索编号 登记编号 信访编号 信访件编号 举报编号 投诉编号 留言编号 "
        "交办编号 流水号 外部编号 原编号 来源编号 处罚决定书文号 行政处罚决定书文号 "
        "处罚决定文书号 行政处罚决定文书号 处罚决定书编号 行政处罚决定书编号 决定书文号 "
        "决定书编号 处罚文号 文书号 文号 字号 REC_ID"
    ),
    "title": (
        "案件名称 案件标题 案名 标题 题目 主题 工单标题 工单名称 诉求标题 投诉标题 "
        "信访标题 留言标题 问题标题 线索名称 线索标题 事项 事项名称 事件名称 事件标题 "
        "处罚名称 行政处罚名称"
    ),
    "cause": (
        "案由 事由 案由名称 违法行为 违法行为名称 违法行为类型 违法违规行为 违法事由 "
        "违法事实 违法类型 主要违法事实 主要违法违规事实 主要违法违规行为 违法事项 处罚事由 "
        "行政处罚事由 涉嫌违法行为 涉嫌案由 问题类型 问题类别 案件类型 案件类别 线索类型 "
        "诉求类型 投诉类型 事件类型 EVENT_TYPE_NAME"
    ),
    "party": (
        "当事人 当事人名称 当事人姓名 当事人姓名或名称 当事人名称或姓名 当事人姓名/名称 "
        "当事人名称/姓名 当事人信息 当事者 行政相对人 行政相对人名称 行政相对人姓名 相对人 "
        "相对人名称 违法当事人 违法主体 违法单位 违法单位或个人 违法行为人 违法者 违法人 "
        "被处罚人 被处罚单位 被处罚当事人 被举报人 被投诉人 被举报单位 被投诉单位 被投诉对象 "
        "被反映人 涉案单位 涉案人 涉案当事人 涉事单位 业主 店名 企业名称 单位或个人名称"
    ),
    "party_id": (
        "证件号码 证件号 证件编号 身份证 身份证号 身份证号码 公民身份号码 居民身份证号 "
        "统一社会信用代码 社会信用代码 统一信用代码 信用代码 组织机构代码 营业执照号 "
        "当事人证件号 当事人证件号码 当事人身份证号 当事人身份证号码 当事人统一社会信用代码 "
        "身份证号或统一社会信用代码 统一社会信用代码或身份证号 统一社会信用代码/身份证号 "
        "身份证号/统一社会信用代码 行政相对人代码 行政相对人统一社会信用代码"
    ),
    "phone": (
        "电话 电话号码 联系电话 手机 手机号 手机号码 联系方式 联系手机 当事人电话 "
        "当事人联系电话 当事人手机 当事人联系方式"
    ),
    "informant": (
        "举报人 举报人姓名 投诉人 投诉人姓名 投诉举报人 来电人 来电人姓名 反映人 反映人姓名 "
        "诉求人 诉求人姓名 信访人 信访人姓名 留言人 线索提供人"
    ),
    "place": (
        "地点 地址 地址描述 位置 位置描述 具体位置 具体地点 具体地址 详细地址 详细地点 "
        "案发地 案发地点 案发地址 发生地 发生地点 发生地址 事发地 事发地点 事发地址 发现地点 "
        "发现位置 问题地址 问题地点 问题位置 违法地点 违法地址 涉案地点 诉求地址 所在地 点位"
    ),
    "source": (
        "来源 案件来源 案源 问题来源 线索来源 信息来源 诉求来源 工单来源 事件来源 投诉来源 "
        "来源渠道 受理渠道 渠道 来源方式 EVENT_SRC_NAME"
    ),
    "summary": (
        "内容 内容描述 问题描述 情况描述 案件描述 描述 案情 简要案情 案情简介 案情摘要 "
        "基本案情 基本情况 主要案情 主要内容 主要事实 简要情况 情况说明 工单内容 诉求内容 "
        "诉求描述 投诉内容 举报内容 反映内容 反映问题 反映情况 留言内容 信访内容 事件描述 "
        "事件内容 问题内容 线索内容 12345内容描述 摘要"
    ),
    "found_by": (
        "发现单位 发现部门 发现机关 上报单位 上报部门 报送单位 填报单位 来源单位 移送单位 "
        "移送部门 移交单位 检查单位 检查部门 巡查单位 巡查部门 查处单位 查处机关 执法单位 "
        "执法部门 执法机关 处罚机关 行政处罚机关 处罚单位 处罚部门 发现移送单位 单位"
    ),
    "found_on": (
        "发现日期 发现时间 上报日期 上报时间 受理日期 受理时间 12345受理时间 受理开始时间 "
        "登记日期 登记时间 来电日期 来电时间 举报日期 举报时间 投诉日期 投诉时间 "
        "投诉举报时间 信访日期 信访时间 反映时间 留言日期 留言时间 来件日期 来件时间 "
        "收件日期 接收日期 检查日期 检查时间 巡查日期 巡查时间 案发日期 案发时间 发生日期 "
        "发生时间 事发时间 创建日期 创建时间 提交时间 立案日期 立案时间 处罚决定日期 "
        "处罚决定书日期 处罚日期 日期 时间 CREATE_TIME"
    ),
    "competent": (
        "有权处理单位 有权处理机关 有权处理部门 有权单位 有权机关 有权部门 有管辖权单位 "
        "有管辖权的单位 有管辖权机关 管辖单位 管辖机关 主管单位 主管部门 主管机关 "
        "行业主管部门"
    ),
    "determined_on": "认定日期 认定时间 确定日期 确定时间 确定有权处理单位日期 有权单位认定日期",
    "urgent": "紧急 是否紧急 紧急程度 紧急情况 加急 是否加急 急件 是否急件 缓急 缓急程度",
    "sent_on": "移送日期 移送时间 移交日期 移交时间 移送发出日期",
    "receiver": (
        "接收单位 接受单位 接收部门 受移送单位 移送至 移交至 移送对象 移送到 移送去向 拟移送单位 "
        "接收移送单位 接受移送单位 接受移送的单位"
    ),
    "transfer_number": "移送字号 移送文号 移送函号 移交函号 移送函文号 移交函文号 移交函字号",
    "received_on": "收到日期 收到时间 收件回执日期 回执日期 签收日期 签收时间 收文日期",
    "answered_on": "反馈日期 反馈时间 反馈意见日期 反馈意见时间 意见反馈日期",
    "answer": "反馈意见 反馈结果 反馈情况 是否受理 受理意见 受理情况",
    "answer_reason": "不受理理由 不受理原因 不予受理理由 不予受理原因",
    "referred_on": "报请日期 报请区政府日期 报请区人民政府日期 报请时间",
    "decided_on": "处理决定日期 处理决定时间 作出处理决定日期 作出决定日期 决定日期 决定时间",
    "outcome": "决定结果 处理决定 处理决定结果 决定类型 处理结果",
    "decision_text": "决定内容 处理决定内容",
    "decision_number": "决定字号 处理决定字号 处理决定文号",
    "notified_on": (
        "通报日期 通报时间 书面通报日期 结果通报日期 通报原移送单位日期 通报移送单位日期"
    ),
    "closed_on": "办结日期",
}

# In a ledger of transfers these say more than they do elsewhere.
_RECEIPT = frozenset(["收件日期", "收件时间", "接收日期", "接收时间", "接受日期", "接受时间"])
_PENALTY_DATES = frozenset(["处罚决定日期", "处罚决定书日期", "处罚日期", "行政处罚决定日期"])
_OF_A_TRANSFER = frozenset(
    {
        "receiver", "transfer_number", "received_on", "answered_on", "answer", "answer_reason",
        "referred_on", "notified_on",
    }
)  # fmt: skip
_OF_A_DECISION = frozenset({"outcome", "decision_text", "decision_number", "closed_on"})

_NOTHING = frozenset({"序号", "序", "no", "no.", "错误", "#"})  # 错误: of a mended rejects file
_ALIASES = {
    **{folded(word): field for field, words in _SPELLINGS.items() for word in words.split()},
    **{folded(label): field for field, label in LABELS.items()},
    **{field: field for field in ALL_FIELDS},
}


@cache
def folded_heading(heading: str) -> str:
    """Fold a heading for comparing: 案 由（必填）* and 案由(必填) are one."""
    return folded(heading).strip("*:※★")


def field_of(heading: str) -> str | None:
    """Return the field that a heading means; remarks in brackets count only if the whole does."""
    name = folded_heading(heading)
    return _ALIASES.get(name) or _ALIASES.get(name.partition("(")[0].strip("*:※★"))


def fields_of(headings: Sequence[str], told: Collection[str]) -> list[str | None]:
    """Return what each heading means, by its own words and by what else the list speaks of.

    A receipt or an answer is one only beside a day of sending: elsewhere 反馈意见 is what a
    citizen was told. So is 处罚决定日期 the day of a decision only in a ledger of transfers that
    has a finding date as well; in a list of penalties it is the day by which a case is known.

    Args:
        headings: the columns.
        told: fields that the map gives to a column.

    """
    fields = [field_of(heading) for heading in headings]
    has_leg = "sent_on" in fields or "sent_on" in told
    if has_leg:
        fields = [_in_a_ledger(*pair) for pair in zip(headings, fields, strict=True)]
        days = {
            i for i, heading in enumerate(headings) if folded_heading(heading) in _PENALTY_DATES
        }
        other = {i for i, field in enumerate(fields) if field == "found_on"} - days
        if (other or "found_on" in told) and "decided_on" not in fields:
            fields = ["decided_on" if i in days else field for i, field in enumerate(fields)]
    has_decision = "decided_on" in fields or "decided_on" in told
    unfounded = (frozenset() if has_leg else _OF_A_TRANSFER) | (
        frozenset() if has_decision else _OF_A_DECISION
    )
    return [None if field in unfounded else field for field in fields]


def _in_a_ledger(heading: str, field: str | None) -> str | None:
    return "received_on" if folded_heading(heading) in _RECEIPT else field


def says_nothing(heading: str) -> bool:
    """Whether the column says nothing of the case: 序号, and 错误 of a rejects file."""
    return folded_heading(heading) in _NOTHING
