"""Lists about the office itself: units, contacts, the annex's roster, who came to a meeting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.cells import cleaned_text, is_nothing, plain_text
from yicheng_coord.intake.decode import Table
from yicheng_coord.intake.fields import folded_heading
from yicheng_coord.intake.header import ERRORS, LOOKED_AT, Header
from yicheng_coord.intake.rows import BLANK, SkippedRow
from yicheng_coord.vocabulary import What

_PERSON = {
    "unit": "单位 单位名称 所在单位 成员单位 部门",
    "role": "角色 职责 身份 联络人类别 类别",
    "name": "姓名 联系人 联络人 负责人",
    "post": "职务 职位 单位职务",
    "phone": "电话 联系电话 手机 手机号 手机号码 办公电话 联系方式",
    "since": "起 任职日期 起始日期 自",
    "until": "止 离任日期 终止日期",
}
ATTENDANCE = "attendance"
"""A list that is no import, and is taken by `coord meeting attend --from`."""
_SPELLINGS: dict[str, dict[str, str]] = {
    ATTENDANCE: {
        "unit": _PERSON["unit"],
        "name": f"{_PERSON['name']} 参会人员 参会人 出席人员",
        "post": _PERSON["post"],
        "status": "参会情况 状态 情况 到会情况",
        "reason": "理由 原因 请假理由 请假原因 备注",
    },
    What.CONTACTS: _PERSON,
    What.ROSTER: _PERSON,
    What.UNITS: {
        "code": "编码 代码 单位代码 单位编码",
        "name": "名称 单位 单位名称",
        "full_name": "全称 单位全称",
        "kind": "类别 单位类别",
        "is_member": "成员 成员单位 是否成员单位",
        "short_names": "简称",
        "aliases": "别名",
        "note": "备注",
        "since": "起 起用日期 自",
    },
}
_REQUIRED: dict[str, tuple[str, ...]] = {
    ATTENDANCE: ("unit", "name"),
    What.CONTACTS: ("unit", "role", "name"),
    What.ROSTER: ("unit", "role", "name"),
    What.UNITS: ("code", "name", "full_name"),
}


class NotThatListError(RefusedError):
    """None of the first rows names the columns that are needed."""

    def __init__(self, name: str, what: str, found: list[str]) -> None:
        needed = "、".join(_SPELLINGS[what][field].split()[0] for field in _REQUIRED[what])
        seen = f"最像表头的一行是：{'、'.join(filter(None, found))}。" if any(found) else ""
        super().__init__(
            f"“{name}”前 {LOOKED_AT} 行里没有所需的列：{needed}。{seen}",
            "在表格里补上列名后再试。",
        )


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row: field → cleaned text (absent where the list says nothing), and its cells."""

    line: int
    said: Mapping[str, str]
    raw: list[str]


def find_office_header(table: Table, what: str) -> Header:
    """Find the row that names the columns.

    Raises:
        NotThatListError: there is none.

    """
    meanings = {
        folded_heading(word): field
        for field, words in _SPELLINGS[what].items()
        for word in words.split()
    }
    best: list[str] = []
    most = 0
    for line, cells in islice(table.rows(), LOOKED_AT):
        headings = [_text(table, cell) for cell in cells]
        fields = [meanings.get(folded_heading(heading)) for heading in headings]
        if set(_REQUIRED[what]) <= set(fields):
            columns = {
                i: field if fields.index(field) == i else None for i, field in enumerate(fields)
            }
            return Header(line, columns, headings)
        known = sum(field is not None for field in fields)
        if known > most:
            best, most = headings, known
    raise NotThatListError(table.name, what, best)


def office_rows(table: Table, header: Header) -> Iterator[OfficeRow | SkippedRow]:
    """Yield the rows below the header."""
    start = 1 if header.headings[:1] == [ERRORS] else 0
    for line, cells in table.rows():
        if line <= header.line:
            continue
        raw = [plain_text(cell) for cell in cells]
        texts = [_text(table, cell) for cell in cells]
        if not any(texts[start:]):
            yield SkippedRow(line, BLANK)
            continue
        said = {
            field: texts[index]
            for index, field in header.columns.items()
            if field and index < len(texts) and texts[index] and not is_nothing(texts[index])
        }
        yield OfficeRow(line, said, raw)


def _text(table: Table, cell: object) -> str:
    return cleaned_text(plain_text(cell), table.cleaned).strip()  # type: ignore[arg-type]
