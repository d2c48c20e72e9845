"""The state table of 二（二）: where a case stands, who holds it, what may follow and what not."""

import sys
from datetime import date, datetime

import pytest
from conftest import AddCase, Desk
from dump import dump

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.facts import CaseFacts, Leg, Verdict
from yicheng_coord.policy.lifecycle import MAY_FOLLOW, NextStep, next_step, standing
from yicheng_coord.services.register import recording
from yicheng_coord.vocabulary import CaseStatus

ACTS: dict[str, tuple[str, ...]] = {
    "determine": ("case", "determine", "1", "--competent", "zjj"),
    "inquiry": ("case", "inquiry", "1", "--not-ongoing", "--text", "现场查看"),
    "material": ("case", "material", "1", "--kind", "证据", "--title", "照片"),
    "send": ("transfer", "send", "1", "--to", "zjj"),
    "receive": ("transfer", "receive", "1"),
    "accept": ("transfer", "accept", "1"),
    "decline": ("transfer", "decline", "1", "--reason", "不属于本单位管辖"),
    "withdraw": ("transfer", "withdraw", "1", "--reason", "材料有误"),
    "refer": ("transfer", "refer", "1"),
    "assign": ("transfer", "assign", "1", "--to", "swj"),
    "decide": ("case", "decide", "1", "--outcome", "处罚"),
    "notify": ("transfer", "notify", "1"),
    "close": ("case", "close", "1"),
}
_SENT = ("send",)
_RECEIVED = (*_SENT, "receive")
_DECLINED = (*_RECEIVED, "decline")
_REFERRED = (*_DECLINED, "refer")
_ACCEPTED = (*_RECEIVED, "accept")
_DECIDED = (*_ACCEPTED, "decide")
_NOTIFIED = (*_DECIDED, "notify")

# state: how it is reached, its status, its holder, what may follow beside papers and inquiries
STATES: dict[str, tuple[tuple[str, ...], str, str | None, str]] = {
    "registered": ((), "registered", "zrj", "determine send decide"),
    "sent": (_SENT, "sent", "zrj", "receive accept decline withdraw"),
    "received": (_RECEIVED, "received", "zrj", "accept decline withdraw"),
    "declined": (_DECLINED, "declined", "zrj", "refer"),
    "referred": (_REFERRED, "referred", "qzf", "assign"),
    "assigned": ((*_REFERRED, "assign"), "assigned", "swj", "receive accept assign"),
    "assigned, received": (
        (*_REFERRED, "assign", "receive"),
        "assigned",
        "swj",
        "accept assign",
    ),
    "accepted": (_ACCEPTED, "accepted", "zjj", "decide"),
    "decided": (_DECIDED, "decided", "zjj", "notify"),
    "decided alone": (("decide",), "decided", "zrj", "close"),
    "notified": (_NOTIFIED, "notified", "zjj", "close"),
    "closed": ((*_NOTIFIED, "close"), "closed", None, ""),
    "closed without a receipt": (
        (*_SENT, "accept", "decide", "notify", "close"),
        "closed",
        None,
        "receive",
    ),
    "void": ((), "void", None, ""),
    "void after a transfer": (_SENT, "void", None, ""),
}
_WHILE_OPEN = ("inquiry", "material")


def _reach(coord: Desk, state: str) -> None:
    for act in STATES[state][0]:
        coord.ok(*ACTS[act])
    if STATES[state][1] == "void":
        _make_void(coord)


def _make_void(coord: Desk) -> None:
    """There is no command for it yet; the state is the register's own."""
    now = datetime(2026, 11, 23)
    with recording(
        coord.database, policy_folder(), now=now, operator="测试员", command=sys.argv
    ) as register:
        case = register.case("1")
        case.voided_on = date(2026, 11, 23)
        register.settle(case)


def _may_follow(state: str) -> set[str]:
    is_open = STATES[state][1] not in ("closed", "void")
    return {*STATES[state][3].split(), *(_WHILE_OPEN if is_open else ())}


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_status_and_its_holder(
    coord: Desk, add_case: AddCase, state: str
) -> None:
    add_case()
    _reach(coord, state)
    case = coord.json("case", "show", "1")
    assert (case["status"], case["holder"]) == STATES[state][1:3]
    (listed,) = coord.json("case", "list", "--status", STATES[state][1])
    assert listed["number"] == "2026-0001"


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_what_may_follow_a_state_is_recorded_and_all_else_refused(
    coord: Desk, add_case: AddCase, state: str, act: str
) -> None:
    add_case()
    _reach(coord, state)
    before = dump(coord)
    newer = ("--document", "〔2026〕×号") if (state[:8], act) == ("assigned", "assign") else ()
    if act in _may_follow(state):
        answer = coord.json(*ACTS[act], *newer)
        assert answer["recorded"]["ref"] == "2026-0001"
        assert dump(coord) != before
        return
    sentence = coord.refused(*ACTS[act])
    assert dump(coord) == before
    first, *rest = sentence.splitlines()
    assert "2026-0001" in first
    assert first.endswith("。")
    assert len(rest) <= 1
    is_over = STATES[state][1] in ("closed", "void")
    assert is_over or "峄政办发〔2022〕1号" in first or "已登记于" in first or "coord " in rest[0]


@pytest.mark.parametrize(
    "state, words",
    [
        ("sent", "已移送区住建局，一案一移送"),
        ("received", "已移送区住建局，一案一移送"),
        ("declined", "只能报请区人民政府决定"),
        ("referred", "已报请区人民政府决定"),
        ("assigned", "已由区人民政府决定由区城乡水务局管辖"),
        ("accepted", "已由区住建局受理"),
    ],
)
def test_a_second_transfer_is_refused_by_its_clause(
    coord: Desk, add_case: AddCase, state: str, words: str
) -> None:
    add_case()
    _reach(coord, state)
    sentence = coord.refused("transfer", "send", "1", "--to", "lyz")
    assert sentence.startswith("不能再行移送：2026-0001 ")
    assert words in sentence
    assert "二（二）2" in sentence


@pytest.mark.parametrize(
    "state, act, words",
    [
        ("registered", "accept", "没有待反馈的移送"),
        ("registered", "receive", "还没有移送"),
        ("registered", "assign", "没有报请区人民政府决定"),
        ("sent", "determine", "管辖只在移送以前认定"),
        ("received", "decide", "还没有单位受理"),
        ("received", "refer", "接收单位没有表示不属于其管辖"),
        ("accepted", "withdraw", "只有尚未反馈的移送可以撤回"),
        ("accepted", "notify", "没有待通报的处理决定"),
        ("decided", "decide", "已有处理决定"),
        ("notified", "send", "已有处理决定"),
        ("closed", "decide", "不再登记新的事项"),
    ],
)
def test_a_refusal_says_what_stands_in_the_way(
    coord: Desk, add_case: AddCase, state: str, act: str, words: str
) -> None:
    add_case()
    _reach(coord, state)
    assert words in coord.refused(*ACTS[act])


def test_a_refusal_says_what_to_type_next(coord: Desk, add_case: AddCase) -> None:
    add_case()
    _reach(coord, "declined")
    sentence = coord.refused("transfer", "send", "1", "--to", "swj")
    assert sentence.splitlines()[1] == "下一步：coord transfer refer 1"


def test_an_assigned_unit_cannot_decline_since_the_government_has_decided(
    coord: Desk, add_case: AddCase
) -> None:
    add_case()
    _reach(coord, "assigned")
    sentence = coord.refused(*ACTS["decline"])
    assert "已由区人民政府决定由区城乡水务局管辖" in sentence
    assert "二（二）2" in sentence


@pytest.mark.parametrize(
    "state, who, command",
    [
        ("registered", "zrj", "coord case determine 1"),
        ("sent", "zjj", "coord transfer receive 1"),
        ("received", "zjj", "coord transfer accept 1"),
        ("declined", "zjj", "coord transfer refer 1"),
        ("referred", "qzf", "coord transfer assign 1"),
        ("assigned", "swj", "coord transfer receive 1"),
        ("assigned, received", "swj", "coord transfer accept 1"),
        ("accepted", "zjj", "coord case decide 1"),
        ("decided", "zjj", "coord transfer notify 1"),
        ("decided alone", "zrj", "coord case close 1"),
        ("notified", "zjj", "coord case close 1"),
    ],
)
def test_the_next_step_says_who_has_it_and_what_to_type(
    coord: Desk, add_case: AddCase, state: str, who: str, command: str
) -> None:
    add_case()
    _reach(coord, state)
    assert command in coord.json("case", "show", "1")["next_step"]
    name = {"zrj": "区自然资源局", "zjj": "区住建局", "swj": "区城乡水务局", "qzf": "区人民政府"}[
        who
    ]
    assert f"下一步（{name}）：" in coord.ok("case", "show", "1").out


@pytest.mark.parametrize("state", [state for state in STATES if STATES[state][2]])
def test_the_command_of_the_next_step_is_one_that_may_follow(
    coord: Desk, add_case: AddCase, state: str
) -> None:
    add_case()
    _reach(coord, state)
    command = coord.json("case", "show", "1")["next_step"].partition("coord ")[2].split()
    assert command[1] in _may_follow(state)


def test_the_table_names_every_status() -> None:
    assert set(MAY_FOLLOW) == set(CaseStatus)


def test_what_is_withdrawn_or_replaced_no_longer_stands() -> None:
    day = date(2026, 11, 2)
    withdrawn = Leg(1, "zrj", "zjj", sent_on=day, withdrawn_on=day)
    replaced = Leg(
        2, "zrj", "zjj", sent_on=day, answered_on=day, answer="declined", replaced_on=day
    )
    named = Leg(3, "zrj", "swj", assigned_on=day)
    facts = CaseFacts("zrj", day, legs=(withdrawn, replaced, named))
    assert facts.standing == named
    assert facts.first == replaced
    assert standing(facts).status is CaseStatus.ASSIGNED
    assert standing(CaseFacts("zrj", day, legs=(withdrawn,))).status is CaseStatus.REGISTERED


def test_a_finder_that_found_itself_competent_is_to_decide() -> None:
    day = date(2026, 11, 2)
    facts = CaseFacts("zrj", day, competent="zrj", determined_on=day)
    assert next_step(facts, "1") == NextStep(
        "zrj", "登记处理决定", "coord case decide 1 --outcome 处罚"
    )


def test_nothing_follows_a_closed_case() -> None:
    day = date(2026, 11, 2)
    verdict = Verdict(1, "zrj", day, "处罚")
    step = next_step(CaseFacts("zrj", day, verdicts=(verdict,), closed_on=day), "1")
    assert (step.who, step.command) == (None, "")
