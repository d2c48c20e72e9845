"""Units change: added, put right, renamed, closed; each from a day, so that old papers keep theirs."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from yicheng_coord.dates import EARLIEST
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.units import Unit
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import UnitEdition
from yicheng_coord.text import folded

_CODE = re.compile(r"[a-z][a-z0-9]{1,15}")
_NAMES = {
    "name": "名称",
    "full_name": "全称",
    "kind": "类别",
    "is_member": "是否成员单位",
    "short_names": "简称",
    "aliases": "别名",
    "note": "备注",
}


class UnitCodeError(InputError):
    """A code is typed every day: short, and nothing but letters and digits."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"单位代码“{code}”不合格式。", "用 2 至 16 个小写字母和数字，以字母开头，如 zjj。"
        )


class UnitThereError(RefusedError):
    """The code belongs to a unit already."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(
            f"已有代码为 {unit.code} 的单位：{unit.name}。", f"改动：coord unit edit {unit.code}"
        )


class NameTakenError(RefusedError):
    """One spelling means one unit only."""

    def __init__(self, name: str, unit: Unit) -> None:
        super().__init__(f"“{name}”已指{unit.name}（{unit.code}），一个叫法只能指一个单位。")


class UnitChangedSinceError(RefusedError):
    """Changes of a unit are recorded in the order of their days."""

    def __init__(self, unit: Unit, since: date) -> None:
        super().__init__(
            f"{unit.name}在 {since} 已登记过变动，新的变动须晚于这一天。",
            f"改正已登记的内容：coord unit edit {unit.code}；或撤销那次操作：coord history",
        )


class UnitUnchangedError(RefusedError):
    """It reads so already, or nothing was said."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(
            f"{unit.name}的登记没有改动。", f"查看：coord unit show {unit.code}；可改的见 --help"
        )


class UnitClosedAlreadyError(RefusedError):
    """A unit is closed once."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(
            f"{unit.name}已于 {unit.closed_on} 撤销。", "登记有误的，撤销那次操作：coord history"
        )


class SuccessorError(RefusedError):
    """The duties go to another unit that is there."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(f"{unit.name}不能承接：须是另一个没有撤销的单位。")


def add_unit(register: Register, unit: Unit, since: date) -> Recorded:
    """Add a unit that the policy pack lacks.

    Raises:
        UnitCodeError, UnitThereError, NameTakenError: its code or a name is none, or taken.

    """
    if not _CODE.fullmatch(unit.code):
        raise UnitCodeError(unit.code)
    known = {one.code: one for one in register.reading.units.all}
    if unit.code in known:
        raise UnitThereError(known[unit.code])
    check_order("起用日期", since, register.today)
    unit = _in_lines(unit)
    _put(register, unit, since, None)
    return _answer(
        register, unit, f"已新增单位：{unit.code} {unit.name}（{unit.full_name}）", since
    )


def edit_unit(
    register: Register,
    code: str,
    new: Mapping[str, Any],
    *,
    since: date | None = None,
    reason: str | None = None,
) -> Recorded:
    """Change what is on file of a unit.

    Args:
        register: the register.
        code: the unit's.
        new: field of `Unit` → value.
        since: from when it is so; older papers keep what was. None: it was recorded wrong, and
            what is in force today is put right.
        reason: why.

    Raises:
        UnitUnchangedError, NameTakenError, UnitChangedSinceError: see each.

    """
    unit = register.reading.units.get(code)
    changed = _in_lines(replace(unit, **new))
    differing = [name for name in new if getattr(unit, name) != getattr(changed, name)]
    if not differing:
        raise UnitUnchangedError(unit)
    _put(register, changed, since, reason)
    names = "、".join(_NAMES[name] for name in differing)
    called = f"，现为{changed.name}" if changed.name != unit.name else ""
    said = "，".join(filter(None, (f"{since} 起" if since else "", reason)))
    why = f"（{said}）" if said else ""
    return _answer(register, changed, f"已改动单位：{unit.name}　{names}{called}{why}", since)


def close_unit(
    register: Register, code: str, *, on: date, reason: str, successor: str | None = None
) -> Recorded:
    """Close a unit (撤销、合并): nothing new is recorded of it from that day on.

    What it owes, and the cases that it has, stay as they are; the answer counts them.
    """
    if not reason.strip():
        raise EmptyTextError("撤销理由（--reason）")
    unit = register.reading.units.get(code)
    if unit.closed_on:
        raise UnitClosedAlreadyError(unit)
    heir = register.reading.units.get(successor) if successor else None
    if heir and (heir.code == code or heir.closed_on):
        raise SuccessorError(heir)
    _put(register, replace(unit, closed_on=on, successor=successor), on, reason)
    to = f"，职责由{heir.name}承接" if heir else ""
    headline = f"已登记撤销：{unit.name}（{on}，{reason}{to}）"
    return _answer(register, unit, headline, on, warnings=_left_behind(register, code))


def _left_behind(register: Register, code: str) -> list[str]:
    duties, cases = register.reading.connection.execute(
        "SELECT (SELECT count(*) FROM duty WHERE owed_by = :unit AND met_on IS NULL "
        "AND cancelled_on IS NULL), (SELECT count(*) FROM case_file WHERE holder = :unit "
        "AND closed_on IS NULL AND voided_on IS NULL)",
        {"unit": code},
    ).fetchone()
    if not duties and not cases:
        return []
    return [f"尚有未完成的时限 {duties} 项、在办案件 {cases} 件，见 coord pending --unit {code}"]


def _put(register: Register, unit: Unit, since: date | None, reason: str | None) -> None:
    """Write an edition of a unit: a new one from a day, or the one in force put right."""
    for name, text in (("名称", unit.name), ("全称", unit.full_name)):
        if not text.strip():
            raise EmptyTextError(name)
    _check_names(register, unit)
    editions = register.session.exec(
        select(UnitEdition).where(UnitEdition.code == unit.code).order_by(col(UnitEdition.since))
    ).all()
    if since is not None:
        check_order("变动日期", since, register.today)
        if editions and since <= editions[-1].since:
            raise UnitChangedSinceError(unit, editions[-1].since)
    columns = _columns(unit, reason)
    if since is None and editions:
        edition = editions[-1]
        for name, value in columns.items():
            setattr(edition, name, value)
    else:
        edition = UnitEdition(since=since or EARLIEST, **columns)
    register.session.add(edition)
    register.session.flush()


def _in_lines(unit: Unit) -> Unit:
    """Names stand in lists and letters: each in one line, and none blank."""

    def line(text: str) -> str:
        return " ".join(text.split())

    return replace(
        unit,
        name=line(unit.name),
        full_name=line(unit.full_name),
        short_names=tuple(filter(None, map(line, unit.short_names))),
        aliases=tuple(filter(None, map(line, unit.aliases))),
        note=line(unit.note),
    )


def _check_names(register: Register, unit: Unit) -> None:
    """A name of another unit is taken, also one that it was called before."""
    for spelling in unit.spellings:
        other = register.reading.units.find(spelling)
        if other is not None and other.code != unit.code and folded(spelling):
            raise NameTakenError(spelling, other)


def _columns(unit: Unit, reason: str | None) -> dict[str, Any]:
    fields = asdict(unit)
    is_closed = fields.pop("closed_on") is not None
    lists = {
        name: json.dumps(fields.pop(name), ensure_ascii=False)
        for name in ("short_names", "aliases")
    }
    fields["note"] = fields["note"] or None
    return {**fields, **lists, "is_closed": is_closed, "reason": reason}


def _answer(
    register: Register,
    unit: Unit,
    headline: str,
    since: date | None,
    warnings: list[str] | None = None,
) -> Recorded:
    register.under_way.summary = headline
    return Recorded(
        operation=register.under_way.number,
        facts={"type": "unit", "ref": unit.code, "name": unit.name,
               "since": since.isoformat() if since else None},
        headline=headline,
        warnings=warnings or [],
        next_step=f"查看：coord unit show {unit.code}",
    )  # fmt: skip
