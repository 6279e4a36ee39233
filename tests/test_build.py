"""Real builds of the blank workspace: what is made, what is left alone, what is not delivered."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from advokit.build import Report, Request, build
from advokit.problems import CheckError, InputError, UsageError
from tests.workspaces import DATE, NAME, change

LEDGER = f"facts/{NAME}.yaml"
TEXTS = f"campaigns/{NAME}/text/en"


def _build(root: Path, **more: Any) -> Report:
    return build(Request(root, NAME, DATE, root / "build", **{"jobs": 2, **more}))


def _stamps(root: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in (root / "build").rglob("*") if path.is_file()}


def test_a_build_writes_its_files_and_a_manifest_that_names_them(workspace: Path) -> None:
    report = _build(workspace, formats=("pdf", "html", "txt"))
    assert (report.exit_code, report.failed) == (0, ())
    manifest = json.loads((workspace / "build" / NAME / "manifest.json").read_text("utf-8"))
    assert manifest["campaign"] == NAME
    assert manifest["date"] == "2026-11-23"
    assert {entry["path"] for entry in manifest["documents"]} == {
        f"intl/{document}.{form}" for document in ("brief", "faq", "letter") for form in ("pdf", "html", "txt")}
    for entry in manifest["documents"]:
        content = (workspace / "build" / NAME / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["figures"] == ["pools-closed-2026"]
        assert entry["sources"] == ["council-2026"]
        assert entry["ledger_digest"] == manifest["ledger_digest"]
        assert {"edition", "country", "language", "document", "path", "format", "pages", "warnings"} <= entry.keys()


def test_a_second_build_writes_nothing_and_a_fresh_one_gives_the_same_bytes(workspace: Path) -> None:
    _build(workspace)
    before = _stamps(workspace)
    assert _build(workspace).made == frozenset()
    assert _stamps(workspace) == before
    again = build(Request(workspace, NAME, DATE, workspace / "other"))
    assert again.made
    for entry in again.entries:
        assert (workspace / "other" / NAME / entry.path).read_bytes() == (workspace / "build" / NAME / entry.path).read_bytes()


def test_a_changed_figure_rebuilds_exactly_the_documents_that_print_it(workspace: Path) -> None:
    second = """
  pools-left:
    label: {en: swimming pools left}
    unit: {en: [pool, pools]}
    kind: stock
    observations:
      - {id: pools-left-2026, value: 5, as_of: "2026-03-31", counted_by: Borough Council,
         evidence: {source: council-2026, quote: "5 pools are left"}}
"""
    path = workspace / LEDGER
    path.write_text(path.read_text("utf-8").replace("\n# claims:", second + "\n# claims:"), "utf-8")
    change(workspace, f"{TEXTS}/faq.md", "## What can", 'There are left: {{ figure("pools-left", "statement") }}\n\n## What can')
    assert not _build(workspace).failed
    change(workspace, LEDGER, "value: 5", "value: 6")
    change(workspace, LEDGER, '"5 pools', '"6 pools')
    assert _build(workspace).made == {"intl/faq.pdf"}


def test_a_deleted_or_altered_file_is_made_again(workspace: Path) -> None:
    _build(workspace)
    (workspace / "build" / NAME / "intl" / "faq.pdf").unlink()
    (workspace / "build" / NAME / "intl" / "letter.pdf").write_bytes(b"altered")
    assert _build(workspace).made == {"intl/faq.pdf", "intl/letter.pdf"}


def test_a_document_that_fails_costs_only_itself_and_leaves_no_file(workspace: Path) -> None:
    change(workspace, f"{TEXTS}/faq.md", "## What can", '{{ figure("nope") }}\n\n## What can')
    report = _build(workspace)
    assert report.failed == ("intl/faq",)
    assert report.exit_code == 4
    assert report.made == {"intl/brief.pdf", "intl/letter.pdf"}
    assert not (workspace / "build" / NAME / "intl" / "faq.pdf").exists()
    change(workspace, f"{TEXTS}/faq.md", '{{ figure("nope") }}', "")
    assert _build(workspace).made == {"intl/faq.pdf"}


def test_a_build_that_was_stopped_is_finished_by_the_next(workspace: Path) -> None:
    def stop(_name: str, done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        build(Request(workspace, NAME, DATE, workspace / "build"), tick=stop)
    files = list((workspace / "build").rglob("*.pdf"))
    assert len(files) == 1
    assert files[0].read_bytes().rstrip().endswith(b"%%EOF")
    assert not list((workspace / "build").rglob("*.part"))
    report = _build(workspace)
    assert len(report.made) == 2
    assert len(report.entries) == 3


def test_an_error_in_the_ledger_stops_everything(workspace: Path) -> None:
    change(workspace, LEDGER, "source: council-2026\n", "source: council-2025\n")
    with pytest.raises(CheckError) as caught:
        _build(workspace)
    assert [problem.rule for problem in caught.value.problems if problem.severity == "error"] == ["unknown-source"]
    assert not (workspace / "build").exists()


def test_an_unreadable_ledger_and_unknown_names(workspace: Path) -> None:
    with pytest.raises(UsageError, match="Did you mean 'intl'"):
        _build(workspace, editions=("int",))
    with pytest.raises(UsageError, match="Did you mean 'letter'"):
        _build(workspace, documents=("leter",))
    with pytest.raises(UsageError, match="Did you mean 'html'"):
        _build(workspace, formats=("htm",))
    (workspace / LEDGER).write_bytes(b"\xff")
    with pytest.raises(InputError, match="not-utf8"):
        _build(workspace)


HOSTILE = {
    "a number without end": ("{{ 9**(9**9) }}", "worker-"),
    "a loop without end": ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "worker-"),
    "another file": ('<img src="workspace:../../../etc/passwd" alt="x">', "outside"),
    "the network": ('<img src="https://example.org/x.png" alt="x">', ""),
    "a missing picture": ('<img src="workspace:nothing.png" alt="x">', ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_ends_in_one_message_and_no_file(workspace: Path, name: str) -> None:
    from advokit.worker import Limits
    markup, _ = HOSTILE[name]
    folder = workspace / "templates" / "letter"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(f'{{% extends "document.html" %}}{{% block content %}}{markup}{{% endblock %}}', "utf-8")
    report = _build(workspace, documents=("letter",), limits=Limits(cpu_seconds=4, wall_seconds=8.0))
    assert report.failed == ("intl/letter",)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert 1 <= len(errors) <= 3
    assert all("letter" in f"{problem.path} {problem.message}" for problem in errors)
    assert not list((workspace / "build").rglob("*letter*"))


def test_only_what_is_asked_for_is_built_and_the_rest_stays_in_the_manifest(workspace: Path) -> None:
    _build(workspace, documents=("brief",))
    report = _build(workspace, documents=("faq",))
    assert report.made == {"intl/faq.pdf"}
    assert {entry.document for entry in report.entries} == {"brief", "faq"}
