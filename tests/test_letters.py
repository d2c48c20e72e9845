"""`coord letter`: papers from what is on record; what is not is never blank, and never guessed."""

import zipfile

import pytest

HOSTILE = "占地[red]案{{ 7*7 }}\n---\n一、伪造"


@pytest.fixture
def sent(coord, add_case):
    """A case on its way to 执法局, with facts and papers."""
    case = add_case(
        "--competent", "zfj", "--determined-on", "2026-11-03", "--party", "某某物流有限公司",
        "--party-id", "11010519491231002X", "--phone", "13812345678", "--informant", "周某某",
        "--place", "某某村南", "--cause", "非法占用耕地", "--source", "举报",
    )  # fmt: skip
    coord.ok("case", "inquiry", case, "--not-ongoing", "--text", "已停工", "--on", "2026-11-03")
    coord.ok("case", "material", case, "--kind", "案源", "--title", "现场检查记录", "--pages", "3")
    coord.ok(
        "transfer",
        "send",
        case,
        "--to",
        "zfj",
        "--on",
        "2026-11-05",
        "--number",
        "峄自移〔2026〕3号",
    )
    return case


def test_a_transfer_letter_names_both_units_in_full_and_the_law(coord, sent):
    text = coord.ok("letter", "transfer", sent).out
    for part in (
        "峄自移〔2026〕3号",
        "涉嫌违法案件移交函",
        "峄城区综合行政执法局：",
        "峄城区自然资源局",
        "2026年11月5日",
        "峄政办发〔2022〕1号",
        "11010519491231002X",
        "13812345678",
        "现场检查记录",
        "不再另行移送",
    ):
        assert part in text


def test_no_letter_names_the_informant(coord, sent):
    coord.ok("transfer", "receive", sent, "--on", "2026-11-06")
    coord.ok("transfer", "decline", sent, "--reason", "不属于城市管理", "--on", "2026-11-06")
    for kind in ("transfer", "receipt", "feedback", "refer"):
        for medium in ("txt", "source"):
            assert "周某某" not in coord.ok("letter", kind, sent, "--as", medium).out


def test_a_date_is_printed_only_once_the_receipt_is_recorded(coord, sent):
    assert "自收到之日起三日内书面反馈" in coord.ok("letter", "transfer", sent).out
    coord.ok("transfer", "receive", sent, "--on", "2026-11-06")
    assert "自收到之日起三日内（2026年11月11日前" in coord.ok("letter", "transfer", sent).out


def test_a_provisional_date_is_not_printed(coord, add_case):
    case = add_case(found_on="2026-11-02")
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-12-28", today="2026-12-30")
    coord.ok("transfer", "receive", case, "--on", "2026-12-29", today="2026-12-30")
    text = coord.ok("letter", "transfer", case, today="2026-12-30").out
    assert "自收到之日起三日内书面反馈" in text


def test_what_is_missing_shows_in_the_letter_and_on_stderr(coord, add_case):
    result = coord.ok("letter", "transfer", add_case())
    assert "【待补：地点】" in result.out
    assert "【待补：接收单位】" in result.out
    assert result.err.startswith("待补：2026-0001 涉嫌违法案件移交函：")
    assert "地点" in result.err


def test_each_paper_waits_until_what_it_says_has_happened(coord, add_case):
    case = add_case()
    for kind in ("receipt", "feedback", "refer", "result"):
        assert "没有移送" in coord.refused("letter", kind, case)
    coord.ok("transfer", "send", case, "--to", "zfj", "--on", "2026-11-05")
    assert "没有表示不属于" in coord.refused("letter", "refer", case)
    assert "没有须通报" in coord.refused("letter", "result", case)


def test_the_papers_of_a_declined_transfer(coord, sent):
    coord.ok("transfer", "receive", sent, "--by", "张某", "--on", "2026-11-06")
    coord.ok("transfer", "decline", sent, "--reason", "属于自然资源部门管辖", "--on", "2026-11-09")
    assert "张某" in coord.ok("letter", "receipt", sent).out
    feedback = coord.ok("letter", "feedback", sent).out
    assert "属于自然资源部门管辖" in feedback
    assert "2026年11月9日" in feedback
    refer = coord.ok("letter", "refer", sent).out
    assert "管辖的请示" in refer
    assert "峄城区人民政府" in refer


def test_the_result_is_told_to_the_first_sender(coord, sent):
    coord.ok("transfer", "accept", sent, "--on", "2026-11-06")
    coord.ok(
        "case", "decide", sent, "--outcome", "处罚", "--text", "责令退还土地，罚款五千元",
        "--number", "峄综执罚〔2026〕8号", "--on", "2026-11-10",
    )  # fmt: skip
    text = coord.ok("letter", "result", sent).out
    for part in ("处理结果通报函", "峄城区自然资源局：", "峄综执罚〔2026〕8号", "罚款五千元"):
        assert part in text


@pytest.fixture
def decided(coord, sent):
    """A case that was punished, with units to be told and asked."""
    coord.ok("transfer", "accept", sent, "--on", "2026-11-06")
    coord.ok(
        "case", "decide", sent, "--outcome", "处罚", "--text", "责令退还土地，罚款五千元",
        "--number", "峄综执罚〔2026〕8号", "--on", "2026-11-10",
        "--copy-to", "zrj", "--copy-to", "zjj", "--execution-by", "gaj",
    )  # fmt: skip
    return sent


def test_a_copy_goes_to_each_unit_that_the_decision_names(coord, decided, tmp_path):
    out = tmp_path / "文书"
    coord.ok("letter", "copy", decided, "--out", str(out), "--as", "both")
    assert sorted(path.name for path in out.iterdir()) == [
        "2026-0001 行政处罚决定抄送单（区住建局）.docx",
        "2026-0001 行政处罚决定抄送单（区住建局）.txt",
        "2026-0001 行政处罚决定抄送单（区自然资源局）.docx",
        "2026-0001 行政处罚决定抄送单（区自然资源局）.txt",
    ]
    text = (out / "2026-0001 行政处罚决定抄送单（区住建局）.txt").read_text("utf-8-sig")
    for part in ("峄城区住房和城乡建设局：", "峄综执罚〔2026〕8号", "罚款五千元", "2026年11月23日"):
        assert part in text
    assert "峄城区综合行政执法局" in text


def test_each_copy_has_a_number_of_its_own(coord, decided):
    coord.ok("number", "set", "zfj", "峄综执函〔2026〕1号")
    told = coord.ok("letter", "copy", decided, "--number", "auto")
    assert "已编字号：峄综执函〔2026〕1号、峄综执函〔2026〕2号" in told.err
    again = coord.ok("letter", "copy", decided)
    assert "峄综执函〔2026〕1号" in again.out
    assert "峄综执函〔2026〕2号" in again.out
    assert "这里有 2 份" in coord.refused("letter", "copy", decided, "--number", "某1", code=2)
    addressees = [one["addressee"] for one in coord.json("number", "list")]
    assert addressees == ["zrj", "zjj"]


def test_a_unit_is_asked_to_help_with_the_execution(coord, decided):
    result = coord.ok("letter", "execution", decided)
    assert "关于配合执行行政处罚决定的函" in result.out
    assert "峄城区公安分局" in result.out or "公安" in result.out
    assert "【待补：请求配合执行的事项】" in result.out
    assert "请求配合执行的事项" in result.err


@pytest.mark.parametrize(
    "kind, why", [("copy", "没有须抄送的行政处罚决定"), ("execution", "没有须有关单位配合执行的")]
)
def test_no_copy_and_no_request_without_such_a_decision(coord, sent, kind, why):
    assert why in coord.refused("letter", kind, sent)
    coord.ok("transfer", "accept", sent, "--on", "2026-11-06")
    coord.ok("case", "decide", sent, "--outcome", "撤案", "--on", "2026-11-10")
    assert why in coord.refused("letter", kind, sent)


def test_a_copy_bears_the_day_on_which_it_went_out(coord, decided):
    assert "2026年11月20日" in coord.ok("letter", "copy", decided, "--date", "2026-11-20").out


def test_several_cases_in_one_call_give_one_file_each(coord, sent, add_case, tmp_path):
    other = add_case(title="另一件")
    result = coord.ok(
        "letter", "transfer", sent, other, "--out", str(tmp_path / "文书"), "--as", "both"
    )
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    assert names == [
        "2026-0001 涉嫌违法案件移交函.docx",
        "2026-0001 涉嫌违法案件移交函.txt",
        "2026-0002 涉嫌违法案件移交函.docx",
        "2026-0002 涉嫌违法案件移交函.txt",
    ]
    assert result.out.count("已写入：") == 4


def test_one_unknown_case_among_several_writes_nothing(coord, sent, tmp_path):
    coord.refused("letter", "transfer", sent, "99", "--out", str(tmp_path / "文书"))
    assert not (tmp_path / "文书").exists()


def test_a_letter_that_was_worked_on_is_never_overwritten(coord, sent, tmp_path):
    out = str(tmp_path / "文书")
    coord.ok("letter", "transfer", sent, "--out", out)
    file = tmp_path / "文书" / "2026-0001 涉嫌违法案件移交函.txt"
    file.write_text("改过的", "utf-8")
    coord.ok("letter", "transfer", sent, "--out", out)
    assert file.read_text("utf-8") == "改过的"
    assert len(list((tmp_path / "文书").iterdir())) == 2


def test_number_and_date_can_be_given(coord, sent):
    text = coord.ok(
        "letter", "transfer", sent, "--number", "峄自移〔2026〕9号", "--date", "2026-11-20"
    ).out
    assert "峄自移〔2026〕9号" in text
    assert "2026年11月20日" in text
    assert "只能用于一份" in coord.refused("letter", "transfer", sent, "1", "--number", "x", code=2)


def test_a_word_file_needs_a_folder(coord, sent):
    assert "--out" in coord.refused("letter", "transfer", sent, "--as", "docx", code=2)


def test_a_kind_and_a_case_are_needed(coord):
    assert "coord letter --list" in coord.refused("letter", code=2)
    assert "KIND" in coord.refused("letter", "love", "1", code=2)


def test_the_kinds_are_listed_and_their_templates_found(coord):
    assert "涉嫌违法案件移交函" in coord.ok("letter", "--list").out
    assert coord.ok("letter", "--where", "transfer").out.endswith("transfer.j2\n")


def test_the_office_overrides_a_template_beside_its_database(coord, sent, tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "transfer.j2").write_text(
        "---\n格式: 信函\n发文机关: {{ sender.full_name }}\n发文字号: {{ letter_number }}\n"
        "标题: 本局自己的移交函\n主送: {{ receiver.full_name }}\n署名: {{ sender.full_name }}\n"
        "日期: {{ date }}\n---\n案件：{{ title }}\n",
        "utf-8",
    )
    assert "本局自己的移交函" in coord.ok("letter", "transfer", sent).out
    assert str(folder) in coord.ok("letter", "--where", "transfer").out


def test_a_broken_template_is_refused_by_name_and_line(coord, sent, tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "transfer.j2").write_text("---\n标题: {{ title\n---\n", "utf-8")
    assert "transfer.j2" in coord.refused("letter", "transfer", sent)


@pytest.mark.parametrize("medium", ["txt", "source"])
def test_hostile_text_stays_text(coord, add_case, medium):
    case = add_case("--place", "{{ title }}", title=HOSTILE)
    text = coord.ok("letter", "transfer", case, "--as", medium).out
    assert "{{ 7*7 }}" in text
    assert "49" not in text
    assert "在{{ title }}涉嫌" in text
    assert "\n一、伪造" not in text


def test_a_word_file_holds_the_text_and_nothing_of_the_machine(coord, sent, tmp_path):
    coord.ok("letter", "transfer", sent, "--out", str(tmp_path), "--as", "docx")
    with zipfile.ZipFile(tmp_path / "2026-0001 涉嫌违法案件移交函.docx") as archive:
        document = archive.read("word/document.xml").decode()
        core = archive.read("docProps/core.xml").decode()
    assert "某某物流有限公司" in document
    assert "python-docx" not in core


def test_no_feedback_letter_before_the_feedback(coord, sent):
    coord.ok("transfer", "receive", sent, "--on", "2026-11-06")
    assert "还没有反馈意见" in coord.refused("letter", "feedback", sent)


def test_after_the_assignment_the_letter_names_the_decision_and_the_request_can_be_printed_again(
    coord, sent
):
    coord.ok("transfer", "decline", sent, "--reason", "不属于城市管理", "--on", "2026-11-06")
    coord.ok("transfer", "refer", sent, "--on", "2026-11-06")
    coord.ok("transfer", "assign", sent, "--to", "zjj", "--document", "×号", "--on", "2026-11-09")
    text = coord.ok("letter", "transfer", sent).out
    assert "区人民政府已于2026年11月9日决定由你单位管辖（×号）" in text
    assert "峄城区住房和城乡建设局：" in text
    assert "不属于你单位管辖" not in text
    assert "不属于城市管理" in coord.ok("letter", "refer", sent).out
