"""`advokit senders` as a person meets it: through a pipe, through a terminal, stopped at any question."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import pty
import select
import signal
import stat
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from advokit.cli.main import main
from advokit.people import write_people
from tests.letters.workspace import PEOPLE, campaign
from tests.workspaces import NAME

OWN = "own_words:\n  questions: {why: {en: Why?}, tie: {en: What ties you to it?}}\n"
ADDRESS = ("Ann Lee", "1 High Street", "Northtown", "AB1 2CD")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = campaign(tmp_path, OWN)
    write_people(made / f"campaigns/{NAME}/people/gb.csv", PEOPLE)
    monkeypatch.chdir(made)
    return made


def ask(monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], *options: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return main(["senders", "ask", "-e", "gb", "--date", "2026-11-23", *options])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_from_nothing_to_a_letter(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = ("", *ADDRESS, "south", "Bo Li", "", "1", "I teach here.", "?", "My neighbours fled.", "")
    assert ask(monkeypatch, said, "--letter") == 0
    out, err = capsys.readouterr()
    assert "The letter needs this." in out
    assert "South Town (Lee Sample)" in out
    assert "  I teach here. My neighbours fled." in out
    assert "Room in the letter: about " in out
    assert not err
    row, = table(root / "senders.csv")
    assert (row["name"], row["area"], row["on_behalf_of"], row["answer_tie"]) == ("Ann Lee", "South Town", "Bo Li",
                                                                               "My neighbours fled.")
    assert stat.S_IMODE((root / "senders.csv").stat().st_mode) == 0o600
    letter, = (root / f"build/{NAME}/letters-gb-row-2/letters").glob("*.pdf")
    assert str(letter.relative_to(root)) in out
    from advokit.pdfreading import read_pdf
    text = "".join(char.text for page in read_pdf(letter.read_bytes()).pages for char in page.chars)
    assert "Iteachhere.Myneighboursfled." in text.replace(" ", "")
    assert "AnnLee,onbehalfofBoLi" in text.replace(" ", "")
    assert "LeeSample" in text.replace(" ", "")


def test_several_areas_are_offered_by_number_and_answers_are_corrected(root: Path, monkeypatch: pytest.MonkeyPatch,
                                                                       capsys: pytest.CaptureFixture[str]) -> None:
    said = (*ADDRESS, "town", "9", "2", "", "wrong", "a@example.org", "2", "In my own words,", "two lines.", "",
            "4", "AB9 9ZZ", "1", "-", "Ann Example", "")
    assert ask(monkeypatch, said) == 0
    out = capsys.readouterr().out
    assert "Which of these?" in out
    assert "Please type one of these numbers." in out
    assert "This is no e-mail address." in out
    row, = table(root / "senders.csv")
    assert (row["name"], row["postcode"], row["email"]) == ("Ann Example", "AB9 9ZZ", "a@example.org")
    assert row["own_words"] == "In my own words,\ntwo lines."
    assert "advokit letters pools -e gb --senders senders.csv" in out
    assert main(["letters", NAME, "-e", "gb", "--senders", "senders.csv", "--date", "2026-11-23", "--jobs", "1"]) == 0


@pytest.mark.parametrize("stopped", [".", None])
def test_what_was_typed_is_kept_and_gone_on_with(root: Path, monkeypatch: pytest.MonkeyPatch, stopped: str | None,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    half = (*ADDRESS, "Northtown", "", "", "2", "The first line,")
    assert ask(monkeypatch, half if stopped is None else (*half, stopped)) == 0
    assert "is kept in senders.csv" in capsys.readouterr().out
    assert len((root / "senders.csv").read_text("utf-8").splitlines()) == 2
    assert ask(monkeypatch, ("1", "", "", "")) == 0
    row, = table(root / "senders.csv")
    assert (row["name"], row["own_words"]) == ("Ann Lee", "The first line,")


def test_nothing_typed_writes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(monkeypatch, ()) == 1
    assert "Nothing was typed" in capsys.readouterr().out
    assert not (root / "senders.csv").exists()


def test_a_full_disk_shows_what_was_typed(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*_args: object, **_options: object) -> int:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("advokit.letters.adding.os.open", full)
    assert ask(monkeypatch, (*ADDRESS, "", "", "", "3", "")) == 4
    out, err = capsys.readouterr()
    assert "street: 1 High Street" in out
    assert "No space left" in err
    assert "Ann" not in err
    assert not (root / "senders.csv").exists()


POSIX = pytest.mark.skipif(os.name != "posix", reason="terminals and signals as POSIX has them")


class Terminal:
    """A terminal at which somebody answers questions, up to the one for the town."""

    def __init__(self, folder: Path, *, controlling: bool = False) -> None:
        def begin() -> None:
            # A shell that starts the tests in the background has them ignore Ctrl-C, and children inherit that.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            if controlling:
                fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.screen, child = pty.openpty()
        checkout = Path(__file__).parent.parent.parent
        self.process = subprocess.Popen(
            [sys.executable, str(checkout / "cli.py"), "senders", "ask", "-e", "gb"], cwd=folder, stdin=child, stdout=child,
            stderr=child, start_new_session=True, env={**os.environ, "PYTHONPATH": str(checkout)},
            preexec_fn=begin)  # noqa: PLW1509 - no threads here
        os.close(child)
        self.until(b"last name")
        os.write(self.screen, "Käthe Ann\n".encode())
        self.until(b"Street and number")
        os.write(self.screen, b"1 Road\n")
        self.until(b"Town")

    def until(self, words: bytes) -> None:
        seen, limit = b"", time.monotonic() + 120
        while words not in seen and time.monotonic() < limit and select.select([self.screen], [], [], 120)[0]:
            seen += os.read(self.screen, 4096)
        assert words in seen, seen

    def waits(self) -> None:
        """Wait until the program does: Python sees a signal that comes just before only with the next key."""
        where, limit = Path(f"/proc/{self.process.pid}/wchan"), time.monotonic() + 10
        while time.monotonic() < limit and not any(word in where.read_text() for word in ("poll", "select")):
            time.sleep(0.02)

    def close(self) -> None:
        os.close(self.screen)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_ctrl_c_and_a_polite_kill_keep_what_was_typed(root: Path, number: int) -> None:
    terminal = Terminal(root)
    terminal.waits()
    terminal.process.send_signal(number)
    terminal.until(b"marked as unfinished")
    assert terminal.process.wait(60) == 0
    terminal.close()
    assert "# Käthe Ann,1 Road" in (root / "senders.csv").read_text("utf-8")


@POSIX
@pytest.mark.parametrize("controlling", [True, False])
def test_a_closed_terminal_keeps_what_was_typed(root: Path, controlling: bool) -> None:
    terminal = Terminal(root, controlling=controlling)
    terminal.close()
    assert terminal.process.wait(60) == 0
    assert "# Käthe Ann,1 Road" in (root / "senders.csv").read_text("utf-8")


def test_a_template_has_the_columns_and_is_never_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["senders", "template", "-e", "gb", "-o", "t.csv"]) == 0
    assert (root / "t.csv").read_text("utf-8-sig").strip() == (
        "name,street,city,postcode,area,on_behalf_of,email,own_words,answer_why,answer_tie")
    assert stat.S_IMODE((root / "t.csv").stat().st_mode) == 0o600
    assert "advokit letters pools -e gb --senders t.csv" in capsys.readouterr().out
    assert main(["senders", "template", "-e", "gb", "-o", "t.csv"]) == 2
    assert "perhaps there are senders in it" in capsys.readouterr().err


def test_which_edition_is_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["senders", "ask", "-w", str(root)]) == 2
    assert "Name one with -e: gb, intl" in capsys.readouterr().err
