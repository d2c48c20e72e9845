"""What was reported as a crime (六（二）, 国务院令第310号), as plain values."""

from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.matters import Happened
from yicheng_coord.vocabulary import Reviewer

_TO_POLICE = ("crime.sent", "crime.filed")
_BACK = ("crime.declined", "crime.returned")
REVIEWS = {Reviewer.POLICE: "crime.challenged", Reviewer.PROCURATORATE: "crime.supervised"}
"""What is asked for when the police do not file a case, by whom it is looked at again."""

_OVER = ("crime.rejected", *_BACK)
_AFTER_CLOSING = ("crime.copied", "crime.handed_over")
"""What may come when the case that the police filed is closed already."""


@dataclass(frozen=True, slots=True)
class Referral:
    """One report of a case as a crime, and what became of it.

    Attributes:
        ref: C1.
        holder: the unit that had the case then, and has it again when the police give it back.
        course: what happened, in its order.

    """

    ref: str
    holder: str
    course: tuple[Happened, ...]

    def of(self, event: str) -> Happened | None:
        """Return the first such happening."""
        return next((one for one in self.course if one.event == event), None)

    @property
    def before_closing(self) -> tuple[Happened, ...]:
        """What lies before the closing of the case."""
        return tuple(one for one in self.course if one.event not in _AFTER_CLOSING)

    @property
    def reviews(self) -> tuple[Happened, ...]:
        """What was asked for after a refusal: a review, the supervision of the procuratorate."""
        return tuple(one for one in self.course if one.event in REVIEWS.values())

    @property
    def awaits_review(self) -> bool:
        """What was asked for after a refusal is not answered yet."""
        upheld = sum(one.event == "crime.upheld" for one in self.course)
        return self.came_back_on is not None and len(self.reviews) > upheld

    @property
    def reported_on(self) -> date:
        """It begins with the report."""
        return self.course[0].on

    @property
    def sent(self) -> Happened | None:
        """移送公安机关: counts as a decision for transfer.result."""
        return self.of("crime.sent")

    @property
    def told_on(self) -> date | None:
        """When the first sender was told that it was sent."""
        told = self.of("decision.notified")
        return told.on if told else None

    @property
    def _last_move(self) -> Happened | None:
        moves = [one for one in self.course if one.event in (*_TO_POLICE, *_BACK)]
        return moves[-1] if moves else None

    @property
    def is_with_police(self) -> bool:
        """Sent, or filed after all, and neither turned down nor returned since."""
        last = self._last_move
        return last is not None and last.event in _TO_POLICE

    @property
    def is_filed(self) -> bool:
        """The police have it, and filed it."""
        last = self._last_move
        return last is not None and last.event == "crime.filed"

    @property
    def came_back_on(self) -> date | None:
        """When the police gave it back, if they have not got it again."""
        last = self._last_move
        return last.on if last and last.event in _BACK else None

    @property
    def over_on(self) -> date | None:
        """When it was over for the unit: not approved, not filed, or given back."""
        return next((one.on for one in self.course if one.event in _OVER), None)

    @property
    def is_pending(self) -> bool:
        """Reported, and neither rejected by the head nor sent."""
        return not self.sent and not self.of("crime.rejected")

    @property
    def is_unsettled(self) -> bool:
        """Neither rejected by the head nor answered by the police."""
        return self.is_pending or (self.is_with_police and not self.is_filed)
