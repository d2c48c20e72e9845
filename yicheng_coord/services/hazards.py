"""重大隐患, 四（一）: the departments are told, and 区政府; both 及时."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import BUREAU, GOVERNMENT
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import (
    NewMatter,
    case_of_new,
    check_not_yet,
    open_matter,
    parties_of,
    record,
    ref_of,
    still_without,
)
from yicheng_coord.services.register import Register
from yicheng_coord.vocabulary import HazardKind, ShareBy


@dataclass(frozen=True, slots=True)
class NewHazard:
    """What 执法局 found; `to`: the departments in charge, by code."""

    kind: HazardKind
    title: str
    to: Sequence[str]
    on: date
    text: str | None = None
    case: str | None = None


class NotADepartmentError(RefusedError):
    """四（一） has 执法局 tell the departments in charge, and report to 区政府."""

    def __init__(self, why: str, document: str, hint: str = "") -> None:
        super().__init__(f"不能登记：{why}（{document} 四（一））。", hint)


def add(register: Register, new: NewHazard) -> Recorded:
    """Register a hazard that 执法局 found; it owes each department a word, and 区政府 a report.

    Raises:
        NotADepartmentError: 执法局 itself, or 区政府, which is reported to.
        ClosedUnitError, ClosedCaseError, FutureFactError: see each.

    """
    _check_departments(register, new.to)
    for unit in new.to:
        check_there(register, unit, new.on)
    case = case_of_new(register, new.case)
    matter = open_matter(
        register,
        NewMatter(
            letter="H",
            kind=new.kind.value,
            title=new.title,
            owner=BUREAU,
            parties=[("addressee", unit) for unit in new.to],
            case_id=case.id if case else None,
            text=new.text,
        ),
    )
    record(register, matter, "hazard.found", new.on)
    names = "、".join(map(register.unit_name, new.to))
    return register.recorded(
        matter,
        facts={"type": "hazard", "ref": ref_of(matter), "kind": new.kind.value,
               "to": list(new.to), "found_on": new.on.isoformat()},
        headline=f"已登记重大隐患：{ref_of(matter)} {matter.title}　应通报{names}（{new.on}）",
    )  # fmt: skip


def _check_departments(register: Register, to: Sequence[str]) -> None:
    document = register.policy.number
    if BUREAU in to:
        why = f"隐患由{register.unit_name(BUREAU)}发现并通报，不能通报给自己"
        raise NotADepartmentError(why, document)
    if GOVERNMENT in to:
        why = f"向{register.unit_name(GOVERNMENT)}是报告，随登记另计，--to 只写职能部门"
        raise NotADepartmentError(why, document, "报告后登记：coord hazard reported 编号")


def told(
    register: Register, ref: str, *, on: date, to: Sequence[str] = (), by: ShareBy
) -> Recorded:
    """Record that the departments were told: those named, else all who were not yet; in any form.

    Raises:
        NotAPartyError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "H")
    units = still_without(register, matter, ("hazard.told",), parties_of(register, matter, to),
                          is_named=bool(to))  # fmt: skip
    for unit in units:
        record(register, matter, "hazard.told", on, unit=unit, medium=by.value)
    names = "、".join(map(register.unit_name, units))
    return register.recorded(
        matter,
        facts={"type": "hazard_notice", "ref": ref_of(matter), "to": list(units),
               "by": by.value, "told_on": on.isoformat()},
        headline=f"已登记通报隐患：{ref_of(matter)} {matter.title}　{names}（{by.value}，{on}）",
    )  # fmt: skip


def reported(register: Register, ref: str, *, on: date, document: str | None = None) -> Recorded:
    """Record the report to 区政府.

    Raises:
        DoneAlreadyError: it is on record.

    """
    matter = register.matter(ref, "H")
    check_not_yet(register, matter, "hazard.reported")
    record(register, matter, "hazard.reported", on, document=document)
    return register.recorded(
        matter,
        facts={"type": "hazard_report", "ref": ref_of(matter), "reported_on": on.isoformat()},
        headline=f"已登记向区政府报告隐患：{ref_of(matter)} {matter.title}（{on}）",
    )
