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
}


@dataclass(frozen=True, slots=True)
class Written:
    """One paper of one case, and the files that it was written to."""

    case: str
    paper: Paper
    files: tuple[Path, ...] = ()
