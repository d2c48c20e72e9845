"""发文字号: how a unit's numbers read, told from one of them; the standard's form is kept.

GB/T 9704-2012, 7.2.5: 机关代字〔2026〕3号, the year in full and in 〔〕, no 第, no leading zeros. The
papers of an enforcement system may have a form of their own, such as 移字〔2026〕0012号: it is told
from the example that the office gives.
"""

import re
from dataclasses import dataclass

from yicheng_coord.errors import InputError
from yicheng_coord.text import harmless

_LONGEST = 40
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_SEQUENCE = re.compile(r"[0-9]+")
_OTHER_BRACKETS = re.compile(r"[\[［【（(]((?:19|20)[0-9]{2})[\]］】）)](?=第?[0-9]+号$)")
_NOT_STANDARD = re.compile(r"〔(?:19|20)[0-9]{2}〕(?:第0*|0+)([1-9][0-9]*)号$")
_WIDTH = re.compile(r"\{号(?::([0-9]+))?\}")


class NumberFormError(InputError):
    """A number without a year or without a count tells no form."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"看不出“{harmless(text)}”的编法：要有四位年份和顺序号。",
            "写下一个要用的字号，如：峄某发〔2026〕1号",
        )


class NumberNotStandardError(InputError):
    """A count has neither 第 nor leading zeros."""

    def __init__(self, text: str, better: str) -> None:
        super().__init__(
            f"字号“{harmless(text)}”不合 GB/T 9704：顺序号不加“第”、不编虚位，应为 {harmless(better)}。",
            "本单位的执法文书另有编法的，先登记：coord number set 单位 下一个字号",
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number, read.

    Attributes:
        form: the number with {年} and {号}, or {号:4} where the count has leading zeros.
        year: its year.
        seq: its count.

    """

    form: str
    year: int
    seq: int


def tidy(text: str) -> str:
    """Write the standard's brackets round the year, whatever was typed: [2026]3号 → 〔2026〕3号."""
    return _OTHER_BRACKETS.sub(r"〔\1〕", text.strip())


def read_number(text: str) -> Numbered | None:
    """Tell form, year and count from a number; None where it shows no year and count."""
    year = _YEAR.search(text)
    if year is None or len(text) > _LONGEST or "{" in text or "}" in text:
        return None
    counts = [one for one in _SEQUENCE.finditer(text) if one.span() != year.span()]
    behind = [one for one in counts if one.start() > year.end()]
    if not behind or not int(behind[-1].group()):
        return None
    count = behind[-1]
    width = f":{len(count.group())}" if count.group().startswith("0") else ""
    between = text[year.end() : count.start()]
    form = f"{text[: year.start()]}{{年}}{between}{{号{width}}}{text[count.end() :]}"
    return Numbered(form, int(year.group()), int(count.group()))


def example_number(text: str) -> Numbered:
    """Tell the form from the next number that an office will use.

    Raises:
        NumberFormError: it shows none.

    """
    found = read_number(tidy(text))
    if found is None:
        raise NumberFormError(text)
    return found


def checked_number(text: str, forms: frozenset[str]) -> str:
    """Return a number that was typed, with the standard's brackets.

    Args:
        text: what was typed.
        forms: the forms of the unit's own series, in which zeros may lead.

    Raises:
        NumberNotStandardError: 第 or leading zeros, in no form of the unit's own.

    """
    number = tidy(text)
    found = read_number(number)
    wrong = _NOT_STANDARD.search(number)
    if wrong and not (found and fits(found.form, number, forms)):
        start = number[: wrong.start() + 6]
        raise NumberNotStandardError(number, f"{start}{wrong[1]}号")
    return number


def fits(form: str, number: str, forms: frozenset[str]) -> bool:
    """Say whether a number is of a form of the unit's own; 0100 is of the form of 0099."""
    return any(
        form == own
        or ((found := read_as(own, number)) and written(own, found.year, found.seq) == number)
        for own in forms
    )


def read_as(form: str, number: str) -> Numbered | None:
    """Read a number by a form; None where it is of another."""
    pattern = re.escape(form).replace(re.escape("{年}"), r"(?P<year>(?:19|20)[0-9]{2})")
    pattern = re.sub(r"\\\{号(?::[0-9]+)?\\\}", "(?P<seq>[0-9]+)", pattern)
    match = re.fullmatch(pattern, number)
    return Numbered(form, int(match["year"]), int(match["seq"])) if match else None


def written(form: str, year: int, seq: int) -> str:
    """Return the number of a form: 峄某发〔{年}〕{号}号, 2026, 3 → 峄某发〔2026〕3号."""
    shown = _WIDTH.sub(lambda match: f"{seq:0{match[1] or 1}d}", form)
    return shown.replace("{年}", str(year))
