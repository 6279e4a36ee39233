"""The rule over a workspace: every place where a name can stand, and no message that repeats it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from advokit.build import Request, build
from advokit.problems import AdvokitError
from tests.rules import workspace as w

LIST = "names:\n  - {given: Орися, family: Вигаданенко, label: a girl from the south}\n  - {given: Олена, family: Примарчук}\n"
DATE = dt.date(2026, 11, 23)
SECRETS = ("Вигаданенк", "yhadanenk", "римарчук", "rymarchuk")


def guarded(folder: Path, patch: str = "", names: str = LIST) -> Path:
    root = w.workspace(folder, patch)
    (root / "facts/private").mkdir(parents=True)
    (root / "facts/private/names.yaml").write_text(names, "utf-8")
    return root


def told(root: Path) -> list[str]:
    return [str(problem) for problem in w.check(root) if problem.rule in {"minor-identified", "sensitive-entry"}]


def add_line(root: Path, path: str, line: str) -> None:
    file = root / path
    file.write_text(file.read_text("utf-8").rstrip("\n") + f"\n\n{line}\n", "utf-8")


BRIEF, LEDGER = "campaigns/pools/text/en/brief.md", "facts/pools.yaml"


def test_a_workspace_without_a_name_is_silent(tmp_path: Path) -> None:
    assert told(guarded(tmp_path)) == []


@pytest.mark.parametrize("line", [
    "We met Orysia Vyhadanenko.", "We met Orysia **Vyha**danenko.", "[here](https://example.org/orysia-vyhadanenko)",
    "![Orysia Vyhadanenko on a bench](workspace:a.png)", "<!-- Orysia Vyhadanenko -->", "O&#114;ysia Vyhadanenko",
    "{# Orysia Vyhadanenko #}",
])
def test_a_name_in_a_text_is_found_at_its_line(tmp_path: Path, line: str) -> None:
    root = guarded(tmp_path)
    add_line(root, BRIEF, line)
    number = (root / BRIEF).read_text("utf-8").rstrip("\n").count("\n") + 1
    found = told(root)
    assert any(f"{BRIEF}:{number}:" in text and "(entry 1)" in text and "a girl from the south" in text for text in found)
    assert not any(secret in text for secret in SECRETS for text in found)


@pytest.mark.parametrize(("old", "new"), [
    ("facts/pools.yaml", "# Olena Prymarchuk"), ("facts/pools.yaml", 'note: "Olena Prymarchuk told us"'),
    ("facts/pools.yaml", 'note: "\\u041elena Prymarchuk told us"'),
    ("campaigns/pools/campaign.yaml", "# Olena Prymarchuk"), ("campaigns/pools/editions/gb.yaml", "# Olena Prymarchuk"),
])
def test_a_name_in_the_files_of_the_workspace_is_found(tmp_path: Path, old: str, new: str) -> None:
    root = guarded(tmp_path)
    add_line(root, old, new)
    found = told(root)
    assert any(text.startswith(f"{old}:") and "(entry 2)" in text for text in found)
    assert not any(secret in text for secret in SECRETS for text in found)


def test_a_name_in_the_name_of_a_file_is_found_and_not_shown(tmp_path: Path) -> None:
    root = guarded(tmp_path)
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates/olena-prymarchuk.svg").write_text("<svg/>", "utf-8")
    found = told(root)
    assert ["in the name of a file (entry 2)" in text for text in found] == [True]
    assert not any(secret in text for secret in SECRETS for text in found)


def test_other_rules_do_not_repeat_a_name(tmp_path: Path) -> None:
    root = guarded(tmp_path)
    add_line(root, BRIEF, 'We met 12 of Orysia Vyhadanenko. {{ figure("olena-prymarchuk") }}')
    everything = "\n".join(str(problem) for problem in w.check(root))
    assert "unknown-figure" in everything
    assert not any(secret in everything for secret in SECRETS)


def test_a_locked_or_broken_list_blocks_everything(tmp_path: Path) -> None:
    found = [str(problem) for problem in w.check(guarded(tmp_path, names="names: [Orysia Vyhadanenko]\n"))]
    assert any(text.startswith("facts/private/names.yaml:1:") for text in found)
    assert not any(secret in text for secret in SECRETS for text in found)


def test_a_consent_lets_one_document_print_the_name(tmp_path: Path) -> None:
    consent = ('names:\n  - given: Орися\n    family: Вигаданенко\n    exceptions:\n      - {consented_by: herself, on: "2026-01-10",'
               ' purpose: a speech, documents: "pools/gb/brief", until: "2026-12-31", entered_by: one, reviewed_by: two}\n')
    root = guarded(tmp_path, names=consent)
    add_line(root, BRIEF, "We met Orysia Vyhadanenko.")
    assert told(root) == []
    ended = told(guarded(tmp_path / "b", names=consent.replace("2026-12-31", "2026-06-30")))
    assert ended == []
    root = tmp_path / "b" / "workspace"
    add_line(root, BRIEF, "We met Orysia Vyhadanenko.")
    assert any("The consent ended on 2026-06-30" in text for text in told(root))


def test_details_that_identify_are_found_in_texts_and_in_the_ledger(tmp_path: Path) -> None:
    root = w.workspace(tmp_path)
    add_line(root, BRIEF, "A twelve-year-old girl from Kherson learnt to swim.")
    add_line(root, LEDGER, 'note: "The boy from Izium was taken on 3 March 2022."')
    found = told(root)
    assert any(text.startswith(f"{BRIEF}:") and "an exact age and a home town of one child" in text for text in found)
    assert any(text.startswith(f"{LEDGER}:") and "a home town and an exact day of one child" in text for text in found)


def decided(root: Path, until: str = "2026-12-31", entry: str = "swimmers-council") -> None:
    (root / "facts/safeguarding.yaml").write_text(
        f"decisions:\n  - {{entry: {entry}, documents: 'pools/*', reason: the children want it told, decided_by: one,"
        f' reviewed_by: two, until: "{until}"}}\n', "utf-8")


def test_what_is_graphic_is_off_until_two_people_decide(tmp_path: Path) -> None:
    root = w.workspace(tmp_path)
    text = (root / LEDGER).read_text("utf-8")
    (root / LEDGER).write_text(text.replace("- id: swimmers-council\n", "- id: swimmers-council\n        sensitivity: graphic\n"),
                               "utf-8")
    assert any("error[sensitive-entry]: 'swimmers-council' is marked 'graphic'" in line for line in told(root))
    decided(root)
    assert told(root) == []
    decided(root, until="2026-01-31")
    assert any("The decision ended on 2026-01-31" in line for line in told(root))
    decided(root, entry="swimmers-counsil")
    assert any("Did you mean 'swimmers-council'?" in line for line in told(root))


def request(root: Path, *forms: str) -> Request:
    return Request(root, "pools", DATE, root / "build", ("gb",), ("brief",), forms or ("html",))


def test_a_build_delivers_nothing_that_holds_a_name_and_leaves_no_trace(tmp_path: Path) -> None:
    root = guarded(tmp_path)
    add_line(root, BRIEF, "We met Orysia Vyhadanenko.")
    try:
        report = build(request(root, "html", "txt"))
        problems = "\n".join(map(str, report.problems))
        assert report.failed
    except AdvokitError as error:
        problems = str(error)
    assert "minor-identified" in problems
    assert not any(secret in problems for secret in SECRETS)
    written = [path for path in (root / "build").rglob("*") if path.is_file()]
    assert not [path for path in written if path.suffix in {".html", ".txt"}]
    assert not any(secret.encode() in path.read_bytes() for secret in SECRETS for path in written)


def test_a_new_name_on_the_list_withdraws_a_document_that_stood(tmp_path: Path) -> None:
    root = guarded(tmp_path)
    add_line(root, BRIEF, "We met Marta Nikolenko-Tin.")
    assert not build(request(root)).failed
    (root / "facts/private/names.yaml").write_text(LIST + "  - {given: Марта, family: Ніколенко-Тін}\n", "utf-8")
    report = build(request(root))
    assert "minor-identified" in {problem.rule for problem in report.problems}
    assert report.failed == ("gb/brief",)
