r"""Which characters of a rendered text are data, and how that survives in the source text.

While a template renders, everything that a `{{ }}` puts out stands between two control
characters; no fact can hold them, since `facts.plain` shows control characters as `\u0002`.
So structure is what the template's author wrote. `sealed` then takes the marks away and puts a
backslash where data would otherwise be read as structure; the source stays readable, and reading
it again gives the same paper.
"""

import re

from yicheng_coord.text import harmless

_BEGIN, _END, _BREAK, _GAP_BEGIN, _GAP_END = "\x02", "\x03", "\x04", "\x05", "\x06"
_MARK = re.compile("[\x02\x03]")
_OWN = re.compile("([\x04-\x06])")
_GAP = re.compile("\x05([^\x05\x06]*)\x06")
_LEFT_OVER = re.compile("[\x02-\x06]")
_IN_CELL = re.compile(r"[\\|]")
_IN_LIST = re.compile(r"[\\,]")

# What gives a line of the body a role: its level's number. See `parser.py` for the reading.
LEVELS = {
    "level1": re.compile(r"[一二三四五六七八九十百]+、"),
    "level2": re.compile(r"（[一二三四五六七八九十百]+）"),
    "level3": re.compile(r"[0-9]{1,3}[.．](?![0-9])"),
    "level4": re.compile(r"（[0-9]{1,3}）"),
}
FENCE = "---"
ROW, BAR = "|", "#|"
"""What begins a row of a table, and a bar of a chart."""
_STRUCTURE = re.compile(
    rf"\\|\||#\||{FENCE}$|" + "|".join(pattern.pattern for pattern in LEVELS.values())
)
_HEAD_KEY = re.compile(r"\s*([\u4e00-\u9fff]+)\s*[:：]")
LIST_KEY = "附件"


def is_ordinal(text: str) -> bool:
    """Whether a text is the number of a heading and nothing else: 一、."""
    return any(level.fullmatch(text) for level in LEVELS.values())


_Pieces = list[tuple[str, bool]]  # (text, is it data)


def as_data(text: str) -> str:
    """Mark a text as data; marks inside it (a macro's output) melt into one."""
    inside = _MARK.sub("", text).replace("\n", _BREAK)
    parts = _OWN.split(inside)  # every second one is a mark
    shown = [part if place % 2 else harmless(part) for place, part in enumerate(parts)]
    return f"{_BEGIN}{''.join(shown)}{_END}"


def gap(name: str) -> str:
    """Mark the place of a missing fact; `name` is its Chinese label."""
    return f"{_GAP_BEGIN}{_LEFT_OVER.sub('', name)}{_GAP_END}"


def gaps(marked: str) -> tuple[str, ...]:
    """Return the labels of the missing facts in the order of the text, once each."""
    return tuple(dict.fromkeys(_GAP.findall(marked)))


def plain_gaps(marked: str) -> str:
    """Show the places of missing facts, where nothing else is marked."""
    return _LEFT_OVER.sub(" ", _GAP.sub(r"【待补：\1】", marked))


def sealed(marked: str) -> str:
    """Return the source text: the marks gone, data escaped where it could be read as structure."""
    shown = _GAP.sub(r"【待补：\1】", marked)
    lines = [_pieces(line) for line in shown.split("\n") if line.strip()]
    fences = [n for n, line in enumerate(lines) if _is_fence(line)][:2]
    end = fences[1] if len(fences) > 1 else -1
    head = [_head_line(line) for line in lines[: end + 1]]
    body = [_body_line(line) for line in lines[end + 1 :]]
    return "\n".join(filter(None, [*head, *body])) + "\n"


def _pieces(line: str) -> _Pieces:
    """`案件：␂甲␃。` → [(案件：, False), (甲, True), (。, False)]."""
    found, is_data, start = [], False, 0
    for mark in _MARK.finditer(line):
        found.append((line[start : mark.start()], is_data))
        is_data, start = mark.group() == _BEGIN, mark.end()
    found.append((line[start:], is_data))
    return [(text, flag) for text, flag in found if text]


def _is_fence(line: _Pieces) -> bool:
    return "".join(text for text, _ in line).strip() == FENCE and not any(d for _, d in line)


def _head_line(line: _Pieces) -> str:
    """One line stays one line; in a list, data cannot end its item."""
    text = _flat(line)
    key = _HEAD_KEY.match(text)
    if key and key[1] == LIST_KEY:
        text = _flat(line, _IN_LIST)
    return _guarded(text, line, _HEAD_KEY)


def _body_line(line: _Pieces) -> str:
    """Keep a row one line; break a paragraph where its data breaks, into paragraphs."""
    if line and not line[0][1] and line[0][0].lstrip().startswith((ROW, BAR)):
        return _flat(line, _IN_CELL)
    parts = [_guarded(_flat(part), part, _STRUCTURE) for part in _broken(line)]
    return "\n".join(part for part in parts if part)


def _flat(line: _Pieces, escape: re.Pattern[str] | None = None) -> str:
    """Join the pieces; in data, put a backslash before what `escape` finds."""
    texts = [escape.sub(r"\\\g<0>", text) if escape and is_data else text for text, is_data in line]
    return _LEFT_OVER.sub(" ", "".join(texts)).strip()


def _broken(line: _Pieces) -> list[_Pieces]:
    """Split the pieces where data breaks its line."""
    lines: list[_Pieces] = [[]]
    for text, is_data in line:
        first, *others = text.split(_BREAK)
        lines[-1].append((first, is_data))
        lines += [[(other, is_data)] for other in others]
    return lines


def _guarded(text: str, line: _Pieces, structure: re.Pattern[str]) -> str:
    """Put a backslash before a text whose structure is, wholly or in part, data."""
    match = structure.match(text)
    if match is None or match.end() <= _authored(line):
        return text
    return f"\\{text}"


def _authored(line: _Pieces) -> int:
    """How many characters of the line its template wrote before the first data."""
    count = 0
    for text, is_data in line:
        if is_data and text.strip():
            break
        count += len(text.lstrip() if not count else text)
    return count
