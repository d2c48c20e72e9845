"""Templates are not trusted: what they try in vain, and what they are told."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from yicheng_coord.papers.paper import Paper
from yicheng_coord.papers.source import TemplateFailedError, render

Write = Callable[..., Paper]
HEAD = """---
格式: 普通
发文机关: 甲局
标题: 题
主送: 乙局
署名: 甲局
日期: 今日
---
"""
FACTS = {
    "title": "甲",
    "number": "3",
    "leg": 7,
    "urgent": True,
    "place": None,
    "decision": {"number": "决〔2026〕1号"},
    "materials": [
        {"kind": "证据", "title": "照片", "copies": 1, "pages": 2},
        {"kind": "案源", "title": "记录", "copies": 2, "pages": None},
    ],
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(body: str, **others: str) -> Paper:
        (tmp_path / "probe.j2").write_text(HEAD + body, "utf-8")
        for name, text in others.items():
            (tmp_path / f"{name}.j2").write_text(text, "utf-8")
        return render("probe", FACTS, (tmp_path,))

    return written


def body(paper: Paper) -> list[str]:
    return paper.source.split("---\n")[2].splitlines()


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ title.__class__.__init__.__globals__ }}",
        "{% if title.__class__ %}x{% endif %}",
        "{{ place.__class__ }}",
        "{{ place.__class__.__mro__[1] }}",
        "{{ decision.path_of('x') }}",
        "{{ decision.update({'a': 1}) }}",
        "{{ materials.append(1) }}",
        "{{ title.upper() }}",
        "{{ title.ljust(300000000) }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ '%300000000d' % 1 }}",
        "{{ range(10) }}",
        "{% for i in range(100000000) %}x{% endfor %}",
        "{{ lipsum(n=1000) }}",
        "{{ cycler('a').next() }}",
        "{{ namespace(a=1) }}",
        "{{ dict(a=1) }}",
        "{{ self.__init__ }}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% for x in materials recursive %}{{ loop(materials) }}{% endfor %}",
        "{{ title|attr('__class__') }}",
        "{{ materials|map(attribute='title')|list }}",
        "{{ '%s'|format(title) }}",
        "{{ title|pprint }}",
        "{{ title|tojson }}",
        "{{ title|urlize }}",
        "{{ materials|random }}",
        "{{ materials|batch(2) }}",
        "{{ title|xmlattr }}",
        "{{ 'a' * 200000000 }}",
        "{{ title * 200000000 }}",
        "{{ [1] * 200000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 2 ** 3 }}",
        "{% set x = 999999999999 %}{{ x * x }}",
        "{{ title - 1 }}",
        "{{ title + 1 }}",
        "{{ place + 1 }}",
        "{{ 1 / 0 }}",
        "{{ place() }}",
        "{{ title|join('x') }}",
        "{% include 'nowhere.j2' %}",
        "{% include '../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% include 'probe.j2' %}",
        "{{ a b }}",
        "{% if %}",
        "{{ 'x'|safe }}",
    ],
)
def test_an_attack_or_a_mistake_is_refused_with_the_template_and_its_line(
    write: Write, attack: str
) -> None:
    with pytest.raises(
        TemplateFailedError, match=r"模板 (probe|nowhere)\.j2 ?(第 \d+ 行)?有问题："
    ) as error:
        write(f"好\n{attack}\n")
    assert error.value.exit_code == 1
    assert error.value.hint


@pytest.mark.parametrize(
    "bomb",
    [
        "{% set x = title %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
        "{% set x = title %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
        "{% set x = title %}" + "{% set x = [x, x]|join(x) %}" * 40 + "{{ x }}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% set t = 'a' ~ '" + "a" * 2000 + "' %}"
        "{% for a in t %}{% for b in t %}{% for c in t %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set t = '"
        + "a" * 2000
        + "' %}{% for a in t %}{% for b in t %}写{% endfor %}{% endfor %}",
        "{% set t = '" + "a" * 2000 + "' %}{% for a in t %}" + "长" * 1000 + "{% endfor %}",
        "{% set t = '"
        + "a" * 3000
        + "' %}{% set x %}{% for a in t %}{% include 'big.j2' %}{% endfor %}"
        "{% endset %}{{ x|length }}",
        "{% set t = '" + "a" * 3000 + "' %}{% for a in t %}{{ t }}{% endfor %}",
        "{% set t = '" + "a" * 9000 + "' %}" + "{{ t }}" * 150,
        "长" * 250_000,
    ],
)
def test_a_bomb_does_not_go_off(write: Write, bomb: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(TemplateFailedError):
        write(bomb, big="大" * 10_000)
    assert time.perf_counter() - begin < 20


def test_a_plain_output_over_the_cap_is_refused(write: Write) -> None:
    with pytest.raises(TemplateFailedError, match="写出的内容过多"):
        write("{% include 'big.j2' %}\n" * 7, big="大" * 190_000)


def test_control_characters_in_a_template_are_refused_with_the_line(write: Write) -> None:
    with pytest.raises(TemplateFailedError, match="第 10 行有问题：有看不见的字符"):
        write("好\n坏\x02\n")


def test_a_template_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "probe.j2").write_bytes("标题".encode("gbk"))
    with pytest.raises(TemplateFailedError, match="不是 UTF-8 文本"):
        render("probe", {}, (tmp_path,))


def test_a_template_may_begin_with_a_byte_order_mark_and_end_lines_as_windows(
    tmp_path: Path,
) -> None:
    text = HEAD.replace("标题: 题", "标题: {{ title }}") + "好\n"
    (tmp_path / "probe.j2").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert render("probe", FACTS, (tmp_path,)).title == "甲"


def test_control_characters_made_in_a_template_are_shown(write: Write) -> None:
    assert body(write('{{ "\\x07\\x02一、" }}')) == ["\\\\u0007一、"]


@pytest.mark.parametrize(
    "template, shown",
    [
        ("{{ place }}", "【待补：地点】"),
        ("{{ place|trim }}", "【待补：地点】"),
        ("在{{ place ~ '北' }}", "在【待补：地点】北"),
        ("{{ nothing.deep.name }}", "【待补：名称】"),
        ("{{ decision.text }}", "【待补：处理决定内容】"),
        ("{{ decision.text|sentence }}", "【待补：处理决定内容】。"),
        ("{{ inquiry['text'] }}", "【待补：初步调查情况】"),
        ("{{ none }}", "【待补：内容】"),
        ("{{ materials|total('copies') }}", "3"),
        ("{{ materials|total('pages') }}", "【待补：页数】"),
        ("{{ absent|total('pages') }}", "【待补：absent】"),
        ("{{ ['x']|total('pages') }}", "【待补：页数】"),
        ("{{ absent|join }}", "【待补：absent】"),
        ("{{ absent|length }}", "【待补：absent】"),
        ("{{ absent|first }}{{ absent|last }}", "【待补：absent】【待补：absent】"),
        ("{{ place|default('无') }}{{ title|default('无') }}", "无甲"),
        ("{{ materials|length }}{{ leg|length }}", "20"),
        ("{{ (materials|first).title }}{{ (materials|last).title }}", "照片记录"),
        ("{{ (materials|where('kind', '证据')|first).title }}", "照片"),
        ("{% for m in absent %}x{% else %}无{% endfor %}", "无"),
        ("{{ urgent }}{{ leg + 1 }}", "是8"),
        ("{{ title + title }}", "甲甲"),
        ("{{ '张某案'|as_case }}、{{ title|as_case }}", "张某案、甲一案"),
        ("{{ '好。'|sentence }}{{ '好；'|sentence }}", "好。好。"),
        ("{{ '印章'|missing }}", "【待补：印章】"),
        ("{% macro m(x) %}〔{{ x }}〕{% endmacro %}{{ m(title) }}", "〔甲〕"),
        (
            "{% macro m() %}〔{{ caller() }}〕{% endmacro %}{% call m() %}{{ title }}{% endcall %}",
            "〔甲〕",
        ),
        ("{% include 'part.j2' %}", "部分甲"),
        ("{{ 'x' if absent else '' }}好", "好"),
        ("{{ place.__str__ }}", None),
    ],
)
def test_what_a_template_may_do(write: Write, template: str, shown: str | None) -> None:
    if shown is None:
        with pytest.raises(TemplateFailedError):
            write(template)
    else:
        assert body(write(template, part="部分{{ title }}")) == [shown]


def test_what_is_missing_is_listed_in_order_and_once(write: Write) -> None:
    paper = write(
        "{{ place }}{{ cause }}\n{% if party %}{{ party }}{% endif %}{{ place }}{{ number }}"
    )
    assert paper.missing == ("地点", "案由")


def test_a_changed_template_is_read_again(write: Write) -> None:
    assert body(write("一")) == ["一"]
    assert body(write("二二")) in (["二二"], ["一"])  # the file system's clock may be coarse


def test_marks_torn_by_a_template_do_no_harm(write: Write) -> None:
    paper = write(
        "{% filter trim %}{{ title }}{% endfilter %}\n{% set x %}{{ title }}{% endset %}{{ x }}一、"
    )
    assert body(paper) == ["甲", "甲一、"]
