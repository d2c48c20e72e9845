"""Papers: what they are called, and which files they were written to."""

from dataclasses import dataclass
from pathlib import Path

from yicheng_coord.papers.paper import Paper
from yicheng_coord.vocabulary import Letter

TITLES = {
    Letter.TRANSFER: "涉嫌违法案件移交函",
    Letter.RECEIPT: "收件回执",
    Letter.FEEDBACK: "移送反馈意见函",
    Letter.REFER: "关于管辖的请示",
    Letter.RESULT: "处理结果通报函",
    Letter.COPY: "审批、处罚抄送单",
    Letter.EXECUTION: "关于配合执行行政处罚决定的函",
    Letter.SUPERIOR: "上级文件告知单",
    Letter.APPRAISAL: "认定（鉴定）委托函",
    Letter.OPINION: "征询意见函",
    Letter.MATERIALS: "调取材料函",
    Letter.REVOCATION: "撤销证件建议函",
    Letter.ASSISTANCE: "请求协助函",
    Letter.REPLY: "回函",
    Letter.EXTENSION: "延期告知函",
    Letter.HAZARD: "隐患通报函",
    Letter.HAZARD_REPORT: "隐患报告",
    Letter.DISPUTE: "争议协商申请",
    Letter.DISPUTE_REPORT: "报请区政府决定的报告",
    Letter.ACTION: "联合执法方案",
    Letter.POLICE: "提前通知函",
    Letter.CRIME: "涉嫌犯罪案件移送书",
    Letter.CRIME_APPROVAL: "涉嫌犯罪案件移送审批表",
    Letter.CRIME_REVIEW: "提请复议书、立案监督建议书",
    Letter.CRIME_GOODS: "涉案物品移交清单",
    Letter.URGE: "催告书",
    Letter.COURT: "强制执行申请书",
    Letter.SOLICIT: "征集议题通知",
    Letter.TOPICS: "议题汇总审定表",
    Letter.NOTICE: "会议通知",
    Letter.ATTENDANCE: "签到表",
    Letter.MINUTES: "会议纪要",
    Letter.SUPERVISE: "督办单",
    Letter.CHASE: "催办函、督办通知",
    Letter.CIRCULAR: "通报",
    Letter.BRIEF: "工作简报",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One paper, and the files that it was written to.

    Attributes:
        ref: what it is about: a case's number, or R3.
        paper: the paper.
        party: the unit's name, where there is a paper for each of several.
        files: what was written.
        notes: what it does not say, and how that is told.

    """

    ref: str
    paper: Paper
    party: str = ""
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """What its files are called: 2026-0001 行政处罚决定抄送单（区自然资源局）."""
        return f"{self.ref} {self.name}"

    @property
    def name(self) -> str:
        """Its title, and to or by whom, where there are several."""
        return f"{self.paper.title}（{self.party}）" if self.party else self.paper.title
