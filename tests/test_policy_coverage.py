"""`coord rules check`: the shipped pack is whole, and each way to break one is found."""

import shutil
from pathlib import Path

import pytest

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.coverage import Finding, check_pack, read_claims, sentences
from yicheng_coord.policy.pack import PolicyPackError, load

OPINION, COVERAGE, UNITS = "opinion.toml", "coverage.toml", "units.toml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for name in (OPINION, "opinion.txt", UNITS, "statutory.toml", COVERAGE):
        shutil.copyfile(policy_folder() / name, tmp_path / name)
    return tmp_path


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, "the test must break one thing"
    file.write_text(text.replace(old, new), "utf-8")


def _findings(pack: Path) -> list[Finding]:
    return check_pack(load(pack))


def _said(pack: Path) -> str:
    return "\n".join(f"{one.where} {one.what}" for one in _findings(pack))


def test_the_shipped_pack_has_no_findings() -> None:
    assert check_pack(load(policy_folder())) == []


def test_what_is_not_for_this_program_says_why() -> None:
    out = [claim for claim in read_claims(load(policy_folder())) if claim.by == "out"]
    assert len(out) == 9
    assert all(claim.reason for claim in out)


def test_a_text_is_split_at_full_stops_semicolons_and_line_ends() -> None:
    text = "一、制度\n（一）甲应当，乙也应当。丙可以；丁不得\n1、戊；\n\n附件 \n"
    found = sentences(text)
    assert [one.text for one in found] == [
        "制度",
        "甲应当，乙也应当。",
        "丙可以；",
        "丁不得",
        "戊；",
        "附件",
    ]
    assert [one.line for one in found] == [1, 2, 2, 2, 3, 5]
    assert [one.is_heading for one in found] == [True] + [False] * 5


def test_a_numbered_line_that_ends_as_a_sentence_is_no_heading() -> None:
    (only,) = sentences("（五）区综合行政执法局和相关单位应指定专人负责对接联络工作。")
    assert only.text == "区综合行政执法局和相关单位应指定专人负责对接联络工作。"


def test_sentences_lie_where_they_say() -> None:
    text = load(policy_folder()).text
    assert all(text[one.start : one.end].strip() == one.text for one in sentences(text))


def test_the_split_loses_nothing_but_headings() -> None:
    text = load(policy_folder()).text
    headings = [text.split("\n")[one.line - 1] for one in sentences(text) if one.is_heading]
    assert len(headings) == 7 + 4 + 3
    assert headings[0] == "一、建立综合行政执法相对集中行政处罚联席会议制度"


def test_a_changed_quote_is_found(pack: Path) -> None:
    _replace(pack / OPINION, "接受移送的单位要在三日内反馈意见", "接受移送的单位应在三日内反馈意见")
    said = _said(pack)
    assert "transfer.feedback 原文里没有这句话：“接受移送的单位应在三日内反馈意见”" in said
    assert "第 37 行 没有认领：“接受移送的单位要在三日内反馈意见”" in said
    assert "“三日”没有规则按它计" in said


def test_an_empty_quote_is_found(pack: Path) -> None:
    _replace(pack / OPINION, 'quote = "不得以罚代刑"', 'quote = ""')
    assert "opinion.toml：crime.penalty 原文里没有这句话" in _said(pack)


def test_a_removed_claim_leaves_its_sentence_unclaimed(pack: Path) -> None:
    _replace(
        pack / COVERAGE,
        '[[claim]]\ntext = "区综合行政执法局要加大处罚力度；"\nby = "out"\n'
        'reason = "对执法力度的总体要求，没有可登记的事实和时限。"\n',
        "",
    )
    (only,) = _findings(pack)
    assert only.where == "opinion.txt 第 58 行"
    assert only.what == "没有认领：“区综合行政执法局要加大处罚力度”"
    assert "coverage.toml" in only.hint


def test_half_a_sentence_is_not_claimed_by_its_other_half(pack: Path) -> None:
    _replace(pack / COVERAGE, "公安机关要落实人员予以保障，及时处置", "及时处置")
    assert _said(pack) == "opinion.txt 第 72 行 没有认领：“公安机关要落实人员予以保障”"


def test_a_sentence_added_to_the_text_is_unclaimed(pack: Path) -> None:
    _replace(
        pack / "opinion.txt",
        "书面函告，相关单位应当依法处理。",
        "书面函告，相关单位应当依法处理。逾期的，应当在七日内说明。",
    )
    assert "没有认领：“逾期的应当在七日内说明”" in _said(pack)
    assert "“七日”没有规则按它计：没有规则引它" in _said(pack)


def test_a_claim_that_does_not_stand_in_the_text_is_found(pack: Path) -> None:
    _replace(pack / COVERAGE, "负责联席会议交办的其他事项。", "负责联席会议交办的各种事项。")
    assert "coverage.toml：rule:research 原文里没有这句话" in _said(pack)


def test_a_claim_that_could_mean_two_places_is_found(pack: Path) -> None:
    _replace(pack / COVERAGE, '"违法行为不属于本单位管辖的"', '"不属于本单位管辖的"')
    assert "coverage.toml：rule:transfer.send 原文里有 2 处：“不属于本单位管辖的”" in _said(pack)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('by = "rule:operations"', 'by = "rule:operation"', "没有这条规则：operation"),
        ('by = "rule:operations"', 'by = "somebody"', "认领者写法不对：somebody"),
        ('by = "rule:operations"', 'by = "out"', "不办而没有写理由"),
    ],
)
def test_a_claim_names_who_answers_for_it(pack: Path, old: str, new: str, finding: str) -> None:
    _replace(pack / COVERAGE, old, new)
    (only,) = _findings(pack)
    assert only.what == finding
    assert only.where == "coverage.toml：“强化各成员单位之间的配合，增强综合行政执”"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('starts = "resolution.set"', 'starts = "resolution.due"', "没有这个事件：resolution.due"),
        ('met_by = ["meeting.called"]', 'met_by = ["called"]', "没有这个事件：called"),
        ('"transfer.assigned", ', '"transfer.ordered", ', "没有这个事件：transfer.ordered"),
        ('"transfer.replaced"', '"transfer.redone"', "没有这个事件：transfer.redone"),
        ('who = "owner"', 'who = "somebody"', "没有这个角色：somebody"),
        ('to = "court"', 'to = "judge"', "没有这个角色：judge"),
        ('kind = "quarter"', 'kind = "quarter"\ndays = 3', "quarter 不计日数，却写了 days"),
        ('kind = "hours"\ndays = 24', 'kind = "hours"', "hours 要有日数"),
        ("days = 24", "days = 0", "hours 要有日数"),
        ('starts = "resolution.set"\n', "", "有时限而没有起算的事件"),
    ],
)
def test_a_rule_that_cannot_count_is_found(pack: Path, old: str, new: str, finding: str) -> None:
    _replace(pack / OPINION, old, new)
    (only,) = _findings(pack)
    assert only.what == finding
    assert only.where.startswith("opinion.toml：")
    assert only.hint


@pytest.mark.parametrize("days", ['"24"', "true", "-3", "2.5"])
def test_days_that_are_no_number_are_refused_when_the_pack_is_read(pack: Path, days: str) -> None:
    _replace(pack / OPINION, "days = 24", f"days = {days}")
    with pytest.raises(PolicyPackError, match="不是天数"):
        load(pack)


def test_a_rule_that_counts_otherwise_than_its_quote_is_found(pack: Path) -> None:
    _replace(
        pack / OPINION, 'kind = "calendar_back"\ndays = 10', 'kind = "calendar_back"\ndays = 7'
    )
    (only,) = _findings(pack)
    assert only.what == "“十日”没有规则按它计：meeting.solicit"
    assert only.where == "opinion.txt 第 28 行"


def test_an_extension_longer_than_the_text_allows_is_found(pack: Path) -> None:
    _replace(pack / OPINION, "max_days = 10", "max_days = 15")
    assert "“十日”没有规则按它计：request.opinion" in _said(pack)


@pytest.mark.parametrize(
    ("numeral", "days"), [("十五", 15), ("二十", 20), ("三十一", 31), ("九", 9), ("12", 12)]
)
def test_a_number_of_days_is_read_in_words_and_figures(pack: Path, numeral: str, days: int) -> None:
    _replace(pack / "opinion.txt", "会前十日", f"会前{numeral}日")
    _replace(pack / OPINION, "会前十日向", f"会前{numeral}日向")
    _replace(
        pack / OPINION,
        'kind = "calendar_back"\ndays = 10',
        f'kind = "calendar_back"\ndays = {days}',
    )
    assert _findings(pack) == []


def test_a_date_in_the_text_is_no_number_of_days(pack: Path) -> None:
    _replace(pack / "opinion.txt", "工作协调配合机制的意见", "工作协调配合机制的意见2022年1月15日")
    _replace(pack / COVERAGE, "工作协调配合机制的意见", "工作协调配合机制的意见2022年1月15日")
    assert _findings(pack) == []


def test_the_same_edition_twice_is_found(pack: Path) -> None:
    rules = (pack / OPINION).read_text("utf-8")
    row = rules[rules.index('[[rule]]\nid = "support"') :]
    (pack / OPINION).write_text(rules + "\n" + row, "utf-8")
    assert _said(pack) == "opinion.toml：support 同一版写了两次：2022-1"


def test_an_older_edition_may_quote_a_text_that_is_gone(pack: Path) -> None:
    with (pack / OPINION).open("a", encoding="utf-8") as file:
        file.write(
            '\n[[rule]]\nid = "support"\nlabel = "旧"\nclause = "七"\nquote = "旧文件的话"\n'
            'kind = "prompt"\nsince = 2017-01-01\nversion = "2017-1"\n'
        )
    assert _findings(pack) == []


def test_a_unit_code_used_twice_is_found(pack: Path) -> None:
    _replace(pack / UNITS, 'code = "lyz"', 'code = "czj"')
    assert "units.toml 单位代码写了两次：czj" in _said(pack)


def test_a_spelling_of_two_units_is_found_however_it_is_typed(pack: Path) -> None:
    _replace(pack / UNITS, '"峄城区政府"', '"住建 局"')
    (only,) = _findings(pack)
    assert only.what == "一个叫法指了两个单位：住建局"
    assert only.where == "units.toml：zjj、qzf"


@pytest.mark.parametrize("name", ["opinion.txt", COVERAGE, "statutory.toml"])
def test_a_missing_file_is_named(pack: Path, name: str) -> None:
    (pack / name).unlink()
    with pytest.raises(PolicyPackError, match=name):
        _findings(pack)


@pytest.mark.parametrize("name", ["opinion.txt", COVERAGE, "statutory.toml"])
def test_a_file_that_cannot_be_read_is_named(pack: Path, name: str) -> None:
    (pack / name).write_bytes(b"\xff[[")
    with pytest.raises(PolicyPackError, match=name):
        _findings(pack)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (COVERAGE, "[[claim]]\nwords = 'x'\n"),
        (COVERAGE, ""),
        (COVERAGE, "claim = [1]\n"),
        (COVERAGE, "[[claim]]\ntext = 1\nby = 'out'\n"),
        ("statutory.toml", "[[day]]\ndate = 2027-01-01\n"),
        ("statutory.toml", "day = 3\n"),
    ],
)
def test_a_file_of_another_shape_is_named(pack: Path, name: str, content: str) -> None:
    (pack / name).write_text(content, "utf-8")
    with pytest.raises(PolicyPackError, match=name):
        _findings(pack)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (OPINION, 'quote = "不得以罚代刑"', "quote = 3"),
        (OPINION, 'who = "owner"', 'who = ["owner"]'),
        (UNITS, 'name = "区财政局"', "name = 7"),
    ],
)
def test_a_number_or_a_list_where_words_belong_is_named(
    pack: Path, name: str, old: str, new: str
) -> None:
    _replace(pack / name, f"\n{old}", f"\n{new}")
    with pytest.raises(PolicyPackError, match=name):
        _findings(pack)


def test_a_pack_without_statutory_days_is_found(pack: Path) -> None:
    (pack / "statutory.toml").write_text("day = []\n", "utf-8")
    assert _said(pack) == "statutory.toml 没有法定节日"
