"""A plan that is only looked at: counts, rows and notes; nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advokit.cli.letters import _Lines, _span
from advokit.cli.main import main
from advokit.letters.preview import preview
from advokit.people import write_people
from tests.letters.workspace import PEOPLE, campaign, request, sender, write_senders
from tests.workspaces import NAME


def test_a_preview_counts_and_names_rows_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "s.csv", [sender(1, name="Quillon Xerxes"), sender(2, "South Town"),
                                                 sender(3, "Nothertown")])
    write_people(root / f"campaigns/{NAME}/people/gb.csv", PEOPLE)
    before = sorted(path for path in tmp_path.rglob("*"))
    arguments = ["letters", "-w", str(root), "-e", "gb", "--senders", str(senders), "-o", str(out), "--dry-run"]
    assert main(arguments) == 4
    told = capsys.readouterr()
    assert "3 senders, 2 letters. Nothing has been written." in told.out
    assert "to commons: 2" in told.out
    assert "row 4 (nearest: Northtown)" in told.out
    assert "needs a stamp" in told.out
    assert "Quillon" not in told.out + told.err
    assert main([*arguments, "--json"]) == 4
    data = json.loads(capsys.readouterr().out)
    assert (data["letters"], data["by_area"]) == (2, {"Northtown": 1, "South Town": 1})
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_the_preview_promises_what_the_run_delivers(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(number) for number in range(1, 6)] + [sender(1)])
    found = preview(request(root, senders, tmp_path / "run"))
    assert (found.senders, found.letters, [fault.rule for fault, _ in found.faults]) == (6, 5, ["double"])


def test_progress_in_a_log_is_a_line_every_half_minute(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, *(float(second) for second in range(1, 100))])
    lines = _Lines(lambda: next(times))
    for done in range(1, 91):
        lines.tick(done, 9000, 0)
    told = capsys.readouterr().err.splitlines()
    assert told == [f"{done} of 9,000 letters, 1.0 a second, about {left} left" for done, left in (
        (30, "2 h 30 min"), (60, "2 h 29 min"), (90, "2 h 28 min"))]
    assert [_span(seconds) for seconds in (40, 720, 12000)] == ["40 s", "12 min", "3 h 20 min"]
