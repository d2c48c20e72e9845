"""What people type to name a case or a duty, and the row that it means."""

import re
import sqlite3
import unicodedata
from typing import cast

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import NAMED_BY_CASE
from yicheng_coord.queries.reading import Reading
from yicheng_coord.text import harmless

_TAIL = re.compile(r"0*([1-9]\d{0,8})")
_NUMBER = re.compile(r"(\d{4})-0*([1-9]\d{0,8})")
_OF_CASE = re.compile(rf"([{''.join(NAMED_BY_CASE)}])0*([1-9]\d{{0,8}})", re.IGNORECASE)
_DUTY = re.compile(r"[Dd]0*([1-9]\d{0,17})")


class UnknownCaseError(RefusedError):
    """No case is meant by that."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"没有这个案件：“{harmless(ref)}”。", "查找：coord case list --search 关键词"
        )


class AmbiguousCaseError(RefusedError):
    """Several cases bear that external number."""

    def __init__(self, ref: str, numbers: list[str], what: str = "来源编号") -> None:
        super().__init__(
            f"“{harmless(ref)}”是几个案件的{what}：{'、'.join(numbers)}。", "请用本系统的案件编号。"
        )


class NotTheLatestError(RefusedError):
    """The case has a newer one: naming it by the older is no clear word."""

    def __init__(self, ref: str, latest: str, number: str) -> None:
        super().__init__(
            f"{ref} 不是案件 {number} 最近的一次，最近的是 {latest}。", f"请用案件编号：{number}"
        )


class UnknownDutyError(RefusedError):
    """No duty has that number."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"没有这个时限事项：“{harmless(ref)}”。", "编号形如 D57，见 coord pending")


def case_row(connection: sqlite3.Connection, ref: str, year: int) -> sqlite3.Row:
    """Find a case by its number, its tail (this year's), its external number, or C3, E1 of it.

    Raises:
        UnknownCaseError: no case is meant by it.
        AmbiguousCaseError: several cases are called so.
        NotTheLatestError: C3 is of the case, but not what it stands with now.

    """
    plain = unicodedata.normalize("NFKC", ref).strip()
    row = _by_number(connection, plain, year)
    if row is not None:
        return row
    rows = connection.execute(
        "SELECT * FROM case_file WHERE external_number IN (?, ?) ORDER BY year, seq",
        (ref.strip(), plain),
    ).fetchall()
    own = _by_what_it_has(connection, plain)
    if len(rows) > 1:
        raise AmbiguousCaseError(ref, [row["number"] for row in rows[:5]])
    if own is not None and rows and rows[0]["id"] != own["id"]:
        numbers = [rows[0]["number"], own["number"]]
        raise AmbiguousCaseError(ref, numbers, "来源编号或者移送、执行的编号")
    if own is None and not rows:
        raise UnknownCaseError(ref)
    return own if own is not None else cast("sqlite3.Row", rows[0])


def _by_what_it_has(connection: sqlite3.Connection, plain: str) -> sqlite3.Row | None:
    """Return the case of its way to the police, or of an enforcement: C3, E1."""
    match = _OF_CASE.fullmatch(plain)
    if match is None:
        return None
    letter, number = match[1].upper(), int(match[2])
    row = connection.execute(
        "SELECT case_file.*, (SELECT max(number) FROM matter AS newer WHERE newer.letter = ?1 "
        "AND newer.case_id = case_file.id AND newer.kind = matter.kind) AS latest FROM matter "
        "JOIN case_file ON case_file.id = matter.case_id WHERE letter = ?1 AND matter.number = ?2",
        (letter, number),
    ).fetchone()
    if row is not None and row["latest"] != number:
        raise NotTheLatestError(f"{letter}{number}", f"{letter}{row['latest']}", row["number"])
    return cast("sqlite3.Row | None", row)


def _by_number(connection: sqlite3.Connection, plain: str, year: int) -> sqlite3.Row | None:
    if match := _NUMBER.fullmatch(plain):
        wanted = (int(match[1]), int(match[2]))
    elif match := _TAIL.fullmatch(plain):
        wanted = (year, int(match[1]))
    else:
        return None
    found = connection.execute("SELECT * FROM case_file WHERE year = ? AND seq = ?", wanted)
    return cast("sqlite3.Row | None", found.fetchone())


def looks_like_ours(external_number: str) -> bool:
    """Whether a source's number could be taken for one of this register."""
    return external_number[:1].isdecimal() and bool(
        _TAIL.fullmatch(external_number) or _NUMBER.fullmatch(external_number)
    )


def next_seq(connection: sqlite3.Connection, year: int) -> int:
    """Return the number that the next case of a year gets."""
    newest = "SELECT max(seq) FROM case_file WHERE year = ?"
    last = connection.execute(newest, (year,)).fetchone()[0]
    return (last or 0) + 1


def short_ref(number: str, year: int) -> str:
    """Return the shortest way to type a case: its tail, when it is this year's."""
    case_year, _, tail = number.partition("-")
    return tail.lstrip("0") if case_year == str(year) else number


def is_duty_ref(ref: str) -> bool:
    """Whether it has the form of a duty's number."""
    return bool(_DUTY.fullmatch(unicodedata.normalize("NFKC", ref).strip()))


def duty_id(reading: Reading, ref: str) -> int:
    """Find a duty by `D57`.

    Raises:
        UnknownDutyError: no duty has that number.

    """
    match = _DUTY.fullmatch(unicodedata.normalize("NFKC", ref).strip())
    if match:
        row = reading.connection.execute(
            "SELECT id FROM duty WHERE id = ?", (int(match[1]),)
        ).fetchone()
        if row is not None:
            return int(row[0])
    raise UnknownDutyError(ref)
