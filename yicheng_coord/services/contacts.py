"""Who is who in a unit (三（二）, 四（五）, 附件): one person a role at a time, from a day on."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.units import Unit
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Contact
from yicheng_coord.vocabulary import Role, UnitKind

_HELD_IN = {
    Role.LEADER: (UnitKind.GOVERNMENT, "联席会议由分管副区长任组长"),
    Role.OFFICE_HEAD: (UnitKind.OFFICE, "联席会议下设办公室，由区综合行政执法局局长任办公室主任"),
}
"""一（一）: two roles belong to one unit each."""
_LONGEST_PHONE = 40


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody in a role; the unit by code."""

    unit: str
    role: Role
    name: str
    since: date
    post: str | None = None
    phone: str | None = None
    until: date | None = None


class WrongUnitForRoleError(RefusedError):
    """组长 and 办公室主任 are not of any unit."""

    def __init__(self, role: Role, unit: Unit, why: str, document: str) -> None:
        super().__init__(
            f"{role.value}不能登记在{unit.name}：{why}（{document} 一（一））。",
            f"如：coord contact set {'qzf' if role is Role.LEADER else 'lxb'} --role {role.value} …",
        )


class NotAPhoneError(InputError):
    """A number that nobody can dial."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}”不是电话号码。", "写数字，分机可写在后面，如 0632-1234567 转 8。"
        )


class SameContactError(RefusedError):
    """It reads so already."""

    def __init__(self, unit: str, new: NewContact) -> None:
        super().__init__(f"{unit}的{new.role.value}已经是{new.name}，没有改动。")


class NoContactError(RefusedError):
    """Nobody has the role."""

    def __init__(self, unit: str, role: Role) -> None:
        super().__init__(f"{unit}没有在任的{role.value}。", "查看：coord contact list")


def set_contact(register: Register, new: NewContact) -> Recorded:
    """Record who has a role from a day on; who had it before had it until then.

    Raises:
        EmptyTextError, NotAPhoneError, WrongUnitForRoleError, ClosedUnitError: it cannot be so.
        SameContactError: it is so already.

    """
    before = put_contact(register, new)
    unit = register.unit_name(new.unit)
    instead = f"，接替{before}" if before and before != new.name else ""
    there = holder_on(register, new.unit, new.role, new.since)
    until = f"，至 {there.until}" if there and there.until else ""
    headline = f"已登记{new.role.value}：{unit}　{new.name}（{new.since} 起{until}{instead}）"
    return _answer(register, new.unit, new.role, new.name, headline, since=new.since, before=before)


def put_contact(register: Register, new: NewContact) -> str | None:
    """Write a contact among those of its role, in the order of their days.

    All is checked before anything is written: a list goes on after a row that is refused.

    Returns:
        Who had the role before.

    """
    checked = checked_contact(register, new)
    rows = _holders(register, new.unit, new.role)
    at = next((row for row in rows if row.since == new.since), None)
    in_force = at or holder_on(register, new.unit, new.role, new.since)
    if in_force is not None and _reads(in_force) == _reads(checked):
        raise SameContactError(register.unit_name(new.unit), new)
    before = in_force.name if in_force else None
    if at is None:
        checked.until = until_of(register, new)
        if in_force is not None:
            in_force.until = new.since
    row = at or checked
    row.name, row.post, row.phone = checked.name, checked.post, checked.phone
    register.session.add(row)
    register.session.flush()
    return before


def holder_on(register: Register, unit: str, role: Role, on: date) -> Contact | None:
    """Return who has a role on a day."""
    rows = [row for row in _holders(register, unit, role) if row.since <= on]
    return rows[-1] if rows and not _ended(rows[-1], on) else None


def until_of(register: Register, new: NewContact) -> date | None:
    """Return the day that is no longer theirs: said, or that on which another follows.

    Raises:
        FutureFactError, OutOfOrderError: what is said does not fit.

    """
    rows = _holders(register, new.unit, new.role)
    follower = next((row.since for row in rows if row.since > new.since), None)
    if new.until is None:
        return follower
    name = "离任日期"
    check_order(name, new.until, register.today, after=("任职次日", new.since + timedelta(days=1)))
    check_order(name, new.until, register.today, before=("接替者任职日期", follower))
    return new.until


def end_contact(register: Register, unit: str, role: Role, on: date) -> Recorded:
    """Record that somebody left a role, and nobody has it from that day on."""
    rows = [row for row in _holders(register, unit, role) if row.until is None]
    if not rows:
        raise NoContactError(register.unit_name(unit), role)
    row = rows[-1]
    check_order("离任日期", on, register.today, after=("任职日期", row.since))
    if on == row.since:
        register.session.delete(row)
    else:
        row.until = on
    register.session.flush()
    headline = f"已登记离任：{register.unit_name(unit)}　{role.value}{row.name}（{on}）"
    return _answer(register, unit, role, row.name, headline, since=row.since, before=None)


def checked_contact(register: Register, new: NewContact) -> Contact:
    """Return it as the row that it would be.

    Raises:
        EmptyTextError, NotAPhoneError, WrongUnitForRoleError, ClosedUnitError, FutureFactError:
            it cannot be so.

    """
    if not new.name.strip():
        raise EmptyTextError("姓名")
    unit = register.reading.units.get(new.unit)
    kind, why = _HELD_IN.get(new.role, (None, ""))
    if kind and unit.kind != kind:
        raise WrongUnitForRoleError(new.role, unit, why, register.policy.number)
    check_order("任职日期", new.since, register.today)
    check_there(register, new.unit, new.since)
    return Contact(
        unit=new.unit,
        role=new.role.value,
        name=new.name.strip(),
        post=(new.post or "").strip() or None,
        phone=_phone(new.phone),
        since=new.since,
    )


def _phone(text: str | None) -> str | None:
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if not plain:
        return None
    if len(plain) > _LONGEST_PHONE or not any(sign.isdigit() for sign in plain):
        raise NotAPhoneError(plain)
    return plain


def _holders(register: Register, unit: str, role: Role) -> list[Contact]:
    held = select(Contact).where(Contact.unit == unit, Contact.role == role.value)
    return list(register.session.exec(held.order_by(col(Contact.since))))


def _ended(row: Contact, on: date) -> bool:
    return row.until is not None and row.until <= on


def _reads(row: Contact) -> tuple[str | None, ...]:
    return row.name, row.post, row.phone


def _answer(
    register: Register,
    unit: str,
    role: Role,
    name: str,
    headline: str,
    *,
    since: date,
    before: str | None,
) -> Recorded:
    register.under_way.summary = headline
    return Recorded(
        operation=register.under_way.number,
        facts={"type": "contact", "ref": unit, "unit": unit, "role": role.value, "name": name,
               "from": since.isoformat(), "before": before},
        headline=headline,
        next_step=f"查看：coord contact list --unit {unit}",
    )  # fmt: skip
