"""Ten clerks at once, each doing all that a clerk does: nothing is lost, nobody is told to wait."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from conftest import Desk
from soundness import assert_sound, count

CLERKS, ROUNDS, ROWS = 10, 3, 20
CLERK = """
import contextlib, io, json, sys
from yicheng_coord.cli import main

def typed(*line):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        status = main(["--today", "2026-11-23", *line, "-f", "json"])
    if status:
        sys.exit(f"{status}: {line}")
    return json.loads(out.buffer.getvalue())

who, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
for turn in range(rounds):
    case = typed("case", "add", "--title", who, "--found-by", "zrj", "--found-on", "2026-11-02",
                 "--competent", "zfj")["recorded"]["ref"]
    typed("transfer", "send", case, "--to", "zfj", "--on", "2026-11-05")
    typed("correct", case, "found", "--on", "2026-11-01", "--reason", "记错")
    received = typed("transfer", "receive", case)["operation"]
    came = typed("import", f"{folder}/{who}-{turn}.csv")["operation"]
    for one in (received, came):
        typed("undo", "--yes", f"P{str(one).removeprefix('P')}")
"""


def test_ten_clerks_who_add_send_correct_import_and_undo_lose_nothing(
    coord: Desk, tmp_path: Path
) -> None:
    for clerk in range(CLERKS):
        for turn in range(ROUNDS):
            lines = "".join(f"{clerk}-{turn}-{n},堆场,swj,2026-11-02\n" for n in range(ROWS))
            path = tmp_path / f"{clerk}-{turn}.csv"
            path.write_text(f"案件编号,案件名称,发现单位,发现日期\n{lines}", "utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", CLERK, f"{clerk}", str(tmp_path), f"{ROUNDS}"],
            env=os.environ | {"COORD_DB": str(coord.database), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for clerk in range(CLERKS)
    ]
    told = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * CLERKS, told
    assert not any("占用" in one for one in told)
    turns = CLERKS * ROUNDS
    assert count(coord.database, "operation") == 7 * turns + 1
    assert count(coord.database, "operation WHERE command = '[]'") == 1  # what time began, once
    assert count(coord.database, "operation WHERE undoes IS NOT NULL") == 2 * turns
    with closing(sqlite3.connect(coord.database)) as connection:
        cases = connection.execute("SELECT title, found_on, status FROM case_file").fetchall()
        imported = connection.execute(
            "SELECT summary FROM operation WHERE summary LIKE '导入%'"
        ).fetchall()
    assert sorted(cases) == sorted(
        (f"{clerk}", "2026-11-01", "sent") for clerk in range(CLERKS) for _ in range(ROUNDS)
    )
    assert [re.sub(r"\D*\d+-\d+\.csv", "", one) for (one,) in imported] == [
        f"：新增 {ROWS} 件"
    ] * turns
    assert_sound(coord.database)
