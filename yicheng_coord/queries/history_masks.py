"""What the history masks: of people what lists mask, and what is said of a marked matter, 四（二）3."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from yicheng_coord import masking
from yicheng_coord.queries.matters import LEAD, SECRETS

Mask = Callable[[str], str]


def _masked_extra(text: str) -> str:
    kept = {
        heading: masking.masked_extra(heading, str(value))
        for heading, value in json.loads(text).items()
    }
    return json.dumps(kept, ensure_ascii=False)


_OF_PEOPLE: Mapping[str, Mask] = {
    "--party-id": masking.masked_id,
    "--phone": masking.masked_phone,
    "--informant": masking.masked_informant,
}
_FIELDS: Mapping[str, Mask] = {
    "party_id": masking.masked_id,
    "phone": masking.masked_phone,
    "informant": masking.masked_informant,
    "extra": _masked_extra,
}
_SAID = ("--title", "--text", "--number", "--question", "--articles", "--standard", "--ground")
"""Options whose words are those of a matter."""
_SAID_FIELDS = ("title", "document", "text", "details")
_MARK = (
    "SELECT json_extract(coalesce(after, before), '$.secrecy'), "
    "json_extract(coalesce(after, before), '$.kind'), "
    "json_extract(coalesce(after, before), '$.text') FROM change "
    "WHERE matter_id = ? AND table_name = 'matter' ORDER BY id DESC LIMIT 1"
)
"""Also of a matter that is no more."""
MARKS = frozenset({*SECRETS.values(), masking.masked_lead("")})
"""All that `mark_of` may say."""
_MATTERS_OF = (
    "SELECT DISTINCT matter_id FROM change WHERE operation_id = ? AND matter_id IS NOT NULL"
)


def mark_of(connection: sqlite3.Connection, matter_id: int | None) -> str:
    """Return what is shown instead of a marked matter's words, or of a lead's; else nothing."""
    found = connection.execute(_MARK, (matter_id,)).fetchone() if matter_id else None
    if found is None:
        return ""
    secrecy, kind, text = found
    return SECRETS.get(secrecy) or (masking.masked_lead(text) if kind == LEAD else "")


def mark_of_operation(connection: sqlite3.Connection, number: int, words: Sequence[str]) -> str:
    """Return the same of an operation: the mark of a matter whose words were typed."""
    if not any(word.partition("=")[0] in _SAID for word in words):
        return ""
    matters = connection.execute(_MATTERS_OF, (number,)).fetchall()
    marks = (mark_of(connection, matter_id) for (matter_id,) in matters)
    return next(filter(None, marks), "")


def without_secrets(words: Sequence[str], mark: str) -> Iterator[str]:
    """Yield the words of a command line as they may be shown."""
    said: Mapping[str, Mask] = dict.fromkeys(_SAID, lambda _: mark) if mark else {}
    masks = {**_OF_PEOPLE, **said}
    mask = None
    for word in words:
        option, equals, value = word.partition("=")
        if mask:
            yield mask(word)
            mask = None
        elif equals and option in masks:
            yield f"{option}={masks[option](value)}"
        else:
            mask = masks.get(word)
            yield word


def masked(kept: dict[str, Any] | None, mark: str) -> dict[str, Any] | None:
    """Mask what lists mask; a change of what is masked is still seen to be one."""
    if kept is None:
        return None
    for name, mask in _FIELDS.items():
        if kept.get(name):
            kept[name] = mask(kept[name])
    for name in _SAID_FIELDS if mark else ():
        if kept.get(name):
            kept[name] = mark
    return kept
