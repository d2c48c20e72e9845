"""One transfer letter, written again and again: by this program, and by bare python-docx."""

import io

from docx import Document

from yicheng_coord.papers.paper import Paper, texts
from yicheng_coord.papers.source import render
from yicheng_coord.papers.word import docx_bytes
from yicheng_coord.paths import carried

_FACTS = {
    "number": "2026-0031",
    "title": "某某街道堆场占用耕地",
    "party": "某某物流有限公司",
    "place": "吴林街道某某村南",
    "cause": "非法占用耕地",
    "sender": {"name": "区自然资源局", "full_name": "峄城区自然资源局"},
    "receiver": {"name": "区综合行政执法局", "full_name": "峄城区综合行政执法局"},
    "date": "2026年11月23日",
    "opinion_number": "峄政办发〔2022〕1号",
}


def _paper() -> Paper:
    return render("transfer", _FACTS, (carried("templates"),))


def ours(count: int) -> None:
    """Render and write so many letters."""
    for _ in range(count):
        docx_bytes(_paper())


def bare(count: int) -> None:
    """Write the same paragraphs with nothing but python-docx."""
    lines = list(texts(_paper()))
    for _ in range(count):
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(io.BytesIO())
