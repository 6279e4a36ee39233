"""Runs of letters: whole, once, resumable, private, and one bad row costs that row only."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf
import pytest

from advokit.freshness import write_whole
from advokit.letters import run as stage
from advokit.letters.folder import RunFolder
from advokit.letters.journal import Journal
from advokit.letters.matching import Wish
from advokit.letters.run import LocalRunner, Waiting, run_letters
from advokit.letters.work import MadeLetter, make_letter
from advokit.pdfreading import read_pdf
from advokit.problems import AdvokitError, InputError, Problem, UsageError
from advokit.worker import Outcome
from tests.letters.workspace import PEOPLE, campaign, request, run, sender, write_senders
from tests.workspaces import NAME, change

ROOT = Path(__file__).parent.parent.parent


class InProcess:
    """Makes letters in this process: quick, and able to fail on demand."""

    def __init__(self, *, stop_after: int = 10**6, broken: frozenset[int] = frozenset(), rule: str = "worker-died") -> None:
        self.stop_after, self.broken, self.rule = stop_after, broken, rule
        self.made: list[int] = []

    def run(self, kit: Path, digest: str, letters: Iterable[Waiting]) -> Iterator[tuple[Waiting, Outcome[MadeLetter]]]:
        for letter in letters:
            if len(self.made) >= self.stop_after:
                raise KeyboardInterrupt
            self.made.append(letter[1])
            if letter[1] in self.broken:
                yield letter, Outcome(None, (Problem("senders", 0, 0, "error", self.rule, "the letter died ('secret')"),))
                continue
            try:
                yield letter, Outcome(make_letter(str(kit), digest, letter[3]))
            except AdvokitError as error:
                yield letter, Outcome(None, error.problems)


def failures(out: Path) -> list[dict[str, str]]:
    with (out / "failures.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((out / "letters").iterdir())}


def text_of(path: Path) -> str:
    return "".join((" " if char.space_before else "") + char.text for page in read_pdf(path.read_bytes()).pages
                   for char in page.chars)


def test_each_sender_writes_to_their_own_member_in_a_fenced_worker(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1, words="I swim {{ 7*7 }} <b>every</b> 1,859 days."),
                                                 sender(2, "SOUTH-TOWN")])
    report = run(request(root, senders, tmp_path / "run"))
    assert (report.letters, report.made, report.faults, report.exit_code) == (2, 2, 0, 0)
    first, second = (text_of(tmp_path / "run/letters" / f"letter-0000{row}-1.pdf") for row in (2, 3))
    assert "Dear Ms Example" in first
    assert "I swim {{ 7*7 }} <b>every</b> 1,859 days." in first
    assert "Dear Mr Sample" in second
    assert "Your own words" not in second


def test_one_bad_row_costs_that_row_only_and_is_listed(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    rows = [sender(1), sender(2, "Nothertown"), sender(1, name="number1, SENDER"), ("", "1 Road", "T", "AB1", "Northtown", ""),
            sender(5, words="word " * 790), sender(6, "Westtown"), ("No Address", "", "", "", "Northtown", ""),
            (*sender(8), "more", "cells"), sender(9)]
    senders = write_senders(tmp_path / "s.csv", rows)
    report = run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert {row["row"]: row["rule"] for row in failures(tmp_path / "run")} == {
        "3": "unknown-area", "4": "double", "5": "missing-name", "6": "letter-overflow", "8": "missing-address",
        "9": "ragged-row"}
    assert "row 2" in failures(tmp_path / "run")[1]["message"]
    assert failures(tmp_path / "run")[0]["nearest"] == "Northtown"
    assert (report.letters, report.faults, report.exit_code) == (3, 6, 4)


def test_an_unknown_gender_is_refused_where_no_source_gives_a_neutral_form(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    pack = (ROOT / "advokit/countries/gb.yaml").read_text("utf-8").replace("      other: Dear {full_name}\n", "", 1)
    pack = pack.replace("      parts: {other: {strength: w, source: twente}}\n", "", 1)
    (root / "countries").mkdir()
    (root / "countries/gb.yaml").write_text(pack, "utf-8")
    senders = write_senders(tmp_path / "s.csv", [sender(1, "Westtown"), sender(2)])
    report = run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert (report.letters, report.faults) == (1, 1)
    row, = failures(tmp_path / "run")
    assert (row["row"], row["rule"], row["recipient"]) == ("2", "unknown-gender", "Pat Unstated")
    assert "Sender" not in row["message"]


def test_a_stopped_run_goes_on_where_it_stopped_and_gives_the_same_bytes(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(number, words=f"Word {number}.") for number in range(1, 7)])
    run_letters(request(root, senders, tmp_path / "whole"), InProcess())
    with pytest.raises(KeyboardInterrupt):
        run_letters(request(root, senders, tmp_path / "run"), InProcess(stop_after=3))
    assert len(digests(tmp_path / "run")) == 3
    second = InProcess()
    report = run_letters(request(root, senders, tmp_path / "run"), second)
    assert (report.letters, report.made, second.made) == (6, 3, [5, 6, 7])
    assert digests(tmp_path / "run") == digests(tmp_path / "whole")
    third = InProcess()
    assert run_letters(request(root, senders, tmp_path / "run"), third).made == 0
    assert third.made == []


def test_a_damaged_lost_or_half_written_letter_is_made_again_and_a_mended_row_added(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2), sender(3, "Nowhere"), sender(4)])
    run_letters(request(root, senders, tmp_path / "run"), InProcess())
    before = digests(tmp_path / "run")
    folder = tmp_path / "run/letters"
    (folder / "letter-00002-1.pdf").write_bytes(b"half")
    (folder / "letter-00003-1.pdf").unlink()
    (folder / ".letter-00009-1.pdf.77.part").write_bytes(b"half")
    write_senders(senders, [sender(1), sender(2), sender(3), sender(4, words="New words.")])
    again = InProcess()
    report = run_letters(request(root, senders, tmp_path / "run"), again)
    assert again.made == [2, 3, 4, 5]
    assert report.faults == 0
    after = digests(tmp_path / "run")
    assert {name: after[name] for name in before if "00005" not in name} == {
        name: before[name] for name in before if "00005" not in name}
    assert after["letter-00005-1.pdf"] != before["letter-00005-1.pdf"]
    assert len(after) == 4


def test_a_row_taken_away_takes_its_letter_away(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2)])
    run_letters(request(root, senders, tmp_path / "run"), InProcess())
    write_senders(senders, [sender(1)])
    report = run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert (report.letters, sorted(digests(tmp_path / "run"))) == (1, ["letter-00002-1.pdf"])


def test_a_worker_that_dies_gets_a_second_chance_and_costs_its_letter_only(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2)])
    runner = InProcess(broken=frozenset({3}))
    report = run_letters(request(root, senders, tmp_path / "run"), runner)
    assert runner.made == [2, 3, 3]
    assert (report.letters, report.faults) == (1, 1)
    row, = failures(tmp_path / "run")
    assert (row["row"], row["rule"]) == ("3", "worker-died")
    assert "secret" not in row["message"]


def test_a_full_disk_is_listed_and_the_next_run_delivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(number) for number in range(1, 7)])
    whole = write_whole

    def full(path: Path, content: bytes) -> None:
        if path.name in {f"letter-0000{row}-1.pdf" for row in (3, 4, 5, 6)}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        whole(path, content)

    monkeypatch.setattr(stage, "write_whole", full)
    report = run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert (report.letters, report.faults, report.waiting, report.exit_code) == (1, 3, 2, 4)
    assert {row["rule"] for row in failures(tmp_path / "run")} == {"not-written"}
    monkeypatch.setattr(stage, "write_whole", whole)
    report = run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert (report.letters, report.faults, report.waiting) == (6, 0, 0)


def test_two_runs_in_one_folder_do_not_fight(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    with RunFolder(tmp_path / "run"), pytest.raises(UsageError, match="another run is at work"):
        run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert run_letters(request(root, senders, tmp_path / "run"), InProcess()).letters == 1


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    mode = tmp_path.stat().st_mode
    with pytest.raises(UsageError, match="other things"):
        run_letters(request(root, senders, tmp_path), InProcess())
    assert tmp_path.stat().st_mode == mode


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_run_that_is_killed_goes_on_and_delivers_every_letter_once(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(number, words=f"Word {number}.") for number in range(1, 9)])
    people = root / f"campaigns/{NAME}/people"
    from advokit.people import write_people
    write_people(people / "gb.csv", PEOPLE)
    command = [sys.executable, str(ROOT / "cli.py"), "letters", "-w", str(root), "-e", "gb", "--senders", str(senders),
               "-o", str(tmp_path / "run"), "--date", "2026-11-23", "--jobs", "1"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while time.monotonic() < until and len(list((tmp_path / "run/letters").glob("*.pdf"))) < 2:
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    stood = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "run/letters").glob("*.pdf")}
    assert 2 <= len(stood) < 8
    for path in (tmp_path / "run/letters").glob("*.pdf"):
        pikepdf.open(path).close()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    letters = sorted((tmp_path / "run/letters").iterdir())
    assert [path.name for path in letters] == [f"letter-0000{row}-1.pdf" for row in range(2, 10)]
    assert json.loads((tmp_path / "run/run.json").read_text("utf-8"))["letters"] == 8


def test_senders_data_stays_in_the_letters_and_the_journal(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    words = "Zebrafinch paragraph of mine."
    senders = write_senders(tmp_path / "s.csv", [sender(1, words=words, name="Quillon Xerxes"), sender(2, "Nowhere")])
    out = tmp_path / "run"
    run_letters(request(root, senders, out), InProcess())
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    for path in (path for path in out.iterdir() if path.is_file() and path.name != ".journal.sqlite"):
        content = path.read_bytes()
        assert not any(secret in content for secret in (b"Quillon", b"Zebrafinch", b"AB1", b"High Street")), path.name
    assert not any("Quillon" in path.name for path in out.rglob("*"))
    letter = out / "letters/letter-00002-1.pdf"
    with pikepdf.open(letter) as pdf:
        about = str(pdf.open_metadata()) + str(dict(pdf.docinfo))
        attached = b"".join(pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments)
    assert "Quillon" not in about
    assert b"Quillon" not in attached


def test_forget_leaves_the_counts_by_area_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from advokit.cli.main import main
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2), sender(3, "South Town")])
    out = tmp_path / "run"
    run_letters(request(root, senders, out), InProcess())
    assert main(["letters", "-w", str(root), "-e", "gb", "-o", str(out), "--forget"]) == 0
    assert sorted(path.name for path in out.iterdir()) == [".lock", "counts.csv"]
    assert (out / "counts.csv").read_text("utf-8").splitlines() == [
        "area,chamber,letters,failed", "Northtown,commons,2,0", "South Town,commons,1,0"]
    assert "Forgotten" in capsys.readouterr().out
    assert main(["letters", "-w", str(root), "-e", "gb", "-o", str(out), "--forget"]) == 0
    assert "Northtown" in (out / "counts.csv").read_text("utf-8")


def test_in_the_united_kingdom_one_writes_to_ones_own_member_only(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    report = run_letters(request(root, senders, tmp_path / "run", wish=Wish("all")), InProcess())
    assert (report.letters, report.faults) == (1, 2)
    assert {row["rule"] for row in failures(tmp_path / "run")} == {"not-own-member"}


def test_a_party_gets_the_text_that_the_edition_gives_it(tmp_path: Path) -> None:
    root = campaign(tmp_path, "by_party: {red: labour}\n")
    text = (root / f"campaigns/{NAME}/text/en/letter.md").read_text("utf-8")
    (root / f"campaigns/{NAME}/text/en/letter-labour.md").write_text(text.replace("I look forward", "As a Red, I look"),
                                                                     "utf-8")
    senders = write_senders(tmp_path / "s.csv", [sender(1), sender(2, "South Town")])
    run_letters(request(root, senders, tmp_path / "run"), InProcess())
    first, second = (text_of(tmp_path / "run/letters" / f"letter-0000{row}-1.pdf") for row in (2, 3))
    assert "As a Red" in first
    assert "As a Red" not in second


def test_a_text_for_a_party_that_is_missing_is_told_before_anything_is_made(tmp_path: Path) -> None:
    root = campaign(tmp_path, "by_party: {Red: labour}\n")
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    with pytest.raises(InputError, match="letter-labour"):
        run_letters(request(root, senders, tmp_path / "run"), InProcess())


def test_a_changed_text_makes_every_letter_anew(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1)])
    run_letters(request(root, senders, tmp_path / "run"), InProcess())
    change(root, f"campaigns/{NAME}/text/en/letter.md", "I look forward", "Sincerely I look forward")
    assert run_letters(request(root, senders, tmp_path / "run"), InProcess()).made == 1


def test_the_local_pool_pairs_each_letter_with_its_outcome(tmp_path: Path) -> None:
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(number, "Northtown" if number % 2 else "South Town",
                                                        f"I am number {number}.") for number in range(1, 6)])
    out = tmp_path / "run"
    run_letters(request(root, senders, out), LocalRunner(root.resolve(), 2))
    for number in range(1, 6):
        text = text_of(out / f"letters/letter-0000{number + 1}-1.pdf")
        assert f"I am number {number}." in text
        assert ("Example" if number % 2 else "Sample") in text
    with Journal(out / ".journal.sqlite") as journal:
        assert [letter.row for letter in journal.standing()] == [2, 3, 4, 5, 6]
