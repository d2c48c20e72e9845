"""`coord letter KIND` for I, R, H, Q, A: by whom, to whom, of which day, and not before its time."""

from pathlib import Path
from typing import Any

import pytest
from conftest import AddCase, Desk

from yicheng_coord.vocabulary import Letter

LAW = ("--articles", "某某条例第某条", "--standard", "一千元以上五千元以下")


@pytest.fixture
def case(add_case: AddCase) -> str:
    number: str = add_case(
        "--cause", "占用耕地", "--party", "某某有限公司", "--place", "某某村", "--informant", "周某某",
        title="某某堆场",
    )  # fmt: skip
    return number


def ask(coord: Desk, kind: str, *options: str, to: str = "zrj", on: str = "2026-11-05") -> None:
    line = ("request", "send", "--kind", kind, "--to", to, "--question", "堆场是否占用耕地")
    coord.ok(*line, "--on", on, *options)


def parts(text: str, *wanted: str) -> None:
    assert [one for one in wanted if one not in text] == []


# --- 三 ---------------------------------------------------------------------------------------------


def log(coord: Desk, kind: str, sender: str, *options: str, on: str = "2026-11-17") -> None:
    line = ("info", "log", "--kind", kind, "--title", "某某事项", "--from", sender)
    coord.ok(*line, "--number", "某发〔2026〕5号", "--on", on, *options)


def test_a_superiors_document_is_told_by_the_unit_that_received_it(coord: Desk) -> None:
    log(coord, "superior", "zjj")
    coord.ok("info", "share", "I1", "--on", "2026-11-18")
    text = coord.ok("letter", "superior", "I1").out
    parts(text, "上级文件告知单", "峄城区综合行政执法局：", "某某事项", "某发〔2026〕5号")
    parts(text, "2026年11月17日", "2026年11月18日", "峄城区住房和城乡建设局", "告知你单位：")


def test_what_was_told_by_telephone_is_handed_over(coord: Desk) -> None:
    log(coord, "superior", "zjj", "--urgent")
    coord.ok("info", "share", "I1", "--by", "电话", "--on", "2026-11-17")
    coord.ok("info", "hand-over", "I1", "--on", "2026-11-19")
    text = coord.ok("letter", "superior", "I1").out
    parts(text, "移交你单位", "已于2026年11月17日电话告知你单位", "2026年11月19日", "情况紧急")


def test_an_approval_is_copied_by_the_unit_that_made_it(coord: Desk) -> None:
    log(coord, "approval", "lyzx")
    text = coord.ok("letter", "copy", "I1").out
    parts(text, "行政审批事项抄送单", "峄城区综合行政执法局：", "某某事项", "2026年11月23日")
    assert "处罚" not in text


def test_a_penalty_without_a_case_is_copied_to_each_unit(coord: Desk, tmp_path: Path) -> None:
    log(coord, "penalty", "zfj", "--to", "zrj", "--to", "zjj")
    coord.ok("letter", "copy", "i1", "--out", str(tmp_path / "文书"))
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    assert names == [
        "I1 行政处罚决定抄送单（区住建局）.txt",
        "I1 行政处罚决定抄送单（区自然资源局）.txt",
    ]
    text = coord.ok("letter", "copy", "I1").out
    parts(text, "某某事项", "某发〔2026〕5号", "2026年11月17日")
    assert "案件编号" not in text


def test_the_copies_of_a_decision_are_the_same_papers_by_case_and_by_reference(
    coord: Desk, case: str
) -> None:
    coord.ok("case", "determine", case, "--competent", "zfj", "--on", "2026-11-03")
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-05")
    coord.ok("transfer", "accept", case, "--on", "2026-11-06")
    coord.ok("case", "decide", case, "--outcome", "处罚", "--number", "某罚〔2026〕1号",
             "--copy-to", "zjj", "--execution-by", "gaj", "--on", "2026-11-10")  # fmt: skip
    coord.ok("number", "set", "zfj", "某综函〔2026〕1号")
    for kind, ref in (("copy", "I1"), ("execution", "R1")):
        coord.ok("letter", kind, case, "--number", "auto")
        assert "已编字号" not in coord.ok("letter", kind, ref, "--number", "auto").err
        by_case, by_ref = coord.ok("letter", kind, case).out, coord.ok("letter", kind, ref).out
        assert by_case == by_ref
        parts(by_ref, "某罚〔2026〕1号", "某综函〔2026〕")
    numbers = coord.json("number", "list")
    assert [(one["case"], one["matter"], one["addressee"]) for one in numbers] == [
        ("2026-0001", "I1", "zjj"),
        ("2026-0001", "R1", "gaj"),
    ]


# --- 四（二） ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, to, wanted",
    [
        ("appraisal", "jdjg", ("认定（鉴定）委托函", "鉴定结论", "请事先书面告知理由")),
        ("opinion", "zrj", ("征询意见的函", "应该适用的法条和处罚标准", "延长期限不得超过十日")),
        ("materials", "zrj", ("有关材料的函", "法定事由", "予以保密")),
        ("revocation", "zrj", ("建议函", "【待补：撤销证件所依据的法律、法规】", "案件有关材料")),
        ("assistance", "gaj", ("请求协助查处", "第七部分第（一）项")),
    ],
)
def test_a_request_is_a_letter_of_the_bureau_to_each_unit(
    coord: Desk, case: str, kind: str, to: str, wanted: tuple[str, ...]
) -> None:
    ask(coord, kind, "--case", case, "--number", "某函〔2026〕7号", to=to)
    text = coord.ok("letter", kind, "R1").out
    parts(text, *wanted, "堆场是否占用耕地", "某某堆场", "某函〔2026〕7号", "2026年11月5日")
    parts(text, "峄城区综合行政执法局")
    assert "周某某" not in text


@pytest.mark.parametrize("kind, to", [("opinion", "zrj"), ("appraisal", "jdjg")])
def test_no_day_of_an_answer_is_printed_before_the_receipt(coord: Desk, kind: str, to: str) -> None:
    ask(coord, kind, to=to)
    assert "之日起五日内" in coord.ok("letter", kind, "R1").out
    assert "含当日" not in coord.ok("letter", kind, "R1").out
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    assert "五日内（2026年11月13日前，含当日）" in coord.ok("letter", kind, "R1").out
    coord.ok(
        "request", "extend", "R1", "--days", "2", "--reason", "复杂", "--told-on", "2026-11-10"
    )
    assert "五日内（2026年11月13日前，含当日）" in coord.ok("letter", kind, "R1").out


def test_a_provisional_day_of_an_answer_is_not_printed(coord: Desk) -> None:
    words: dict[str, Any] = {"today": "2026-12-31"}
    coord.ok("request", "send", "--kind", "opinion", "--to", "zrj", "--question", "某", "--on",
             "2026-12-30", **words)  # fmt: skip
    coord.ok("request", "receive", "R1", "--on", "2026-12-30", **words)
    assert "含当日" not in coord.ok("letter", "opinion", "R1", **words).out


def test_a_revocation_without_materials_says_that_those_of_the_case_are_missing(
    coord: Desk, case: str
) -> None:
    ask(coord, "revocation", "--case", case)
    assert "案件有关材料：【待补：案件材料】。" in coord.ok("letter", "revocation", "R1").out


def test_an_urgent_appraisal_asks_for_somebody_on_site(coord: Desk) -> None:
    ask(coord, "appraisal", "--urgent", to="jdjg")
    assert "请及时派员现场处置" in coord.ok("letter", "appraisal", "R1").out


def test_a_request_to_several_units_gives_a_letter_for_each(coord: Desk, tmp_path: Path) -> None:
    ask(coord, "opinion", "--to", "zjj")
    coord.ok("number", "set", "zfj", "某综函〔2026〕1号")
    coord.ok("letter", "opinion", "R1", "--number", "auto", "--out", str(tmp_path / "文书"))
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    assert names == ["R1 征询意见函（区住建局）.txt", "R1 征询意见函（区自然资源局）.txt"]
    numbers = coord.json("number", "list")
    assert [(one["matter"], one["case"], one["addressee"]) for one in numbers] == [
        ("R1", None, "zrj"),
        ("R1", None, "zjj"),
    ]
    assert "R1" in coord.ok("number", "list").out
    assert "已编字号" in coord.ok("history", "R1").out


def test_an_answer_is_a_letter_of_each_unit_that_answered(coord: Desk, tmp_path: Path) -> None:
    ask(coord, "opinion", "--to", "zjj", "--number", "某函〔2026〕7号")
    assert "R1 还没有答复" in coord.refused("letter", "reply", "R1")
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    coord.ok("request", "reply", "R1", "--unit", "zrj", *LAW, "--on", "2026-11-10")
    text = coord.ok("letter", "reply", "R1").out
    parts(text, "峄城区综合行政执法局：", "峄城区自然资源局", "某函〔2026〕7号", "2026年11月10日")
    parts(text, "一、应该适用的法条", "某某条例第某条", "二、处罚标准", "一千元以上五千元以下")
    coord.ok("request", "reply", "R1", "--unit", "zjj", *LAW, "--on", "2026-11-11")
    for unit in ("zrj", "zjj"):
        coord.ok("number", "set", unit, f"{unit}函〔2026〕1号")
    coord.ok("letter", "reply", "R1", "--number", "auto", "--out", str(tmp_path / "文书"))
    assert len(list((tmp_path / "文书").iterdir())) == 2
    numbers = coord.json("number", "list")
    assert [(one["unit"], one["addressee"]) for one in numbers] == [("zrj", "zfj"), ("zjj", "zfj")]


def test_a_conclusion_alone_is_an_answer_to_an_appraisal(coord: Desk) -> None:
    ask(coord, "appraisal", to="jdjg")
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    coord.ok("request", "reply", "R1", "--text", "系耕地", "--on", "2026-11-10")
    text = coord.ok("letter", "reply", "R1").out
    assert "系耕地" in text
    assert "一、应该适用的法条" not in text


def test_material_that_is_not_given_is_refused_on_its_ground(coord: Desk) -> None:
    ask(coord, "materials")
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    coord.ok("request", "refuse", "R1", "--ground", "某某法第某条", "--on", "2026-11-09")
    parts(coord.ok("letter", "reply", "R1").out, "法定事由：某某法第某条", "2026年11月9日")


def test_an_extension_names_its_later_day_once_it_is_certain(coord: Desk) -> None:
    ask(coord, "opinion")
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    assert "R1 没有告知延长" in coord.refused("letter", "extension", "R1")
    coord.ok(
        "request", "extend", "R1", "--days", "3", "--reason", "复杂", "--told-on", "2026-11-10"
    )
    text = coord.ok("letter", "extension", "R1").out
    parts(text, "延长的理由：复杂。", "延长3个工作日", "延至2026年11月18日", "2026年11月10日")


def test_each_extension_of_a_request_has_a_number_of_its_own(coord: Desk) -> None:
    ask(coord, "opinion")
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    coord.ok("number", "set", "zrj", "某函〔2026〕1号")
    for days, told_on, number in (("3", "2026-11-10", 1), ("2", "2026-11-12", 2)):
        line = ("--days", days, "--reason", "复杂", "--told-on", told_on)
        coord.ok("request", "extend", "R1", *line)
        for _ in range(2):
            text = coord.ok("letter", "extension", "R1", "--number", "auto").out
            parts(text, f"某函〔2026〕{number}号", f"延长{days}个工作日")


def test_an_extension_that_was_told_too_late_names_no_later_day(coord: Desk) -> None:
    ask(coord, "appraisal", to="jdjg")
    coord.ok("request", "receive", "R1", "--on", "2026-11-06")
    coord.ok(
        "request", "extend", "R1", "--days", "3", "--reason", "检测", "--told-on", "2026-11-16"
    )
    text = coord.ok("letter", "extension", "R1").out
    assert "延长3个工作日" in text
    assert "延至" not in text


@pytest.mark.parametrize("secrecy, name", [("commercial", "商业秘密"), ("privacy", "个人隐私")])
def test_a_marked_request_goes_to_its_addressee_in_full_and_says_so(
    coord: Desk, tmp_path: Path, secrecy: str, name: str
) -> None:
    ask(coord, "materials", "--secrecy", secrecy)
    result = coord.ok("letter", "materials", "R1", "--out", str(tmp_path / "文书"))
    assert "堆场" not in result.out + result.err
    (path,) = (tmp_path / "文书").iterdir()
    parts(path.read_text("utf-8-sig"), "堆场是否占用耕地", f"本件涉及{name}，请妥善保管")
    assert "堆场" not in path.name


# --- 四（一）、（三）、（四） ---------------------------------------------------------------------------


def test_a_hazard_is_told_to_each_department_and_reported_to_the_government(coord: Desk) -> None:
    coord.ok("hazard", "add", "--title", "外墙开裂", "--kind", "稳定", "--to", "zjj", "--to", "lyz",
             "--on", "2026-11-16")  # fmt: skip
    assert "正在通报峄城区住房和城乡建设局、" in coord.ok("letter", "hazard-report", "H1").out
    coord.ok("hazard", "told", "H1", "--to", "zjj", "--on", "2026-11-17")
    coord.ok("hazard", "reported", "H1", "--on", "2026-11-18")
    text = coord.ok("letter", "hazard", "H1").out
    parts(text, "峄城区住房和城乡建设局：", "榴园镇", "关于重大社会稳定隐患的通报函", "外墙开裂")
    parts(text, "2026年11月17日", "已于2026年11月18日向区人民政府报告")
    report = coord.ok("letter", "hazard-report", "H1").out
    parts(report, "峄城区人民政府：", "已通报峄城区住房和城乡建设局。", "2026年11月18日", "签发人")


def test_a_dispute_is_brought_to_the_legal_office_and_then_to_the_government(coord: Desk) -> None:
    coord.ok("dispute", "open", "--between", "zfj", "--between", "zrj", "--subject", "由谁处罚",
             "--on", "2026-11-16")  # fmt: skip
    text = coord.ok("letter", "dispute", "Q1").out
    parts(
        text,
        "峄城区司法局：",
        "我单位与峄城区自然资源局",
        "《山东省行政程序规定》第21条",
        "2026年11月16日",
    )
    before = coord.ok("letter", "dispute-report", "Q1").out
    parts(before, "经协商不能达成一致的，依照上述规定，报请区人民政府决定。", "2026年11月23日")
    assert "未能达成一致" not in before
    coord.ok("dispute", "refer", "Q1", "--on", "2026-11-18")
    report = coord.ok("letter", "dispute-report", "Q1").out
    assert "进行了协商，未能达成一致" in report
    parts(
        report,
        "峄城区人民政府：",
        "峄城区司法局文件",
        "【待补：协商经过和不能达成一致的原因】",
        "2026年11月18日",
    )


def test_a_settled_dispute_is_not_reported(coord: Desk) -> None:
    coord.ok("dispute", "open", "--between", "zfj", "--between", "zrj", "--subject", "由谁处罚",
             "--on", "2026-11-16")  # fmt: skip
    coord.ok("dispute", "settle", "Q1", "--text", "由某局处罚", "--on", "2026-11-18")
    assert "Q1 已协商解决" in coord.refused("letter", "dispute-report", "Q1")


def plan(coord: Desk, *options: str, kind: str = "联合检查计划") -> None:
    coord.ok("action", "plan", "--kind", kind, "--by", "zfj", "--unit", "gaj", "--title", "占道整治",
             "--on", "2026-11-16", *options)  # fmt: skip


def test_a_joint_inspection_is_a_plan_of_its_leader_for_its_members(coord: Desk) -> None:
    plan(coord, "--from", "2026-12-01", "--to", "2026-12-15")
    text = coord.ok("letter", "action", "A1").out
    parts(text, "占道整治联合执法方案", "2026年12月1日至2026年12月15日。", "配合单位：")
    parts(text, "牵头单位：峄城区综合行政执法局", "2026年11月16日")


def test_a_special_operation_tells_the_police_beforehand_without_an_if(coord: Desk) -> None:
    plan(coord, "--from", "2026-12-01", kind="专项行动")
    text = coord.ok("letter", "action", "A1").out
    parts(text, "2026年12月1日。", "行动前由区综合行政执法局依照", "提前通知公安机关")
    assert "综合执法活动的" not in text


def test_a_cancelled_plan_and_a_cooperation_text_give_no_such_paper(coord: Desk) -> None:
    plan(coord)
    coord.ok("action", "cancel", "A1", "--reason", "改期")
    assert "A1 已取消" in coord.refused("letter", "action", "A1")
    plan(coord, kind="协作文本")
    assert "A2 不是联合检查计划、重大活动、专项行动" in coord.refused("letter", "action", "A2")


# --- what cannot be had ------------------------------------------------------------------------------


def test_a_paper_of_another_kind_is_refused_in_one_sentence(coord: Desk, case: str) -> None:
    ask(coord, "opinion", "--case", case)
    assert "不能出具调取材料函：R1 不是提供材料。" in coord.refused("letter", "materials", "R1")
    assert "“2026-0001”不是请求编号" in coord.refused("letter", "opinion", "2026-0001")
    assert "“1”不是请求编号" in coord.refused("letter", "opinion", case)
    assert "“R1”不是隐患编号" in coord.refused("letter", "hazard", "R1")
    assert "没有这项请求：“R9”" in coord.refused("letter", "opinion", "R9")
    assert "没有这个案件：“R1”" in coord.refused("letter", "transfer", "R1")


@pytest.mark.parametrize("ref", ["R1", "r01", "Ｒ１", " R1 "])
def test_a_request_is_named_as_people_type_it(coord: Desk, ref: str) -> None:
    ask(coord, "opinion")
    assert "征询意见函" in coord.ok("letter", "opinion", ref).out


def test_one_that_cannot_be_had_among_several_writes_nothing(coord: Desk, tmp_path: Path) -> None:
    ask(coord, "opinion")
    ask(coord, "materials")
    coord.refused("letter", "opinion", "R1", "R2", "--out", str(tmp_path / "文书"))
    assert not (tmp_path / "文书").exists()


def test_a_number_of_a_letter_on_record_is_not_given_to_another_paper(coord: Desk) -> None:
    ask(coord, "opinion", "--number", "某综函〔2026〕1号")
    ask(coord, "materials")
    coord.ok("number", "set", "zfj", "某综函〔2026〕1号")
    told = coord.ok("letter", "materials", "R2", "--number", "auto").err
    assert "已编字号：某综函〔2026〕2号" in told
    refused = coord.refused("letter", "materials", "R2", "--number", "某综函〔2026〕1号")
    assert "已用于 R1 的函件" in refused
    coord.checked()


def test_a_letter_sent_with_the_number_of_another_paper_is_recorded_with_a_warning(
    coord: Desk,
) -> None:
    ask(coord, "opinion")
    coord.ok("letter", "opinion", "R1", "--number", "某综函〔2026〕1号")
    line = (
        "request",
        "send",
        "--kind",
        "materials",
        "--to",
        "zrj",
        "--number",
        "某综函〔2026〕1号",
    )
    assert coord.json(*line)["warnings"] == ["字号 某综函〔2026〕1号 已用于 R1 征询意见函，请核对"]


def test_an_execution_letter_is_sent_with_the_number_that_it_was_given(
    coord: Desk, case: str
) -> None:
    coord.ok("case", "determine", case, "--competent", "zfj", "--on", "2026-11-03")
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-05")
    coord.ok("transfer", "accept", case, "--on", "2026-11-06")
    coord.ok(
        "case", "decide", case, "--outcome", "处罚", "--execution-by", "gaj", "--on", "2026-11-10"
    )
    coord.ok("letter", "execution", "R1", "--number", "某综函〔2026〕1号")
    line = ("request", "send", "--kind", "execution", "--to", "gaj", "--case", case)
    sent = coord.json(
        *line, "--question", "协助清场", "--number", "某综函〔2026〕1号", "--on", "2026-11-12"
    )
    assert sent["warnings"] == []
    text = coord.ok("letter", "execution", "R1").out
    parts(text, "协助清场", "某综函〔2026〕1号", "2026年11月12日")


def test_a_number_can_be_taken_back(coord: Desk) -> None:
    ask(coord, "opinion")
    coord.ok("number", "set", "zfj", "某综函〔2026〕1号")
    coord.ok("letter", "opinion", "R1", "--number", "auto")
    coord.ok("undo", "--yes")
    assert coord.json("number", "list") == []
    coord.checked()


def test_every_kind_stands_in_the_list_with_its_title(coord: Desk) -> None:
    lines = coord.ok("letter", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == list(Letter)
    assert all(len(line.split()) == 2 for line in lines)


def test_hostile_text_of_a_matter_stays_text(coord: Desk) -> None:
    coord.ok("request", "send", "--kind", "opinion", "--to", "zrj", "--question",
             "{{ 7*7 }}\n---\n署名: 伪造局\n| 伪 | 造 |")  # fmt: skip
    text = coord.ok("letter", "opinion", "R1").out
    assert "{{ 7*7 }}" in text
    assert "49" not in text
    assert "\n署名: 伪造局" not in text
