"""Single rows of the lists about the office: told apart, and recorded as their commands would."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.days import Days
from yicheng_coord.policy.units import KIND_NAMES, Unit
from yicheng_coord.services.contacts import (
    NewContact,
    checked_contact,
    holder_on,
    put_contact,
    until_of,
)
from yicheng_coord.services.register import Register
from yicheng_coord.services.units import add_unit, edit_unit
from yicheng_coord.store.models import Contact
from yicheng_coord.vocabulary import Role, UnitKind

_BETWEEN = str.maketrans(dict.fromkeys("，,;；/", "、"))
_YES = frozenset({"是", "成员", "成员单位", "1", "true"})
_NO = frozenset({"否", "不是", "0", "false"})
_KINDS = {name: kind for kind, name in KIND_NAMES.items()} | {kind.value: kind for kind in UnitKind}


class NotThatError(RefusedError):
    """A cell says something that is none of what it can say."""


class TwoInOneRoleError(RefusedError):
    """One list names two people for one role at one time."""

    def __init__(self, line: int) -> None:
        super().__init__(f"与第 {line} 行重复：一个单位的同一角色同时只有一人。")


class PeopleRows:
    """Rows of contacts or of a roster: 单位, 角色, 姓名, 职务, 电话, 起, 止."""

    def __init__(self, register: Register, *, is_believed: bool) -> None:
        self._register = register
        self._is_believed = is_believed
        self._since = Days("任职日期", register.today)
        self._until = Days("离任日期", register.today)
        self._seen: dict[tuple[str, Role, date], tuple[int, str]] = {}
        self.updated = 0

    def take(self, said: Mapping[str, str], line: int) -> str:
        """Record a row, and return its fate: new, same or changed.

        Raises:
            RefusedError, InputError: as the command would; the row is given back.

        """
        new = self._read(said)
        key = (new.unit, new.role, new.since)
        first = self._seen.setdefault(key, (line, new.name))
        if first[1] != new.name:
            raise TwoInOneRoleError(first[0])
        holder = holder_on(self._register, new.unit, new.role, new.since)
        is_told_otherwise = "since" in said and holder is not None and holder.since != new.since
        if holder is None or is_told_otherwise:
            return self._put(new)
        if holder.name != new.name and holder.since != new.since:
            return self._put(new)
        wanted = self._told_of(replace(new, since=holder.since), said)
        if all(getattr(holder, name) == value for name, value in wanted.items()):
            return "same"
        if self._is_believed:
            self._mend(holder, wanted)
        return "changed"

    def _told_of(self, new: NewContact, said: Mapping[str, str]) -> Mapping[str, Any]:
        """Return the columns that the row speaks of, as they would be written."""
        told = checked_contact(self._register, new)
        wanted = {name: getattr(told, name) for name in ("name", "post", "phone") if name in said}
        if "until" in said:
            wanted["until"] = until_of(self._register, new)
        return wanted

    def _put(self, new: NewContact) -> str:
        put_contact(self._register, new)
        return "new"

    def _mend(self, holder: Contact, wanted: Mapping[str, Any]) -> None:
        for name, value in wanted.items():
            setattr(holder, name, value)
        self._register.session.flush()
        self.updated += 1

    def _read(self, said: Mapping[str, str]) -> NewContact:
        for field, name in (("unit", "单位"), ("role", "角色"), ("name", "姓名")):
            if field not in said:
                raise NotThatError(f"没有{name}")
        roles = {role.value: role for role in Role}
        if said["role"] not in roles:
            raise NotThatError(f"没有这个角色：“{said['role']}”，可以是{'、'.join(roles)}")
        return NewContact(
            unit=self._register.reading.units.named(said["unit"]).code,
            role=roles[said["role"]],
            name=said["name"],
            since=_day(self._since, said.get("since")) or self._register.today,
            post=said.get("post"),
            phone=said.get("phone"),
            until=_day(self._until, said.get("until")),
        )


class UnitRows:
    """Rows of units: 编码, 名称, 全称, 类别, 成员, 简称, 别名, 备注, 起."""

    def __init__(self, register: Register, *, is_believed: bool) -> None:
        self._register = register
        self._is_believed = is_believed
        self._since = Days("起用日期", register.today)
        self._added: dict[str, tuple[int, Unit]] = {}
        self.updated = 0

    def take(self, said: Mapping[str, str], line: int) -> str:
        """Record a row, and return its fate: new, same or changed.

        Raises:
            RefusedError, InputError: as the command would; the row is given back.

        """
        for field, name in (("code", "编码"), ("name", "名称"), ("full_name", "全称")):
            if field not in said:
                raise NotThatError(f"没有{name}")
        known = {unit.code: unit for unit in self._register.reading.units.all}
        told = dict(self._told(said))
        code = said["code"]
        if code in self._added:
            first, unit = self._added[code]
            if replace(unit, **told) != unit:
                raise NotThatError(f"编码与第 {first} 行相同而内容不同：{code}")
            return "same"
        if code not in known:
            unit = Unit(code=code, **({"kind": UnitKind.DEPARTMENT.value} | told))
            since = _day(self._since, said.get("since")) or self._register.today
            add_unit(self._register, unit, since)
            self._added[code] = line, unit
            return "new"
        if replace(known[code], **told) == known[code]:
            return "same"
        if self._is_believed:
            edit_unit(self._register, code, told)
            self.updated += 1
        return "changed"

    def _told(self, said: Mapping[str, str]) -> Mapping[str, Any]:
        told: dict[str, Any] = {
            name: said[name] for name in ("name", "full_name", "note") if name in said
        }
        for name in ("short_names", "aliases"):
            if name in said:
                parts = said[name].translate(_BETWEEN).split("、")
                told[name] = tuple(part.strip() for part in parts if part.strip())
        if kind := said.get("kind"):
            if kind not in _KINDS:
                raise NotThatError(
                    f"没有这个类别：“{kind}”，可以是{'、'.join(KIND_NAMES.values())}"
                )
            told["kind"] = str(_KINDS[kind])
        if member := said.get("is_member"):
            if member not in _YES | _NO:
                raise NotThatError(f"是否成员单位须写是或否，不能是“{member}”")
            told["is_member"] = member in _YES
        return told


def _day(days: Days, text: str | None) -> date | None:
    if text is None:
        return None
    read = days(text)
    if isinstance(read, Reason):
        raise NotThatError(f"{read.text}：“{text}”")
    return read
