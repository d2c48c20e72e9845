from pathlib import Path

from console_examples import run_examples

README = Path(__file__).parent.parent / "README.md"


def test_the_walk_through_runs_as_written(tmp_path, monkeypatch):
    assert run_examples(README, tmp_path, monkeypatch) >= 20


def test_each_of_the_two_commands_is_one_line_that_begins_with_python():
    lines = [line for line in README.read_text("utf-8").splitlines() if line.startswith("python3")]
    assert len(lines) == 2
    assert all("pip install" in line for line in lines)
