"""Is the pack whole? Every quote verbatim, every sentence claimed, every name known.

Claims (认领) say who answers for the parts of the text that no rule quotes. They stand in
`coverage.toml`, apart from the rules, since only `coord rules check` reads them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from yicheng_coord.policy.events import EVENTS, ROLES
from yicheng_coord.policy.pack import Policy, PolicyPackError
from yicheng_coord.policy.periodic import FITTING, report_of
from yicheng_coord.policy.rules import Rule
from yicheng_coord.policy.units import Unit
from yicheng_coord.vocabulary import Kind

_NUMERALS = "一二三四五六七八九十"
_NUMBERING = re.compile(rf"\s*(?:（[{_NUMERALS}]+）|[{_NUMERALS}]+、|\d+、)")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_HEADING = re.compile(rf"\s*(?:（[{_NUMERALS}]+）|[{_NUMERALS}]+、)[^。；：，]+")
# Not the day of a date: 3月15日.
_DAYS = re.compile(rf"(?<![月\d{_NUMERALS}])([{_NUMERALS}]+|\d+)个?(?:工作)?日")
_CLAIMANT = re.compile(r"out|(?:rule:|command:coord |paper:)\S.*")
_T = TypeVar("_T")
_WITHOUT_DAYS = (Kind.IMMEDIATE, Kind.DATE, Kind.QUARTER, Kind.PROMPT)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a pack, where, and what to do about it."""

    what: str
    where: str
    hint: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of the text and who answers for it.

    Attributes:
        text: verbatim; several lines claim each line.
        by: `rule:ID`, `command:coord …`, `paper:KIND`, or `out`: not for this program.
        reason: why it is `out`.

    """

    text: str
    by: str
    reason: str = ""

    @property
    def rule(self) -> str:
        """The rule that answers, if one does."""
        return self.by.removeprefix("rule:") if self.by.startswith("rule:") else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (句) of the text, without its numbering: from `start` up to `end`."""

    text: str
    start: int
    end: int
    line: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text that a quote or a claim names."""

    text: str
    where: str
    rule: str
    is_claim: bool


def sentences(text: str) -> list[Sentence]:
    """Split the text at 。 and ； and at line ends.

    A numbered line without any of 。；：， is a heading: it announces sentences and needs no claim.
    """
    return [
        _sentence(found, number)
        for number, (start, line) in enumerate(_lines(text), 1)
        for found in _SENTENCE.finditer(text, start, start + len(line))
        if _bare(found.group())
    ]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _sentence(found: re.Match[str], line: int) -> Sentence:
    whole = found.group()
    numbering = _NUMBERING.match(whole)
    start = found.start() + (numbering.end() if numbering else 0)
    words = found.string[start : found.end()].strip()
    return Sentence(words, start, found.end(), line, _HEADING.fullmatch(whole) is not None)


def _bare(text: str) -> str:
    """Drop punctuation and white space: they need no claim."""
    return "".join(character for character in text if character.isalnum())


def check_pack(policy: Policy) -> list[Finding]:
    """Say what is wrong with a pack; an empty list says that it is whole.

    Raises:
        PolicyPackError: a file is missing or is not what it should be.

    """
    text, claims = _read_text(policy), read_claims(policy)
    _ensure_words(policy, "opinion.toml", policy.versions)
    _ensure_words(policy, "units.toml", policy.units.all)
    _ensure_words(policy, "coverage.toml", claims)
    pieces = [*_quotes(policy), *_claimed(claims)]
    return list(
        chain(
            _check_verbatim(text, pieces),
            _check_coverage(text, pieces),
            _check_numbers(text, pieces, policy),
            _check_claims(claims, policy),
            chain.from_iterable(_check_rule(rule) for rule in policy.versions),
            _check_editions(policy),
            _check_units(policy),
            _check_statutory(policy),
        )
    )


def _read_text(policy: Policy) -> str:
    try:
        return policy.text
    except (OSError, UnicodeDecodeError) as wrong:
        raise PolicyPackError(policy.folder, f"opinion.txt：{wrong}") from wrong


def read_claims(policy: Policy) -> tuple[Claim, ...]:
    """Read `coverage.toml`.

    Raises:
        PolicyPackError: it is missing or is not what it should be.

    """
    try:
        raw: dict[str, Any] = tomllib.loads((policy.folder / "coverage.toml").read_text("utf-8"))
        return tuple(Claim(**row) for row in raw["claim"])
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise PolicyPackError(policy.folder, f"coverage.toml：{wrong}") from wrong


def _ensure_words(policy: Policy, file: str, rows: Iterable[Rule | Unit | Claim]) -> None:
    """Refuse a number or a list where words or a date belong: the loader takes what TOML gives."""
    for row in rows:
        for field in fields(row):
            value, kind = getattr(row, field.name), field.type
            if kind in (str, date) and isinstance(kind, type) and not isinstance(value, kind):
                raise PolicyPackError(policy.folder, f"{file}：{field.name} 写错：{value}")


def _quotes(policy: Policy) -> Iterator[_Piece]:
    # An older edition quotes the text that it stood in: only the newest is held against this one.
    for rule in policy.rules:
        yield _Piece(rule.quote, f"opinion.toml：{rule.id}", rule.id, is_claim=False)


def _claimed(claims: Iterable[Claim]) -> Iterator[_Piece]:
    for claim in claims:
        for line in filter(None, map(str.strip, claim.text.splitlines())):
            yield _Piece(line, f"coverage.toml：{claim.by}", claim.rule, is_claim=True)


def _check_verbatim(text: str, pieces: Iterable[_Piece]) -> Iterator[Finding]:
    for piece in pieces:
        found = text.count(piece.text) if piece.text else 0
        if not found:
            what = f"原文里没有这句话：“{piece.text}”"
            yield Finding(what, piece.where, "照 opinion.txt 逐字改正")
        elif found > 1 and piece.is_claim:
            what = f"原文里有 {found} 处：“{piece.text}”"
            yield Finding(what, piece.where, "多引几个字，使它只指一处")


def _check_coverage(text: str, pieces: Iterable[_Piece]) -> Iterator[Finding]:
    claimed = {at for piece in pieces for span in _spans(text, piece) for at in range(*span)}
    for sentence in sentences(text):
        span = range(sentence.start, sentence.end)
        left = "".join(" " if at in claimed else text[at] for at in span)
        rest = [part for part in map(_bare, left.split()) if part]
        if rest and not sentence.is_heading:
            hint = "在 opinion.toml 加规则，或在 coverage.toml 加 [[claim]]"
            where = f"opinion.txt 第 {sentence.line} 行"
            yield Finding(f"没有认领：“{'……'.join(rest)}”", where, hint)


def _spans(text: str, piece: _Piece) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(re.escape(piece.text), text) if piece.text]


def _check_numbers(text: str, pieces: Iterable[_Piece], policy: Policy) -> Iterator[Finding]:
    rules = {rule.id: rule for rule in policy.rules}
    spans = [
        (span, rules[piece.rule])
        for piece in pieces
        if piece.rule in rules
        for span in _spans(text, piece)
    ]
    for found in _DAYS.finditer(text):
        holders = [rule for (start, end), rule in spans if start <= found.start() < end]
        if not any(_number(found.group(1)) in _counts(rule) for rule in holders):
            names = "、".join(dict.fromkeys(rule.id for rule in holders)) or "没有规则引它"
            what = f"“{found.group()}”没有规则按它计：{names}"
            where = f"opinion.txt 第 {text.count(chr(10), 0, found.start()) + 1} 行"
            yield Finding(what, where, "引这一句的规则，days 或 extension 要与它一致")


def _counts(rule: Rule) -> tuple[int | None, ...]:
    return (rule.days, rule.extension.max_days if rule.extension else None)


def _number(numeral: str) -> int:
    """Read a numeral below one hundred: 三, 十, 十五, 三十, 15."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, units = numeral.rpartition("十")  # no tens before 十: one of them
    value = (_NUMERALS.find(tens) + 1) * 10 if ten else 0
    return value + _NUMERALS.find(units) + 1 if units else value


def _check_claims(claims: Iterable[Claim], policy: Policy) -> Iterator[Finding]:
    known = {rule.id for rule in policy.versions}
    for claim in claims:
        where = f"coverage.toml：“{claim.text.strip()[:20]}”"
        if not _CLAIMANT.fullmatch(claim.by):
            hint = "写 rule:ID、command:coord …、paper:KIND 或 out"
            yield Finding(f"认领者写法不对：{claim.by}", where, hint)
        if claim.rule and claim.rule not in known:
            yield Finding(f"没有这条规则：{claim.rule}", where, "全部规则：coord rules list")
        if claim.by == "out" and not claim.reason:
            yield Finding("不办而没有写理由", where, "写 reason")


def _check_rule(rule: Rule) -> Iterator[Finding]:
    where = f"opinion.toml：{rule.id}"
    for event in filter(None, (rule.starts, *rule.stand_ins, *rule.met_by, *rule.ended_by)):
        if event not in EVENTS:
            yield Finding(f"没有这个事件：{event}", where, "事件见 policy/events.py")
    for role in filter(None, (rule.who, rule.to)):
        if role not in ROLES:
            yield Finding(f"没有这个角色：{role}", where, "角色见 policy/events.py")
    if rule.kind in _WITHOUT_DAYS and rule.days is not None:
        yield Finding(f"{rule.kind} 不计日数，却写了 days", where, "删去 days，或改 kind")
    if rule.kind not in _WITHOUT_DAYS and (type(rule.days) is not int or rule.days <= 0):
        yield Finding(f"{rule.kind} 要有日数", where, "写 days：一个大于 0 的整数")
    if rule.has_due_day and not rule.starts:
        yield Finding("有时限而没有起算的事件", where, "写 starts")
    if rule.interval and report_of(rule) is None:
        yield Finding("这条规则不能按周期开始", where, f"interval 只用于{FITTING}")


def _check_editions(policy: Policy) -> Iterator[Finding]:
    for rule_id, version in _twice((rule.id, rule.version) for rule in policy.versions):
        hint = "新的一版写新的 version 和 since"
        yield Finding(f"同一版写了两次：{version}", f"opinion.toml：{rule_id}", hint)


def _check_units(policy: Policy) -> Iterator[Finding]:
    for code in _twice(unit.code for unit in policy.units.all):
        yield Finding(f"单位代码写了两次：{code}", "units.toml", "一个单位一个代码")
    for name, codes in policy.units.shared.items():
        where = f"units.toml：{'、'.join(codes)}"
        yield Finding(f"一个叫法指了两个单位：{name}", where, "只留在一个单位下")


def _check_statutory(policy: Policy) -> Iterator[Finding]:
    try:
        if not policy.statutory():
            yield Finding("没有法定节日", "statutory.toml", "写 [[day]] date、name")
    except (KeyError, TypeError) as wrong:
        raise PolicyPackError(policy.folder, f"statutory.toml：{wrong}") from wrong


def _twice(values: Iterable[_T]) -> list[_T]:
    seen = list(values)
    return [value for value in dict.fromkeys(seen) if seen.count(value) > 1]
