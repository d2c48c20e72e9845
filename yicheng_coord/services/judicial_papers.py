"""The papers of 六 and 七: suspected crimes, enforcement, the notice to the police.

What is named by its case (C, E) gives the papers of the latest such matter of the case.
"""

from yicheng_coord.policy.matters import (
    BUREAU,
    COURT,
    ENDS_OF_ENFORCEMENT,
    MAJOR_ACTIONS,
    POLICE,
    PROCURATORATE,
)
from yicheng_coord.queries.matters import MatterSheet, list_matters
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import case_row, short_ref
from yicheng_coord.services.about import ALL, About
from yicheng_coord.services.occasion import NoSuchPaperYetError
from yicheng_coord.vocabulary import Letter

_CRIME = ("police",)
_OVER = "的处罚决定已履行或者执行已结束"

JUDICIAL: dict[Letter, About] = {
    Letter.POLICE: About(
        "A", MAJOR_ACTIONS, writer=BUREAU, to=POLICE, dated_by=("action.notified",),
        over_by=("action.cancelled",), over="已取消",
    ),
    Letter.CRIME: About(
        "C", _CRIME, to=POLICE, dated_by=("crime.sent",),
        over_by=("crime.rejected",), over="已不批准移送公安机关",
    ),
    Letter.CRIME_APPROVAL: About("C", _CRIME, to=ALL, dated_by=("crime.reported",)),
    Letter.CRIME_REVIEW: About(
        "C", _CRIME,
        dated_for={POLICE: ("crime.challenged",), PROCURATORATE: ("crime.supervised",)},
        waits="没有登记向谁提请",
        next_step="coord crime review {ref} --to police（提请复议），或 --to procuratorate（建议立案监督）",
    ),
    Letter.CRIME_GOODS: About(
        "C", _CRIME, to=POLICE, dated_by=("crime.handed_over",),
        waits="没有接到立案通知书", after=("crime.filed",),
        next_step="coord crime answer {ref} --filed",
    ),
    Letter.URGE: About(
        "E", to=ALL, dated_by=("enforce.urged",), not_before="penalty.defaulted",
        over_by=ENDS_OF_ENFORCEMENT, over=_OVER, stays=True,
    ),
    Letter.COURT: About(
        "E", to=COURT, dated_by=("enforce.applied",), not_before="penalty.defaulted",
        over_by=ENDS_OF_ENFORCEMENT, over=_OVER, stays=True,
    ),
}  # fmt: skip
_NOTHING_YET = {
    "C": ("没有报告涉嫌犯罪",
          "coord crime report {ref} --officer 姓名 --officer 姓名 --at 时刻"),
    "E": ("没有登记处罚决定的履行期限",
          "coord enforce open {ref} --served-on 送达日 --perform-by 履行期限"),
}  # fmt: skip
"""Of what is named by its case: what is missing while there is none, and how it is recorded."""


def latest_of_case(reading: Reading, kind: Letter, ref: str) -> MatterSheet:
    """Return the latest matter of a case that a kind of paper is about.

    Raises:
        NoSuchPaperYetError: there is none.
        UnknownCaseError, AmbiguousCaseError: no case, or more than one, is meant.

    """
    about = JUDICIAL[kind]
    case = case_row(reading.connection, ref, reading.today.year)
    found = list_matters(reading, about.letter, case_id=case["id"])
    wanted = [one for one in found if not about.kinds or one.row["kind"] in about.kinds]
    if not wanted:
        why, command = _NOTHING_YET[about.letter]
        tail = short_ref(case["number"], reading.today.year)
        hint = f"先登记：{command.format(ref=tail)}"
        raise NoSuchPaperYetError(case["number"], kind, why, hint)
    return wanted[-1]
