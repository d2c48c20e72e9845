"""What a template is given: plain values only, made harmless, each with its Chinese name."""

import re
from collections.abc import Mapping

from yicheng_coord.papers.labels import LABELS
from yicheng_coord.text import harmless, harmless_lines

# Facts that may run over several lines; a line break in any other becomes a space.
MULTILINE = frozenset(
    {
        "summary",
        "answer_reason",
        "decline_reason",
        "reason",
        "inquiry.text",
        "inquiry.measures",
        "decision.text",
        "info.text",
        "request.question",
        "request.articles",
        "request.standard",
        "request.text",
        "request.ground",
        "request.reason",
        "hazard.text",
        "dispute.text",
        "action.text",
        "crime.reject_reason",
        "crime.review_reason",
        "enforcement.how",
        "enforcement.object",
        "enforcement.appeals",
        "resolution.opinion",
    }
)
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # XML takes no U+FFFE, U+FFFF


class Group(dict[str, object]):
    """A fact of several parts, which knows its own name, so that a missing part can be named."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def path_of(self, part: str) -> str:
        """`decision` and `number` → `decision.number`."""
        return f"{self._path}.{part}" if self._path else part


def label(path: str) -> str:
    """Return what people call a fact; an unknown name stays itself."""
    return LABELS.get(path) or LABELS.get(path.rpartition(".")[2]) or harmless(path)


def plain(facts: Mapping[str, object]) -> Group:
    """Copy the facts into values that a template can do nothing with but read.

    Absent ones (None, blank text, empty lists and groups) are left out: the template meets them
    as undefined, and they show as placeholders.

    Raises:
        TypeError: a value is no str, int, bool, list, tuple, dict or None.

    """
    return _group("", facts)


def _group(path: str, facts: Mapping[str, object]) -> Group:
    group = Group(path)
    for name, value in facts.items():
        if type(name) is not str:
            raise TypeError(f"a fact's name is a str, not {type(name).__name__}")
        kept = _value(group.path_of(name), value)
        if not _is_absent(kept):
            group[name] = kept
    return group


def _value(path: str, value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(path, str.__str__(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return _group(path, value)
    if isinstance(value, list | tuple):
        return [kept for item in value if not _is_absent(kept := _value(path, item))]
    raise TypeError(f"{path}: a template takes no {type(value).__name__}")


def _text(path: str, value: str) -> str:
    shown = _NONCHARACTERS.sub(lambda match: f"\\u{ord(match.group()):04x}", value)
    return harmless_lines(shown) if path in MULTILINE else harmless(shown)


def _is_absent(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
