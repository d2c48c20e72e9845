"""What the duties of a case hang on: the case, its legs, its decisions, what the police got."""

from collections.abc import Iterator, Mapping
from datetime import date

from yicheng_coord.duties.subject import Happening, Subject
from yicheng_coord.policy.facts import BUREAU, GOVERNMENT, CaseFacts, Leg, Verdict
from yicheng_coord.policy.referrals import Referral


def case_subjects(facts: CaseFacts) -> Iterator[Subject]:
    """Yield what the duties of a case hang on."""
    yield _case_subject(facts)
    declined_by: set[str] = set()
    for leg in facts.legs:
        yield _leg_subject(facts, leg, answered_before=leg.receiver in declined_by)
        if leg.is_declined:
            declined_by.add(leg.receiver)
    for verdict in facts.verdicts:
        yield from _verdict_subjects(facts, verdict)
    for referral in facts.referrals:
        yield from _referral_subjects(facts, referral)


def _case_subject(facts: CaseFacts) -> Subject:
    first = facts.first
    competent = facts.competent or (facts.legs[-1].receiver if facts.legs else None)
    accepted = next((leg.answered_on for leg in facts.legs if leg.is_accepted), None)
    events = _happened(
        {
            "case.found": facts.found_on,
            "case.inquired": facts.inquired_on,
            "transfer.sent": first.sent_on if first else None,
            "transfer.accepted": accepted,
            "case.decided": facts.verdicts[0].decided_on if facts.verdicts else None,
            "case.closed": facts.closed_on,
            "case.voided": facts.voided_on,
        }
    )
    if facts.is_disclaimed:
        events["case.disclaimed"] = Happening(facts.disclaimed_on)
    if facts.with_police and (sent := facts.with_police.sent):
        events["crime.sent"] = Happening(sent.on)
    roles = {"finder": facts.finder, "government": GOVERNMENT}
    if competent:
        roles["competent"] = competent
    return Subject("case", roles, events, urgent=facts.urgent, urgent_on=facts.urgent_on)


def _leg_subject(facts: CaseFacts, leg: Leg, *, answered_before: bool) -> Subject:
    """A unit that declined, and is then named by 区政府, has given its answer already."""
    events = _happened(
        {
            "transfer.sent": leg.sent_on,
            "transfer.assigned": leg.assigned_on,
            "transfer.accepted": leg.answered_on if leg.is_accepted else None,
            "transfer.declined": leg.answered_on if leg.is_declined else None,
            "transfer.referred": leg.referred_on,
            "transfer.withdrawn": leg.withdrawn_on,
            "transfer.replaced": leg.replaced_on,
            "case.voided": facts.voided_on,
        }
    )
    if not answered_before:
        events["transfer.received"] = Happening(leg.received_on)
    roles = {"sender": facts.finder, "receiver": leg.receiver, "government": GOVERNMENT}
    return Subject(f"leg:{leg.leg}", roles, events)


def _verdict_subjects(facts: CaseFacts, verdict: Verdict) -> Iterator[Subject]:
    made = Happening(verdict.decided_on)
    voided = _happened({"case.voided": facts.voided_on})
    roles = {"decider": verdict.decided_by, "bureau": BUREAU}
    if sender := facts.first_sender_for(verdict.decided_by):
        told = _happened({"decision.notified": verdict.notified_on})
        yield Subject(
            f"decision:{verdict.ordinal}",
            roles | {"first_sender": sender},
            {"decision.made": made, **told, **voided},
        )
    for unit, shared_on in verdict.copies:
        yield Subject(
            f"copy:{verdict.ordinal}:{unit}",
            roles | {"addressee": unit},
            {"penalty.decided": made, **_happened({"info.shared": shared_on}), **voided},
        )
    for unit, sent_on in verdict.executors:
        yield Subject(
            f"execution:{verdict.ordinal}:{unit}",
            roles | {"addressee": unit},
            {"execution.decided": made, **_happened({"request.sent": sent_on}), **voided},
        )


def _referral_subjects(facts: CaseFacts, referral: Referral) -> Iterator[Subject]:
    """Sending a case to the police counts as a decision: the first sender is told of it."""
    sender = facts.first_sender_for(referral.holder)
    if referral.sent is None or sender is None:
        return
    days = {"decision.notified": referral.told_on, "case.voided": facts.voided_on}
    yield Subject(
        f"referral:{referral.ref}",
        {"decider": referral.holder, "bureau": BUREAU, "first_sender": sender},
        {"decision.made": Happening(referral.sent.on), **_happened(days)},
    )


def _happened(days: Mapping[str, date | None]) -> dict[str, Happening]:
    return {event: Happening(on) for event, on in days.items() if on is not None}
