"""Values as they were typed, read with what the desk knows: days, units."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from yicheng_coord.cli.desk import Desk
from yicheng_coord.errors import InputError

if TYPE_CHECKING:
    from yicheng_coord.dates import PlannedDay, When


class LonelyOptionError(InputError):
    """An option that means nothing without another."""

    def __init__(self, option: str, other: str) -> None:
        super().__init__(f"{option} 须与 {other} 一起用。")


def day_of(desk: Desk, text: str | None) -> date | None:
    """Read a day, if one was typed.

    Raises:
        NotADateError: it is none.

    """
    from yicheng_coord.dates import parse_day

    return None if text is None else parse_day(text, desk.today)


def fact_day(desk: Desk, text: str | None) -> date:
    """Read the day of a fact; today when none was typed."""
    return day_of(desk, text) or desk.today


def unit_of(desk: Desk, text: str | None) -> str | None:
    """Read a unit, if one was typed.

    Raises:
        UnknownUnitError: nothing is called so.

    """
    return None if text is None else desk.unit(text)


def units_of(desk: Desk, texts: Sequence[str] | None) -> tuple[str, ...]:
    """Read units; the same one twice is one."""
    return tuple(dict.fromkeys(desk.unit(text) for text in texts or ()))


class EitherError(InputError):
    """Two ways of saying it: one of them, whole."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"须写明 {other}，或者 {one}，两者取一。")


def checked_either(one: str, value: object, other: str, *others: object) -> None:
    """Refuse both, none, or half of the other.

    Raises:
        EitherError: it is so.

    """
    given = [other_value is not None for other_value in others]
    if any(given) if value is not None else not all(given):
        raise EitherError(one, other)


def checked_pair(option: str, value: object, other: str, other_value: object) -> None:
    """Refuse an option that stands without the one that it belongs to.

    Raises:
        LonelyOptionError: it does.

    """
    if value is not None and other_value is None:
        raise LonelyOptionError(option, other)


def plan_day(desk: Desk, text: str, since: date | None = None) -> date:
    """Read the day of a plan: one without a year is the next such day, from a fact or today on.

    Raises:
        NotADateError, UnclearYearError: see `dates.parse_plan`.

    """
    from yicheng_coord.dates import parse_plan

    return parse_plan(text, desk.today, since or desk.today)


def plan_period(
    desk: Desk, first: str | None, last: str | None, since: date | None
) -> tuple[date | None, date | None]:
    """Read the days of a period, those that were typed: the last follows the first."""
    begins = plan_day(desk, first, since) if first else None
    return begins, plan_day(desk, last, begins or since) if last else None


def planned_day(desk: Desk, text: str | None) -> "PlannedDay | None":
    """Keep the day of a plan, if one was typed, until the fact that it follows is known."""
    from yicheng_coord.dates import PlannedDay

    return None if text is None else PlannedDay(text, desk.today)


def moment_of(desk: Desk, text: str) -> datetime:
    """Read a moment; a day alone is its start."""
    from yicheng_coord.dates import parse_moment

    return parse_moment(text, desk.today)


def plan_moment(desk: Desk, text: str, since: date) -> datetime:
    """Read the moment of a plan: a day without a year is the next such day from a fact on.

    Raises:
        NotADateError, UnclearYearError: see `dates.parse_plan`.

    """
    from yicheng_coord.dates import parse_moment

    return parse_moment(text, desk.today, since=since)


def when_of(desk: Desk, text: str, *, is_exact: bool = False) -> "When":
    """Read a day with its time, if one was typed; `is_exact`: it must be.

    Raises:
        NotADateError: it is none, or the time is missing.

    """
    from yicheng_coord.dates import parse_when

    return parse_when(text, desk.today, is_exact=is_exact)
