"""`coord letter` for 六 and 七: crime, crime-approval, crime-review, crime-goods, urge, court, police."""

from pathlib import Path

import pytest
from conftest import AddCase, Desk

ID = "11010519491231002X"
TWO = ("--officer", "张某", "--officer", "李某")
REPORT = ("crime", "report", "1", *TWO, "--at", "2026-11-09 09:00")
APPROVE = ("crime", "approve", "1", "--by", "王某", "--at", "2026-11-10 10:05")
SEND = ("crime", "send", "1", "--at", "2026-11-10 16:00")


@pytest.fixture
def taken(coord: Desk, add_case: AddCase) -> Desk:
    """A case that 区自然资源局 sent and 区综合行政执法局 took."""
    add_case("--cause", "非法采矿", "--party", "某某有限公司", "--party-id", ID, "--phone",
             "13800001234", "--place", "某某村", "--informant", "周某某", "--source", "举报",
             "--competent", "zfj", "--determined-on", "2026-11-03", title="某某采石场")  # fmt: skip
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-11-04")
    coord.ok("transfer", "accept", "1", "--on", "2026-11-05")
    return coord


@pytest.fixture
def sent(taken: Desk) -> Desk:
    for line in (REPORT, APPROVE, (*SEND, "--number", "某移〔2026〕1号")):
        taken.ok(*line)
    return taken


def parts(text: str, *wanted: str) -> None:
    assert [one for one in wanted if one not in text] == []


# --- 移送书, 审批表 -----------------------------------------------------------------------------------


def test_a_suspected_crime_goes_from_its_holder_to_the_police_with_a_copy(taken: Desk) -> None:
    taken.ok(*REPORT)
    text = taken.ok("letter", "crime", "1").out
    parts(text, "涉嫌犯罪案件移送书", "枣庄市公安局峄城分局：", "峄城区综合行政执法局")
    parts(text, "抄送：峄城区人民检察院。", "《中华人民共和国行政处罚法》第二十七条")
    parts(text, "国务院令第310号第五条、第六条", "经张某、李某核实并提出书面报告")
    parts(text, "某某有限公司", ID, "13800001234", "2026-0001", "自接到立案通知书之日起3日内")
    parts(text, "【待补：涉嫌罪名】", "2026年11月23日")
    assert "已于" not in text
    assert "周某某" not in text


def test_the_paper_bears_the_number_and_the_day_of_the_sending(sent: Desk) -> None:
    text = sent.ok("letter", "crime", "1").out
    parts(text, "某移〔2026〕1号", "2026年11月10日", "负责人已于2026年11月10日批准移送")


def test_of_the_five_materials_none_is_silently_absent(taken: Desk) -> None:
    taken.ok(*REPORT)
    for kind, title in (("调查报告", "某报告"), ("证据", "某照片")):
        taken.ok("case", "material", "1", "--kind", kind, "--title", title,
                 "--copies", "1", "--pages", "3")  # fmt: skip
    rows = [line.split() for line in taken.ok("letter", "crime", "1").out.splitlines()]
    table = rows[rows.index(["序号", "材料", "名称", "份数", "页数"]) + 1 :][:5]
    assert table == [
        ["1", "移送书", "本件", "—", "—"],
        ["2", "调查报告", "某报告", "1", "3"],
        ["3", "涉案物品清单", "【待补：涉案物品清单】", "—", "—"],
        ["4", "检验报告或鉴定结论", "不涉及", "—", "—"],
        ["5", "其他有关材料", "某照片", "1", "3"],
    ]


def test_goods_that_are_not_concerned_are_said_to_be_so(taken: Desk) -> None:
    taken.ok(*REPORT)
    taken.ok(*APPROVE)
    taken.ok(*SEND, "--no-goods")
    text = taken.ok("letter", "crime", "1").out
    assert "【待补：涉案物品清单】" not in text
    assert sum("不涉及" in line for line in text.splitlines()) == 3


def test_the_holder_reports_whoever_it_is(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    coord.ok(*REPORT)
    text = coord.ok("letter", "crime", "1").out
    assert "峄城区自然资源局\n" in text
    assert "峄城区综合行政执法局" not in text


def test_before_the_decision_the_form_is_left_to_be_signed_by_hand(taken: Desk) -> None:
    taken.ok(*REPORT)
    result = taken.ok("letter", "crime-approval", "1")
    parts(
        result.out, "涉嫌犯罪案件移送审批表", "报告人：张某、李某；报告时间：2026年11月9日9时00分"
    )
    parts(result.out, "□ 批准移送　　□ 不批准移送，理由：", "年　　月　　日　　时　　分", ID)
    parts(result.out, "举报，2026年11月2日发现", "2026年11月9日")
    assert result.err.rstrip().endswith("审批表：基本案情、初步调查情况")
    assert "周某某" not in result.out


def test_an_approval_and_a_refusal_are_told_with_who_and_when(taken: Desk) -> None:
    taken.ok(*REPORT)
    taken.ok(*APPROVE)
    text = taken.ok("letter", "crime-approval", "1").out
    parts(text, "批准移送。", "王某", "2026年11月10日10时05分")
    assert "□" not in text
    taken.ok("undo", "--yes")
    taken.ok("crime", "reject", "1", "--by", "赵某", "--reason", "情节轻微", "--on", "2026-11-10")
    text = taken.ok("letter", "crime-approval", "1").out
    parts(text, "不批准移送。理由：情节轻微。", "赵某", "2026年11月10日")
    assert "2026-0001 已不批准移送公安机关" in taken.refused("letter", "crime", "1")


def test_what_was_reported_again_gives_the_papers_of_the_latest_report(taken: Desk) -> None:
    taken.ok(*REPORT)
    taken.ok("crime", "reject", "1", "--by", "赵某", "--reason", "某", "--on", "2026-11-10")
    taken.ok("crime", "report", "1", "--officer", "孙某", "--officer", "吴某",
             "--at", "2026-11-16 08:30")  # fmt: skip
    assert "报告人：孙某、吴某" in taken.ok("letter", "crime-approval", "1").out
    assert "报告人：张某、李某" in taken.ok("letter", "crime-approval", "C1").out


def test_that_a_case_went_to_the_police_is_told_by_a_paper_and_the_penalty_by_another(
    sent: Desk,
) -> None:
    sent.ok("number", "set", "zfj", "某函〔2026〕1号")
    sent.ok("transfer", "notify", "1", "--on", "2026-11-11")
    text = sent.ok("letter", "result", "1", "--number", "auto").out
    parts(text, "涉嫌犯罪，已于2026年11月10日", "移送公安机关", "2026年11月11日", "某函〔2026〕1号")
    sent.ok("crime", "return", "1", "--on", "2026-11-16")
    assert "移送公安机关" in sent.ok("letter", "result", "1").out
    sent.ok("case", "decide", "1", "--outcome", "处罚", "--text", "罚款", "--on", "2026-11-18")
    assert "某函〔2026〕1号" not in sent.ok("letter", "result", "1").out
    text = sent.ok("letter", "result", "1", "--number", "auto").out
    parts(text, "已于2026年11月18日作出行政处罚决定", "处理决定：罚款。", "某函〔2026〕2号")


def test_a_case_of_its_finder_s_own_is_told_to_nobody(coord: Desk, add_case: AddCase) -> None:
    add_case("--competent", "zrj", "--determined-on", "2026-11-03")
    for line in (REPORT, APPROVE, SEND):
        coord.ok(*line)
    assert "2026-0001 没有移送" in coord.refused("letter", "result", "1")


# --- 复议, 立案监督, 移交清单 ---------------------------------------------------------------------------


def test_which_review_is_asked_for_is_what_was_recorded(sent: Desk, tmp_path: Path) -> None:
    assert "没有登记向谁提请" in sent.refused("letter", "crime-review", "1")
    told = sent.refused("letter", "crime-review", "1")
    parts(told, "coord crime review 1 --to police", "--to procuratorate")
    sent.ok("crime", "answer", "1", "--not-filed", "--document", "某不立〔2026〕2号",
            "--on", "2026-11-12")  # fmt: skip
    answer = sent.ok("crime", "review", "1", "--to", "police", "--on", "2026-11-13").out
    assert "文书：coord letter crime-review 1" in answer
    text = sent.ok("letter", "crime-review", "1").out
    parts(text, "提请复议书", "枣庄市公安局峄城分局：", "某移〔2026〕1号", "某不立〔2026〕2号")
    parts(
        text,
        "2026年11月12日",
        "国务院令第310号第九条",
        "2026年11月13日",
        "【待补：认为应当立案的理由】",
    )
    assert ID not in text
    sent.ok("crime", "answer", "1", "--not-filed", "--document", "某复〔2026〕3号",
            "--on", "2026-11-16")  # fmt: skip
    sent.ok("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-17")
    sent.ok("letter", "crime-review", "1", "--out", str(tmp_path / "文书"))
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    assert names == [
        "2026-0001 提请复议书（区公安分局）.txt",
        "2026-0001 立案监督建议书（区人民检察院）.txt",
    ]
    text = (tmp_path / "文书" / names[1]).read_text("utf-8-sig")
    parts(
        text, "立案监督建议书", "峄城区人民检察院：", "移送枣庄市公安局峄城分局", "2026年11月17日"
    )
    parts(
        text, "2026年11月13日提请复议，2026年11月16日接到维持不予立案的复议决定（某复〔2026〕3号）"
    )
    parts(text, "附件：1.不予立案通知书", "2.复议决定书")


def test_the_crime_and_the_reasons_that_were_said_are_printed(taken: Desk) -> None:
    taken.ok(*REPORT, "--charge", "某某罪")
    assert taken.json("crime", "show", "1")["charge"] == "某某罪"
    assert "涉嫌罪名　某某罪" in taken.ok("crime", "show", "1").out.replace("\t", "　")
    assert "涉嫌罪名：某某罪。" in taken.ok("letter", "crime", "1").out
    taken.ok(*APPROVE)
    taken.ok(*SEND)
    taken.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    taken.ok("crime", "review", "1", "--to", "police", "--reason", "数量已达标准",
             "--on", "2026-11-13")  # fmt: skip
    parts(taken.ok("letter", "crime-review", "1").out, "应当立案。理由：数量已达标准。")
    taken.ok("crime", "review", "1", "--to", "procuratorate", "--reason", "证据充分",
             "--on", "2026-11-13")  # fmt: skip
    text = taken.ok("letter", "crime-review", "1").out
    parts(text, "理由：数量已达标准。", "理由：证据充分。")
    shown = taken.json("crime", "show", "1")
    assert (shown["review_reason"], shown["supervision_reason"]) == ("数量已达标准", "证据充分")


def test_the_procuratorate_alone_gets_no_word_of_a_review(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    sent.ok("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-13")
    text = sent.ok("letter", "crime-review", "1").out
    parts(text, "立案监督建议书", "峄城区人民检察院：", "依照国务院令第310号第九条的规定")
    assert "复议" not in text


def test_each_review_has_a_number_of_its_own(sent: Desk) -> None:
    sent.ok("number", "set", "zfj", "某函〔2026〕1号")
    sent.ok("crime", "answer", "1", "--not-filed", "--on", "2026-11-12")
    sent.ok("crime", "review", "1", "--to", "police", "--on", "2026-11-13")
    sent.ok("crime", "review", "1", "--to", "procuratorate", "--on", "2026-11-13")
    for _ in range(2):
        text = sent.ok("letter", "crime-review", "1", "--number", "auto").out
        parts(text, "某函〔2026〕1号", "某函〔2026〕2号")
    numbers = sent.json("number", "list")
    assert [(one["case"], one["addressee"]) for one in numbers] == [
        ("2026-0001", "gaj"),
        ("2026-0001", "jcy"),
    ]


def test_goods_are_listed_after_the_filing_for_both_sides_to_sign(sent: Desk) -> None:
    told = sent.refused("letter", "crime-goods", "1")
    parts(told, "2026-0001 没有接到立案通知书", "coord crime answer 1 --filed")
    sent.ok(
        "crime", "answer", "1", "--filed", "--document", "某立〔2026〕5号", "--on", "2026-11-12"
    )
    for kind, title in (("物品清单", "采石机械清单"), ("案源", "举报登记表"), ("移送书", "移送书")):
        sent.ok("case", "material", "1", "--kind", kind, "--title", title,
                "--copies", "1", "--pages", "2")  # fmt: skip
    text = sent.ok("letter", "crime-goods", "1").out
    parts(text, "涉案物品移交清单", "枣庄市公安局峄城分局：", "采石机械清单", "举报登记表")
    parts(
        text,
        "某立〔2026〕5号",
        "2026年11月12日接到",
        "国务院令第310号第十二条",
        "经办人（两人签名）",
    )
    parts(text, "单位（印章）　　　　峄城区综合行政执法局　枣庄市公安局峄城分局", "年　　月　　日")
    assert "其他　" not in text
    sent.ok("crime", "goods", "1", "--on", "2026-11-13")
    text = sent.ok("letter", "crime-goods", "1").out
    assert text.count("2026年11月13日") == 3


def test_goods_of_which_nothing_is_on_record_are_to_be_filled_in(sent: Desk) -> None:
    sent.ok("crime", "answer", "1", "--filed", "--on", "2026-11-12")
    text = sent.ok("letter", "crime-goods", "1").out
    parts(
        text, "【待补：涉案物品清单】", "【待补：与案件有关的其他材料】", "【待补：立案通知书文号】"
    )


# --- 催告书, 强制执行申请书 -----------------------------------------------------------------------------


OPEN = ("enforce", "open", "1", "--served-on", "2026-09-01", "--perform-by", "2026-09-16",
        "--appeal-until", "2027-03-01")  # fmt: skip


@pytest.fixture
def punished(coord: Desk, add_case: AddCase) -> Desk:
    coord.today = "2027-03-20"
    add_case("--cause", "占道经营", "--party", "某某有限公司", "--party-id", ID, "--informant",
             "周某某", "--competent", "zfj", "--determined-on", "2026-08-03",
             found_on="2026-08-03", title="某某占道")  # fmt: skip
    coord.ok("transfer", "send", "1", "--to", "zfj", "--on", "2026-08-04")
    coord.ok("transfer", "accept", "1", "--on", "2026-08-05")
    coord.ok("case", "decide", "1", "--outcome", "处罚", "--number", "某罚〔2026〕9号", "--text",
             "罚款一千元", "--on", "2026-08-31")  # fmt: skip
    return coord


def test_a_party_is_urged_with_the_days_of_the_rule_and_its_rights(punished: Desk) -> None:
    punished.ok(*OPEN)
    text = punished.ok("letter", "urge", "2027-0001", today="2026-09-17").out
    parts(text, "催告书", "某某有限公司：", ID, "某罚〔2026〕9号", "罚款一千元。", "2026年9月17日")
    parts(text, "2026年9月1日送达", "履行期限至2026年9月16日", "10个工作日内", "陈述和申辩")
    parts(text, "《行政强制法》第五十四条、第六十九条", "第六部分第（二）项")
    assert "周某某" not in text
    assert "抄送" not in text
    punished.ok("enforce", "urge", "1", "--document", "某催〔2026〕1号", "--on", "2026-09-18")
    parts(punished.ok("letter", "urge", "1").out, "某催〔2026〕1号", "2026年9月18日")


def test_no_one_is_urged_before_the_term_is_over(punished: Desk) -> None:
    punished.ok(*OPEN)
    told = punished.refused("letter", "urge", "2027-0001", today="2026-09-15")
    assert "2027-0001 的履行期满日期 2026-09-16 还没有到" in told
    told = punished.refused("letter", "urge", "2027-0001", today="2026-09-16")
    assert "2027-0001 的履行期满日期 2026-09-16 还没有过" in told
    told = punished.refused("letter", "urge", "1", "--date", "2026-09-15")
    assert "还没有到" in told


def test_the_court_is_applied_to_with_the_whole_course(punished: Desk) -> None:
    punished.ok(*OPEN)
    assert "【待补：催告书送达日期】" in punished.ok("letter", "court", "1").out
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    punished.ok("letter", "urge", "1", "--number", "某催〔2026〕1号")
    punished.ok("enforce", "apply", "1", "--document", "某申〔2027〕1号", "--on", "2027-03-08")
    text = punished.ok("letter", "court", "1").out
    parts(
        text, "强制执行申请书", "峄城区人民法院：", "被申请人：某某有限公司", ID, "某申〔2027〕1号"
    )
    parts(
        text, "某罚〔2026〕9号", "罚款一千元。", "2026年9月18日", "某催〔2026〕1号", "2027年3月8日"
    )
    parts(
        text, "2027年3月1日届满", "《行政强制法》第五十三条", "【待补：申请复议、提起诉讼的情况】"
    )
    parts(text, "2.当事人的意见及催告情况")
    assert "周某某" not in text


def test_what_the_papers_of_an_enforcement_say_follows_the_dates_and_is_said_anew(
    punished: Desk,
) -> None:
    punished.ok(*OPEN, "--how", "缴至某某账户")
    assert "履行方式：缴至某某账户。" in punished.ok("letter", "urge", "1").out
    assert "【待补：申请强制执行的标的】" in punished.ok("letter", "court", "1").out
    out = punished.ok("enforce", "open", "1", "--object", "罚款", "--appeals", "没有申请").out
    assert "执行标的 罚款，复议诉讼情况 没有申请" in out
    punished.ok("enforce", "open", "1", "--object", "罚款一千元")
    text = punished.ok("letter", "court", "1").out
    parts(text, "执行标的：罚款一千元。", "提起诉讼的情况：没有申请。")
    (listed,) = punished.json("enforce", "list")
    assert [listed[name] for name in ("how", "object", "appeals")] == [
        "缴至某某账户",
        "罚款一千元",
        "没有申请",
    ]
    assert "不再重复登记" in punished.refused("enforce", "open", "1", "--object", " ")
    punished.ok("undo", "--yes")
    assert "执行标的：罚款。" in punished.ok("letter", "court", "1").out


def test_what_was_performed_is_neither_urged_nor_brought_to_court(punished: Desk) -> None:
    punished.ok(*OPEN)
    punished.ok("enforce", "result", "1", "--performed", "--on", "2026-09-17")
    for kind in ("urge", "court"):
        told = punished.refused("letter", kind, "1")
        assert "2027-0001 的处罚决定已履行或者执行已结束" in told


def test_what_was_served_may_be_printed_again_when_all_is_over(punished: Desk) -> None:
    punished.ok(*OPEN)
    punished.ok("enforce", "urge", "1", "--on", "2026-09-18")
    punished.ok("enforce", "result", "1", "--performed", "--on", "2026-09-20")
    assert "2026年9月18日" in punished.ok("letter", "urge", "1").out


# --- 提前通知函 ---------------------------------------------------------------------------------------


def plan(coord: Desk, *options: str, kind: str = "专项行动", first: str = "2026-12-07") -> None:
    coord.ok("action", "plan", "--by", "zrj", "--unit", "zfj", "--title", "某某市场整治", "--kind",
             kind, "--from", first, "--on", "2026-11-16", *options)  # fmt: skip


def test_the_police_are_told_of_time_place_units_and_what_is_asked(coord: Desk) -> None:
    plan(coord, "--to", "2026-12-09", "--place", "某某市场", "--text", "清理占道")
    shown = coord.json("action", "show", "A1")
    assert shown["place"] == "某某市场"
    assert "地点　某某市场" in coord.ok("action", "show", "A1").out.replace("\t", "　")
    text = coord.ok("letter", "police", "A1").out
    parts(text, "关于某某市场整治的提前通知函", "枣庄市公安局峄城分局：", "专项行动")
    parts(text, "2026年12月7日至2026年12月9日", "地点：某某市场。", "清理占道。")
    parts(text, "牵头单位：峄城区自然资源局", "配合单位：峄城区综合行政执法局", "请予确认")
    parts(text, "峄政办发〔2022〕1号第七部分第（二）项", "2026年11月23日")
    coord.ok("action", "police", "A1", "--on", "2026-11-20")
    assert "2026年11月20日" in coord.ok("letter", "police", "A1").out


def test_a_place_that_is_not_on_record_is_to_be_filled_in(coord: Desk) -> None:
    plan(coord)
    assert "地点：【待补：活动地点】。" in coord.ok("letter", "police", "A1").out


def test_only_a_major_or_special_action_that_stands_is_told_to_the_police(coord: Desk) -> None:
    plan(coord, kind="联合检查计划")
    told = coord.refused("letter", "police", "A1")
    assert "A1 不是重大活动、专项行动" in told
    plan(coord)
    coord.ok("action", "cancel", "A2", "--reason", "某")
    assert "A2 已取消" in coord.refused("letter", "police", "A2")


# --- what cannot be had, and what comes next ---------------------------------------------------------


def test_a_paper_of_what_is_not_on_record_is_refused_and_the_command_named(taken: Desk) -> None:
    for kind in ("crime", "crime-approval", "crime-review", "crime-goods"):
        told = taken.refused("letter", kind, "1")
        parts(told, "2026-0001 没有报告涉嫌犯罪", "coord crime report 1 --officer 姓名")
    for kind in ("urge", "court"):
        told = taken.refused("letter", kind, "1")
        parts(told, "2026-0001 没有登记处罚决定的履行期限", "coord enforce open 1 --served-on")
    assert "“R1”不是案件编号" in _asked(taken).refused("letter", "crime", "R1")
    assert "没有这个案件" in taken.refused("letter", "crime", "2026-0099")
    taken.ok("crime", "lead", "1", "--text", "某某线索")
    assert "没有报告涉嫌犯罪" in taken.refused("letter", "crime", "1")
    assert "C1 不是涉嫌犯罪移送" in taken.refused("letter", "crime", "C1")


def _asked(coord: Desk) -> Desk:
    coord.ok("request", "send", "--kind", "opinion", "--to", "zrj", "--question", "某")
    return coord


def test_the_next_step_names_the_paper_for_it(taken: Desk, tmp_path: Path) -> None:
    steps = [taken.json(*line)["next_step"] for line in (REPORT, APPROVE, SEND)]
    filed = taken.json("crime", "answer", "1", "--filed", "--on", "2026-11-12")["next_step"]
    assert [step.partition("；")[2] for step in (*steps, filed)] == [
        "文书：coord letter crime-approval 1",
        "文书：coord letter crime 1",
        "",
        "文书：coord letter crime-goods 1",
    ]
    line = ("action", "plan", "--by", "zrj", "--unit", "zfj", "--title", "某", "--kind", "专项行动")
    answer = taken.json(*line, "--from", "2026-12-07")
    assert answer["next_step"].endswith("；文书：coord letter police A1")
    taken.ok("letter", "crime", "1", "--out", str(tmp_path / "文书"), "--as", "both")
    assert sorted(path.suffix for path in (tmp_path / "文书").iterdir()) == [".docx", ".txt"]


def test_hostile_text_of_a_report_stays_text(taken: Desk) -> None:
    taken.ok("crime", "report", "1", "--officer", "{{ 7*7 }}", "--officer", "| 伪 | 造 |",
             "--at", "2026-11-09 09:00")  # fmt: skip
    for kind in ("crime", "crime-approval"):
        text = taken.ok("letter", kind, "1").out
        assert "{{ 7*7 }}、| 伪 | 造 |" in text
        assert "49、" not in text
