"""The campaign that advokit ships: it checks clean, every edition differs where it must, and its files prove right."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from advokit.build import Request, build
from advokit.checking import check_all, printed
from advokit.workspace import CampaignFiles, read_campaign
from tests.validators import verapdf

ROOT = Path(__file__).parent.parent
NAME = "ukraine-children"
DATE = dt.date(2026, 11, 23)
#: Those with every document; every other edition has the letter alone.
WHOLE = {"gb": "en", "ie": "en", "us": "en", "ca-en": "en", "ca-fr": "fr", "au": "en", "de": "de", "fr": "fr", "pl": "pl",
         "eu": "en", "ua": "uk", "intl": "en"}


@cache
def _files() -> CampaignFiles:
    files, problems = read_campaign(ROOT, NAME)
    assert files is not None, problems
    assert not problems
    return files


def test_it_has_every_edition_and_document() -> None:
    documents = {name: _files().documents(name) for name in _files().editions}
    assert {name: _files().editions[name].edition.language for name, found in documents.items() if found != ("letter",)} == WHOLE
    assert {found for found in documents.values() if found != ("letter",)} == {("brief", "faq", "letter")}


def test_the_ledger_is_as_large_as_promised() -> None:
    ledger = _files().ledger.model
    assert len(ledger.figures) >= 30
    assert len(ledger.claims) >= 15
    assert len(ledger.sources) >= 40
    assert any(item.disputes for _, item in ledger.observations.values())
    assert any(item.status == "withheld" for _, item in ledger.observations.values())


def test_the_check_finds_no_error_and_only_true_warnings() -> None:
    result = check_all(ROOT, NAME, DATE, jobs=2)
    assert not [str(problem) for problem in result.problems if problem.severity == "error"]
    assert {problem.rule for problem in result.problems} <= {
        "stale-figure", "copy-missing", "secondary-only", "convention-unsourced", "withheld-figure", "convention-expired"}
    assert result.documents == sum(len(_files().documents(name)) for name in _files().editions)


def test_editions_differ_in_asks_record_and_recipient() -> None:
    editions = [files.edition for files in _files().editions.values()]
    national = [edition for edition in editions if edition.country != "intl"]
    assert all(edition.own_asks for edition in national)
    assert all(edition.record for edition in national)
    assert all(edition.recipient and edition.recipient.office for edition in editions)


def test_every_document_prints_figures_and_the_letter_few() -> None:
    for edition, document, ids in printed(_files(), DATE, jobs=2):
        figures = {name for name in ids if name in _files().ledger.model.observations}
        assert figures, f"{edition}/{document} prints no figure"
        if document == "letter":
            assert len(figures) <= 3


@pytest.mark.parametrize("edition", ["us", "ua"])
def test_its_files_prove_right_and_are_accessible_and_archival(edition: str, tmp_path: Path) -> None:
    report = build(Request(ROOT, NAME, DATE, tmp_path, editions=(edition,), jobs=2))
    assert report.failed == ()
    pages = {entry.document: entry.pages or 0 for entry in report.entries}
    assert 2 <= pages["brief"] <= 4
    assert pages["faq"] <= 5
    assert pages["letter"] == 1
    manifest = json.loads((tmp_path / NAME / "manifest.json").read_text("utf-8"))
    assert len(manifest["documents"]) == 3
    assert verapdf([tmp_path / NAME / entry.path for entry in report.entries]) == []
