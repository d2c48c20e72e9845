"""The shipped pack says what the Opinion says."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.events import EVENTS, ROLES, WITHOUT_RULE
from yicheng_coord.policy.matters import KNOWN_BY
from yicheng_coord.policy.pack import Policy, PolicyPackError, UnknownRuleError, load
from yicheng_coord.policy.rules import Extension
from yicheng_coord.vocabulary import Kind, Roll

RULES = [
    "roster", "supervise", "operations", "research", "work.report", "brief.issue",
    "meeting.quarterly", "meeting.solicit", "meeting.approve", "meeting.circulate",
    "meeting.convene", "meeting.attend",
    "minutes.sign", "minutes.distribute", "resolution.carry_out",
    "transfer.inquiry", "transfer.send", "transfer.feedback", "transfer.refer", "transfer.result",
    "transfer.materials",
    "info.policy", "info.enforcement", "contact", "info.approval", "info.penalty",
    "info.superior", "info.hand_over",
    "hazard.notify", "hazard.report",
    "request.appraisal", "request.on_site", "request.guidance", "request.opinion",
    "request.counsel",
    "request.materials", "secrecy", "request.execution", "request.execution.handle",
    "request.revocation", "request.revocation.handle", "action.plan", "dispute.settle",
    "dispute.refer",
    "action.whistle",
    "crime.approve", "crime.send", "crime.answer", "crime.review", "crime.reconsider",
    "crime.supervision", "crime.goods", "crime.return", "crime.penalty",
    "crime.supervisor", "crime.inform", "enforce.urge", "enforce.start", "enforce.apply",
    "request.assistance", "action.police", "support",
]  # fmt: skip

NUMBERS = [
    ("meeting.solicit", Kind.CALENDAR_BACK, 10, Roll.BACK),
    ("transfer.send", Kind.WORKING, 3, Roll.NONE),
    ("transfer.feedback", Kind.WORKING, 3, Roll.NONE),
    ("transfer.result", Kind.WORKING, 3, Roll.NONE),
    ("info.approval", Kind.WORKING, 5, Roll.NONE),
    ("info.penalty", Kind.WORKING, 5, Roll.NONE),
    ("info.superior", Kind.WORKING, 3, Roll.NONE),
    ("request.appraisal", Kind.WORKING, 5, Roll.NONE),
    ("request.opinion", Kind.WORKING, 5, Roll.NONE),
    ("request.execution", Kind.WORKING, 5, Roll.NONE),
    ("crime.approve", Kind.CALENDAR, 3, Roll.NONE),
    ("crime.send", Kind.HOURS, 24, Roll.NONE),
    ("crime.answer", Kind.CALENDAR, 3, Roll.FORWARD),
    ("crime.review", Kind.WINDOW, 3, Roll.NONE),
    ("crime.reconsider", Kind.CALENDAR, 3, Roll.FORWARD),
    ("crime.supervision", Kind.WINDOW, 3, Roll.NONE),
    ("crime.goods", Kind.CALENDAR, 3, Roll.NONE),
    ("enforce.urge", Kind.WORKING, 10, Roll.NONE),
    ("enforce.apply", Kind.MONTHS, 3, Roll.FORWARD),
    ("action.police", Kind.WORKING_BACK, 3, Roll.NONE),
]
WITHOUT_NUMBER = {"meeting.quarterly": Kind.QUARTER, "resolution.carry_out": Kind.DATE}

# who, to, starts, stand-ins, met by, ended by, 现状: the case services rely on each of them.
TRANSFERS = {
    "transfer.inquiry": (
        ("finder", "", "case.found", ()),
        ("case.inquired",),
        ("transfer.accepted", "case.decided", "case.closed", "case.voided"),
        "未记录初步调查",
    ),
    "transfer.send": (
        ("finder", "competent", "case.disclaimed", ("case.found",)),
        ("transfer.sent",),
        ("crime.sent", "case.voided"),
        "未移送",
    ),
    "transfer.feedback": (
        ("receiver", "sender", "transfer.received", ("transfer.assigned", "transfer.sent")),
        ("transfer.accepted", "transfer.declined"),
        ("transfer.withdrawn", "transfer.replaced", "case.voided"),
        "未反馈",
    ),
    "transfer.refer": (
        ("receiver", "government", "transfer.declined", ()),
        ("transfer.referred",),
        ("case.voided",),
        "未报请",
    ),
    "transfer.result": (
        ("decider", "first_sender", "decision.made", ()),
        ("decision.notified",),
        ("case.voided",),
        "未通报",
    ),
    "info.penalty": (
        ("bureau", "addressee", "penalty.decided", ()),
        ("info.shared",),
        ("case.voided",),
        "未抄送",
    ),
    "request.execution": (
        ("bureau", "addressee", "execution.decided", ()),
        ("request.sent",),
        ("case.voided",),
        "未函告",
    ),
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(policy_folder())


def test_every_rule_of_the_clause_tables_is_there_in_the_documents_order(policy: Policy) -> None:
    assert [rule.id for rule in policy.rules] == RULES


def test_the_head_names_the_document(policy: Policy) -> None:
    assert policy.number == "峄政办发〔2022〕1号"
    assert policy.number in policy.text
    assert policy.title in policy.text.replace("\n", "")
    assert policy.prompt_days == 3
    assert {rule.version for rule in policy.rules} == {"2022-1"}


@pytest.mark.parametrize("rule_id", RULES)
def test_a_quote_stands_verbatim_in_the_text(policy: Policy, rule_id: str) -> None:
    assert policy.rule(rule_id).quote in policy.text


@pytest.mark.parametrize(("rule_id", "kind", "days", "roll"), NUMBERS)
def test_a_rule_counts_as_the_document_says(
    policy: Policy, rule_id: str, kind: Kind, days: int, roll: Roll
) -> None:
    rule = policy.rule(rule_id)
    assert (rule.kind, rule.days, rule.roll) == (kind, days, roll)


def test_every_other_rule_is_prompt_and_has_no_number(policy: Policy) -> None:
    counted = {rule_id for rule_id, *_ in NUMBERS}
    others = [rule for rule in policy.rules if rule.id not in counted]
    assert {rule.id: rule.kind for rule in others if rule.kind is not Kind.PROMPT} == WITHOUT_NUMBER
    assert {rule.days for rule in others} == {None}


def test_soft_rules_are_those_that_say_in_general_or_in_principle(policy: Policy) -> None:
    soft = [rule for rule in policy.rules if rule.is_soft]
    assert [rule.id for rule in soft] == ["meeting.quarterly", "info.approval", "request.appraisal"]
    assert all("一般应" in rule.quote or "原则上" in rule.quote for rule in soft)


def test_urgent_changes_three_rules_only_and_each_says_at_once(policy: Policy) -> None:
    urgent = [rule for rule in policy.rules if rule.urgent]
    assert [rule.id for rule in urgent] == ["transfer.send", "info.approval", "info.superior"]
    assert {rule.urgent for rule in urgent} == {Kind.IMMEDIATE}
    assert all("情况紧急" in rule.quote and "立即" in rule.quote for rule in urgent)


def test_two_rules_can_be_extended_one_capped_one_told_before(policy: Policy) -> None:
    extended = {rule.id: rule.extension for rule in policy.rules if rule.extension}
    assert extended == {
        "request.appraisal": Extension(told_before_due=True),
        "request.opinion": Extension(max_days=10),
    }


@pytest.mark.parametrize("rule_id", TRANSFERS)
def test_a_duty_of_a_case_starts_and_ends_by_the_agreed_events(
    policy: Policy, rule_id: str
) -> None:
    rule = policy.rule(rule_id)
    parties = (rule.who, rule.to, rule.starts, rule.stand_ins)
    assert (parties, rule.met_by, rule.ended_by, rule.undone) == TRANSFERS[rule_id]


def test_a_number_that_the_opinion_leaves_open_names_its_state_rule(policy: Policy) -> None:
    borrowed = {rule.id: rule.source for rule in policy.rules if rule.source != policy.number}
    assert borrowed == {
        "crime.approve": "国务院令第310号 第五条",
        "crime.send": "国务院令第310号 第五条、第六条",
        "crime.answer": "国务院令第310号 第七条、第八条",
        "crime.review": "国务院令第310号 第九条",
        "crime.reconsider": "国务院令第310号 第九条",
        "crime.supervision": "国务院令第310号 第九条",
        "crime.goods": "国务院令第310号 第十二条",
        "crime.supervisor": "国务院令第310号 第十九条",
        "enforce.urge": "《行政强制法》第五十四条、第六十九条",
        "enforce.apply": "《行政强制法》第五十三条",
    }
    assert all(policy.rule(rule_id).reading for rule_id in borrowed)


@pytest.mark.parametrize("rule_id", RULES)
def test_a_label_fits_its_column_and_every_word_can_be_printed_everywhere(
    policy: Policy, rule_id: str
) -> None:
    rule = policy.rule(rule_id)
    assert 0 < len(rule.label) <= 10
    printed = rule.label + rule.clause + rule.quote + rule.source + rule.undone + rule.reading
    assert printed.encode("gbk")


def test_labels_tell_the_rules_apart(policy: Policy) -> None:
    assert len({rule.label for rule in policy.rules}) == len(RULES)


def test_every_event_and_role_has_its_chinese_words() -> None:
    words = [word for event in EVENTS.values() for word in (event.label, event.short)]
    assert all(words)
    assert all(ROLES.values())
    assert "".join([*words, *ROLES.values()]).encode("gbk")


def test_stand_ins_read_well_in_a_provisional_note() -> None:
    named = ("transfer.sent", "case.found", "transfer.assigned", "transfer.received")
    assert [EVENTS[event].short for event in named] == ["发出", "发现", "指定", "收到"]
    assert EVENTS["transfer.received"].label == "收到移送材料"


def test_a_standing_rule_starts_no_clock(policy: Policy) -> None:
    standing = [rule.id for rule in policy.rules if not rule.starts]
    assert standing == [
        "roster", "supervise", "operations", "research", "brief.issue", "meeting.attend",
        "transfer.materials", "contact", "secrecy", "action.plan", "crime.penalty",
        "crime.inform", "support",
    ]  # fmt: skip


def test_one_event_starts_two_rules_only_where_both_are_owed(policy: Policy) -> None:
    starts = Counter(rule.starts for rule in policy.rules if rule.starts)
    shared = {event for event, times in starts.items() if times > 1}
    assert shared == {"hazard.found", "appeal.expired"}


def test_every_event_and_role_is_used_or_belongs_to_the_life_of_a_case(policy: Policy) -> None:
    used = {
        name
        for rule in policy.rules
        for name in (rule.starts, *rule.stand_ins, *rule.met_by, *rule.ended_by, rule.who, rule.to)
    }
    assert (set(EVENTS) - WITHOUT_RULE) | set(ROLES) == used - {""}
    assert not WITHOUT_RULE - set(EVENTS)


def test_a_rule_that_the_pack_lacks_is_refused_by_name(policy: Policy) -> None:
    with pytest.raises(UnknownRuleError, match=r"transfer\.nothing"):
        policy.rule("transfer.nothing")


def test_a_newer_edition_leaves_the_older_one_to_old_cases(pack: Path) -> None:
    with (pack / "opinion.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[rule]]\nid = "transfer.refer"\nlabel = "报请"\nclause = "二（二）2"\n'
            'quote = "报请区人民政府决定"\nkind = "working"\ndays = 3\nwho = "receiver"\n'
            'starts = "transfer.declined"\nsince = 2027-01-01\nversion = "2027-1"\n'
        )
    policy = load(pack)
    newest, older = policy.rule("transfer.refer"), policy.rule("transfer.refer", version="2022-1")
    assert (newest.days, older.days) == (3, None)
    assert policy.rule("transfer.refer", on=older.since) == older
    assert policy.rule("transfer.refer", on=newest.since) == newest
    assert older not in policy.rules


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for name in ("opinion.toml", "opinion.txt", "units.toml", "statutory.toml", "coverage.toml"):
        shutil.copyfile(policy_folder() / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", ["opinion.toml", "units.toml"])
def test_a_missing_file_is_named(pack: Path, name: str) -> None:
    (pack / name).unlink()
    with pytest.raises(PolicyPackError, match=name):
        load(pack)


@pytest.mark.parametrize("name", ["opinion.toml", "units.toml"])
@pytest.mark.parametrize("content", [b"[[rule\n", b"\xff\xfe\x00"], ids=["bad TOML", "not UTF-8"])
def test_a_file_that_is_not_toml_is_named(pack: Path, name: str, content: bytes) -> None:
    (pack / name).write_bytes(content)
    with pytest.raises(PolicyPackError, match=name):
        load(pack)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "quarter"', 'kind = "yearly"'),
        ('roll = "back"', 'roll = "sideways"'),
        ("soft = true", "softly = true"),
        ('[opinion]\nnumber = "峄政办发〔2022〕1号"', "[opinion]"),
        ('label = "召开季度例行会议"\n', ""),
        ("extension = { max_days = 10 }", "extension = { max = 10 }"),
    ],
)
def test_a_row_that_is_not_a_rule_makes_the_pack_unreadable(pack: Path, old: str, new: str) -> None:
    file = pack / "opinion.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PolicyPackError, match="缺少或写错"):
        load(pack)


def test_it_is_told_since_when_each_planned_day_that_starts_a_clock_is_known() -> None:
    starting = {rule.starts for rule in load(policy_folder()).rules}
    planned = {name for name, event in EVENTS.items() if event.is_plan} & starting
    assert planned <= set(KNOWN_BY) <= starting
    assert {event for events in KNOWN_BY.values() for event in events} <= set(EVENTS)
