"""What the first sender is told of, 二（二）2: the decision, or that the case went to the police."""

from typing import Any

from yicheng_coord.queries.cases import CaseSheet

TO_POLICE = "移送公安"
"""What stands for the outcome while the police have the case."""


def told_of(sheet: CaseSheet) -> dict[str, Any] | None:
    """Return it in the shape of a decision; None where nobody is to be told.

    What the police gave back is decided anew, and then that is told.
    """
    facts = sheet.facts
    decided = facts.verdicts[-1] if facts.verdicts else None
    is_owed = decided is not None and facts.first_sender_for(decided.decided_by)
    sent = [one for one in facts.referrals if one.sent and facts.first_sender_for(one.holder)]
    last = sent[-1] if sent else None
    if last and last.sent and (last.is_with_police or not is_owed):
        return {
            "decided_by": last.holder,
            "decided_on": last.sent.on.isoformat(),
            "notified_on": last.told_on.isoformat() if last.told_on else None,
            "outcome": TO_POLICE,
            **dict.fromkeys(("text", "number", "party")),
        }
    return sheet.decisions[-1] if is_owed else None
