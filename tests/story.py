"""The life of some cases as command lines: every recording command occurs in it, in order."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Desk

NOTICE = {
    "year": 2027,
    "papers": ["虚构的通知〔2026〕1号"],
    "days": [
        {"name": "元旦", "date": f"2027-01-{day:02d}", "isOffDay": is_off}
        for day, is_off in ((1, True), (2, True), (3, True), (4, True), (9, False))
    ],
}
CASES_CSV = (
    "案件编号,案件名称,发现单位,发现日期,有权处理单位,认定日期\n"
    "水-1,河道采砂,区城乡水务局,2026-11-03,区自然资源局,2026-11-05\n"
    "水-2,堤防取土,区城乡水务局,2026-11-04,,\n"
    "水-3,日期不对,区城乡水务局,2026-2-30,,\n"
)
CHANGED_CSV = "案件编号,案件名称,发现单位,发现日期\n水-2,堤防取土（改）,区城乡水务局,2026-11-04\n"
TOGETHER = [
    line.split()
    for line in (
        "info log --kind superior --title 某某文件 --from zrj --on 2026-11-16",
        "info share I2 --by 电话 --on 2026-11-17",
        "info hand-over I2 --on 2026-11-18",
        "hazard add --title 某某气站 --kind 安全 --to gaj --to zjj --on 2026-11-16",
        "hazard told H1 --to zjj --on 2026-11-17",
        "hazard reported H1 --on 2026-11-17",
        "dispute open --between zfj --between zrj --subject 管辖 --case 2 --on 2026-11-11",
        "dispute refer Q1 --on 2026-11-12",
        "dispute decide Q1 --text 由某某局查处 --on 2026-11-16",
        "dispute open --between zfj --between zjj --subject 配合",
        "dispute settle Q2 --text 已商定",
        "action plan --by zfj --unit zrj --title 检查 --from 2026-11-16 --on 2026-11-10",
        "action finish A1 --result 检查十处",
        "action plan --by zfj --unit zjj --title 协作 --kind 协作文本 --place 某某路",
        "action cancel A2 --reason 另行商定",
    )
]
"""三, 四（一）, （三）, （四）, between cases 1 and 2."""
CRIME = [
    line.split()
    for line in (
        "case add --title 涉嫌犯罪 --found-by zfj --found-on 2026-09-01",
        "case determine 7 --competent zfj --on 2026-09-01",
        "crime report 7 --officer 张某 --officer 李某 --at 2026-09-02T09:00",
        "crime reject 7 --by 王某 --reason 证据不足 --on 2026-09-03",
        "crime report 7 --officer 张某 --officer 李某 --at 2026-09-07T09:00",
        "crime approve 7 --by 王某 --at 2026-09-08T10:00",
        "crime send 7 --at 2026-09-08T16:00 --not-copied",
        "crime copy 7 --on 2026-09-09",
        "crime receive 7 --at 2026-09-09T09:00",
        "crime answer 7 --not-filed --on 2026-09-11",
        "crime review 7 --to police --on 2026-09-14",
        "crime answer 7 --not-filed --on 2026-09-15",
        "crime review 7 --to procuratorate --on 2026-09-15",
        "crime answer 7 --filed --on 2026-09-16",
        "crime goods 7 --on 2026-09-18",
        "crime return 7 --on 2026-09-22",
        "crime lead 7 --text 线索 --on 2026-09-22",
        "crime lead-sent 7 --on 2026-09-23",
        "case decide 7 --outcome 处罚 --no-copy --reason 无 --on 2026-09-24",
        "enforce open 7 --perform-by 2026-10-12 --appeal-until 2026-10-30",
        "enforce urge 7 --on 2026-10-14",
        "enforce start 7 --on 2026-11-02",
        "enforce apply 7 --on 2026-11-03",
        "enforce result 7 --performed --on 2026-11-16",
        "action whistle --by lyz --unit zfj --unit zjj --title 占道 --at 2026-11-16T09:00",
        "action arrive A3 --unit zfj --at 2026-11-16T10:00",
        "action plan --by zfj --unit zrj --title 专项 --kind 专项行动 --from 2026-12-10",
        "action police A4 --confirmed",
        "case add --title 占道 --found-by zfj --found-on 2026-11-16 --action A3",
    )
]
"""五, 六（二）, 七（二）, of cases of their own."""


def _quarter(amended: Path) -> list[list[str]]:
    """A meeting from its call to what was resolved and done, and one that was called off."""
    topic = ["topic", "add", "--by", "zrj", "--on", "2026-11-10", "--title"]
    resolve = ["resolution", "add", "--kind", "议定", "--owner", "zjj", "--text", "建台账"]
    return [
        ["meeting", "plan", "--at", "2026-11-19", "--place", "会议室", "--on", "2026-11-02"],
        ["meeting", "move", "M1", "--at", "2026-11-20", "--on", "2026-11-03"],
        ["meeting", "plan", "--at", "2026-12-18", "--place", "会议室", "--kind", "special"],
        ["meeting", "cancel", "M2", "--reason", "合并"],
        ["meeting", "solicit", "M1", "--on", "2026-11-09"],
        *([*topic, title] for title in "甲乙丙丁"),
        ["topic", "approve", "T1", "T2", "T3", "--on", "2026-11-11"],
        ["topic", "reject", "T4", "--reason", "日常工作", "--on", "2026-11-11"],
        ["meeting", "circulate", "M1", "--on", "2026-11-12"],
        ["meeting", "invite", "M1", "fy", "--on", "2026-11-12"],
        ["meeting", "attend", "M1", "--unit", "zrj", "--name", "张某"],
        ["meeting", "hold", "M1"],
        [*resolve, "--due", "2026-12-01", "--topic", "T1"],
        ["topic", "decide", "T2", "--text", "同意"],
        ["topic", "carry", "T3"],
        ["correct", "M1", "held", "--on", "2026-11-19", "--reason", "看错"],
        ["correct", "S1", "due", "--on", "2026-12-02", "--reason", "看错"],
        ["meeting", "sign", "M1"],
        ["meeting", "distribute", "M1"],
        ["meeting", "amend", "M1", "--file", str(amended), "--reason", "笔误"],
        ["resolution", "progress", "S1", "--note", "已建", "--percent", "50"],
        ["resolution", "done", "S1"],
    ]


def story(folder: Path) -> list[list[str]]:
    """Write the files that the story needs, and return its command lines."""
    notice, cases, changed = folder / "2027.json", folder / "水务.csv", folder / "改.csv"
    amended = folder / "纪要.txt"
    amended.write_text("更正后的纪要\n", "utf-8")
    notice.write_text(json.dumps(NOTICE, ensure_ascii=False), "utf-8")
    cases.write_text(CASES_CSV, "utf-8")
    changed.write_text(CHANGED_CSV, "utf-8")
    add = ["case", "add", "--found-by", "zrj", "--found-on", "2026-11-02", "--title"]
    ask = ["request", "send", "--kind"]
    return [
        [*add, "堆场占用耕地", "--competent", "zfj", "--determined-on", "2026-11-03"],
        ["case", "inquiry", "1", "--ongoing", "--text", "现场", "--on", "2026-11-03"],
        ["case", "material", "1", "--kind", "证据", "--title", "照片", "--pages", "3"],
        ["transfer", "send", "1", "--to", "zfj", "--on", "2026-11-05"],
        ["transfer", "receive", "1", "--by", "张三", "--on", "2026-11-06"],
        ["transfer", "accept", "1", "--on", "2026-11-09"],
        ["case", "decide", "1", "--outcome", "处罚", "--execution-by", "gaj", "--on", "2026-11-16"],
        ["transfer", "notify", "1", "--on", "2026-11-17"],
        [*add, "管辖有争议", "--on", "2026-11-02"],
        ["case", "determine", "2", "--competent", "zjj", "--on", "2026-11-03"],
        ["transfer", "send", "2", "--to", "zjj", "--on", "2026-11-04"],
        ["transfer", "decline", "2", "--reason", "不属本局", "--on", "2026-11-05"],
        ["transfer", "refer", "2", "--on", "2026-11-06"],
        ["transfer", "assign", "2", "--to", "zfj", "--on", "2026-11-10"],
        [*add, "发错了", "--competent", "jtj"],
        ["transfer", "send", "3", "--to", "jtj", "--on", "2026-11-05"],
        ["transfer", "withdraw", "3", "--reason", "重复", "--on", "2026-11-06"],
        [*add, "自己办", "--on", "2026-11-03"],
        ["case", "decide", "4", "--outcome", "不予处罚", "--on", "2026-11-09"],
        ["case", "close", "4", "--on", "2026-11-10"],
        ["import", str(cases)],
        ["import", "--on-conflict", "update", str(changed)],
        ["correct", "1", "found", "--on", "2026-11-01", "--reason", "记错"],
        ["case", "edit", "2", "--place", "某某村东", "--reason", "补记"],
        ["case", "void", "3", "--same-as", "2", "--reason", "重复登记"],
        *TOGETHER,
        *CRIME,
        ["duty", "cancel", "D8", "--reason", "不适用"],
        ["duty", "restore", "D8", "--reason", "仍适用"],
        ["undo", "--yes"],
        [
            "unit",
            "add",
            "yjj",
            "--name",
            "应急",
            "--full-name",
            "峄城区应急局",
            "--on",
            "2026-11-02",
        ],
        ["unit", "edit", "mzj", "--full-name", "峄城区民政和老龄局", "--reason", "原来写错"],
        ["unit", "rename", "zjj", "--name", "区住房局", "--full-name", "峄城区住房局"],
        ["unit", "close", "yjj", "--reason", "合并", "--successor", "mzj", "--on", "2026-11-23"],
        ["contact", "set", "zjj", "--role", "对接专人", "--name", "张某", "--from", "2026-11-02"],
        ["contact", "set", "zjj", "--role", "对接专人", "--name", "李某", "--phone", "13800001234"],
        ["contact", "end", "zjj", "--role", "对接专人"],
        ["number", "set", "zrj", "峄自然资函〔2026〕1号"],
        ["letter", "transfer", "1", "--number", "auto", "--date", "2026-11-23"],
        [*ask, "appraisal", "--to", "hbj", "--case", "1", "--urgent", "--on", "2026-11-12"],
        ["request", "receive", "R2", "--on", "2026-11-12"],
        ["request", "on-site", "R2", "--on", "2026-11-13"],
        ["request", "extend", "R2", "--days", "3", "--reason", "检测", "--told-on", "2026-11-18"],
        ["request", "reply", "R2", "--text", "结论：某某", "--on", "2026-11-20"],
        ["letter", "reply", "R2", "--number", "峄环函〔2026〕1号"],
        [*ask, "materials", "--to", "zrj", "--question", "用地档案", "--on", "2026-11-18"],
        ["request", "receive", "R3", "--on", "2026-11-19"],
        ["request", "refuse", "R3", "--ground", "某某法第一条"],
        [*ask, "execution", "--to", "gaj", "--case", "1", "--on", "2026-11-18"],
        ["correct", "R1", "sent", "--on", "2026-11-19", "--reason", "记错"],
        *_quarter(amended),
        ["number", "set", "lxb", "峄联办函〔2026〕1号"],
        ["remind", "--number", "auto"],
        ["report", "receive", "zrj", "--note", "专报"],
        ["brief", "--from", "2026-11-01", "--to", "2026-11-23", "--number", "auto"],
        ["letter", "circular", "2026-11", "--number", "峄执联办〔2026〕1号"],
        ["calendar", "set", "2026-11-24", "rest", "--reason", "停电"],
        ["calendar", "apply", str(notice), "--force"],
    ]


_TOLD: list[bytes] = []


def live(coord: "Desk", folder: Path) -> None:
    """Tell the whole story to an empty register; from the second time on its end is copied."""
    lines = story(folder)
    if _TOLD:
        coord.database.write_bytes(_TOLD[0])
        return
    for line in lines:
        assert coord(*line).code in {0, 4}, line
    _TOLD.append(coord.database.read_bytes())
