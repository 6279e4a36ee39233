"""The examples of docs/rules are what `check` really says, so that the documentation cannot drift from the rules."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from advokit.rules.table import FAMILIES, RULES, index
from tests.rules import workspace as w

DOCS = Path(__file__).parents[2] / "docs" / "rules"
#: Rules about what the base itself says of built-in packs and absent copies.
OF_BASE = {"copy-missing", "convention-unsourced", "convention-expired"}


def part(text: str, heading: str) -> str:
    found = re.search(rf"^## {heading}.*?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def block(text: str, kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def said(folder: Path, patch: str, rule: str, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    if rule in OF_BASE:
        monkeypatch.setattr(w, "expected_of_base", lambda _problem: False)
    day = re.search(r"^On (\d{4}-\d{2}-\d{2}):", text, re.MULTILINE)
    found = w.check(
        w.workspace(folder, patch), dt.date.fromisoformat(day[1]) if day else w.DATE, strict="`--strict`)" in text
    )
    return [str(problem) for problem in found if problem.rule == rule]


@pytest.mark.parametrize("rule", RULES)
def test_the_failing_example_gives_the_message_that_stands_below_it(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DOCS / f"{rule}.md").read_text("utf-8")
    shown = block(part(text, "Fails"), "text").rstrip("\n")
    assert f"[{rule}]" in shown
    found = said(tmp_path, block(part(text, "Fails"), "diff"), rule, text, monkeypatch)
    if rule.startswith("convention-"):
        found = [line for line in found if "gb.yaml" in line]
    if RULES[rule].family == "form":  # the hints of readers list every key, which other modules may add to
        found = [line.partition("\n")[0] for line in found]
    assert "\n".join(found) == shown


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in OF_BASE])
def test_the_mended_example_is_silent(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS / f"{rule}.md").read_text("utf-8")
    mended = block(part(text, "Mended"), "diff")
    if not mended:
        assert "The line as it was." in part(text, "Mended")
        return
    assert said(tmp_path, mended, rule, "", monkeypatch) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_page_says_what_the_table_says(rule: str) -> None:
    text = (DOCS / f"{rule}.md").read_text("utf-8")
    assert text.startswith(f"# {rule}\n\n{RULES[rule].title}: {RULES[rule].sentence}.\n")
    assert text.count("## Why") == 1
    assert ("A warning:" in text) == (RULES[rule].severity == "warning")


def test_the_index_is_the_table() -> None:
    assert (DOCS / "index.md").read_text("utf-8") == index()
    assert {path.stem for path in DOCS.glob("*.md")} - {"index"} <= {*RULES, "minor-identified"}
    assert {rule.family for rule in RULES.values()} == set(FAMILIES)
