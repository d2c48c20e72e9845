"""How a duty is extended: the two laws of 四（二） side by side, on plain values.

An opinion may be extended by ten days in all, told when it may be (四（二）2). An appraisal has no
cap, but the extension must be told in advance (四（二）1, 事先告知): on the due day itself the time
is still running, so that is in advance; on the day after it is not, and changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.rules import Extension


@dataclass(frozen=True, slots=True)
class Told:
    """An extension that somebody told of; `days` in the rule's own days."""

    days: int
    told_on: date


@dataclass(frozen=True, slots=True)
class Extended:
    """What an extension does: `days` of it hold, and move the due day from `before` to `after`."""

    told: Told
    days: int
    before: date
    after: date

    @property
    def holds(self) -> bool:
        """Whether it changes anything."""
        return self.days > 0


def extensions(
    law: Extension, told: Iterable[Told], due_with: Callable[[int], date]
) -> tuple[Extended, ...]:
    """Return what each extension does, in the order in which they were told.

    Args:
        law: of the rule.
        told: all that were told of, for one duty.
        due_with: the due day with so many days more, from the duty's trigger.

    """
    found: list[Extended] = []
    in_all = 0
    for one in sorted(told, key=lambda each: each.told_on):
        before = due_with(in_all)
        days = one.days if law.max_days is None else min(one.days, law.max_days - in_all)
        if law.told_before_due and one.told_on > before:
            days = 0
        in_all += days
        found.append(Extended(one, days, before, due_with(in_all)))
    return tuple(found)
