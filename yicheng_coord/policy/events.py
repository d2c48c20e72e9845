"""What can happen (事件) and who can owe (角色): the words that the rules of a pack are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of recorded fact that starts, meets or ends duties.

    Attributes:
        label: in full, as `coord explain` names the trigger: 收到移送材料.
        short: for 暂按…日计: 收到.
        is_plan: its day is that of a plan, and may lie ahead.
        is_term: its day is the last of a term: what follows it comes after that day.

    """

    label: str
    short: str
    is_plan: bool = False
    is_term: bool = False


EVENTS: dict[str, Event] = {
    # 一 joint meeting
    "interval.begun": Event("报送周期开始", "周期开始"),
    "work.received": Event("收到工作开展情况", "收到"),
    "brief.issued": Event("编发工作简报", "编发"),
    "circular.issued": Event("印发通报", "印发"),
    "quarter.begun": Event("季度开始", "季度开始"),
    "meeting.planned": Event("确定会期", "确定"),
    "meeting.fixed": Event("例行会议会期", "会议", is_plan=True),
    "special.fixed": Event("专题会议会期", "会议", is_plan=True),
    "meeting.moved": Event("改期", "改期"),
    "meeting.invited": Event("邀请列席", "邀请"),
    "meeting.called": Event("召集会议", "召集"),
    "meeting.solicited": Event("征集议题", "征集"),
    "meeting.circulated": Event("议题交成员单位研究", "交研究"),
    "meeting.held": Event("召开会议", "召开"),
    "meeting.cancelled": Event("取消会议", "取消"),
    "topic.added": Event("提出议题", "提出"),
    "topic.approved": Event("组长审定议题", "审定"),
    "special.approved": Event("组长审定召集专题会议的议题", "审定"),
    "topic.rejected": Event("组长未予审定议题", "退回"),
    "topic.decided": Event("会议研究议题", "研究"),
    "topic.carried": Event("议题未及研究，转下次会议", "转下次"),
    "minutes.signed": Event("签发会议纪要", "签发"),
    "minutes.distributed": Event("印发会议纪要", "印发"),
    "minutes.amended": Event("更正会议纪要", "更正"),
    "resolution.made": Event("议定", "议定"),
    "resolution.set": Event("议定的办结日期", "应办结", is_plan=True),
    "resolution.progressed": Event("报告进展", "报告进展"),
    "resolution.done": Event("议定事项办结", "办结"),
    # 二 case transfer
    "case.found": Event("发现违法行为", "发现"),
    "case.inquired": Event("记录初步调查", "调查"),
    "case.disclaimed": Event("认定不属本单位管辖", "认定"),
    "case.decided": Event("案件作出处理决定", "处理"),
    "case.closed": Event("结案", "结案"),
    "case.voided": Event("案件作废", "作废"),
    "transfer.sent": Event("发出移送材料", "发出"),
    "transfer.assigned": Event("区人民政府指定管辖", "指定"),
    "transfer.received": Event("收到移送材料", "收到"),
    "transfer.accepted": Event("接受移送", "接受"),
    "transfer.declined": Event("反馈不属于本单位管辖", "不接受"),
    "transfer.referred": Event("报请区人民政府决定管辖", "报请"),
    "transfer.withdrawn": Event("移送单位撤回移送", "撤回"),
    "transfer.replaced": Event("区人民政府另行指定", "另行指定"),
    "decision.made": Event("作出处理决定", "决定"),
    "penalty.decided": Event("作出相对集中行政处罚决定", "处罚决定"),
    "execution.decided": Event("作出需配合执行的处罚决定", "处罚决定"),
    "decision.notified": Event("书面通报处理结果", "通报"),
    # 三 information sharing
    "policy.logged": Event("登记应抄送的政策和审批等信息", "登记"),
    "enforcement.logged": Event("登记应通报的执法情况", "登记"),
    "info.logged": Event("登记需要共享的信息", "登记"),
    "info.shared": Event("书面抄送或告知", "抄送"),
    "info.told": Event("电话或口头告知", "告知"),
    "info.handed_over": Event("移交有关文件", "移交"),
    "approval.made": Event("作出行政审批事项", "审批"),
    "superior.received": Event("收到上级主管部门文件", "收文"),
    # 四 working together
    "hazard.found": Event("发现重大隐患", "发现"),
    "hazard.told": Event("通报有关职能部门", "通报"),
    "hazard.reported": Event("向区人民政府报告", "报告"),
    "request.sent": Event("发出请求函件", "发出"),
    "appraisal.received": Event("收到认定、鉴定请求", "收到"),
    "on_site.received": Event("收到现场处置请求", "收到"),
    "guidance.received": Event("收到业务指导请求", "收到"),
    "opinion.received": Event("收到书面征询", "收到"),
    "counsel.asked": Event("请法律顾问办公室提供服务", "提出"),
    "counsel.received": Event("法律顾问办公室收到请求", "收到"),
    "materials.received": Event("收到提供材料请求", "收到"),
    "execution.received": Event("收到配合执行函", "收到"),
    "revocation.received": Event("收到撤销证件函", "收到"),
    "assistance.received": Event("收到协助请求", "收到"),
    "request.attended": Event("派员到达现场", "到场"),
    "request.extended": Event("告知延长", "告知延长"),
    "request.answered": Event("答复或提供", "答复"),
    "request.refused": Event("依法定事由不予提供", "拒绝"),
    "revocation.needed": Event("认为需要撤销证件", "认为需要"),
    "dispute.opened": Event("提出执法争议", "提出"),
    "dispute.settled": Event("争议协商解决", "解决"),
    "dispute.referred": Event("协商不成，报区政府", "报请"),
    "dispute.decided": Event("区政府对争议作出决定", "决定"),
    # 五 grassroots; 七 joint actions
    "action.whistled": Event("镇（街）吹哨", "吹哨"),
    "action.arrived": Event("部门报到", "报到"),
    "action.made": Event("订立协作文本、制定计划", "订立"),
    "action.planned": Event("联合执法活动日期", "活动", is_plan=True),
    "action.major": Event("重大活动或专项行动日期", "活动"),
    "action.notified": Event("通知公安机关", "通知"),
    "action.confirmed": Event("公安机关确认", "确认"),
    "action.finished": Event("行动结束", "结束"),
    "action.cancelled": Event("取消行动", "取消"),
    # 六 criminal justice
    "crime.reported": Event("提出移送涉嫌犯罪案件的书面报告", "报告"),
    "crime.approved": Event("批准移送公安机关", "批准"),
    "crime.rejected": Event("不批准移送公安机关", "不批准"),
    "crime.sent": Event("移送公安机关", "移送"),
    "crime.copied": Event("抄送检察机关", "抄送"),
    "crime.received": Event("公安机关接受移送", "接受"),
    "crime.filed": Event("接到立案通知书", "立案"),
    "crime.declined": Event("接到不予立案通知书", "不予立案"),
    "crime.challenged": Event("提请公安机关复议", "提请"),
    "crime.supervised": Event("建议检察机关立案监督", "建议监督"),
    "crime.upheld": Event("接到维持不予立案的复议决定", "复议决定"),
    "crime.handed_over": Event("移交涉案物品和材料", "移交"),
    "crime.cleared": Event("认定不需要追究刑事责任", "认定"),
    "crime.returned": Event("公安机关移回案件", "移回"),
    "misconduct.found": Event("发现职务犯罪线索", "发现"),
    "misconduct.sent": Event("移送监察机关", "移送"),
    "penalty.served": Event("处罚决定书送达当事人", "送达"),
    "penalty.defaulted": Event("处罚决定的履行期限届满", "履行期满", is_plan=True, is_term=True),
    "penalty.performed": Event("当事人履行处罚决定", "履行"),
    "appeal.expired": Event("复议和诉讼期限届满", "复议诉讼期满", is_plan=True, is_term=True),
    "enforce.urged": Event("催告书送达", "催告"),
    "enforce.started": Event("启动强制执行程序", "启动"),
    "enforce.applied": Event("向人民法院申请强制执行", "申请"),
    "enforce.ended": Event("强制执行结束", "执行结束"),
}

WITHOUT_RULE = frozenset(
    {
        "action.confirmed",
        "action.finished",
        "action.made",
        "action.planned",
        "counsel.received",
        "crime.copied",
        "info.logged",
        "meeting.invited",
        "meeting.moved",
        "meeting.planned",
        "minutes.amended",
        "penalty.served",
        "request.extended",
        "resolution.made",
        "resolution.progressed",
        "special.fixed",
        "topic.carried",
    }
)
"""What is recorded, and starts and meets nothing; an extension moves what runs already."""

ROLES: dict[str, str] = {
    "office": "联席会议办公室",
    "leader": "组长",
    "members": "各成员单位",
    "owner": "责任单位",
    "government": "区人民政府",
    "bureau": "区综合行政执法局",
    "unit": "相关单位",
    "addressee": "所告知的单位",
    "finder": "发现单位",
    "competent": "有管辖权的单位",
    "sender": "移送单位",
    "receiver": "接受移送的单位",
    "decider": "作出处理决定的单位",
    "first_sender": "原移送单位",
    "asked": "被请求的单位",
    "counsel": "法律顾问办公室",
    "legal": "区政府法制机构",
    "disputants": "争议各方",
    "caller": "吹哨的镇（街）",
    "called": "被吹哨的部门",
    "holder": "承办单位",
    "police": "公安机关",
    "judicial": "公安、检察、审判机关",
    "supervisor": "监察机关",
    "court": "人民法院",
    "party": "当事人",
}
