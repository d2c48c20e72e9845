"""六（二）: a penalty that is not performed is urged, enforced, or brought to court."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import AddCase, Desk
from dump import dump

from yicheng_coord.paths import policy_folder

OPEN = ("enforce", "open", "1", "--served-on", "2026-09-01", "--perform-by", "2026-09-16",
        "--appeal-until", "2027-03-01")  # fmt: skip


@pytest.fixture
def punished(coord: Desk, add_case: AddCase) -> Desk:
    """A penalty of 区综合行政执法局 upon a case that 区自然资源局 sent."""
    coord.today = "2027-06-30"
    add_case("--competent", "zfj", "--determined-on", "2026-08-03", found_on="2026-08-03")
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-08-04")
    coord.ok("transfer", "accept", "1", "--on", "2026-08-05")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-08-31")
    coord.ok("transfer", "notify", "1", "--on", "2026-09-01")
    return coord


def by_rule(duties: list[dict[str, Any]]) -> dict[str, str | None]:
    return {duty["rule"]: duty["due_on"] for duty in duties}


# --- the clocks -----------------------------------------------------------------------------------


def test_the_terms_of_the_decision_start_what_is_owed(punished: Desk) -> None:
    answer = punished.json(*OPEN)
    assert by_rule(answer["started"]) == {
        "enforce.urge": "2026-09-30",  # ten working days, the make-up Sunday 09-20 among them
        "enforce.start": None,
        "enforce.apply": "2027-06-01",
    }
    (urge,) = [one for one in answer["started"] if one["rule"] == "enforce.urge"]
    assert (urge["owed_by"], urge["owed_to"]) == ("zfj", "party")
    assert "当事人" in punished.ok("explain", urge["id"]).out
    assert answer["next_step"] == (
        "催告当事人履行：coord enforce urge 1；文书：coord letter urge 1"
    )
    punished.checked_of_duties()


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2026-11-30", "2027-03-01"),  # no 30 February: the 28th, a Sunday; rolled
        ("2026-10-07", "2027-01-07"),
        ("2027-01-31", "2027-04-30"),
    ],
)
def test_the_court_is_applied_to_within_three_months_of_the_appeal_s_end(
    punished: Desk, until: str, due: str
) -> None:
    answer = punished.json(*OPEN[:-1], until)
    assert by_rule(answer["started"])["enforce.apply"] == due


def test_urging_in_time_or_late_is_told_by_the_working_days_since_the_term(punished: Desk) -> None:
    punished.ok(*OPEN)
    (met,) = punished.json("enforce", "urge", "1", "--on", "2026-09-30")["met"]
    assert (met["rule"], met["status"]) == ("enforce.urge", "met")
    punished.ok("undo", "--yes")
    (met,) = punished.json("enforce", "urge", "1", "--on", "2026-10-08")["met"]
    assert (met["rule"], met["status"], met["days_left"]) == ("enforce.urge", "met_late", -1)


def test_the_ten_working_days_after_the_urging_are_the_party_s(punished: Desk) -> None:
    punished.ok(*OPEN[:-1], "2026-09-20")
    out = punished.ok(
        "enforce", "urge", "1", "--on", "2026-09-18", "--document", "催〔2026〕×号"
    ).out
    assert "当事人可在 2026-10-09 以前履行（《行政强制法》第五十四条、第六十九条）" in out
    told = punished.refused("enforce", "apply", "1", "--on", "2026-10-09")
    assert "当事人可履行至 2026-10-09（《行政强制法》第五十四条、第六十九条）" in told
    answer = punished.json("enforce", "apply", "1", "--on", "2026-10-10")
    assert {one["rule"]: one["status"] for one in answer["met"]} == {
        "enforce.start": "met",
        "enforce.apply": "met",
    }


def test_what_is_enforced_by_oneself_is_not_applied_for(punished: Desk) -> None:
    punished.ok(*OPEN)
    answer = punished.json("enforce", "start", "1", "--on", "2027-03-02", "--text", "代履行")
    assert list(by_rule(answer["met"])) == ["enforce.start"]
    assert set(by_rule(answer["ended"])) == {"enforce.apply"}
    assert not any("尚未届满" in one for one in answer["warnings"])


def test_starting_before_the_appeal_is_over_is_recorded_with_a_warning(punished: Desk) -> None:
    punished.ok(*OPEN)
    answer = punished.json("enforce", "start", "1", "--on", "2027-03-01")
    assert "尚未届满" in answer["warnings"][0]


def test_starting_without_urging_is_recorded_and_the_urging_stays_owed(punished: Desk) -> None:
    punished.ok(*OPEN)
    said = punished.json("enforce", "start", "1", "--on", "2027-03-02")["warnings"][0]
    assert "没有登记催告（《行政强制法》第五十四条、第六十九条），催告仍应办理" in said
    assert "enforce.urge" in by_rule(punished.owed())
    line = said.partition("coord ")[2].replace("送达日", "2026-09-18").split()
    (met,) = punished.json(*line)["met"]
    assert (met["rule"], met["status"]) == ("enforce.urge", "met")
    punished.checked_of_duties()


def test_starting_within_the_days_that_the_urging_gave_is_recorded_with_a_warning(
    punished: Desk,
) -> None:
    punished.ok(*OPEN[:-1], "2026-09-16")
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    start = ("enforce", "start", "1", "--on")
    (told,) = punished.json(*start, "2026-10-09")["warnings"]
    assert told == (
        "催告书 2026-09-18 送达，当事人可履行至 2026-10-09，期限未满"
        "（《行政强制法》第五十四条、第六十九条）"
    )
    punished.ok("undo", "--yes")
    assert punished.json(*start, "2026-10-10")["warnings"] == []


def test_the_performance_period_is_over_only_after_its_last_day(punished: Desk) -> None:
    punished.ok(*OPEN)
    for step in ("urge", "start"):
        told = punished.refused("enforce", step, "1", "--on", "2026-09-16")
        assert "就是履行期满日期当天，当天期限未满" in told
    punished.ok("enforce", "urge", "1", "--on", "2026-09-17")
    told = punished.refused("correct", "1", "urged", "--on", "2026-09-16", "--reason", "看错")
    assert "催告日期 2026-09-16 不晚于履行期满日期 2026-09-16" in told
    told = punished.refused("correct", "1", "defaulted", "--on", "2026-09-17", "--reason", "看错")
    assert "催告日期 2026-09-17 不晚于履行期满日期 2026-09-17" in told


def test_what_became_of_an_enforcement_follows_its_start_or_the_application(
    punished: Desk,
) -> None:
    punished.ok(*OPEN)
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    told = punished.refused("enforce", "result", "1", "--text", "执行完毕", "--on", "2026-10-10")
    assert "没有启动强制执行，也没有申请法院（峄政办发〔2022〕1号 六（二））" in told
    punished.refused("enforce", "result", "1", "--performed", "--revoked", code=2)
    punished.refused("enforce", "result", "1", "--revoked")
    answer = punished.json("enforce", "result", "1", "--revoked", "--text", "复议撤销")
    assert answer["recorded"]["revoked"] is True
    assert by_rule(punished.owed()) == {}
    punished.checked_of_duties()


def test_a_party_performs_at_any_time_and_steps_after_that_are_looked_at(punished: Desk) -> None:
    punished.ok(*OPEN)
    punished.ok("enforce", "urge", "1", "--on", "2026-09-28")
    answer = punished.json("enforce", "result", "1", "--performed", "--on", "2026-09-10")
    said = "催告书送达（2026-09-28）在当事人履行（2026-09-10）之后，请核对日期"
    assert said in answer["warnings"]
    punished.ok("undo", "--yes")
    answer = punished.json("enforce", "result", "1", "--performed", "--on", "2026-10-08")
    assert [one for one in answer["warnings"] if "请核对" in one] == []


@pytest.mark.parametrize("today", ["2026-10-08", "2026-12-31", "2027-06-30"])
def test_terms_typed_without_their_year_follow_the_decision(punished: Desk, today: str) -> None:
    line = ("enforce", "open", "2027-0001", "--perform-by", "9-16", "--appeal-until", "03-01")
    for served in ((), ("--served-on", "2026-09-01")):
        said = punished.json(*line, *served, today=today)["recorded"]
        assert (said["perform_by"], said["appeal_until"]) == ("2026-09-16", "2027-03-01")
        punished.ok("undo", "--yes", today=today)
    out = punished.ok("enforce", "urge", *line[2:], "--on", "2026-09-18", today=today).out
    assert "履行期限 2026-09-16，复议诉讼期满 2027-03-01" in out


def test_a_term_that_may_be_of_two_years_is_asked_for_its_year(punished: Desk) -> None:
    told = punished.refused("enforce", "open", "1", "--perform-by", "8-20", code=2)
    assert "可能是 2026-08-20，也可能是 2027-08-20" in told
    punished.ok(*OPEN[:-2])
    moved = punished.json("correct", "2027-0001", "defaulted", "--on", "9-20", "--reason", "看错",
                          today="2026-09-10")  # fmt: skip
    assert moved["recorded"]["on"] == "2026-09-20"


def test_the_next_step_says_what_can_be_typed(punished: Desk) -> None:
    answer = punished.json(*OPEN[:-2], today="2027-06-30")
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    assert answer["next_step"].startswith("催告当事人履行：")
    assert punished.json("case", "show", "1")["next_step"] == (
        "登记执行结果：coord enforce result 1 --performed"
    )
    punished.ok("enforce", "start", "1", "--on", "2026-10-20")
    assert punished.json("case", "show", "1")["next_step"] == (
        "登记执行结果：coord enforce result 1 --text 结果"
    )


def test_what_a_refusal_says_to_type_can_be_typed(punished: Desk) -> None:
    punished.ok(*OPEN[:-2])
    told = punished.refused(*OPEN)
    assert "coord enforce open 1 --appeal-until 日期" in told
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    told = punished.refused("enforce", "apply", "1", "--on", "2027-03-01")
    assert "coord enforce open 1 --appeal-until 日期" in told
    punished.ok("enforce", "open", "1", "--appeal-until", "2027-03-01")
    told = punished.refused("enforce", "apply", "1", "--on", "2027-03-01")
    assert "coord correct 1 expired --on 日期 --reason 理由" in told
    punished.ok("correct", "1", "expired", "--on", "2027-02-28", "--reason", "看错")
    punished.ok("enforce", "apply", "1", "--on", "2027-03-01")


def test_a_party_that_performs_ends_what_is_owed(punished: Desk) -> None:
    punished.ok(*OPEN)
    answer = punished.json("enforce", "result", "1", "--performed", "--on", "2026-09-10")
    assert set(by_rule(answer["ended"])) == {"enforce.urge", "enforce.start", "enforce.apply"}
    (listed,) = punished.json("enforce", "list")
    assert (listed["status"], listed["performed_on"]) == ("performed", "2026-09-10")
    punished.checked_of_duties()


def test_what_begins_after_a_day_ahead_is_not_pending_yet(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    coord.ok("case", "edit", "1", "--found-by", "zfj", "--reason", "写错")
    coord.ok("case", "determine", "1", "--competent", "zfj", "--on", "2026-11-04")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--no-copy", "--reason", "无",
             "--on", "2026-11-05")  # fmt: skip
    coord.ok("enforce", "open", "1", "--perform-by", "2026-11-25", "--appeal-until", "2027-05-06")
    assert set(by_rule(coord.owed())) == {"enforce.urge", "enforce.apply"}
    assert coord.json("case", "show", "1")["next_step"].startswith("登记执行结果：")
    assert "enforce.start" in by_rule(coord.json("pending", today="2027-05-06"))
    shown = coord.json("case", "show", "2026-0001", today="2026-11-25")
    assert shown["next_step"].startswith("催告当事人履行：coord enforce urge 1；")


def test_the_appeal_s_end_may_follow_later_and_urging_may_come_first(punished: Desk) -> None:
    answer = punished.json(
        "enforce", "urge", "1", "--perform-by", "2026-09-16", "--on", "2026-09-18"
    )
    assert set(by_rule([*answer["started"], *answer["met"]])) == {"enforce.urge"}
    assert "没有登记复议和诉讼期满日" in punished.refused("enforce", "apply", "1")
    answer = punished.json("enforce", "open", "1", "--appeal-until", "2027-03-01")
    assert set(by_rule(answer["started"])) == {"enforce.start", "enforce.apply"}
    assert "不再重复登记" in punished.refused(
        "enforce", "open", "1", "--appeal-until", "2027-03-02"
    )


# --- closing, mending, switching off --------------------------------------------------------------


def test_a_case_whose_penalty_is_being_enforced_is_not_closed(punished: Desk) -> None:
    punished.ok(*OPEN)
    assert "处罚决定的执行结果（六（二））" in punished.refused("case", "close", "1")
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    punished.ok("enforce", "apply", "1", "--on", "2027-03-02")
    punished.ok("enforce", "result", "1", "--text", "法院裁定准予执行", "--on", "2027-04-01")
    shown = punished.json("case", "show", "1")
    assert shown["enforcements"][0]["result"] == "法院裁定准予执行"
    assert "2027-03-02　向人民法院申请强制执行" in punished.ok("case", "show", "1").out
    punished.ok("case", "close", "1", "--on", "2027-04-02")
    assert "已办结" in punished.refused("enforce", "urge", "1")


def test_every_step_is_undone_and_done_again(punished: Desk) -> None:
    def state() -> Any:
        return [punished.json(*line) for line in (("enforce", "list"), ("pending",))]

    for line in (
        OPEN,
        ("enforce", "urge", "1", "--on", "2026-09-18"),
        ("enforce", "start", "1", "--on", "2027-03-02"),
        ("enforce", "apply", "1", "--on", "2027-03-02"),
        ("enforce", "result", "1", "--text", "某", "--on", "2027-03-03"),
    ):
        before = state()
        punished.ok(*line)
        after = state()
        punished.ok("undo", "--yes")
        assert state() == before, line
        punished.ok("undo", "--yes")
        assert state() == after, line
    punished.checked_of_duties()


def test_a_date_is_corrected_by_the_case(punished: Desk) -> None:
    punished.ok(*OPEN)
    (moved,) = punished.json("correct", "1", "defaulted", "--on", "2026-09-15", "--reason", "看错")[
        "moved"
    ]
    assert (moved["rule"], moved["due_on"]) == ("enforce.urge", "2026-09-29")
    told = punished.refused("correct", "1", "expired", "--on", "2026-08-31", "--reason", "看错")
    assert "复议诉讼期满日期 2026-08-31 早于送达日期 2026-09-01" in told


@pytest.mark.parametrize("rule", ["enforce.urge", "enforce.start", "enforce.apply"])
def test_each_rule_can_be_taken_out_of_the_pack(
    punished: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    folder = tmp_path / "规则"
    shutil.copytree(policy_folder(), folder)
    path = folder / "opinion.toml"
    head, *blocks = path.read_text("utf-8").split("[[rule]]\n")
    kept = [block for block in blocks if f'id = "{rule}"' not in block]
    path.write_text("[[rule]]\n".join([head, *kept]), "utf-8")
    monkeypatch.setenv("COORD_POLICY", str(folder))
    started = by_rule(punished.json(*OPEN)["started"])
    assert rule not in started
    assert len(started) == 2
    if rule == "enforce.urge":
        punished.ok("enforce", "apply", "1", "--on", "2027-03-02")
    elif rule == "enforce.apply":
        punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
        punished.ok("enforce", "apply", "1", "--on", "2027-03-02")
    punished.checked_of_duties()


# --- refusals -------------------------------------------------------------------------------------


def test_what_cannot_be_is_refused(punished: Desk, add_case: AddCase) -> None:
    add_case(title="没有处罚的案件")
    assert "没有区综合行政执法局作出的处罚决定（峄政办发〔2022〕1号 六（二））" in punished.refused(
        "enforce", "open", "2", "--perform-by", "2026-12-01"
    )
    assert "没有登记处罚决定的履行期限" in punished.refused("enforce", "apply", "1")
    punished.refused("enforce", "open", "1", code=2)
    assert "早于决定日期" in punished.refused("enforce", "open", "1", "--perform-by", "2026-08-30")
    assert "早于送达日期" in punished.refused(*OPEN[:5], "--perform-by", "2026-08-31")
    punished.ok(*OPEN)
    assert "不再重复登记" in punished.refused(*OPEN)
    for line, why in (
        (("urge", "1", "--on", "2026-09-15"), "早于履行期满日期 2026-09-16"),
        (("urge", "1", "--perform-by", "2026-09-20"), "已登记处罚决定的履行期限"),
        (("apply", "1", "--on", "2027-03-02"), "没有催告（《行政强制法》第五十四条"),
        (("result", "1"), "不能为空"),
    ):
        assert why in punished.refused("enforce", *line), line
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    told = punished.refused("enforce", "apply", "1", "--on", "2027-03-01")
    assert "复议和诉讼期限至 2027-03-01，2027-03-01 尚未届满（《行政强制法》第五十三条）" in told


def test_nothing_of_an_enforcement_lies_before_its_decision(punished: Desk) -> None:
    terms = ("enforce", "open", "1", "--perform-by", "2026-09-16")
    before = dump(punished)
    told = punished.refused(*terms, "--appeal-until", "2026-08-30")
    assert "复议诉讼期满日期 2026-08-30 早于决定日期 2026-08-31" in told
    assert dump(punished) == before
    punished.ok(*OPEN)
    for fact, on, why in (
        ("served", "2026-08-30", "送达日期 2026-08-30 早于决定日期 2026-08-31"),
        ("defaulted", "2026-08-30", "履行期满日期 2026-08-30 早于决定日期 2026-08-31"),
        ("expired", "2026-08-30", "复议诉讼期满日期 2026-08-30 早于决定日期 2026-08-31"),
    ):
        assert why in punished.refused("correct", "E1", fact, "--on", on, "--reason", "看错")
    punished.ok("correct", "1", "notified", "--on", "2026-09-03", "--reason", "看错")
    told = punished.refused("correct", "1", "decided", "--on", "2026-09-02", "--reason", "看错")
    assert "送达日期 2026-09-01 早于决定日期 2026-09-02" in told
    punished.ok("correct", "1", "decided", "--on", "2026-09-01", "--reason", "看错")
    punished.checked_of_duties()


def test_a_penalty_is_not_undone_while_its_enforcement_is_on_record(
    coord: Desk,
) -> None:
    own = ("--found-by", "zfj", "--found-on", "2026-11-03", "--competent", "zfj")
    coord.ok("case", "add", "--title", "某某餐馆占道经营", *own)
    decide = ("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-04")
    made = coord.json(*decide, "--no-copy", "--reason", "没有相关单位")["operation"]
    opened = coord.json("enforce", "open", "1", "--perform-by", "2026-11-16")["operation"]
    before = dump(coord)
    assert f"先撤销后面的：coord undo P{opened}" in coord.refused("undo", f"P{made}", "--yes")
    assert dump(coord) == before
    coord.ok("undo", f"P{opened}", "--yes")
    coord.ok("undo", f"P{made}", "--yes")
    told = coord.refused("undo", f"P{opened + 1}", "--yes")
    assert f"先撤销后面的：coord undo P{opened + 2}" in told
    coord.ok("undo", f"P{opened + 2}", "--yes")
    coord.ok("undo", f"P{opened + 1}", "--yes")
    assert coord.json("enforce", "list")[0]["status"] == "open"
    coord.ok("letter", "urge", "1")


@pytest.mark.parametrize(
    ("end", "what"),
    [
        (("--performed",), "当事人已履行"),
        (("--revoked", "--text", "复议撤销"), "撤销、变更"),
    ],
)
def test_what_was_performed_or_revoked_is_not_enforced_again(
    punished: Desk, end: tuple[str, ...], what: str
) -> None:
    punished.ok(*OPEN)
    ended = punished.json("enforce", "result", "1", *end, "--on", "2026-09-17")["operation"]
    before = dump(punished)
    for line in (OPEN[1:], ("urge", "1"), ("start", "1"), ("apply", "1"), ("result", "1", *end)):
        told = punished.refused("enforce", *line)
        assert f"处罚决定已于 2026-09-17 登记{what}，不再执行" in told
        assert f"coord undo P{ended}" in told
    assert dump(punished) == before
    punished.ok("undo", f"P{ended}", "--yes")
    punished.ok("enforce", "start", "1")
    punished.ok("enforce", "result", "1", "--text", "执行了一部分")
    punished.ok(*OPEN)


def test_a_penalty_of_another_unit_is_not_enforced_by_this_clause(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--on", "2026-11-04")
    assert "六（二）" in coord.refused("enforce", "open", "1", "--perform-by", "2026-11-20")


# --- the whole way --------------------------------------------------------------------------------


DRAWN: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "transfer send": (("transfer", ("涉嫌违法案件移交函", "2026年9月3日")),),
    "transfer receive": (("receipt", ("收件回执", "2026年9月4日")),),
    "transfer accept": (("feedback", ("移送反馈意见函", "2026年9月7日")),),
    "crime report": (("crime-approval", ("审批表", "张某、李某", "2026年9月24日17时00分", "□")),),
    "crime approve": (
        ("crime-approval", ("批准移送。", "王某", "2026年9月24日23时30分")),
        ("crime", ("移送书", "枣庄市公安局峄城分局：", "2026年9月24日批准移送")),
    ),
    "crime send": (
        ("crime", ("2026年9月25日", "抄送：峄城区人民检察院")),
        ("result", ("处理结果通报函", "已于2026年9月25日", "移送公安机关", "峄城区自然资源局：")),
    ),
    "crime answer": (("crime-goods", ("移交清单", "2026年10月1日接到立案通知书")),),
    "crime goods": (("crime-goods", ("2026年10月4日",)),),
    "case decide": (
        ("copy", ("抄送单", "2026年10月26日")),
        ("result", ("处理结果", "2026年10月26日")),
    ),
    "enforce open": (("urge", ("催告书", "某某有限公司：", "2026年11月12日", "10个工作日内")),),
    "enforce urge": (("court", ("申请书", "峄城区人民法院：", "2026年11月26日")),),
    "enforce result": (("court", ("2027年5月10日", "2027年4月28日届满")),),
}
"""After which command a clerk draws which papers, and what they say."""


def test_a_case_goes_from_its_discovery_over_the_police_and_back_to_penalty_and_enforcement(
    coord: Desk, add_case: AddCase
) -> None:
    coord.today = "2027-12-31"
    add_case("--competent", "zfj", "--determined-on", "2026-09-01", "--party", "某某有限公司",
             "--informant", "周某某", found_on="2026-09-01")  # fmt: skip
    story: tuple[tuple[str, str, str], ...] = (
        ("case inquiry 1 --not-ongoing --text 现场 --on 2026-09-01", "registered", "zrj"),
        ("transfer send 1 --to zfj --on 2026-09-03", "sent", "zrj"),
        ("transfer receive 1 --on 2026-09-04", "received", "zrj"),
        ("transfer accept 1 --on 2026-09-07", "accepted", "zfj"),
        ("crime report 1 --officer 张某 --officer 李某 --at 2026-09-24T17:00", "accepted", "zfj"),
        ("crime approve 1 --by 王某 --at 2026-09-24T23:30", "accepted", "zfj"),
        ("crime send 1 --at 2026-09-25T20:00", "to_police", "gaj"),
        ("transfer notify 1 --on 2026-09-30", "to_police", "gaj"),
        ("crime receive 1 --at 2026-09-28T09:00", "to_police", "gaj"),
        ("crime answer 1 --filed --on 2026-10-01", "to_police", "gaj"),
        ("crime goods 1 --on 2026-10-04", "to_police", "gaj"),
        ("crime return 1 --cleared --on 2026-10-20", "to_police", "gaj"),
        ("crime return 1 --on 2026-10-21", "accepted", "zfj"),
        ("case decide 1 --outcome 处罚 --on 2026-10-26", "decided", "zfj"),
        ("transfer notify 1 --on 2026-10-29", "notified", "zfj"),
        ("enforce open 1 --served-on 2026-10-28 --perform-by 2026-11-12", "notified", "zfj"),
        ("enforce open 1 --appeal-until 2027-04-28", "notified", "zfj"),
        ("enforce urge 1 --on 2026-11-26", "notified", "zfj"),
        ("enforce apply 1 --on 2027-05-10", "notified", "zfj"),
        ("enforce result 1 --text 执行完毕 --on 2027-08-02", "notified", "zfj"),
        ("case close 1 --on 2027-08-03", "closed", ""),
    )  # fmt: skip
    for line, status, holder in story:
        coord.ok(*line.split())
        case = coord.json("case", "show", "1")
        assert (case["status"], case["holder"] or "") == (status, holder), line
        coord.checked_of_duties()
        for kind, words in DRAWN.get(" ".join(line.split()[:2]), ()):
            text = coord.ok("letter", kind, "1").out
            assert [word for word in words if word not in text] == [], (line, kind)
            assert "周某某" not in text
    assert [one["rule"] for one in coord.json("pending", "--case", "1")] == []
    for rule in ("crime.approve", "crime.send", "crime.answer", "crime.goods", "enforce.urge"):
        assert coord.duty(rule, "2027-0001")["status"] == "met", rule
    number = len(coord.json("history"))
    for _ in story[4:]:
        coord.ok("undo", f"P{number}", "--yes")
        number -= 1
    assert coord.json("case", "show", "1")["status"] == "accepted"
    coord.checked_of_duties()
