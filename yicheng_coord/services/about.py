"""What a kind of paper of a matter is about: who writes it to whom, and since when it can be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OWNER, EACH, ALL = "owner", "each", "all"


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of paper is about.

    Attributes:
        letter: what sort of matter.
        kinds: which kinds of it; none named: all.
        writer: the matter's owner, each of its parties, or a unit by code.
        to: likewise, or all of its parties in one paper.
        dated_by: what happens with the paper: it bears that day, and today before it happened.
        again_by: what makes that it is written again, once it was; it bears that day then.
        dated_for: unit → likewise, where each unit that it goes to has an event of its own.
        waits: what it waits for, in words; "": it may be written before that happened.
        after: what that is; none: what it is dated by.
        not_before: a day on record that must have come: what it says is not true before.
        next_step: how that which it waits for is recorded.
        repeats: whether it may happen again, and then gives another paper with its own number.
        is_of_its_day: whether one of another day is another paper, with its own number.
        over_by: after which it is written no more.
        over: that, in words.
        stays: whether what was sent before it was over may be written again.

    """

    letter: str
    kinds: tuple[str, ...] = ()
    writer: str = OWNER
    to: str = EACH
    dated_by: tuple[str, ...] = ()
    again_by: str = ""
    dated_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waits: str = ""
    after: tuple[str, ...] = ()
    not_before: str = ""
    next_step: str = ""
    repeats: bool = False
    is_of_its_day: bool = False
    over_by: tuple[str, ...] = ()
    over: str = ""
    stays: bool = False
