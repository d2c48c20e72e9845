"""Papers as pages, measured: LibreOffice under the project's font map, PyMuPDF.

Skipped, saying so, where LibreOffice or the stand-in fonts are missing; `.ci/run` installs them.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pages import MUST, ROLES, Box, Document, Page, missing_tool, render
from word_file import changed

from yicheng_coord.papers.figures import PROFILES, STANDARD, Layout, ProfileName
from yicheng_coord.papers.paper import Chart, Paper, Paragraph, Table, texts
from yicheng_coord.papers.parser import parse
from yicheng_coord.papers.source import render as render_source
from yicheng_coord.papers.word import docx_bytes
from yicheng_coord.paths import carried
from yicheng_coord.vocabulary import Letter

HERE = Path(__file__).parent
FACTS = json.loads((HERE / "golden" / "facts.json").read_text("utf-8"))
LAYOUTS = {"": STANDARD, "-33476": Layout(PROFILES[ProfileName.GBT33476])}
CHARACTER = 15.75 * 25.4 / 72  # 字, in mm
LEFT, RIGHT, FOOT = 28.0, 184.0, 262.0  # of the text
MAIN = "word/document.xml"


def kind(name: str) -> Paper:
    return render_source(name, FACTS | {"approver": "孙某"}, (carried("templates"),))


def sample(name: str) -> Paper:
    return parse(name, (HERE / "sources" / f"{name}.txt").read_text("utf-8"))


def filled(count: int, *, sealed: bool = True, **others: object) -> Paper:
    """A plain paper whose text ends so many lines below its beginning."""
    body = (Paragraph("text", "国" * (28 * count - 2 - 14)), Paragraph("text", "特此函告。"))
    return replace(sample("plain"), body=body, is_sealed=sealed, **others)


def papers() -> dict[str, Paper]:
    long = Table((("序号", "名称"), *((str(n), f"第{n}件材料") for n in range(1, 60))))
    unsealed = {"signatory": "峄城区某某局", "is_sealed": False}
    return {
        **{one.value: kind(one.value) for one in Letter},
        **{one: sample(one) for one in ("document", "letter", "minutes", "plain", "bulletin")},
        **{f"end{count}": filled(count) for count in range(12, 22)},
        **{f"listed{count}": filled(count, attachments=("甲", "乙")) for count in range(10, 19)},
        **{f"table{count}": _ending_in_table(count) for count in range(8, 16)},
        "unsealed": replace(sample("plain"), **unsealed),
        "long-table": replace(sample("letter"), body=(long,)),
        "long-mark": replace(sample("document"), issuer="峄城区" + "长" * 17),
        "full-foot": _with_foot(),
    }


def _ending_in_table(count: int) -> Paper:
    table = Table((("序号", "名称"), ("1", "甲"), ("2", "乙")))
    paper = filled(count)
    return replace(paper, body=(paper.body[0], table))


def _with_foot() -> Paper:
    """A text that ends where 版记 would stand."""
    return replace(sample("document"), attachments=(), annexes=(), body=filled(28).body)


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    files = {
        f"{name}{suffix}": docx_bytes(paper, layout)
        for name, paper in papers().items()
        for suffix, layout in LAYOUTS.items()
        if not suffix or name in ("document", "letter", "minutes", "plain")
    }
    letter = docx_bytes(sample("letter"))
    files["no-grid"] = changed(letter, MAIN, lambda text: text.replace(' w:type="lines"', "", 1))
    broken = docx_bytes(sample("plain"))
    for name, old, new in (
        ("broken-pitch", 'w:line="579"', 'w:line="580"'),
        ("broken-squeeze", '<w:spacing w:val="-5"/>', '<w:spacing w:val="0"/>'),
        ("broken-font", 'w:eastAsia="仿宋"', 'w:eastAsia="黑体"'),
        ("broken-digits", 'w:ascii="Times New Roman"', 'w:ascii="DejaVu Sans"'),
    ):
        files[name] = changed(
            broken, "word/styles.xml", lambda text, old=old, new=new: text.replace(old, new)
        )
    files["broken-pitch"] = changed(
        files["broken-pitch"], MAIN, lambda text: text.replace('linePitch="579"', 'linePitch="580"')
    )
    files["broken-margin"] = changed(
        broken, MAIN, lambda text: text.replace('w:left="1588"', 'w:left="1644"')
    )
    files["broken-foot"] = changed(
        broken, MAIN, lambda text: text.replace('w:footer="1419"', 'w:footer="1134"')
    )
    return render(files, tmp_path_factory.mktemp("pages"))


Read = Callable[[str], Document]


@pytest.fixture(params=LAYOUTS)
def read(request: pytest.FixtureRequest, documents: dict[str, Document]) -> Read:
    return lambda name: documents[name + request.param]


def body_lines(page: Page) -> list[float]:
    """The baselines of full lines."""
    return [line.baseline for line in page.lines if line.text == "国" * 28]


def text_of(document: Document) -> str:
    """All of it without spaces and page numbers."""
    lines = (line.text for page in document.pages for line in page.lines)
    return re.sub(r"\s", "", "".join(one for one in lines if not re.fullmatch(r"— ?\d+ ?—", one)))


def dash(page: Page, *, is_odd: bool) -> Box:
    """The ink of the dash of a page number that is nearer to the edge of the sheet."""
    number = next(line for line in page.lines if re.fullmatch(r"— ?\d+ ?—", line.text))
    at = number.characters[-1 if is_odd else 0]
    return page.ink(Box(at.left, at.baseline - 4, at.right, at.baseline + 1))


def is_full_page_right(page: Page) -> list[str]:
    """Say what of a full page of text is not as the standard wants it."""
    lines = body_lines(page)
    wrong = [f"{len(lines)} lines"] if len(lines) != 22 else []
    full = [line for line in page.lines if line.text.startswith("国国")]
    wrong += [f"{len(line.text)} characters" for line in full if len(line.text) != 28]
    wrong += [f"left {line.left:.2f}" for line in full if abs(line.left - LEFT) > 0.3]
    wrong += [
        f"font {one}" for line in full for one in line.font_of("国") if "FandolFang" not in one
    ]
    return wrong


def test_a_full_page_has_22_lines_of_28_characters_at_the_pitch_of_its_profile(read: Read) -> None:
    page = read("plain").pages[1]
    assert is_full_page_right(page) == []
    pitches = [(low - high) / (25.4 / 72) for high, low in pairwise(body_lines(page))]
    wanted = 29.45 if body_lines(page)[0] < 44 else 28.95
    assert sum(pitches) / len(pitches) == pytest.approx(wanted, abs=0.1)


def test_the_first_baseline_stands_where_each_profile_puts_it(
    documents: dict[str, Document],
) -> None:
    assert body_lines(documents["plain"].pages[1])[0] == pytest.approx(45.2, abs=0.5)
    assert body_lines(documents["plain-33476"].pages[1])[0] == pytest.approx(42.9, abs=0.5)


@pytest.mark.parametrize(
    "name, wrong",
    [
        ("broken-pitch", "21 lines"),
        ("broken-squeeze", "27 characters"),
        ("broken-margin", "left 29"),
        ("broken-font", "font "),
    ],
)
def test_the_measure_of_a_page_finds_what_is_broken(
    documents: dict[str, Document], name: str, wrong: str
) -> None:
    assert [one for one in is_full_page_right(documents[name].pages[1]) if one.startswith(wrong)]


def test_the_dash_of_a_page_number_is_28_mm_above_the_edge_outside_on_odd_and_even_pages(
    read: Read,
) -> None:
    odd, even = read("plain").pages[:2]
    for page, is_odd in ((odd, True), (even, False)):
        mark = dash(page, is_odd=is_odd)
        assert (mark.top + mark.bottom) / 2 == pytest.approx(269, abs=0.5)
    assert dash(odd, is_odd=True).right == pytest.approx(RIGHT - 14 * 25.4 / 72, abs=0.5)
    assert dash(even, is_odd=False).left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=0.5)


def test_the_measure_of_a_dash_finds_what_is_broken(documents: dict[str, Document]) -> None:
    mark = dash(documents["broken-foot"].pages[0], is_odd=True)
    assert (mark.top + mark.bottom) / 2 > 272


def test_a_letter_has_its_mark_30_mm_down_red_double_lines_and_no_number_on_page_one(
    read: Read,
) -> None:
    first = read("letter").pages[0]
    assert first.ink_of(first.lines[0]).top == pytest.approx(30, abs=0.5)
    assert first.lines[0].font_of("峄") == {ROLES["小标宋"]}
    upper, lower = double_lines(first)
    for line in (*upper, *lower):
        assert (line.left, line.right) == (pytest.approx(20, abs=0.3), pytest.approx(190, abs=0.3))
    thick, thin = upper
    assert thick.high > 2 * thin.high
    thin, thick = lower
    assert thick.high > 2 * thin.high
    assert upper[0].top - first.ink_of(first.lines[0]).bottom == pytest.approx(4, abs=0.5)
    assert thick.bottom == pytest.approx(277, abs=0.5)
    assert not [line for line in first.lines if re.fullmatch(r"— ?\d+ ?—", line.text)]


def double_lines(page: Page) -> tuple[list[Box], list[Box]]:
    """The upper and the lower one, each as its two lines."""
    red = list(dict.fromkeys(box for box, is_red in page.rules if is_red))
    assert len(red) == 4
    return red[:2], red[2:]


def test_number_and_urgency_of_a_letter_stand_just_under_its_upper_line(
    documents: dict[str, Document],
) -> None:
    """LibreOffice centres the grid in what a tall header leaves; Word does not: grid off."""
    page = documents["no-grid"].pages[0]
    line = page.line("峄某函")
    upper, _ = double_lines(page)
    assert page.ink_of(line).top - upper[1].bottom == pytest.approx(4.84, abs=0.5)
    assert line.right == pytest.approx(RIGHT, abs=0.5)
    assert line.left == pytest.approx(LEFT, abs=0.5)
    assert line.font_of("加急") == {f"{ROLES['黑体']}-Regular"}


def test_the_title_of_a_letter_stands_two_lines_below_its_number(
    documents: dict[str, Document],
) -> None:
    page = documents["no-grid"].pages[0]
    apart = page.line("关于商请").baseline - page.line("峄某函").baseline
    assert 2.9 < apart / (28.95 * 25.4 / 72) < 3.3


@pytest.mark.parametrize("name", ["document", "minutes", "long-mark", "bulletin"])
def test_the_mark_of_a_document_is_red_and_72_mm_down(
    documents: dict[str, Document], name: str
) -> None:
    page = documents[name].pages[0]
    mark = next(line for line in page.lines if ROLES["小标宋"] in line.font_of(line.text[0]))
    ink = page.ink_of(mark)
    assert ink.top == pytest.approx(72, abs=0.5)
    assert (ink.left + ink.right) / 2 == pytest.approx(106, abs=0.7)
    assert ink.left > LEFT - 0.5


def test_the_mark_stands_there_in_the_other_profile_too(documents: dict[str, Document]) -> None:
    page = documents["document-33476"].pages[0]
    assert page.ink_of(page.line("某某局文件")).top == pytest.approx(72, abs=0.5)


def test_the_red_line_of_a_document_is_4_mm_below_its_number_and_156_mm_long(read: Read) -> None:
    page = read("document").pages[0]
    (line,) = {box for box, is_red in page.rules if is_red}
    assert line.wide == pytest.approx(156, abs=0.3)
    assert line.top - page.ink_of(page.line("峄某发")).bottom == pytest.approx(4, abs=0.5)
    assert 0.35 <= line.high <= 0.6


def test_number_and_title_of_a_document_keep_two_empty_lines(read: Read) -> None:
    page = read("document").pages[0]
    (line,) = {box for box, is_red in page.rules if is_red}
    number = page.line("峄某发")
    pitch = 10.3
    mark = page.line("某某局文件")
    assert page.ink_of(number).top - page.ink_of(mark).bottom == pytest.approx(2 * pitch, abs=4)
    title = page.line("关于进一步加强")
    assert page.ink_of(title).top - line.bottom == pytest.approx(2 * pitch, abs=3)
    middle = (title.left + title.right) / 2
    assert middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.7)


def test_the_title_breaks_where_a_reader_pauses(read: Read) -> None:
    lines = [line.text for line in read("document").pages[0].lines]
    assert "《中华人民共和国城乡规划法》" in lines


@pytest.mark.parametrize("name", ["document", "minutes"])
def test_imprint_ends_at_the_foot_of_the_text_of_the_last_page(read: Read, name: str) -> None:
    last = read(name).pages[-1]
    rules = [box for box, is_red in last.rules if not is_red and box.top > 200]
    assert len(rules) == 3
    for box in rules:
        assert box.wide == pytest.approx(156, abs=0.3)
    assert rules[-1].bottom == pytest.approx(FOOT, abs=0.5)
    assert [round(box.high, 2) for box in rules] == pytest.approx([0.35, 0.25, 0.35], abs=0.05)
    copies = last.line("抄送")
    assert copies.left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=0.5)
    assert last.line("印发").right == pytest.approx(RIGHT - 14 * 25.4 / 72, abs=0.7)
    for page in read(name).pages[:-1]:
        assert "抄送" not in "".join(line.text for line in page.lines)


def test_copies_of_a_letter_stand_at_the_foot_of_its_last_page_without_lines(read: Read) -> None:
    last = read("letter").pages[-1]
    assert [box for box, is_red in last.rules if not is_red] == []
    assert 254 < last.line("抄送").baseline < FOOT


def test_imprint_goes_to_a_page_of_its_own_when_the_text_fills_the_last(
    documents: dict[str, Document],
) -> None:
    document = documents["full-foot"]
    assert text_of(document).count("抄送：") == 1
    last = document.pages[-1]
    rules = [box for box, is_red in last.rules if not is_red]
    assert rules[-1].bottom == pytest.approx(FOOT, abs=0.5)
    above = [line.baseline for line in last.lines if line.baseline < rules[0].top]
    assert max(above, default=0) < rules[0].top


def test_a_sealed_signature_is_centred_over_a_date_that_ends_four_characters_before_the_edge(
    documents: dict[str, Document],
) -> None:
    last = documents["end12"].pages[-1]
    date, signatory = last.line("2026年12月31日".replace("年", "")[:4]), last.line("办公室")
    assert date.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.5)
    middles = [(line.left + line.right) / 2 for line in (date, signatory)]
    assert middles[0] == pytest.approx(middles[1], abs=0.3 * CHARACTER)


@pytest.mark.parametrize("name", ["plain", "unsealed"])
def test_an_unsealed_date_begins_two_characters_right_of_the_signature(
    documents: dict[str, Document], name: str
) -> None:
    last = documents[name].pages[-1]
    date = last.line("2026")
    signatory = last.lines[last.lines.index(date) - 1]
    apart = (date.left - signatory.left) / CHARACTER
    assert apart == pytest.approx(2, abs=0.3)
    furthest = max(date.right, signatory.right)
    assert furthest == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.3 * CHARACTER)


ENDS = ["end", "listed", "table"]


def test_a_signature_never_stands_alone_on_a_page(documents: dict[str, Document]) -> None:
    """Texts of ten lengths, so that each line of the end is the first of a page once."""
    broken_over = set()
    for name, document in documents.items():
        if not name.startswith(tuple(ENDS)):
            continue
        last = document.pages[-1]
        above = [line.text for line in last.lines if "办公室" not in line.text]
        ends = [text for text in above if not text.startswith(("2026", "—"))]
        assert ends, f"{name}: {[line.text for line in last.lines]}"
        assert last.line("2026").baseline > last.line("办公室").baseline
        if len(document.pages) > 1:
            broken_over.add(name.rstrip("0123456789"))
    assert broken_over == set(ENDS)


def test_a_letter_of_two_pages_numbers_the_second_on_the_left(
    documents: dict[str, Document],
) -> None:
    pages = documents["transfer"].pages
    assert len(pages) == 2
    assert pages[1].lines[-1].text.replace(" ", "") == "—2—"
    assert pages[1].lines[-1].left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=0.5)
    assert not [box for box, is_red in pages[1].rules if is_red]


def test_an_annex_begins_a_page_with_its_number_at_the_edge_and_its_title_on_line_three(
    read: Read,
) -> None:
    pages = read("document").pages
    starts = [page for page in pages if page.lines[0].text.replace(" ", "").startswith("附件")]
    assert len(starts) == 2
    label, title = starts[0].lines[:2]
    assert label.left == pytest.approx(LEFT, abs=0.5)
    assert label.font_of("附") == {f"{ROLES['黑体']}-Regular"}
    pitch = 10.3
    assert (title.baseline - label.baseline) / pitch == pytest.approx(2, abs=0.15)
    assert title.text == "某某清单"


def test_attachments_hang_under_the_first_character_of_the_name(read: Read) -> None:
    page = next(
        page for page in read("document").pages if any("附件：" in one.text for one in page.lines)
    )
    first = page.line("附件：")
    wrapped = page.lines[page.lines.index(first) + 1]
    following = page.line("乙表")
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5)
    assert wrapped.left == pytest.approx(first.left_of("某"), abs=1.5)
    assert following.left == pytest.approx(first.left_of("1"), abs=0.5)


def test_attendance_wraps_behind_the_colon(read: Read) -> None:
    page = next(
        page for page in read("minutes").pages if any("出席" in one.text for one in page.lines)
    )
    first = page.line("出席")
    assert first.font_of("出席") == {f"{ROLES['黑体']}-Regular"}
    assert first.font_of("区综合") == {f"{ROLES['仿宋']}-Regular"}
    wrapped = page.lines[page.lines.index(first) + 1]
    assert wrapped.left == pytest.approx(LEFT + 5 * CHARACTER, abs=0.5)


def test_a_heading_is_set_in_its_font_to_the_first_stop_only(read: Read) -> None:
    page = read("letter").pages[0]
    first = page.line("一、登记情况")
    assert first.font_of("一、登记情况。") == {f"{ROLES['黑体']}-Regular"}
    assert first.font_of("请提供") == {f"{ROLES['仿宋']}-Regular"}
    assert page.line("（一）").font_of("（一）权属。") == {f"{ROLES['楷体']}-Regular"}
    assert page.line("二、场地").left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.3)


def test_quotes_and_dashes_are_set_as_chinese(read: Read) -> None:
    page = read("letter").pages[0]
    assert page.line("某某公司”").font_of("“某某公司”") == {f"{ROLES['仿宋']}-Regular"}
    assert page.line("2024").font_of("—") == {f"{ROLES['仿宋']}-Regular"}


def test_a_bulletin_has_its_red_line_below_who_made_it_and_its_foot_where_the_text_ends(
    documents: dict[str, Document],
) -> None:
    page = documents["bulletin"].pages[0]
    (red,) = {box for box, is_red in page.rules if is_red}
    maker = page.line("某某局办公室")
    assert "2026" in maker.text
    assert red.wide == pytest.approx(156, abs=0.3)
    assert red.top > page.line("第12").baseline
    assert red.top - page.ink_of(maker).bottom == pytest.approx(4, abs=0.7)
    page = documents["bulletin"].pages[-1]
    foot = [box for box, is_red in page.rules if not is_red and box.top > 200]
    assert [round(box.high, 2) for box in foot] == pytest.approx([0.35, 0.25, 0.35], abs=0.05)
    assert foot[-1].bottom == pytest.approx(FOOT, abs=0.5)
    assert page.line("报：").left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=0.5)
    wrapped = page.lines[page.lines.index(page.line("送：")) + 1]
    assert wrapped.left == pytest.approx(page.line("送：").left_of("峄"), abs=0.7)
    assert page.line("共印").right == pytest.approx(RIGHT - 14 * 25.4 / 72, abs=0.7)


def test_the_bars_of_a_chart_are_as_long_as_their_figures(documents: dict[str, Document]) -> None:
    page = documents["bulletin"].pages[0]
    labels = ("100.0%", "冠世榴园", "榴园镇", "吴林街道", "坛山街道")
    lines = [page.line(label) for label in labels]
    shares = []
    for line in lines:
        bars = [box for box, shade in page.shades if box.top < line.baseline < box.bottom]
        dark = [box.wide for box, shade in page.shades if box in bars and shade < 0.5]
        shares.append(sum(dark) / sum(box.wide for box in bars))
        assert all(box.left > LEFT and box.right < RIGHT for box in bars)
    assert shares == pytest.approx([1, 0.98, 0.5, 0.02, 0], abs=0.01)


def test_a_long_table_repeats_its_head_on_each_page_and_stays_within_the_text(
    documents: dict[str, Document],
) -> None:
    document = documents["long-table"]
    assert len(document.pages) > 2
    heads = [sum("序号" in line.text for line in page.lines) for page in document.pages]
    assert heads[:-1] == [1] * (len(heads) - 1)
    for page in document.pages:
        for box, is_red in page.rules:
            if not is_red:
                assert box.left >= LEFT - 0.3
                assert box.right <= RIGHT + 0.3


@pytest.mark.parametrize(
    "name", [*(one.value for one in Letter), "document", "letter", "minutes", "bulletin"]
)
def test_what_is_printed_is_the_text_in_its_order(
    documents: dict[str, Document], name: str
) -> None:
    """Cells apart, as they were set: their lines stand beside those of the cells of their row."""
    paper = papers()[name]
    blocks = [*paper.body, *(block for annex in paper.annexes for block in annex.body)]
    drawn = (one for one in blocks if isinstance(one, Table | Chart))
    cells = {str(cell) for one in drawn for row in one.rows for cell in row}
    shown, at = text_of(documents[name]), 0
    set_one_by_one = "".join(page.written for page in documents[name].pages)
    for text in texts(paper):
        wanted = re.sub(r"\s", "", text)
        if text in cells:
            assert wanted in set_one_by_one
        else:
            at = shown.index(wanted, at) + len(wanted)


def test_only_the_fonts_of_the_roles_are_used(documents: dict[str, Document]) -> None:
    known = {f"{ROLES[role]}-Regular" for role in ("仿宋", "楷体", "黑体")}
    known |= {ROLES["小标宋"], ROLES["Times"], ROLES["宋体"]}
    for name, document in documents.items():
        assert (document.fonts <= known) == (name != "broken-digits"), (name, document.fonts)


def test_without_its_tools_a_measurement_is_skipped_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(MUST, raising=False)
    assert "LibreOffice" in missing_tool()
    with pytest.raises(pytest.skip.Exception, match="not rendered"):
        render({}, tmp_path)
    monkeypatch.setenv(MUST, "1")
    with pytest.raises(pytest.fail.Exception, match="not rendered"):
        render({}, tmp_path)
