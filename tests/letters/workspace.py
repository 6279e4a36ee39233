"""A small campaign with a letter for the United Kingdom, and made-up senders and members."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from advokit.letters.matching import Directory, Wish
from advokit.letters.run import LocalRunner, Report, Request, run_letters
from advokit.letters.senders import Questions, SenderTable
from advokit.people import Person
from advokit.workspace import read_campaign
from tests.workspaces import NAME, blank

DATE = dt.date(2026, 11, 23)
PEOPLE = (
    Person(id="p1", name="Kim Example", given_name="Kim", family_name="Example", gender="female", party="Red",
           chamber="House of Commons", area="Northtown", email="kim@example.org"),
    Person(id="p2", name="Lee Sample", given_name="Lee", family_name="Sample", gender="male", party="Blue",
           chamber="House of Commons", area="South Town", form_url="https://example.org/form"),
    Person(id="p3", name="Pat Unstated", given_name="Pat", family_name="Unstated", chamber="House of Commons",
           area="Westtown"),
)
EDITION = """\
country: gb
language: en
asks: [fund-repairs]
recipient: {office: foreign-minister}
"""
HEAD = ("name", "street", "city", "postcode", "area", "own_words")


def campaign(folder: Path, more: str = "") -> Path:
    """Make the workspace and give its root."""
    root = blank(folder)
    (root / f"campaigns/{NAME}/editions/gb.yaml").write_text(EDITION + more, "utf-8")
    return root


def sender(number: int, area: str = "Northtown", words: str = "", name: str = "") -> tuple[str, ...]:
    """Make up one sender."""
    return (name or f"Sender Number{number}", f"{number} High Street", "Northtown", f"AB{number} 2CD", area, words)


def write_senders(path: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    """Write a table of senders."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def request(root: Path, senders: Path, out: Path, *, wish: Wish | None = None, formats: tuple[str, ...] = ("pdf",),
            questions: Questions | None = None, people: Sequence[Person] = PEOPLE, named: bool = False) -> Request:
    """Ask for a run."""
    files, problems = read_campaign(root, NAME, ["gb"])
    assert files is not None, problems
    directory = Directory(people, files.editions["gb"].country.model, "people/gb.csv")
    table = SenderTable(senders, "senders.csv", "gb", questions or Questions())
    return Request(root, NAME, ("gb",), DATE, table, directory, wish or Wish(), out, formats, named)


def run(wanted: Request, jobs: int = 1) -> Report:
    """Run on this machine."""
    return run_letters(wanted, LocalRunner(wanted.root.resolve(), jobs))
