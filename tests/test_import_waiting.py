"""While a list is read others record; only moving the rows in makes them wait."""

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from yicheng_coord import paths
from yicheng_coord.services.imports import Import, ImportOrder
from yicheng_coord.services.register import recording

ADD = ["case", "add", "--title", "其间登记的", "--found-by", "zrj", "--found-on", "2026-11-02"]


def long_list(path: Path, rows: int) -> Path:
    lines = (f"{n},第 {n} 号堆场,区自然资源局,2026-11-02,综合执法局" for n in range(rows))
    path.write_text("\n".join(["编号,案件名称,发现单位,发现日期,有权处理单位", *lines]), "utf-8")
    return path


def test_another_clerk_records_while_a_list_is_read(coord, tmp_path):
    recorded = []

    def progress(_name, rows):
        if not recorded:  # the register is not locked, or this would wait for ever
            recorded.append((rows, coord.json(*ADD)["recorded"]["ref"]))

    order = ImportOrder([long_list(tmp_path / "a.csv", 5000)])
    under_way = Import(order, progress)
    with recording(
        coord.database,
        paths.policy_folder(),
        now=datetime(2026, 11, 23),
        operator="测试员",
        command=["coord", "import", "a.csv"],
        prepare=under_way.stage,
    ) as register:
        report = under_way.finish(register)
    assert recorded == [(2000, "2026-0001")]
    assert report.total("new") == 5000
    assert coord.json("case", "show", "2")["title"] == "第 0 号堆场"
    assert coord.json("history")[1]["summary"].startswith("已登记")
    coord.checked()


def test_clerks_in_other_processes_record_while_a_large_list_comes_in(coord, tmp_path):
    path = long_list(tmp_path / "a.csv", 30_000)
    run = [
        sys.executable,
        "-m",
        "yicheng_coord",
        "--db",
        str(coord.database),
        "--today",
        "2026-11-23",
    ]
    with subprocess.Popen([*run, "import", str(path)], stdout=subprocess.DEVNULL) as importing:
        recorded = 0
        while importing.poll() is None:
            coord.ok(*ADD)
            recorded += 1
            time.sleep(0.01)
        assert importing.returncode == 0
    assert recorded > 3
    assert len(coord.json("case", "list")) == 30_000 + recorded
    coord.checked()
