"""The order of facts: none in the future, none before the fact that it follows."""

from datetime import date, datetime, time

from yicheng_coord.dates import EARLIEST
from yicheng_coord.errors import RefusedError


class FutureFactError(RefusedError):
    """A fact that has not happened yet cannot be recorded."""

    def __init__(self, what: str, on: date, today: date) -> None:
        super().__init__(f"{what} {on} 在今天（{today}）之后，不能登记尚未发生的事。")


class TooEarlyError(RefusedError):
    """No case is that old: the year is a slip of the pen."""

    def __init__(self, what: str, on: date) -> None:
        super().__init__(f"{what} {on} 过早，年份有误。")


class FutureMomentError(RefusedError):
    """What happens later today cannot be recorded either."""

    def __init__(self, what: str, at: datetime, now: datetime) -> None:
        super().__init__(
            f"{what} {_minute(at)} 在现在（{_minute(now)}）之后，不能登记尚未发生的事。"
        )


class OutOfOrderError(RefusedError):
    """A fact lies before the one that it follows, or after the one that follows it."""

    def __init__(
        self, what: str, on: date | str, relation: str, other: str, other_on: date | str
    ) -> None:
        super().__init__(
            f"{what} {on} {relation}{other} {other_on}，两者必有一误。", "核对日期后再登记。"
        )


class TermRunsError(RefusedError):
    """What follows a term comes after its last day."""

    def __init__(self, what: str, on: date, term: str) -> None:
        super().__init__(
            f"{what} {on} 就是{term}当天，当天期限未满，此后才能登记。", "核对日期后再登记。"
        )


def check_order(
    what: str,
    on: date,
    today: date,
    *,
    after: tuple[str, date | None] | None = None,
    before: tuple[str, date | None] | None = None,
) -> None:
    """Refuse a fact that does not fit.

    Args:
        what: the fact's name: 收到日期.
        on: its day.
        today: no fact lies after it.
        after: name and day of the fact that it follows, the same day being allowed.
        before: name and day of the fact that follows it, likewise.

    Raises:
        FutureFactError: it lies after today.
        TooEarlyError: it lies before any case.
        OutOfOrderError: it does not lie between its neighbours.

    """
    if on > today:
        raise FutureFactError(what, on, today)
    if on < EARLIEST:
        raise TooEarlyError(what, on)
    if after and after[1] and on < after[1]:
        raise OutOfOrderError(what, on, "早于", after[0], after[1])
    if before and before[1] and on > before[1]:
        raise OutOfOrderError(what, on, "晚于", before[0], before[1])


def check_moment(
    what: str, at: datetime, now: datetime, after: tuple[str, datetime | None] | None = None
) -> None:
    """Refuse a moment that does not fit; its day was looked at before.

    Where `--today` names a day without a time, any moment of that day has come.

    Raises:
        FutureMomentError: it is still to come.
        OutOfOrderError: it lies before the moment that it follows.

    """
    if at > now and now.time() != time.min:
        raise FutureMomentError(what, at, now)
    if after and after[1] and at < after[1]:
        raise OutOfOrderError(what, _minute(at), "早于", after[0], _minute(after[1]))


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
