"""The course of a case whose facts come all at once: act by act, as the commands record them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from yicheng_coord.policy.facts import CaseFacts, Leg, Verdict
from yicheng_coord.policy.lifecycle import MAY_FOLLOW, standing
from yicheng_coord.vocabulary import CaseStatus

RECEIVE = "receive"
"""May be recorded at any time while the leg has no receipt; no row of the state table."""

Step = tuple[str, CaseFacts]


@lru_cache(maxsize=1)  # whoever asks whether it can be, asks next what it owes
def course(facts: CaseFacts) -> tuple[Step, ...]:
    """Return ("", the case as registered), then each act with what is on record after it.

    For a case that was sent once, or not at all, and decided once at most.
    """
    return tuple(_steps(facts))


def _steps(facts: CaseFacts) -> Iterator[Step]:
    now = replace(facts, legs=(), verdicts=(), closed_on=None)
    yield "", now
    for leg in facts.legs:
        for act, so_far in _of_leg(leg):
            now = replace(now, legs=(so_far,))
            yield act, now
    for verdict in facts.verdicts:
        for act, decided in _of_verdict(verdict):
            now = replace(now, verdicts=(decided,))
            yield act, now
    if facts.closed_on:
        yield "close", facts


def _of_leg(leg: Leg) -> Iterator[tuple[str, Leg]]:
    now = replace(leg, received_on=None, answered_on=None, answer=None, referred_on=None)
    yield "send", now
    if leg.received_on:
        now = replace(now, received_on=leg.received_on)
        yield RECEIVE, now
    if leg.answered_on:
        now = replace(now, answered_on=leg.answered_on, answer=leg.answer)
        yield "accept" if leg.is_accepted else "decline", now
    if leg.referred_on:
        yield "refer", leg


def _of_verdict(verdict: Verdict) -> Iterator[tuple[str, Verdict]]:
    untold = tuple((unit, None) for unit, _ in verdict.copies)
    yield "decide", replace(verdict, notified_on=None, copies=untold)
    if verdict.notified_on:
        yield "notify", verdict


def misstep(facts: CaseFacts) -> tuple[str, CaseStatus] | None:
    """Return the first act that the state table does not let follow, and where the case stood."""
    for (_, before), (act, _) in pairwise(course(facts)):
        status = standing(before).status
        if act != RECEIVE and act not in MAY_FOLLOW[status]:
            return act, status
    return None
