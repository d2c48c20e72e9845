"""How a paper is written, and what number it bears: the same for every command that writes papers."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.vocabulary import Medium

Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="写到这个文件夹；不写则显示。")
]
AsMedium = Annotated[
    Medium | None, typer.Option("--as", help="文本（默认）、Word、两样、模板渲染的原文。")
]
Letterhead = Annotated[
    Path | None, typer.Option("--letterhead", metavar="FILE", help="套用本单位的 Word 信头。")
]
PaperNumber = Annotated[
    str | None,
    typer.Option("--number", metavar="<N|auto>", help="发文字号，或者取发文单位的下一个。"),
]
