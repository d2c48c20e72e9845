"""What is on record about one case, as plain values: all that states and duties depend on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yicheng_coord.policy.referrals import Referral
from yicheng_coord.vocabulary import Outcome

GOVERNMENT = "qzf"
"""区人民政府."""
BUREAU = "zfj"
"""区综合行政执法局."""


class Answer(StrEnum):
    """What a receiver says of a transfer (二（二）2)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer: sent by the finder, or (from the second on) assigned by 区政府."""

    leg: int
    sender: str
    receiver: str
    sent_on: date | None = None
    assigned_on: date | None = None
    received_on: date | None = None
    answered_on: date | None = None
    answer: str | None = None
    referred_on: date | None = None
    withdrawn_on: date | None = None
    replaced_on: date | None = None

    @property
    def is_standing(self) -> bool:
        """Neither withdrawn nor replaced by a newer assignment."""
        return self.withdrawn_on is None and self.replaced_on is None

    @property
    def is_accepted(self) -> bool:
        """受理."""
        return self.answer == Answer.ACCEPTED

    @property
    def is_declined(self) -> bool:
        """不属于本单位管辖."""
        return self.answer == Answer.DECLINED


@dataclass(frozen=True, slots=True)
class Verdict:
    """One 处理决定, and whom it goes to."""

    ordinal: int
    decided_by: str
    decided_on: date
    outcome: str
    notified_on: date | None = None
    copies: tuple[tuple[str, date | None], ...] = ()
    executors: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case.

    Attributes:
        disclaimed_on: since when it is determined that the finder has no jurisdiction; it stays
            when the competent unit is determined anew, so that a new determination does not
            restart the clock.
        urgent_on: since when it is urgent; None = from the start.
        referrals: what was reported as a crime, oldest first.

    """

    finder: str
    found_on: date
    competent: str | None = None
    determined_on: date | None = None
    disclaimed_on: date | None = None
    urgent: bool = False
    urgent_on: date | None = None
    inquired_on: date | None = None
    closed_on: date | None = None
    voided_on: date | None = None
    legs: tuple[Leg, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    referrals: tuple[Referral, ...] = ()

    @property
    def with_police(self) -> Referral | None:
        """The referral by which the police have the case now."""
        return next((one for one in self.referrals if one.is_with_police), None)

    @property
    def unsettled(self) -> Referral | None:
        """The referral of which it is open whether it goes to the police, or what they answer."""
        return next((one for one in self.referrals if one.is_unsettled), None)

    @property
    def untold(self) -> tuple[Referral, ...]:
        """The referrals of which the first sender is still to be told, 二（二）2."""
        return tuple(
            one
            for one in self.referrals
            if one.sent and not one.told_on and self.first_sender_for(one.holder)
        )

    @property
    def untold_verdict(self) -> Verdict | None:
        """The last decision, if the first sender is still to be told of it, 二（二）2."""
        last = self.verdicts[-1] if self.verdicts else None
        is_owed = last and not last.notified_on and self.first_sender_for(last.decided_by)
        return last if is_owed else None

    @property
    def decided_instead(self) -> tuple[tuple[Verdict, Referral], ...]:
        """The decisions that fell while the case was reported, or with the police: 不得以罚代刑."""
        return tuple(
            (verdict, one)
            for verdict in self.verdicts
            for one in self.referrals
            if one.reported_on < verdict.decided_on < (one.over_on or date.max)
        )

    @property
    def came_back_on(self) -> date | None:
        """When the police last gave the case back, not filed or returned."""
        return max((on for one in self.referrals if (on := one.came_back_on)), default=None)

    @property
    def standing(self) -> Leg | None:
        """The leg that counts now."""
        return next((leg for leg in reversed(self.legs) if leg.is_standing), None)

    @property
    def first(self) -> Leg | None:
        """The leg by which the finder sent the case; none when all were withdrawn."""
        return next((leg for leg in self.legs if leg.withdrawn_on is None), None)

    @property
    def is_disclaimed(self) -> bool:
        """Whether the case belongs, or was sent, to a unit other than its finder.

        A transfer that was withdrawn said so too: only a determination says otherwise.
        """
        if self.competent is not None:
            return self.competent != self.finder
        return bool(self.legs)

    def first_sender_for(self, decider: str) -> str | None:
        """Return whom the decider must tell: the first sender, unless it decided itself."""
        return self.finder if self.first is not None and decider != self.finder else None


def usual_copies(facts: CaseFacts, decider: str, outcome: str) -> tuple[str, ...]:
    """Return whom a penalty of 执法局 is copied to where nobody is named: the first sender."""
    sender = facts.first_sender_for(decider)
    is_penalty = decider == BUREAU and outcome == Outcome.PENALTY
    return (sender,) if sender and is_penalty else ()
