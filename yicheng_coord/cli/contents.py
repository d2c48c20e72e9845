"""The table of contents: every command, its module, and the line that `coord --help` prints."""

from importlib import import_module
from typing import NamedTuple

import typer


class Entry(NamedTuple):
    """A command (`function` of `module`), or a group (`app` of `module`)."""

    module: str
    help: str
    function: str = ""


CONTENTS: dict[str, Entry] = {
    "today": Entry("daily", "今日工作：已超期、今日到期、三个工作日内到期、久未办理。", "today"),
    "overdue": Entry("daily", "超期事项，最早到期的在前。", "overdue"),
    "pending": Entry("daily", "全部待办事项，按应办日期。", "pending"),
    "remind": Entry("reminding", "催办超期事项：催办函、督办通知，每个单位一份。", "remind"),
    "explain": Entry("daily", "一个时限如何算出：条款、起算、逐日计数。", "explain"),
    "stats": Entry("statistics", "统计：按期、逾期、未到期、超期，按单位、事项、月份。", "stats"),
    "case": Entry("case", "案件：登记、认定管辖、初步调查、材料、决定、办结。"),
    "transfer": Entry("transfer", "移送：发出、收到、受理、不受理、报请、指定、通报、撤回。"),
    "import": Entry("importing", "导入其他单位送来的案件清单（CSV、Excel）。", "import_files"),
    "info": Entry("info", "信息共享：审批、处罚、上级文件等的抄送、告知、移交。"),
    "export": Entry(
        "exporting", "导出为 CSV、Excel 或 JSON，默认遮盖；可以再导入。", "export_file"
    ),
    "request": Entry("request", "请求协作：认定鉴定、征询、材料、配合执行、撤销证件等。"),
    "letter": Entry("letter", "文书：案件的移交函、回执等，信息、请求、会议等的函件。", "letter"),
    "brief": Entry("brief", "工作简报：按期间出草稿，编期号即定稿。", "brief"),
    "report": Entry("report", "各单位报送的工作开展情况：收到、清单。"),
    "number": Entry("number", "发文字号：怎么编、用过哪些。"),
    "hazard": Entry("hazard", "重大隐患：通报职能部门，报告区政府。"),
    "dispute": Entry("dispute", "执法争议：区司法局协商，不成报区政府决定。"),
    "action": Entry("action", "联合行动：吹哨报到、联合检查、重大活动、通知公安、结果。"),
    "crime": Entry("crime", "涉嫌犯罪：报告、审批、移送公安、答复、复议、移交、移回。"),
    "enforce": Entry("enforce", "处罚决定的执行：履行期限、催告、强制执行、申请法院、结果。"),
    "meeting": Entry("meeting", "联席会议：会期、征集、交研究、邀请、参会、纪要。"),
    "topic": Entry("topic", "议题：提出、审定、研究结果、转下次会议。"),
    "resolution": Entry("resolution", "议定事项：责任、期限、进展、办结。"),
    "correct": Entry("history", "更正一个已登记事实的日期，重新计算时限。", "correct"),
    "duty": Entry("duty", "时限事项：不适用、恢复。"),
    "undo": Entry("history", "撤销一次操作；撤销也可以再撤销。", "undo"),
    "history": Entry("history", "操作记录：何人何时做了什么。", "history"),
    "check": Entry("office", "检查数据库、操作记录、时限和文件。", "check"),
    "backup": Entry("backup", "备份数据库和材料文件。", "backup"),
    "restore": Entry("backup", "用备份恢复；原来的另存在旁边。", "restore"),
    "calendar": Entry("calendar", "工作日历：放假安排、数日子、本单位的休息日。"),
    "unit": Entry("unit", "单位：编码、名称、新增、更名、撤销。"),
    "contact": Entry("contact", "联络人：组长、负责人、具体联络人、对接专人。"),
    "rules": Entry("rules", "规则：意见原文与时限。"),
    "init": Entry("office", "新建数据库。", "init"),
    "where": Entry("office", "数据库、规则、模板在哪里。", "where"),
    "demo": Entry("demo", "用附带的示例走一遍主要工作（临时数据库）。", "demo"),
}


def add_commands(app: typer.Typer, word: str | None) -> None:
    """Register every command; only the one that was typed with its code and its options."""
    for name, entry in CONTENTS.items():
        if name != word:
            app.command(name, help=entry.help)(_named_only)
            continue
        module = import_module(f"yicheng_coord.cli.{entry.module}")
        if entry.function:
            app.command(name, help=entry.help)(getattr(module, entry.function))
        else:
            app.add_typer(module.app, name=name, help=entry.help)


def _named_only() -> None:
    """Stand for a command that was not typed: it is listed, and never runs."""
    raise AssertionError
