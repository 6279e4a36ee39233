"""Runs begun again: rows that move, days that pass, formats that change, journals and letters that are lost."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from advokit.letters.folder import RunFolder
from advokit.letters.journal import Journal, Planned
from advokit.letters.run import LocalRunner, Request, run_letters
from advokit.pdfreading import read_pdf
from advokit.problems import OutputError
from tests.letters.test_run import InProcess, digests, failures, text_of
from tests.letters.workspace import DATE, campaign, request, sender, write_senders


def rows(*numbers: int) -> list[tuple[str, ...]]:
    return [sender(number, "Northtown" if number % 2 else "South Town", f"I am number {number}.") for number in numbers]


def numbers(out: Path) -> dict[str, str]:
    return {path.name: next(word for word in text_of(path).split("I am number ")[1].split(".")) for path
            in sorted((out / "letters").iterdir())}


def later(wanted: Request, days: int = 1) -> Request:
    return replace(wanted, date=DATE + dt.timedelta(days), dated=False)


def test_rows_that_move_keep_their_letters_under_new_names(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    run_letters(request(root, write_senders(tmp_path / "a.csv", rows(1, 2, 3, 4)), out), InProcess())
    moved = write_senders(tmp_path / "b.csv", rows(9, 4, 1, 3))
    runner = InProcess()
    report = run_letters(request(root, moved, out), runner)
    assert (report.letters, report.made, runner.made) == (4, 1, [2])
    assert numbers(out) == {"letter-00002-1.pdf": "9", "letter-00003-1.pdf": "4", "letter-00004-1.pdf": "1",
                            "letter-00005-1.pdf": "3"}
    run_letters(request(root, moved, tmp_path / "anew"), InProcess())
    assert digests(out) == digests(tmp_path / "anew")


@pytest.mark.parametrize("at", range(1, 8))
def test_killed_while_letters_get_their_new_names_the_next_run_goes_on(tmp_path: Path, at: int,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    run_letters(request(root, write_senders(tmp_path / "a.csv", rows(1, 2, 3)), out), InProcess())
    moved = request(root, write_senders(tmp_path / "b.csv", rows(3, 1, 2)), out)
    rename, calls = Path.rename, iter(range(1, 100))

    def stopping(self: Path, target: Path) -> Path:
        if next(calls) == at:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopping)
    if at < 7:
        with pytest.raises(KeyboardInterrupt):
            run_letters(moved, InProcess())
    monkeypatch.setattr(Path, "rename", rename)
    runner = InProcess()
    report = run_letters(moved, runner)
    assert numbers(out) == {"letter-00002-1.pdf": "3", "letter-00003-1.pdf": "1", "letter-00004-1.pdf": "2"}
    assert report.letters == 3
    assert len(runner.made) <= 3
    assert not [path for path in (out / "letters").iterdir() if path.name.startswith(".")]


def test_letters_of_an_earlier_day_stay_unless_a_date_is_asked_for(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    first = write_senders(tmp_path / "a.csv", rows(1, 2))
    run_letters(replace(request(root, first, out), dated=False), InProcess())
    stood = digests(out)
    more = write_senders(tmp_path / "b.csv", rows(1, 2, 3))
    report = run_letters(later(request(root, more, out)), InProcess())
    assert report.made == 1
    assert {name: digest for name, digest in digests(out).items() if name in stood} == stood
    assert "24 November 2026" in text_of(out / "letters/letter-00004-1.pdf")
    table = (out / "letters.csv").read_text("utf-8").splitlines()
    assert ["2026-11-23" in line for line in table[1:]] == [True, True, False]
    assert run_letters(replace(later(request(root, more, out)), dated=True), InProcess()).made == 2


def test_files_of_a_format_that_is_no_longer_asked_for_go(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "a.csv", rows(1, 2))
    run_letters(request(root, senders, out, formats=("pdf", "txt")), InProcess())
    (out / "letters/notes of mine.txt").write_text("stays", "utf-8")
    run_letters(request(root, senders, out), InProcess())
    assert sorted(path.name for path in (out / "letters").iterdir()) == [
        "letter-00002-1.pdf", "letter-00003-1.pdf", "notes of mine.txt"]


@pytest.mark.parametrize("damage", ["garbage", "cut", "middle", "gone", "older"])
def test_a_damaged_journal_is_begun_anew_and_told(tmp_path: Path, damage: str) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "a.csv", rows(1, 2, 3))
    run_letters(request(root, senders, out), InProcess())
    stood, path = digests(out), out / ".journal.sqlite"
    content = path.read_bytes()
    if damage == "garbage":
        path.write_bytes(b"no journal at all " * 99)
    elif damage == "cut":
        path.write_bytes(content[:len(content) // 2 + 100])
    elif damage == "middle":
        path.write_bytes(content[:4096] + bytes(range(256)) * 32 + content[4096 + 8192:])
    elif damage == "gone":
        path.unlink()
    else:
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE letters")
            db.execute("CREATE TABLE letters (name TEXT)")
            db.execute("PRAGMA user_version = 1")
        db.close()
    report = run_letters(request(root, write_senders(tmp_path / "b.csv", rows(1, 2)), out), InProcess())
    assert (report.letters, report.made, report.exit_code) == (2, 2, 0)
    told = [problem.rule for problem in report.warnings if problem.rule == "journal-damaged"]
    assert bool(told) is (damage in {"garbage", "cut", "middle"})
    assert digests(out) == {name: digest for name, digest in stood.items() if "00004" not in name}


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be used"), RunFolder(tmp_path / "file" / "run"):
        pass


def test_each_letter_is_noted_as_soon_as_it_stands(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        journal.begin_plan()
        journal.plan(Planned("letter-00002-1", 2, 2, "key", "{}", "", "", "", "", DATE.isoformat()))
        journal.done("letter-00002-1", {}, 1)
        other = sqlite3.connect(tmp_path / "journal.sqlite")
        assert other.execute("SELECT name, state FROM letters").fetchall() == [("letter-00002-1", "done")]
        other.close()


def test_a_journal_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "run" / ".journal.sqlite").mkdir(parents=True)
    with pytest.raises(OutputError) as caught, RunFolder(tmp_path / "run") as folder:
        Journal(folder.journal)
    (problem,) = caught.value.problems
    assert (problem.path, problem.rule) == (str(tmp_path / "run"), "unwritable-folder")
    assert "journal cannot be used" in problem.message


def test_every_format_is_made_by_a_fenced_worker(tmp_path: Path) -> None:
    root, out = campaign(tmp_path), tmp_path / "run"
    senders = write_senders(tmp_path / "a.csv", [sender(1, words="Zażółć gęślą jaźń. Їжак.")])
    report = run_letters(request(root, senders, out, formats=("pdf", "docx", "eml", "txt")),
                         LocalRunner(root.resolve(), 1))
    assert (report.letters, failures(out)) == (1, [])
    assert sorted(path.suffix for path in (out / "letters").iterdir()) == [".docx", ".eml", ".pdf", ".txt"]
    assert "Zażółć gęślą jaźń. Їжак." in (out / "letters/letter-00002-1.txt").read_text("utf-8")
    assert read_pdf((out / "letters/letter-00002-1.pdf").read_bytes()).pages
