"""`figures add` and `figures update`: by a file of answers and as a person types them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit import yamlfile
from advokit.cli.figures_questions import numbers_of
from advokit.cli.ledger_insert import Addition, inserted
from advokit.cli.main import main
from advokit.ledger import Ledger

LEDGER = "facts/pools.yaml"
ADD = """figure: swimmers
label_en: swimmers
unit_en: swimmer / swimmers
source: council-2026
quote: "at least 1,205 swimmers came"
value: "1205"
qualifier: at_least
as_of: "2026-03"
counted_by: Borough Council
"""
UPDATE = """source: council-2026
quote: "14 pools have been closed"
as_of: "2026-06"
counted_by: Borough Council
relation: supersedes
"""


def answers(root: Path, text: str) -> str:
    path = root / "answers.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def run(root: Path, *words: str) -> int:
    return main(["-w", str(root), "figures", *words])


def ledger(root: Path) -> Ledger:
    return yamlfile.load(root / LEDGER, Ledger).model


def test_a_figure_is_added_and_every_line_that_was_there_stays(workspace: Path) -> None:
    before = (workspace / LEDGER).read_text("utf-8").splitlines()
    assert run(workspace, "add", "--answers", answers(workspace, ADD)) == 0
    after = (workspace / LEDGER).read_text("utf-8").splitlines()
    rest = iter(after)
    assert all(line in rest for line in before)
    item = ledger(workspace).figures["swimmers"].observations[0]
    assert (item.id, str(item.value), item.qualifier, str(item.as_of)) == ("swimmers-2026-03", "1205", "at_least", "2026-03")


def test_an_update_supersedes_the_current_count_and_takes_the_number_from_the_quote(workspace: Path) -> None:
    assert run(workspace, "update", "pools-closed", "--answers", answers(workspace, UPDATE)) == 0
    figure = ledger(workspace).figures["pools-closed"]
    assert [item.id for item in figure.observations] == ["pools-closed-2026", "pools-closed-2026-06"]
    assert figure.observations[1].supersedes == ("pools-closed-2026",)
    assert str(figure.observations[1].value) == "14"


@pytest.mark.parametrize(("relation", "field"), [("disputes", "disputes"), ("same_origin_as", "same_origin_as")])
def test_an_update_can_dispute_or_repeat(workspace: Path, relation: str, field: str) -> None:
    text = UPDATE.replace("supersedes", relation)
    assert run(workspace, "update", "pools-closed-2026", "--answers", answers(workspace, text)) == 0
    assert getattr(ledger(workspace).figures["pools-closed"].observations[1], field) == ("pools-closed-2026",)


def test_a_new_source_is_asked_for_and_written(workspace: Path) -> None:
    text = ADD.replace("council-2026", "friends-2026") + (
        "source_title: 'We counted: all'\nsource_author: Friends of the Pools\nsource_URL: https://example.net/doors\n")
    assert run(workspace, "add", "--answers", answers(workspace, text)) == 0
    source = ledger(workspace).sources["friends-2026"]
    assert (source.title, str(source.author[0]), source.type) == ("We counted: all", "Friends of the Pools", "webpage")


@pytest.mark.parametrize(("old", "new", "says"), [
    ('"1205"', '"1250"', "does not state 1250"), ("at_least", "exact", "states at least"), ("council-2026", "council-202", "council-2026"),
    ("Borough Council", "borough", "no organization 'borough'"), ('"2026-03"', "March", "not a date"), ("figure: swimmers", "figure: pools-closed",
                                                                                                     "in the ledger already"),
    ("as_of:", "asof:", "Did you mean 'as_of'?"), ('"at least 1,205 swimmers came"', '"a b c d e f g h i j k l 1205"', "twelve is the most"),
])
def test_wrong_answers_are_all_named_and_nothing_is_written(workspace: Path, old: str, new: str, says: str,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    before = (workspace / LEDGER).read_bytes()
    assert run(workspace, "add", "--answers", answers(workspace, ADD.replace(old, new))) == 3
    assert says in capsys.readouterr().err
    assert (workspace / LEDGER).read_bytes() == before


def test_the_quote_is_looked_for_in_the_copy(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = b"In March, at least 1,205 people swam."
    digest = hashlib.sha256(copy).hexdigest()
    (workspace / "facts/archive").mkdir()
    (workspace / f"facts/archive/{digest}.txt").write_bytes(copy)
    path = workspace / LEDGER
    text = path.read_text("utf-8").replace("    tier: primary", f'    copy: {{sha256: {digest}, captured: "2026-04-02"}}\n    tier: primary', 1)
    path.write_text(text, "utf-8")
    assert run(workspace, "add", "--answers", answers(workspace, ADD)) == 3
    assert "do not stand in the copy" in capsys.readouterr().err
    fitting = ADD.replace("at least 1,205 swimmers came", "at least 1,205 people swam").replace("swimmer / swimmers", "")
    assert run(workspace, "add", "--answers", answers(workspace, fitting)) == 0


def test_a_private_name_never_enters_the_ledger(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "facts/private").mkdir()
    (workspace / "facts/private/names.yaml").write_text("names: [{given: Олена, family: Примарчук}]\n", "utf-8")
    assert run(workspace, "add", "--answers", answers(workspace, ADD.replace("Borough Council", "Olena Prymarchuk"))) == 3
    told = capsys.readouterr().err
    assert "a name from the private list stands here (entry 1)" in told
    assert "rymarchuk" not in told


def typed(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    waiting = iter(lines)

    def prompt(_text: str, default: str = "", **_options: object) -> str:
        line = next(waiting, None)
        if line is None:
            raise KeyboardInterrupt
        return line or default
    monkeypatch.setattr("typer.prompt", prompt)


TYPED = ["council-2026", "14 pools have been closed", "", "", "2026-06", "Borough Council", "", "", "", "", ""]


def test_a_person_goes_back_asks_errs_corrects_and_says_yes(workspace: Path, monkeypatch: pytest.MonkeyPatch,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, ["?", "council-206", "council-2026", "13 pools", "<", "14 pools have been closed", "13", "", "", "2026-05", "<", "2026-06",
                        "Borough Council", "", "", "", "", "", "as_off", "as_of", "2026-07", "yes"])
    assert run(workspace, "update", "pools-closed") == 0
    told = capsys.readouterr().out
    assert "Did you mean 'council-2026'?" in told
    assert "does not state 13" in told
    assert "Did you mean 'as_of'?" in told
    item = ledger(workspace).figures["pools-closed"].observations[1]
    assert (str(item.value), str(item.as_of)) == ("14", "2026-07")


@pytest.mark.parametrize("lines", [[], TYPED[:3], TYPED])
def test_ctrl_c_writes_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    before = (workspace / LEDGER).read_bytes()
    typed(monkeypatch, lines)
    assert run(workspace, "update", "pools-closed") == 130
    assert (workspace / LEDGER).read_bytes() == before


def test_no_writes_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (workspace / LEDGER).read_bytes()
    typed(monkeypatch, [*TYPED, "no"])
    assert run(workspace, "update", "pools-closed") == 1
    assert (workspace / LEDGER).read_bytes() == before


def test_an_unknown_figure_gets_the_nearest_name(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "update", "pools-close") == 2
    assert "Did you mean 'pools-closed'?" in capsys.readouterr().err


BASE = (b"# top\nsources:\n  a: {type: report, title: A, tier: primary}   # flow\nfigures:\n  f: # first\n    label: x\n    kind: stock\n"
        b'    observations:\n    - id: one # note\n      value: 1\n      as_of: "2026"\n      counted_by: Someone\n'
        b"      evidence: {source: a, quote: one thing}\n    # after\n\n# below\nclaims: {}\n")


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and text.isprintable()))
def test_any_words_survive_being_written(words: str) -> None:
    item = {"id": "two", "value": "2", "as_of": "2026", "counted_by": words.strip(), "evidence": {"source": "a", "quote": "two things"}}
    after = inserted(BASE, "x.yaml", Addition(observations={"f": item}))
    assert yamlfile.parse(after, "x").value["figures"]["f"]["observations"][1]["counted_by"] == words.strip()
    rest = iter(after.splitlines())
    assert all(line in rest for line in BASE.splitlines())


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_line_breaks_stay_as_they_are(newline: bytes) -> None:
    after = inserted(BASE.replace(b"\n", newline), "x.yaml", Addition(sources={"b": {"type": "report", "title": "B", "tier": "primary"}}))
    assert after.count(b"\n") == after.count(newline)


@pytest.mark.parametrize(("text", "numbers"), [
    ("1859", {"value": "1859"}), ("1,859", {"value": "1859"}), ("19 546", {"value": "19546"}), ("1.5", {"value": "1.5"}),
    ("100..200", {"low": "100", "high": "200"}), ("100–200", {"low": "100", "high": "200"}), ("x", None), ("1e5", None), ("NaN", None), ("", None)])
def test_numbers_are_read_as_people_type_them(text: str, numbers: dict[str, str] | None) -> None:
    assert numbers_of(text) == numbers
