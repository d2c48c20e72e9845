"""Recording what time itself starts: the matters of each interval up to the next, in one operation."""

from collections.abc import Sequence
from itertools import groupby

from yicheng_coord.queries.periodic import Missing, details_of, missing
from yicheng_coord.services.matters import NewMatter, open_matter, ref_of
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Happening, Matter


def begin_interval(register: Register) -> None:
    """Record what is missing up to the next interval; nothing, when another was faster.

    Each begins on its interval's first day, though that lies ahead, and is counted from there.
    """
    lacking = missing(register.reading)
    register.under_way.is_dropped = not lacking
    made = [(one, _begun(register, one)) for one in lacking]
    register.settle(*(matter for _, matter in made))
    register.under_way.summary = _summary(made)


def _begun(register: Register, one: Missing) -> Matter:
    report = one.report
    new = NewMatter(
        letter=report.letter,
        kind=report.kind,
        title=one.title,
        owner=one.owner,
        parties=[("addressee", unit) for unit in one.to],
        details=details_of(one.period),
    )
    matter = open_matter(register, new)
    begun = Happening(matter_id=matter.id, event=report.event, happened_on=one.period.first)
    register.session.add(begun)
    return matter


def _summary(made: Sequence[tuple[Missing, Matter]]) -> str:
    parts = []
    for title, some in groupby(made, key=lambda pair: pair[0].title):
        first, *rest = [ref_of(matter) for _, matter in some]
        parts.append(f"{title} {first}{f' 至 {rest[-1]}' if rest else ''}")
    return f"周期开始，自动登记：{'；'.join(parts)}"
