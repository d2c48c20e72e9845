r"""How a paper is read from its source text.

---
格式: 信函
标题: 涉嫌违法案件移交函
附件: [案源材料2份5页, 初步证据材料1份3页]
---
一、基本情况。甲公司于……        a heading up to the first 。, by its own number
| 序号 | 材料名称 |               a row of a table; the first row is its head
#| 区某局 | 40 | 40.0%（2/5） |    a bar of a chart: what, 0 to 100, the figure in words
其余每行一个自然段；行首的 \ 表示“下面不是标题，也不是表格”。
---                              another such line begins the pages of an annex
附件1
移送材料清单
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.marks import BAR, FENCE, LEVELS, LIST_KEY, ROW
from yicheng_coord.papers.paper import (
    FORMATS,
    NOTHING,
    Annex,
    Bar,
    Block,
    Chart,
    Paper,
    Paragraph,
    Table,
)
from yicheng_coord.text import harmless

_KEYS = {
    "格式": "format",
    "标志": "mark",
    "紧急程度": "urgency",
    "发文机关": "issuer",
    "发文字号": "number",
    "签发人": "issuer_signer",
    "标题": "title",
    "主送": "addressee",
    "署名": "signatory",
    "日期": "date",
    "联系人": "contact",
    "附注": "note",
    "抄送": "copies",
    "印发机关": "printed_by",
    "印发日期": "printed_on",
    "印数": "print_run",
}
_SEAL = "盖章"
_ANSWERS = {"": True, "是": True, "否": False}
_ATTENDANCE = ("出席", "请假", "列席", "缺席")
_CIRCULATION = ("报", "送", "发")
_KNOWN = frozenset({*_KEYS, LIST_KEY, _SEAL, *_ATTENDANCE, *_CIRCULATION})
_NEEDED = {
    "文件": ("发文机关", "标题", "署名", "日期"),
    "信函": ("发文机关", "标题", "主送", "署名", "日期"),
    "纪要": ("发文机关", "日期"),
    "简报": ("标志", "发文字号", "发文机关", "标题", "日期"),
    "普通": ("发文机关", "标题", "署名", "日期"),
}
_KEY_LINE = re.compile(r"([\u4e00-\u9fff]+)\s*[:：]\s*(.*)")
_LABEL = re.compile(r"附件[0-9]{0,2}")
_PERCENT = re.compile(r"100|[1-9]?[0-9]")
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ITEM_END = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPED = re.compile(r"\\([\\|,])")


class PaperSourceError(RefusedError):
    """The source text of a paper does not have its shape."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(
            f"文书“{harmless(kind)}”的模板写出的文本不合格式：{why}。",
            "开头是两行 --- 之间的“键: 值”，见随附的模板。",
        )


def parse(kind: str, source: str, missing: tuple[str, ...] = ()) -> Paper:
    """Read a source text.

    Raises:
        PaperSourceError: no head, an unknown or repeated key, a needed one without a value, or an
            annex without its label and title.

    """
    lines = list(filter(None, (line.strip() for line in source.splitlines())))
    if not lines or lines[0] != FENCE or FENCE not in lines[1:]:
        raise PaperSourceError(kind, "没有两行 --- 之间的文头")
    end = lines.index(FENCE, 1)
    head = _head(kind, lines[1:end])
    body, *annexes = _split_at_fences(lines[end + 1 :])
    return Paper(
        kind=kind,
        attachments=_items(head.get(LIST_KEY, "")),
        body=_body(kind, body),
        source=source,
        missing=missing,
        is_sealed=_ANSWERS[head.get(_SEAL, "")],
        attendance=tuple((name, head[name]) for name in _ATTENDANCE if head.get(name)),
        circulation=tuple((name, head[name]) for name in _CIRCULATION if head.get(name)),
        annexes=tuple(_annex(kind, lines) for lines in annexes),
        **{name: head.get(key, "") for key, name in _KEYS.items()},
    )


def _head(kind: str, lines: Iterable[str]) -> Mapping[str, str]:
    """Read {标题: 涉嫌违法案件移交函, …}."""
    head: dict[str, str] = {}
    for line in lines:
        match = _KEY_LINE.fullmatch(line)
        if match is None or match[1] not in _KNOWN or match[1] in head:
            raise PaperSourceError(kind, f"文头里不认识这一行“{harmless(line)}”")
        head[match[1]] = match[2].strip()
    paper_format = head.get("格式")
    if not paper_format:
        raise PaperSourceError(kind, "文头缺“格式”")
    if paper_format not in FORMATS:
        raise PaperSourceError(
            kind, f"格式只有{'、'.join(FORMATS)}，没有“{harmless(paper_format)}”"
        )
    for key in _NEEDED[paper_format]:
        if not head.get(key):
            raise PaperSourceError(kind, f"文头缺“{key}”")
    if head.get(_SEAL, "") not in _ANSWERS:
        raise PaperSourceError(kind, f"“{_SEAL}”只写是或否")
    return head


def _split_at_fences(lines: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == FENCE:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _annex(kind: str, lines: Sequence[str]) -> Annex:
    label, title, *others = [*lines, "", ""]
    if not _LABEL.fullmatch(label) or not title:
        raise PaperSourceError(
            kind, "正文后的 --- 下面，第一行应是附件的序号（附件1），第二行是题目"
        )
    return Annex(label, title.removeprefix("\\"), _body(kind, others))


def _items(text: str) -> tuple[str, ...]:
    inner = text.removeprefix("[").removesuffix("]") if text.startswith("[") else text
    return tuple(item for item in _split(_ITEM_END, inner) if item.strip())


def _split(end: re.Pattern[str], text: str) -> list[str]:
    r"""`a\,b, c` → [a,b | c]: an escaped separator separates nothing."""
    marked = end.sub("\\1\0", text)
    return [_ESCAPED.sub(r"\1", part.strip() or _nothing(part)) for part in marked.split("\0")]


def _nothing(blank: str) -> str:
    return NOTHING if NOTHING in blank else ""


def _body(kind: str, lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(
        block
        for start, group in groupby(filter(None, lines), _start)
        for block in _blocks(kind, start, group)
    )


def _start(line: str) -> str:
    """Return what begins a row of a table, or a bar; nothing of a paragraph."""
    return next((start for start in (BAR, ROW) if line.startswith(start)), "")


def _blocks(kind: str, start: str, lines: Iterable[str]) -> Iterable[Block]:
    if start == BAR:
        return [Chart(tuple(_bar(kind, line) for line in lines))]
    return [_table(lines)] if start else map(_paragraph, lines)


def _cells(start: str, line: str) -> list[str]:
    cells = _split(_CELL_END, line.removeprefix(start))
    return cells[:-1] if cells[-1] == "" else cells


def _bar(kind: str, line: str) -> Bar:
    label, percent, caption, *_ = [*_cells(BAR, line), "", "", ""]
    if not _PERCENT.fullmatch(percent):
        raise PaperSourceError(kind, f"图的一行写作“{BAR} 名称 | 0 至 100 的整数 | 说明 |”")
    return Bar(label, int(percent), caption)


def _table(lines: Iterable[str]) -> Table:
    cells = [_cells(ROW, line) for line in lines]
    width = max(map(len, cells))
    return Table(tuple(tuple(row + [""] * (width - len(row))) for row in cells))


def _paragraph(line: str) -> Paragraph:
    if line.startswith("\\"):
        return Paragraph("text", line[1:])
    for role, pattern in LEVELS.items():
        if pattern.match(line):
            return Paragraph(role, line)
    return Paragraph("text", line)
