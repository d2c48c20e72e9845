"""The letters, as text, against golden files; COORD_UPDATE_GOLDEN=1 writes them anew."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from word_file import File

from yicheng_coord.papers.layout import as_text
from yicheng_coord.papers.paper import Block, Paper, Paragraph, texts
from yicheng_coord.papers.parser import parse
from yicheng_coord.papers.source import render
from yicheng_coord.papers.where import NoTemplateError, template_folders, template_for
from yicheng_coord.papers.word import docx_bytes
from yicheng_coord.paths import carried
from yicheng_coord.vocabulary import Letter

GOLDEN = Path(__file__).parent / "golden"
FACTS = json.loads((GOLDEN / "facts.json").read_text("utf-8"))
SHIPPED = (carried("templates"),)
DECLINED = FACTS | {"answer": "declined", "feedback_due": None, "referred_on": None}


def letter(kind: str, **changes: object) -> Paper:
    return render(kind, FACTS | changes, SHIPPED)


def check(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("COORD_UPDATE_GOLDEN"):
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("kind", list(Letter))
def test_a_letter_with_all_facts_reads_as_its_golden_text(kind: Letter) -> None:
    check(kind, as_text(letter(kind)))


@pytest.mark.parametrize("kind", list(Letter))
def test_a_letter_without_facts_shows_placeholders_and_no_blanks(kind: Letter) -> None:
    paper = render(kind, {}, SHIPPED)
    text = as_text(paper)
    check(f"{kind}-empty", text)
    assert paper.missing
    assert all(f"【待补：{name}】" in text for name in paper.missing)
    assert "None" not in text


HOSTILE = "一、伪造\n---\n署名: 伪造局\n| 伪 | 造 |\u202e{{ 7*7 }}【待补：假】\\"

SOURCES = sorted(path.stem for path in (GOLDEN.parent / "sources").glob("*.txt"))


@pytest.mark.parametrize("name", SOURCES)
def test_a_paper_of_each_format_reads_as_its_golden_text(name: str) -> None:
    source = (GOLDEN.parent / "sources" / f"{name}.txt").read_text("utf-8")
    check(f"format-{name}", as_text(parse(name, source)))


CHOSEN = {"kind", "source", "answer", "outcome", "ordinal"}  # words of the program, not of people


def hostile(value: object) -> object:
    """The same facts, every text of which tries to be more than text."""
    if isinstance(value, str):
        return f"{HOSTILE}{value}"
    if isinstance(value, dict):
        return {name: one if name in CHOSEN else hostile(one) for name, one in value.items()}
    return [hostile(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", list(Letter))
def test_a_letter_of_hostile_facts_has_the_roles_of_a_harmless_one(kind: Letter) -> None:
    paper, plain = render(kind, hostile(FACTS), SHIPPED), letter(kind)
    check(f"{kind}-hostile", as_text(paper))
    assert paper.format == plain.format
    assert len(paper.attachments) == len(plain.attachments)
    assert "49" not in as_text(paper)
    assert _structure(paper) == _structure(plain)
    assert File(docx_bytes(paper)).all_texts() == list(texts(paper))


def _structure(paper: Paper) -> list[object]:
    """Headings, tables and annexes: what data must not add to, or take from."""
    bodies = [paper.body, *(annex.body for annex in paper.annexes)]
    return [
        [annex.label for annex in paper.annexes],
        [label for label, _ in paper.attendance],
        [[_shape(block) for block in body if _shape(block) != "text"] for body in bodies],
    ]


def _shape(block: Block) -> object:
    return block.role if isinstance(block, Paragraph) else [len(row) for row in block.rows]


@pytest.mark.parametrize("kind", list(Letter))
def test_the_source_of_a_letter_reads_as_its_golden_text(kind: Letter) -> None:
    check(f"{kind}-source", letter(kind).source)


def test_a_declining_feedback_reads_as_its_golden_text() -> None:
    check("feedback-declined", as_text(render("feedback", DECLINED, SHIPPED)))


UNANSWERED = {"approved_at": None, "approved_on": None, "decided_by": None}
REJECTED = UNANSWERED | {"rejected_on": "2026年11月25日", "reject_reason": "情节轻微",
                         "decided_by": "孙某"}  # fmt: skip
SUPERVISED = {"to_procuratorate": True, "upheld_on": "2026年12月2日", "upheld_number": "某号"}
LACKING = [
    {"name": "移送书", "title": "本件", "is_bare": True},
    {"name": "调查报告", "is_missing": True},
]
APPROVAL = FACTS["info"] | {"kind": "approval", "secrecy": None, "told_on": None}
CHASED = FACTS["chase"]
CONCLUDED = FACTS["request"] | {"kind": "appraisal", "articles": None, "standard": None}


@pytest.mark.parametrize(
    ("name", "kind", "changes"),
    [
        ("copy-approval", "copy", {"info": APPROVAL}),
        ("copy-caseless", "copy", {"info": APPROVAL | {"kind": "penalty"}, "number": None}),
        ("superior-written", "superior", {"info": FACTS["info"] | {"told_on": None}}),
        ("reply-concluded", "reply", {"request": CONCLUDED}),
        ("reply-refused", "reply", {"request": FACTS["request"] | {"ground": "某某法第某条"}}),
        ("opinion-caseless", "opinion", {"number": None}),
        ("extension-appraisal", "extension", {"request": CONCLUDED | {"due_later": None}}),
        ("action-special", "action", {"action": FACTS["action"] | {"kind": "专项行动"}}),
        ("crime-lacking", "crime", {"crime": FACTS["crime"] | {"materials": LACKING}}),
        ("crime-approval-blank", "crime-approval", {"crime": FACTS["crime"] | UNANSWERED}),
        ("crime-approval-rejected", "crime-approval", {"crime": FACTS["crime"] | REJECTED}),
        ("crime-review-supervised", "crime-review", {"crime": FACTS["crime"] | SUPERVISED}),
        (
            "crime-goods-none",
            "crime-goods",
            {"crime": FACTS["crime"] | {"goods": [], "has_no_goods": True, "others": []}},
        ),
        (
            "urge-without-rule",
            "urge",
            {"enforcement": FACTS["enforcement"] | {"urge_law": None, "days": None}},
        ),
        (
            "dispute-report-before",
            "dispute-report",
            {"dispute": FACTS["dispute"] | {"referred_on": None}},
        ),
        ("revocation-bare", "revocation", {"materials": []}),
        ("result-police", "result", {"decision": {"outcome": "移送公安", "on": "2026年11月30日"}}),
        ("chase-second", "chase", {"chase": CHASED | {"level": 2}}),
        ("chase-late", "chase", {"chase": CHASED | {"asked": []}}),
        ("chase-asked", "chase", {"chase": CHASED | {"late": [], "ledgers": []}}),
        ("chase-uncertain", "chase", {"chase": CHASED | {"granted_until": None}}),
        ("hazard-report-untold", "hazard-report", {"hazard": FACTS["hazard"] | {"told": []}}),
    ],
)
def test_what_a_letter_says_otherwise_reads_as_its_golden_text(
    name: str, kind: str, changes: dict[str, object]
) -> None:
    check(name, as_text(letter(kind, **changes)))


def test_a_declining_feedback_says_that_the_government_was_asked() -> None:
    text = as_text(letter("feedback", answer="declined"))
    assert "我单位已于2026年11月27日报请区人民政府决定，不再另行移送。" in text


@pytest.mark.parametrize("outcome", ["处罚", "不予处罚", "撤案", "其他", None])
def test_a_result_names_the_outcome(outcome: str | None) -> None:
    decision = FACTS["decision"] | {"outcome": outcome, "number": None}
    paper = letter("result", decision=decision)
    words = {"撤案": "撤销案件的决定", "其他": "处理决定", None: "【待补：处理决定】"}
    assert (
        f"作出{words.get(outcome, f'{outcome[:-2]}行政处罚决定' if outcome else '')}"
        in paper.source
    )
    assert ("决定书文号" in paper.missing) == (outcome in {"处罚", "不予处罚"})


def test_a_date_for_the_feedback_is_printed_only_when_it_is_known() -> None:
    with_date, without = letter("transfer"), letter("transfer", feedback_due=None)
    assert "自收到之日起三日内（2026年11月27日前，含当日）书面反馈" in with_date.source
    assert "自收到之日起三日内书面反馈" in without.source
    assert without.missing == ()


def test_a_transfer_asks_for_what_the_opinion_says() -> None:
    text = letter("transfer").source
    assert "作出处理决定后三日内将处理结果书面通报我单位" in text
    assert "报请区人民政府决定，不再另行移送" in text
    assert "抄送: 区综合行政执法联席会议办公室" in text


def test_a_transfer_of_an_assigned_case_names_the_first_sender() -> None:
    other = {"name": "区住建局", "full_name": "峄城区住房和城乡建设局"}
    assert (
        "书面通报原移送单位峄城区住房和城乡建设局" in letter("transfer", first_sender=other).source
    )


@pytest.mark.parametrize("kind", ["transfer", "feedback", "refer"])
def test_a_law_is_cited_only_where_the_basis_is_known(kind: str) -> None:
    facts = DECLINED | {"basis": None}
    assert "《" not in render(kind, facts, SHIPPED).source.replace("《涉嫌违法案件移交函》", "")
    assert "峄政办发〔2022〕1号第二部分第（二）项" in render(kind, facts, SHIPPED).source


@pytest.mark.parametrize("source", ["检查", "举报", "交办", "移送", "其他", None])
def test_a_transfer_says_how_the_act_was_found_but_never_who_told(source: str | None) -> None:
    paper = letter("transfer", source=source, informant="赵某某")
    assert "发现，枣庄市峄城区甲建材有限公司" in paper.source
    assert "赵某某" not in paper.source


def test_gaps_in_the_materials_show_as_placeholders_in_the_transfer() -> None:
    paper = letter("transfer", material_gaps=["初步证据材料"])
    assert paper.missing == ("初步证据材料",)


def test_gaps_in_the_materials_are_asked_for_in_the_receipt() -> None:
    assert "尚缺案源、证据，请予补充。" in letter("receipt", material_gaps=["案源", "证据"]).source


def test_an_unknown_number_of_pages_is_not_counted_as_none() -> None:
    materials = [{"kind": "案源", "title": "现场检查记录", "copies": 1, "pages": None}]
    paper = letter("receipt", materials=materials)
    assert "所附材料共1份【待补：页数】页" in paper.source
    assert paper.missing == ("页数",)


def test_a_copy_names_the_decision_and_its_text() -> None:
    text = letter("copy").source
    assert "依照峄政办发〔2022〕1号第三部分第（四）项的规定" in text
    assert "| 决定书文号 | 峄综执罚决〔2026〕12号 |" in text
    assert "主送: 峄城区自然资源局" in text


def test_what_a_unit_is_asked_to_execute_is_never_invented() -> None:
    paper = letter("execution", request=None)
    assert "请求配合执行的事项" in paper.missing
    assert "第四部分第（三）项" in paper.source
    assert "附件: [行政处罚决定书]" in paper.source


def without_each(value: object) -> Iterator[object]:
    """The same facts, each time without another one."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield {key: kept for key, kept in value.items() if key != name}
            yield from (value | {name: less} for less in without_each(one))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from ([*value[:place], less, *value[place + 1 :]] for less in without_each(one))


@pytest.mark.parametrize("kind", list(Letter))
def test_every_fact_that_is_missing_has_a_chinese_name(kind: Letter) -> None:
    template = (SHIPPED[0] / f"{kind}.j2").read_text("utf-8")
    for name in (name for name in FACTS if name in template):
        for less in without_each(FACTS[name]):
            missing = render(kind, FACTS | {name: less}, SHIPPED).missing
            assert [one for one in missing if one.isascii()] == []


def test_nothing_that_the_program_adds_lies_outside_gbk() -> None:
    for kind in Letter:
        as_text(letter(kind)).encode("gbk")
        as_text(render(kind, {}, SHIPPED)).encode("gbk")


def test_an_office_overrides_a_template_by_a_file_of_the_same_name(tmp_path: Path) -> None:
    own, shipped = template_folders(tmp_path / "coord.db")
    own.mkdir()
    assert template_for("transfer", (own, shipped)) == shipped / "transfer.j2"
    (own / "transfer.j2").write_text((shipped / "receipt.j2").read_text("utf-8"), "utf-8")
    assert template_for("transfer", (own, shipped)) == own / "transfer.j2"
    assert render("transfer", FACTS, (own, shipped)).title == "收件回执"


@pytest.mark.parametrize("kind", ["nonsense", "../transfer", "", "transfer.j2", "/etc/passwd"])
def test_a_kind_without_a_template_is_refused(kind: str) -> None:
    with pytest.raises(NoTemplateError, match="没有文种"):
        template_for(kind, SHIPPED)
