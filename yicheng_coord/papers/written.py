"""Papers of cases: what they are called, and which files they were written to."""

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
    Letter.COPY: "行政处罚决定抄送单",
    Letter.EXECUTION: "关于配合执行行政处罚决定的函",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One paper of one case, and the files that it was written to.

    Attributes:
        case: the case's number.
        paper: the paper.
        addressee: the unit's name, where one case gives a paper for each of several.
        files: what was written.

    """

    case: str
    paper: Paper
    addressee: str = ""
    files: tuple[Path, ...] = ()

    @property
    def stem(self) -> str:
        """What its files are called: 2026-0001 行政处罚决定抄送单（区自然资源局）."""
        return f"{self.case} {self.name}"

    @property
    def name(self) -> str:
        """Its title, and to whom, where there are several."""
        return f"{self.paper.title}（{self.addressee}）" if self.addressee else self.paper.title
