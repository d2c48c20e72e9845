"""职务犯罪线索 go to 监察机关: 六（二）, 国务院令第310号 第十九条."""

from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.lifecycle import standing
from yicheng_coord.policy.matters import SUPERVISOR
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError, check_open
from yicheng_coord.services.matters import NewMatter, matters_of_case, open_matter, record
from yicheng_coord.services.order import check_order
from yicheng_coord.services.referrals import clause_of
from yicheng_coord.services.register import Register

_RULE = "crime.supervisor"


class NoLeadError(RefusedError):
    """There is none that was not sent."""

    def __init__(self, number: str, ref: str, clause: str) -> None:
        super().__init__(
            f"{number} 没有待移送的职务犯罪线索（{clause}）。",
            f"先登记线索：coord crime lead {ref} --text 线索",
        )


def found(register: Register, ref: str, *, text: str, on: date) -> Recorded:
    """Record what points to misconduct in office; it is to be sent 及时."""
    case = register.case(ref)
    check_open(case)
    if not text.strip():
        raise EmptyTextError("线索内容（--text）")
    check_order("发现线索的日期", on, register.today, after=("发现日期", case.found_on))
    holder = standing(register.facts(case)).holder or case.found_by
    matter = open_matter(
        register,
        NewMatter(
            letter="C",
            kind="misconduct",
            title=f"{case.title}：职务犯罪线索",
            owner=holder,
            parties=[("holder", holder)],
            case_id=case.id,
            text=text.strip(),
        ),
    )
    record(register, matter, "misconduct.found", on)
    return register.recorded(
        case,
        facts={"type": "misconduct", "ref": case.number, "by": holder, "found_on": on.isoformat()},
        headline=f"已登记职务犯罪线索：{case.number} {case.title}（{on}）",
    )


def sent(register: Register, ref: str, *, on: date, document: str | None = None) -> Recorded:
    """Record that it went to 监察机关.

    Raises:
        NoLeadError: none waits.

    """
    case = register.case(ref)
    for matter in matters_of_case(register, case.id, "C", "misconduct"):
        if register.matter_facts(matter).of("misconduct.sent"):
            continue
        record(register, matter, "misconduct.sent", on, document=document)
        name = register.unit_name(SUPERVISOR)
        return register.recorded(
            case,
            facts={"type": "misconduct_sending", "ref": case.number, "to": SUPERVISOR,
                   "sent_on": on.isoformat()},
            headline=f"已移送职务犯罪线索：{case.number} {case.title}　→ {name}（{on}）",
        )  # fmt: skip
    raise NoLeadError(case.number, register.ref(case), clause_of(register, _RULE))
