"""What is to be thought of, though nothing is wrong: notices and contacts that are wanted."""

from collections.abc import Iterator
from datetime import date

from yicheng_coord.checks.finding import Finding, Level, Place
from yicheng_coord.vocabulary import Role

_OPEN = (
    "SELECT min(started_on, due_on), max(started_on, due_on) FROM duty "
    "WHERE met_on IS NULL AND cancelled_on IS NULL AND due_on IS NOT NULL AND provisional = 1"
)
WANTED_ROLES = (Role.DEPUTY, Role.CONTACT, Role.LIAISON)
"""三（二）, 四（五）: every member names them."""


def check_calendar(place: Place) -> Iterator[Finding]:
    """Name the years that open deadlines rest on, and whose notice is not on file."""
    workdays = place.reading.workdays
    resting: dict[int, int] = {}
    for first, last in place.reading.connection.execute(_OPEN):
        years = range(int(first[:4]), int(last[:4]) + 1)
        unknown = [year for year in years if year not in workdays.known_years]
        for year in unknown or [date.fromisoformat(last).year + 1]:  # 25–31 December
            resting[year] = resting.get(year, 0) + 1
    for year, count in sorted(resting.items()):
        if year in workdays.known_years:
            continue
        yield Finding(
            f"{year}年",
            f"放假安排未载入，{count} 项未完成的时限为暂定",
            f"通知公布后执行：coord calendar apply {year}年放假安排.json",
            Level.ADVICE,
        )


def check_contacts(place: Place) -> Iterator[Finding]:
    """Name the members of the joint meeting that have nobody in a role that the Opinion wants."""
    today = place.reading.today.isoformat()
    held = {
        (row["unit"], row["role"])
        for row in place.reading.connection.execute(
            "SELECT unit, role FROM contact WHERE since <= ? AND (until IS NULL OR until > ?)",
            (today, today),
        )
    }
    gaps: dict[tuple[str, ...], list[str]] = {}
    members = [unit for unit in place.reading.units.present if unit.is_member]
    for unit in members:
        wanting = tuple(role for role in WANTED_ROLES if (unit.code, role) not in held)
        if wanting:
            gaps.setdefault(wanting, []).append(unit.name)
    for roles, units in gaps.items():
        is_all = len(units) == len(members)
        yield Finding(
            f"全部 {len(members)} 个成员单位" if is_all else "、".join(units),
            f"没有登记{'、'.join(roles)}（三（二）、四（五））",
            f"coord contact set 单位 --role {roles[0]} --name 姓名 --phone 电话；"
            "有清单的：coord import 文件 --what contacts",
            Level.ADVICE,
        )
