"""A map (对照表): what the columns of one source mean, where their headings do not say it."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.intake.fields import ALL_FIELDS, DATES, LABELS, folded_heading

if TYPE_CHECKING:
    from yicheng_coord.intake.header import Header

IGNORED = "-"
_KEPT = ""
_TITLE_MAX = 80
_KEYS: dict[str, type] = {
    "name": str,
    "sheet": str,
    "header_row": int,
    "encoding": str,
    "default_found_by": str,
    "columns": dict,
    "title": dict,
    "dates": dict,
    "units": dict,
    "defaults": dict,
}
_TITLE_KEYS: dict[str, type] = {"join": list, "sep": str, "max": int}
# Which unknown heading may be it; for the map that a refusal proposes.
_HINTS = {
    "found_on": ("日期", "时间"),
    "found_by": ("单位", "机关", "部门"),
    "title": ("名称", "标题", "内容", "事实", "描述"),
}


class MapError(RefusedError):
    """The map cannot be used as it is."""

    def __init__(self, where: str, why: str, hint: str = "") -> None:
        super().__init__(
            f"对照表“{where}”{why}。", hint or "照 --write-map 写出的样子改正后再导入。"
        )


@dataclass(frozen=True)
class TitleJoin:
    """A title built from several columns, in this order; `headings` are folded."""

    headings: tuple[str, ...]
    separator: str = " "
    longest: int = _TITLE_MAX


@dataclass(frozen=True)
class Map:
    """What a map file says.

    Attributes:
        name: of the source, a part of a case's natural key.
        sheet, header_row, encoding: of the file, where looking would not find them.
        columns: folded heading → field, "" = kept in `extra`, "-" = ignored.
        title: how the title is built, where it is.
        dates: field → format, as of `strptime`.
        units: name in the list → unit code or name.
        defaults: field → what a blank cell or a missing column means.
        where: the file's name, for messages.

    """

    name: str = ""
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    title: TitleJoin | None = None
    dates: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


def load_map(path: Path) -> Map:
    """Read a map.

    Raises:
        MapError: it is missing, no TOML, or says something unknown; what is known is named.

    """
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as wrong:
        raise MapError(path.name, f"打不开：{reason_of(wrong)}", "核对路径。") from wrong
    except ValueError as wrong:  # not UTF-8, not TOML, a NUL in the path
        raise MapError(path.name, f"不是能读的 TOML：{wrong}") from wrong
    return _map(path.name, raw)


def _map(where: str, raw: Mapping[str, Any]) -> Map:
    _check(where, raw, _KEYS, "")
    defaults = _texts(where, raw, "defaults", ALL_FIELDS)
    if default_finder := raw.get("default_found_by"):
        defaults.setdefault("found_by", default_finder)
    columns: dict[str, str] = {}
    for heading, meaning in _columns(where, raw).items():
        columns.setdefault(folded_heading(heading), meaning)
    return Map(
        name=raw.get("name", ""),
        sheet=raw.get("sheet") or None,
        header_row=raw.get("header_row"),
        encoding=raw.get("encoding") or None,
        columns=columns,
        title=_title(where, raw["title"]) if "title" in raw else None,
        dates=_texts(where, raw, "dates", DATES),
        units=_texts(where, raw, "units", None),
        defaults=defaults,
        where=where,
    )


def _check(where: str, table: Mapping[str, Any], known: Mapping[str, type], prefix: str) -> None:
    """Refuse keys that nothing reads: a slip of the pen would silently do nothing."""
    if strange := [key for key in table if key not in known]:
        raise MapError(
            where, f"里不认识：{'、'.join(prefix + key for key in strange)}", _known(known)
        )
    for key, value in table.items():
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise MapError(where, f"里的 {prefix}{key} 写法不对：{value}")


def _known(names: Iterable[str]) -> str:
    return f"可用的有：{'、'.join(names)}。"


def _texts(
    where: str, raw: Mapping[str, Any], key: str, known: tuple[str, ...] | None
) -> dict[str, str]:
    """Return a table of texts; TOML's own dates and numbers count as what they are written."""
    table = raw.get(key, {})
    if known and (strange := [name for name in table if name not in known]):
        raise MapError(where, f"的 [{key}] 里没有字段：{'、'.join(strange)}", _known(known))
    if wrong := [name for name, value in table.items() if isinstance(value, dict | list)]:
        raise MapError(where, f"的 [{key}] 写法不对：{'、'.join(wrong)}")
    return {name: str(value) for name, value in table.items()}


def _columns(where: str, raw: Mapping[str, Any]) -> dict[str, str]:
    columns = _texts(where, raw, "columns", None)
    meanings = (*ALL_FIELDS, _KEPT, IGNORED)
    if strange := [meaning for meaning in columns.values() if meaning not in meanings]:
        raise MapError(
            where,
            f"的 [columns] 里没有字段：{'、'.join(strange)}",
            _known(ALL_FIELDS) + "空字符串：留在 extra；“-”：不要。",
        )
    return columns


def _title(where: str, raw: Mapping[str, Any]) -> TitleJoin:
    _check(where, raw, _TITLE_KEYS, "title.")
    headings = raw.get("join", [])
    if not headings or not all(isinstance(heading, str) for heading in headings):
        raise MapError(where, "的 title.join 要写出表里的列名", '如 join = ["当事人", "案由"]。')
    longest = raw.get("max", _TITLE_MAX)
    if longest < 1:
        raise MapError(where, f"的 title.max 写法不对：{longest}")
    return TitleJoin(tuple(map(folded_heading, headings)), raw.get("sep", " "), longest)


def guess_as_toml(header: "Header", missing: Iterable[str] = (), name: str = "") -> str:
    """Write out what the headings were taken for, as a map to be edited.

    For `missing` fields the likeliest unknown column is proposed, else a default to fill in.
    """
    lines = ["# 列对照表。左边是文件里的列名，右边是字段；", "# “”：留在 extra；“-”：不要。字段："]
    lines += [f"#   {field_name} {label}" for field_name, label in LABELS.items()]
    proposed = proposals(header, missing)
    lines.append(f"name = {_quoted(name)}  # 来源名称：同一来源里案件编号不重复")
    if "found_by" in missing and "found_by" not in proposed.values():
        lines.append('default_found_by = ""  # 填发现单位的代码，如 zfj')
    lines += ["", "[columns]"]
    for heading, meaning in _meanings(header, proposed).items():
        lines.append(f"{_quoted(heading)} = {_quoted(meaning)}")
    return "\n".join(lines) + "\n"


def proposals(header: "Header", missing: Iterable[str]) -> dict[str, str]:
    """For each missing field the first unknown heading that looks like it: {heading: field}."""
    unknown = [header.headings[index] for index, known in header.columns.items() if not known]
    found: dict[str, str] = {}
    for wanted in missing:
        likely = (
            heading
            for heading in unknown
            if heading not in found and any(hint in heading for hint in _HINTS.get(wanted, ()))
        )
        if heading := next(likely, None):
            found[heading] = wanted
    return found


def _meanings(header: "Header", proposed: Mapping[str, str]) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for index, heading in enumerate(header.headings):
        if heading:
            meaning = header.columns.get(index, IGNORED) or proposed.get(heading, _KEPT)
            meanings.setdefault(heading, meaning)
    return meanings


def _quoted(text: str) -> str:
    """JSON's strings are TOML's basic strings, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
