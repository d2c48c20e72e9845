"""What can be said of a case on the command line, when it is registered and when it is mended."""

from typing import Annotated

import typer

from yicheng_coord.cli.options import completed_matters, unit_option
from yicheng_coord.vocabulary import Source

FoundBy = unit_option("--found-by", "发现单位。")
Title = typer.Option("--title", metavar="T", help="案件名称。")

Cause = Annotated[str | None, typer.Option("--cause", help="案由。")]
Party = Annotated[str | None, typer.Option("--party", help="当事人。")]
PartyId = Annotated[str | None, typer.Option("--party-id", help="当事人证件号码。")]
Phone = Annotated[str | None, typer.Option("--phone", help="当事人电话。")]
Informant = Annotated[str | None, typer.Option("--informant", help="举报人，不进入任何文书。")]
Place = Annotated[str | None, typer.Option("--place", help="地点。")]
CaseSource = Annotated[Source | None, typer.Option("--source", help="案件来源。")]
Summary = Annotated[str | None, typer.Option("--summary", help="情况。")]
ExternalNumber = Annotated[str | None, typer.Option("--external-number", help="来源单位的编号。")]
Competent = unit_option("--competent", "有管辖权的单位。")
DeterminedOn = Annotated[
    str | None, typer.Option("--determined-on", metavar="DATE", help="认定管辖的日期。")
]
CopyTo = Annotated[
    list[str] | None, unit_option("--copy-to", "处罚抄送的单位，可重复，默认原移送单位。")
]
ExecutionBy = Annotated[
    list[str] | None, unit_option("--execution-by", "需其配合执行的单位，可重复。")
]
FromAction = typer.Option(
    "--action", metavar="A…", help="由哪次行动发现。", autocompletion=completed_matters("A")
)
