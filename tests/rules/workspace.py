"""A small workspace without a mistake, and patches that put one in.

A patch is written like a diff without line numbers: `--- path`, then lines that stay (` `), go (`-`) or come (`+`); an empty line
separates two places of one file. Lines that stay or go must stand in the file together, once.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

from advokit.compose import Job, compose
from advokit.problems import CheckError, Problem
from advokit.rules import check_campaign, check_document
from advokit.workspace import read_campaign

BASE = Path(__file__).parent / "base"
DATE = dt.date(2026, 11, 23)
CAMPAIGN = "pools"


def workspace(folder: Path, patch: str = "") -> Path:
    root = folder / "workspace"
    shutil.copytree(BASE, root)
    for name, hunks in parse(patch):
        path = root / name
        text = path.read_text("utf-8") if path.is_file() else ""
        for old, new in hunks:
            if old:
                assert text.count(old) == 1, f"{name} has this {text.count(old)} times:\n{old}"
                text = text.replace(old, new)
            else:
                text += new
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def parse(patch: str) -> list[tuple[str, list[tuple[str, str]]]]:
    files: list[tuple[str, list[tuple[str, str]]]] = []
    for part in re.split(r"^--- ", patch, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        hunks = []
        for hunk in re.split(r"\n(?:[ \t]*\n)+", body.strip("\n")):
            lines = [line for line in hunk.split("\n") if line]
            assert all(line[0] in " +-" for line in lines), hunk
            old = "".join(line[1:] + "\n" for line in lines if line[0] in " -")
            new = "".join(line[1:] + "\n" for line in lines if line[0] in " +")
            hunks.append((old, new))
        files.append((name.strip(), hunks))
    return files


def check(root: Path, date: dt.date = DATE, *, strict: bool = False) -> list[Problem]:
    """Every problem of the workspace, those of the base left out by their words."""
    files, problems = read_campaign(root, CAMPAIGN)
    found = set(problems)
    if files:
        found.update(check_campaign(files, date, strict=strict))
        for edition in files.editions if not unreadable(found) else ():
            for document in files.documents(edition):
                if document in files.editions[edition].texts:
                    try:
                        found.update(check_document(compose(Job(files, edition, document, date)), files, date))
                    except CheckError as error:
                        found.update(error.problems)
    return sorted(problem for problem in found if not expected_of_base(problem))


def unreadable(problems: set[Problem]) -> bool:
    """Whether the ledger cites a source that it does not have, so that no page can be composed from it."""
    return any(problem.rule == "unknown-source" and problem.path.startswith("facts/") for problem in problems)


def expected_of_base(problem: Problem) -> bool:
    """The base has no copies, and its country packs are the built-in ones with what they say of themselves."""
    return (problem.rule == "copy-missing") or (
        problem.rule == "convention-unsourced" and problem.path.startswith("advokit:")
    )


def place(problem: Problem) -> str:
    return str(problem).partition("\n")[0]
