"""In which order facts can have happened, on plain values."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from yicheng_coord.policy.facts import CaseFacts, Leg, Verdict
from yicheng_coord.policy.sequence import contradictions


def day(number: int) -> date:
    return date(2026, 11, number)


LEG = Leg(1, "zrj", "zfj", sent_on=day(4), received_on=day(5), answered_on=day(6))
DECLINED = replace(LEG, answer="declined", referred_on=day(7), replaced_on=day(8))
ASSIGNED = Leg(2, "zrj", "zjj", assigned_on=day(8), received_on=day(9), answered_on=day(10),
               answer="accepted")  # fmt: skip
WHOLE = CaseFacts(
    "zrj", day(2), competent="zfj", determined_on=day(3), disclaimed_on=day(3), urgent=True,
    urgent_on=day(3), inquired_on=day(3), closed_on=day(20), legs=(DECLINED, ASSIGNED),
    verdicts=(Verdict(1, "zjj", day(12), "处罚", notified_on=day(13)),),
)  # fmt: skip


def names(facts: CaseFacts) -> list[tuple[str, str]]:
    return [(first.name, then.name) for first, then in contradictions(facts)]


def test_a_life_in_order_contradicts_nothing() -> None:
    assert contradictions(WHOLE) == []


def test_everything_on_one_day_contradicts_nothing() -> None:
    legs = tuple(replace(leg, **_on_one_day(leg)) for leg in (DECLINED, ASSIGNED))
    facts = replace(WHOLE, **_on_one_day(WHOLE), legs=legs,
                    verdicts=(Verdict(1, "zjj", day(2), "处罚", notified_on=day(2)),))  # fmt: skip
    assert contradictions(facts) == []


def _on_one_day(facts: Leg | CaseFacts) -> dict[str, Any]:
    names = [field.name for field in fields(facts)]
    return {name: day(2) for name in names if isinstance(getattr(facts, name), date)}


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("determined_on", 1, [("发现日期", "认定日期")]),
        ("determined_on", 5, [("认定日期", "发出日期")]),
        ("urgent_on", 1, [("发现日期", "转为紧急的日期")]),
        ("inquired_on", 1, [("发现日期", "初步调查日期")]),
        ("voided_on", 1, [("发现日期", "作废日期")]),
        ("closed_on", 12, [("通报日期", "办结日期")]),
        ("closed_on", 11, [("决定日期", "办结日期"), ("通报日期", "办结日期")]),
    ],
)
def test_a_fact_of_the_case_has_its_place(
    name: str, on: int, expected: list[tuple[str, str]]
) -> None:
    assert names(replace(WHOLE, **{name: day(on)})) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "name", "on", "expected"),
    [
        (0, "sent_on", 1, [("发现日期", "发出日期"), ("认定日期", "发出日期")]),
        (0, "sent_on", 7, [("发出日期", "收到日期"), ("发出日期", "反馈日期")]),
        (0, "received_on", 7, [("收到日期", "反馈日期")]),
        (0, "answered_on", 8, [("反馈日期", "报请日期")]),
        (0, "referred_on", 9, [("报请日期", "指定日期")]),
        (1, "assigned_on", 6, [("报请日期", "指定日期")]),
        (1, "answered_on", 13, [("受理日期", "决定日期")]),
    ],
)
def test_a_fact_of_a_leg_has_its_place(
    number: int, name: str, on: int, expected: list[tuple[str, str]]
) -> None:
    legs = [*WHOLE.legs]
    legs[number] = replace(legs[number], **{name: day(on)})  # type: ignore[arg-type]
    assert names(replace(WHOLE, legs=tuple(legs))) == expected


def test_a_second_assignment_follows_the_first() -> None:
    first = replace(ASSIGNED, received_on=None, answered_on=None, answer=None, replaced_on=day(9))
    second = Leg(3, "zrj", "swj", assigned_on=day(7))
    facts = replace(WHOLE, legs=(DECLINED, first, second), verdicts=(), closed_on=None)
    assert names(facts) == [("指定日期", "指定日期")]


def test_sending_anew_follows_the_withdrawal() -> None:
    back = Leg(1, "zrj", "zfj", sent_on=day(4), withdrawn_on=day(6))
    again = Leg(2, "zrj", "zfj", sent_on=day(5))
    facts = CaseFacts("zrj", day(2), competent="zfj", determined_on=day(3), legs=(back, again))
    assert names(facts) == [("撤回日期", "发出日期")]
    received = replace(back, received_on=day(7))
    assert names(replace(facts, legs=(received,))) == [("收到日期", "撤回日期")]


def test_what_was_withdrawn_binds_no_later_determination() -> None:
    back = Leg(1, "zrj", "zfj", sent_on=day(4), withdrawn_on=day(6))
    assert names(CaseFacts("zrj", day(2), "zfj", determined_on=day(9), legs=(back,))) == []


def test_the_finders_own_decision_follows_the_finding_and_the_one_before_it() -> None:
    first = Verdict(1, "zrj", day(5), "其他")
    facts = CaseFacts("zrj", day(6), verdicts=(first, Verdict(2, "zrj", day(4), "撤案")))
    assert names(facts) == [("发现日期", "决定日期"), ("决定日期", "决定日期")]
