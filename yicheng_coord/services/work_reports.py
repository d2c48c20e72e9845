"""收集各成员单位的工作开展情况, 一（三）1: a report is received, of an interval or by itself."""

from datetime import date

from sqlmodel import col, select

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import NewMatter, check_not_yet, open_matter, record, ref_of
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Matter

_EVENT, _BEGUN = "work.received", "interval.begun"


class NoMemberError(RefusedError):
    """Only the members report."""

    def __init__(self, name: str, document: str) -> None:
        super().__init__(
            f"不能登记：{name}不是成员单位，工作开展情况由成员单位报送（{document} 一（三）1）。"
        )


class SeveralOpenError(RefusedError):
    """Which of several it is, must be said."""

    def __init__(self, name: str, open_ones: list[tuple[str, str]]) -> None:
        listed = "；".join(f"{ref} {title}" for ref, title in open_ones)
        super().__init__(
            f"{name}有几期没有报送：{listed}。",
            f"写明是哪一期：coord report receive {open_ones[0][0]}",
        )


def receive(
    register: Register, named: str, *, on: date, is_ref: bool, title: str = "", text: str = ""
) -> Recorded:
    """Record that a unit's report came: the one that is owed, else one that nobody had asked for.

    Args:
        register: the register.
        named: the unit by code, or the report (W3).
        on: the day.
        is_ref: whether `named` is a report.
        title: what it is called, where it is not one of an interval.
        text: what else to know of it.

    Raises:
        NoMemberError: the unit does not report.
        SeveralOpenError: it owes several.
        DoneAlreadyError: it came already.

    """
    matter = register.matter(named, "W") if is_ref else _owed(register, named, on, title)
    check_not_yet(register, matter, _EVENT)
    record(register, matter, _EVENT, on, text=text.strip() or None)
    unit = register.unit_name(matter.owner)
    return register.recorded(
        matter,
        facts={"type": "work_report", "ref": ref_of(matter), "unit": matter.owner,
               "title": matter.title, "received_on": on.isoformat()},
        headline=f"已登记收到：{ref_of(matter)} {matter.title}　{unit}（{on}）",
    )  # fmt: skip


def _owed(register: Register, unit: str, on: date, title: str) -> Matter:
    check_there(register, unit, on)
    name = register.unit_name(unit)
    if not register.reading.units.get(unit).is_member:
        raise NoMemberError(name, register.policy.number)
    wanted = select(Matter).where(Matter.letter == "W", Matter.owner == unit)
    found = register.session.exec(wanted.order_by(col(Matter.id))).all()
    open_ones = [one for one in found if _is_open(register, one)]
    if len(open_ones) > 1:
        raise SeveralOpenError(name, [(ref_of(one), one.title) for one in open_ones])
    if open_ones and not title.strip():
        return open_ones[0]
    own = title.strip() or f"{name}工作开展情况"
    return open_matter(
        register,
        NewMatter(letter="W", kind="work", title=own, owner=unit, parties=[("addressee", OFFICE)]),
    )


def _is_open(register: Register, matter: Matter) -> bool:
    """Whether it is still to come; that of an interval which lies ahead is not awaited yet."""
    facts = register.matter_facts(matter)
    begun = facts.of(_BEGUN)
    return not facts.of(_EVENT) and (begun is None or begun.on <= register.today)
