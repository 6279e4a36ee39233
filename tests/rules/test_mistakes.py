"""Files with one mistake each: every problem is named by file, line, rule and words, and near misses stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from advokit.rules.table import RULES
from tests.rules.workspace import check, parse, workspace

HERE = Path(__file__).parent
MISTAKES = sorted((HERE / "mistakes").glob("*/*/mistake.diff"))
NEAR = sorted((HERE / "near").glob("*.diff"))


def test_the_base_has_no_mistake(tmp_path: Path) -> None:
    assert check(workspace(tmp_path)) == []


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_a_mistake_is_named(path: Path, tmp_path: Path) -> None:
    found = check(workspace(tmp_path, path.read_text("utf-8")))
    shown = [f"{item.path}:{item.line} {item.severity}[{item.rule}] {item.message}" for item in found]
    assert shown == (path.parent / "expect").read_text("utf-8").splitlines()
    assert path.parent.parent.name in {item.rule for item in found}


@pytest.mark.parametrize("path", NEAR, ids=lambda path: path.stem)
def test_a_near_miss_is_silent(path: Path, tmp_path: Path) -> None:
    assert [str(item) for item in check(workspace(tmp_path, path.read_text("utf-8")))] == []


def test_every_problem_of_a_mistake_has_a_line_and_a_known_rule(tmp_path: Path) -> None:
    patch = "\n".join(path.read_text("utf-8") for path in MISTAKES if path.parent.parent.name == "future-date")
    for problem in check(workspace(tmp_path, patch)):
        assert problem.line > 0
        assert problem.rule in RULES


def test_two_mistakes_in_two_files_are_told_at_once(tmp_path: Path) -> None:
    patch = (HERE / "mistakes/untracked-number/passage/mistake.diff").read_text("utf-8")
    patch += "\n" + (HERE / "mistakes/untracked-number/words/mistake.diff").read_text("utf-8")
    found = check(workspace(tmp_path, patch))
    assert {problem.path for problem in found} == {
        "campaigns/pools/editions/gb.yaml", "campaigns/pools/text/en/faq.md"}


def test_a_patch_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    assert parse("--- a\n-x\n+y\n") == [("a", [("x\n", "y\n")])]
    with pytest.raises(AssertionError, match="0 times"):
        workspace(tmp_path, "--- facts/pools.yaml\n-no such line\n+y\n")


def test_a_language_with_the_letter_alone_needs_the_wordings_of_its_letter(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    letter = root / "campaigns/pools/text/en/letter.md"
    (root / "campaigns/pools/text/de/letter.md").write_text(
        letter.read_text("utf-8").replace("I write to you as someone who lives in this borough.", "ich wohne hier."), "utf-8")
    edition = root / "campaigns/pools/editions/de.yaml"
    edition.write_text(edition.read_text("utf-8").replace("language: de\n", "language: de\ndocuments: [letter]\n"), "utf-8")
    ledger = root / "facts/pools.yaml"
    german = '          de: "Nach Angaben ({counted_by}) waren {value} {unit} geschlossen ({as_of_phrase})."\n'
    old, new, rest = ledger.read_text("utf-8").split(german)
    ledger.write_text(old + new + german + rest, "utf-8")
    assert "wording" not in " ".join(item.message for item in check(root))
    ledger.write_text(old + german + new + rest, "utf-8")
    assert [item.message for item in check(root) if "wording" in item.message] == [
        "the wording of 'pools-closed-2026' has no text in 'de'; it has en"]
