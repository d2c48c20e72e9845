"""Every shape of file that an office sends, through the command line: each row accounted for."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from html import escape

import openpyxl
import pytest
import xlwt
from test_intake_workbook import CELL, SPREADSHEET

HEADER = ["编号", "案件名称", "发现单位", "发现日期", "当事人", "现场情况"]
ROWS = [
    ["0007", "河道倾倒垃圾", "区城乡水务局", "2026-11-02", "𠮷某、㮾某", "垃圾三堆 😀"],
    ["0008", "占道经营", "综合执法局", "2026/11/3", "某某饭店", "<b>当街</b> & 门前"],
    ["0009", "毁林", "林业发展服务中心", "20261104", "张某", "两亩；未办手续"],
]
TABLE = [HEADER, *ROWS]
TOTALS = [["合计", "3", "", "", "", ""]]


def separated(separator, encoding):
    def make(path):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows(TABLE + TOTALS)
        path.write_bytes(text.getvalue().encode(encoding))

    return make


def excel(path):
    book = openpyxl.Workbook()
    for row in TABLE + TOTALS:
        book.active.append(row)
    book.save(path)


def old_excel(path):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    for line, row in enumerate(TABLE + TOTALS):
        for place, cell in enumerate(row):
            sheet.write(line, place, cell)
    with path.open("wb") as file:
        book.save(file)


def page(encoding, charset):
    def make(path):
        rows = "".join(
            "<tr>" + "".join(f"<td x:str>{escape(cell)}</td>" for cell in row) + "</tr>\n"
            for row in TABLE + TOTALS
        )
        text = (
            '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
            f'<meta http-equiv=Content-Type content="text/html; charset={charset}">'
            "<style>td {mso-number-format:'\\@'}</style><title>台账</title></head>"
            f"<body><table border=1><tr><th colspan=6>涉水案件台账</th></tr>{rows}</table></body>"
        )
        path.write_bytes(text.encode(encoding))

    return make


NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def open_document(path):
    rows = "".join(
        "<table:table-row>"
        + "".join(CELL.format("", escape(cell)) for cell in row)
        + "</table:table-row>"
        for row in TABLE + TOTALS
    )
    pack(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{NAMES}"/>',
            "content.xml": SPREADSHEET.format(rows),
        },
    )


def pack(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHAPES = {
    "a.csv": separated(",", "utf-8"),
    "bom.csv": separated(",", "utf-8-sig"),
    "gb18030.csv": separated(",", "gb18030"),
    "semicolon.csv": separated(";", "utf-8"),
    "full-width comma.txt": separated("，", "gb18030"),
    "tab.tsv": separated("\t", "utf-8"),
    "Unicode text of Excel.txt": separated("\t", "utf-16"),
    "utf-16.csv": separated(",", "utf-16"),
    "a.xlsx": excel,
    "xlsx under another name.xls": excel,
    "xlsx under another name.csv": excel,
    "true BIFF.xls": old_excel,
    "BIFF under another name.xlsx": old_excel,
    "BIFF saved by WPS.et": old_excel,
    "a page.xls": page("utf-8", "utf-8"),
    "a page of GBK.xls": page("gb18030", "gb2312"),
    "a.ods": open_document,
    "ods under another name.xlsx": open_document,
}


def brought(coord):
    return [
        {key: case[key] for key in ("external_number", "title", "found_by", "found_on", "party")}
        | coord.json("case", "show", case["number"])["extra"]
        for case in coord.json("case", "list")
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_brings_the_same_cases(coord, tmp_path, name):
    SHAPES[name](tmp_path / name)
    report = coord.json("import", str(tmp_path / name))["recorded"]
    fates = [report[fate] for fate in ("read", "new", "same", "changed", "rejected", "skipped")]
    assert fates == [4, 3, 0, 0, 0, 1]
    assert coord.json("import", str(tmp_path / name))["recorded"]["same"] == 3
    expected = [
        {
            "external_number": a,
            "title": b,
            "found_by": unit,
            "found_on": day,
            "party": e,
            "现场情况": f,
        }
        for (a, b, _, _, e, f), unit, day in zip(
            ROWS, ("swj", "zfj", "lyzx"), ("2026-11-02", "2026-11-03", "2026-11-04"), strict=True
        )
    ]
    assert brought(coord) == expected


def bomb(parts):
    return lambda path: pack(path, parts)


def many_columns(path):
    path.write_text(",".join(HEADER) + ",x" * 10_000 + "\n" + ",".join(ROWS[0]), "utf-8")


def long_row(path):
    path.write_text(",".join(HEADER) + "\n" + ",".join(ROWS[0]) + ",x" * 10_000, "utf-8")


def huge_cell(path):
    path.write_text(",".join(HEADER) + "\n" + ",".join(ROWS[0]) + "x" * 10_000_000, "utf-8")


def wide_excel(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([*HEADER, *map(str, range(10_000))])
    book.save(path)


LOL = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
REFUSED = {
    "~$台账.xlsx": (lambda path: path.write_bytes(b"\x05user" + bytes(160)), "锁文件"),
    "空.csv": (lambda path: path.write_bytes(b""), "空文件"),
    "空.xlsx": (lambda path: path.write_bytes(b""), "空文件"),
    "空白.txt": (lambda path: path.write_bytes(b"\r\n \r\n"), "空文件"),
    "照片.csv": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "图片"),
    "照片.xls": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(99)), "图片"),
    "文书.xls": (lambda path: path.write_bytes(b"%PDF-1.7\n"), "PDF"),
    "登录.xls": (
        lambda path: path.write_bytes("<html><body>请登录</body></html>".encode()),
        "网页",
    ),
    "宏.xlsm": (bomb({"xl/workbook.xml": "", "xl/vbaProject.bin": "x"}), "带宏"),
    "zip 炸弹.xlsx": (bomb({"xl/workbook.xml": bytes(1_100_000_000)}), "解开后超过"),
    "xml 炸弹.xlsx": (
        bomb({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": f"{LOL}<a>&a11;</a>"}),
        "实体",
    ),
    "xml 炸弹.ods": (bomb({"content.xml": f"{LOL}<a>&a11;</a>"}), "实体"),
    "一万列.csv": (many_columns, "超过 1000 列"),
    "一万列的行.csv": (long_row, "超过 1000 列"),
    "一万列.xlsx": (wide_excel, "超过 1000 列"),
    "十兆的格.csv": (huge_cell, "超过 100000 字"),
    "十兆的格.xls": (
        lambda path: path.write_text(
            f"<table><tr><td>{'x' * 10_000_000}</td></tr></table>", "utf-8"
        ),
        "超过 100000 字",
    ),
    "空标签.xls": (lambda path: path.write_text("<html><" + "x" * 9_000_000, "utf-8"), "网页"),
    "空字节.txt": (lambda path: path.write_bytes("案由,1".encode("utf-16-le")), "空字节"),
    "乱码.csv": (lambda path: path.write_bytes(b"\xff\xff,\n"), "第 1 行"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_is_refused_in_one_sentence(coord, tmp_path, name):
    make, why = REFUSED[name]
    make(tmp_path / name)
    said = coord.refused("import", str(tmp_path / name))
    assert why in said
    assert len(said.splitlines()) <= 2  # what and why; what to do
    assert coord.json("case", "list") == []


@pytest.mark.parametrize("number", ["编号", "本系统编号"])
def test_a_cell_of_ten_megabytes_in_a_workbook_is_given_back(coord, tmp_path, number):
    def row(*cells):
        return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)

    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    lines = (row(number, *HEADER[1:]), row(*ROWS[0][:5], "x" * 10_000_000), row(*ROWS[2]))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{''.join(f'<row>{line}</row>' for line in lines)}</sheetData></worksheet>"
    )
    pack(tmp_path / "a.xlsx", parts | {"xl/worksheets/sheet1.xml": sheet.replace("&", "&amp;")})
    result = coord("import", str(tmp_path / "a.xlsx"), "-f", "json")
    assert result.code == 4
    (reason,) = result.json["files"][0]["reasons"]
    assert "超过 100000 字" in reason["text"]
    assert len(result.out) < 10_000


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def test_real_dates_serials_and_numbers_of_a_workbook_are_read(coord, tmp_path):
    rows = [
        HEADER,
        [7, "甲", "水务局", datetime(2026, 11, 2, 9, 32, 8), "x", time(9, 1)],
        ["0008", "乙", "水务局", date(2026, 11, 2), "x", 1.5],
        ["9", "丙", "水务局", 46328, "x", True],
        ["10", "丁", "水务局", 46328.4, "x", None],
        ["11", "戊", "水务局", "2019/4/25 9:32:09", "x", ""],
    ]
    assert coord.json("import", workbook(tmp_path / "a.xlsx", rows))["recorded"]["new"] == 5
    days = [case["found_on"] for case in coord.json("case", "list")]
    assert days == ["2026-11-02"] * 4 + ["2019-04-25"]
    assert [case["external_number"] for case in coord.json("case", "list")][:2] == ["7", "0008"]


def test_sixty_four_thousand_blank_rows_at_the_end_are_skipped(coord, tmp_path):
    rows = [*TABLE, *([[""] * 6] * 64_000)]
    assert coord.json("import", workbook(tmp_path / "a.xlsx", rows))["recorded"]["new"] == 3
    path = tmp_path / "a.csv"
    path.write_text("\n".join(map(",".join, TABLE)) + "\n" + ",,,,,\n" * 64_000, "utf-8")
    report = coord.json("import", str(path))
    assert report["recorded"]["same"] == 3
    assert report["files"][0]["skipped_rows"] == {"空行": 64_000}


def test_a_title_a_meta_row_a_two_line_header_and_footnotes_are_no_cases(coord, tmp_path):
    rows = [
        ["涉水案件统计表"],
        ["填报单位：区城乡水务局", "", "", "填报时间：2026年11月5日"],
        [],
        ["序号", "案件", "", "发现", "", "备注"],
        ["", "编号", "名称", "单位", "日期", ""],
        ["1", "水1", "河道倾倒垃圾", "水务局", "2026.11.2", ""],
        ["合计", "1 件", "", "", "", ""],
        ["注：本表按月报送", "", "", "", "", ""],
        ["填表人：张某", "", "", "审核人：李某", "", ""],
    ]
    report = coord.json("import", workbook(tmp_path / "a.xlsx", rows))
    assert report["files"][0]["header_line"] == 5
    assert report["recorded"]["new"] == 1
    assert report["files"][0]["skipped_rows"] == {"合计行": 1, "表尾说明": 2}
    assert coord.json("case", "show", "水1")["title"] == "河道倾倒垃圾"


def test_merged_cells_of_a_page_stay_in_their_columns(coord, tmp_path):
    (tmp_path / "a.xls").write_text(
        "<table><tr><td rowspan=2>编号<td colspan=2>案件<td rowspan=2>发现单位<td rowspan=2>发现日期"
        "<tr><td>名称<td>备注<tr><td>1<td>占道<br>经营<td>无<td>执法局<td>2026-11-02</table>",
        "utf-8",
    )
    assert coord.json("import", str(tmp_path / "a.xls"))["recorded"]["new"] == 1
    case = coord.json("case", "list")[0]
    assert (case["title"], case["found_by"]) == ("占道\n经营", "zfj")


EXPORTS = {
    "数字城管": (
        (
            "问题来源 问题描述 当前阶段名称 处置部门 捆绑处置截止时间 结案时间 所属片区 问题类型 地址描述 "
            "所属街道 所属社区 监督员 处置截止时间 延期案件 返工案件 X坐标 Y坐标 大类名称 小类名称"
        ),
        "summary cause place source",
    ),
    "网格": (
        (
            "案件号 问题来源 问题类型 大类名称 街道 上报时间 当前阶段 延期类型 案件标识 处置截止时间 "
            "处置结束时间 强结限制 案件类型 结案时间 首次派遣时间 受理开始时间 案件阶段名称 受理时间 "
            "立案时间 强制结案时间"
        ),
        "external_number cause source found_on",
    ),
    "12345": (
        "12345工单编号 12345受理时间 12345内容描述 主办单位 答复市民要点 年 月份 街道 十四类 一级业务分类",
        "external_number found_on summary",
    ),
    "12345 后一年": (
        "工单编号 受理时间 内容描述 主办单位 答复市民要点 年 月份 街道 一级分类",
        "external_number found_on summary",
    ),
    "12345 四列": ("序号 工单编号 标题 内容", "external_number title summary"),
    "处置单位": ("工单编号 处置单位", "external_number"),
    "双公示": (
        "行政处罚决定文书号 处罚名称 处罚类别 处罚事由 处罚依据 行政相对人名称 处罚结果 处罚决定日期 处罚机关",
        "external_number title cause party found_on found_by",
    ),
    "线索": ("单位 线索名称 线索类型 办结情况 备注", "found_by title cause"),
    "民生诉求": (
        (
            "REC_ID REPORT_NUM CREATE_TIME DISTRICT_NAME STREET_NAME EVENT_TYPE_NAME MAIN_TYPE_NAME "
            "SUB_TYPE_NAME DISPOSE_UNIT_NAME EVENT_SRC_NAME EVENT_PROPERTY_NAME OPERATE_NUM "
            "OVERTIME_ARCHIVE_NUM INTIME_TO_ARCHIVE_NUM INTIME_ARCHIVE_NUM"
        ),
        "found_on source cause external_number",
    ),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_the_columns_of_real_exports_are_known(coord, tmp_path, export):
    headings, fields = EXPORTS[export]
    columns = dict.fromkeys(headings.split(), "")
    values = {"found_on": "2026-11-02", "found_by": "执法局", "external_number": f"{export}1"}
    path, guess = tmp_path / "a.csv", tmp_path / "map.toml"
    path.write_text(",".join(columns) + "\n", "utf-8")
    coord.ok("import", str(path), "--write-map", str(guess))
    import tomllib

    known = {
        field: heading
        for heading, field in tomllib.loads(guess.read_text("utf-8"))["columns"].items()
        if field not in ("", "-")
    }
    assert set(known) >= set(fields.split())
    for field, heading in known.items():
        columns[heading] = values.get(field, f"{heading}甲")
    missing = "\n".join(
        f'{field} = "{value}"'
        for field, value in (values | {"title": "某事"}).items()
        if field not in known
    )
    guess.write_text(guess.read_text("utf-8") + f"[defaults]\n{missing}\n", "utf-8")
    unknown = {heading: f"{heading}乙" for heading, cell in columns.items() if not cell}
    columns |= unknown
    path.write_text(",".join(columns) + "\n" + ",".join(columns.values()) + "\n", "utf-8")
    report = coord("import", str(path), "--map", str(guess), "-f", "json")
    assert report.json["recorded"]["new"] == 1, report.out
    extra = coord.json("case", "show", "1")["extra"]
    kept = {heading: text for heading, text in unknown.items() if heading != "序号"}
    assert extra.items() >= kept.items()


def test_units_are_known_however_a_list_spells_them(coord, tmp_path):
    spelled = {
        "城管局": "zfj", "城市管理局": "zfj", "峄城区住房和城乡建设局": "zjj", "住房和城乡建设局": "zjj",
        "榴园镇人民政府": "lyz", "吴林街道办事处": "wljd", "坛山街道办": "tsjd", "ZFJ": "zfj",
        "区 自 然 资 源 局": "zrj", "老林业站": "lyzx",
    }  # fmt: skip
    (tmp_path / "map.toml").write_text('[units]\n"老林业站" = "林业发展服务中心"\n', "utf-8")
    rows = [["编号", "案件名称", "发现单位", "发现日期"]]
    rows += [[str(n), "甲", name, "2026-11-02"] for n, name in enumerate(spelled)]
    path = workbook(tmp_path / "a.xlsx", rows)
    report = coord("import", path, "--map", str(tmp_path / "map.toml"), "-f", "json")
    assert report.json["files"][0]["reasons"] == []
    assert [case["found_by"] for case in coord.json("case", "list")] == list(spelled.values())


def test_a_guessed_map_takes_no_column_for_a_title_that_the_list_can_do_without(coord, tmp_path):
    path, guess = tmp_path / "a.csv", tmp_path / "a.toml"
    path.write_text(
        "当前阶段名称,处置部门,问题类型,地址描述,上报时间\n办结,执法局,占道经营,某某路1号,2026-11-03\n",
        "utf-8",
    )
    coord.ok("import", str(path), "--write-map", str(guess))
    assert '"当前阶段名称" = ""' in guess.read_text("utf-8")
    coord.ok("import", str(path), "--map", str(guess))
    case = coord.json("case", "show", "1")
    assert (case["title"], case["extra"]) == ("占道经营", {"当前阶段名称": "办结"})
