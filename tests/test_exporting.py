"""Exports: valid by the published schemas, faithful to the ledger, and without anything private."""

from __future__ import annotations

import csv
import importlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advokit import exporting, yamlfile
from advokit.cli.main import main
from advokit.exporting import FORMATS, Speaker
from advokit.language import tongue
from advokit.ledger import Ledger
from advokit.people import plain
from tests.workspaces import DATE, NAME, change

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "facts" / "ukraine-children.yaml"
SPEAKER = Speaker("Pools", "The Swimmers", "https://example.org", DATE,
                  tongue("en", "intl", (ROOT / "templates" / "locale",)))


@pytest.fixture(scope="module")
def shipped() -> Ledger:
    return yamlfile.load(SHIPPED, Ledger).model


# CSL's schema of input data (csl-data.json, version 1.0.2), the part that an advokit source can touch: an array of
# items, no other keys than these, `id` and `type` demanded, and the forms of names and dates.
_NAMES = {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {
    key: {"type": "string"} for key in ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")}}}
_DATE = {"type": "object", "additionalProperties": False, "properties": {
    "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": {
        "type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["string", "number"]}}},
    "season": {"type": ["string", "number"]}, "circa": {"type": ["string", "number", "boolean"]},
    "literal": {"type": "string"}, "raw": {"type": "string"}, "edtf": {"type": "string"}}}
_TYPES = ["article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"]
CSL = {"type": "array", "items": {
    "type": "object", "required": ["type", "id"], "additionalProperties": False, "properties": {
        "id": {"type": ["string", "number"]}, "type": {"enum": _TYPES}, "author": _NAMES, "issued": _DATE, "accessed": _DATE,
        "number": {"type": ["string", "number"]}, "custom": {"type": "object"},
        **{key: {"type": "string"} for key in ("title", "publisher", "container-title", "URL", "DOI", "language", "note")}}}}


def _csl(ledger: Ledger) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(exporting.csl_json(ledger, SPEAKER).text)
    return data


def test_every_source_of_the_shipped_ledger_is_valid_csl(shipped: Ledger) -> None:
    data = _csl(shipped)
    jsonschema.validate(data, CSL)
    assert [item["id"] for item in data] == list(shipped.sources)


def test_every_source_type_is_one_that_csl_knows(shipped: Ledger) -> None:
    from typing import get_args

    from advokit.ledger import SourceType
    source = next(iter(shipped.sources.values()))
    made = shipped.model_copy(update={"sources": {kind: source.model_copy(update={"type": kind})
                                                  for kind in get_args(SourceType)}})
    jsonschema.validate(_csl(made), CSL)


def test_a_date_keeps_how_exact_it_is(workspace: Path) -> None:
    change(workspace, f"facts/{NAME}.yaml", 'issued: "2026-03-31" ', 'issued: "2026-03~" ')
    item, = _csl(_ledger(workspace))
    assert item["issued"] == {"date-parts": [[2026, 3]], "circa": True}
    assert item["accessed"] == {"date-parts": [[2026, 4, 2]]}


def _ledger(root: Path) -> Ledger:
    return yamlfile.load(root / f"facts/{NAME}.yaml", Ledger).model


def _nodes(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, list):
        return [node for item in data for node in _nodes(item)]
    if isinstance(data, dict):
        return [data, *(node for value in data.values() for node in _nodes(value))]
    return []


@pytest.mark.parametrize("form", ["jsonld", "claimreview"])
def test_every_term_belongs_to_its_type_in_schema_org(shipped: Ledger, form: str) -> None:
    pytest.importorskip("pydantic2_schemaorg", reason="the package with the terms of schema.org is not installed")
    data = json.loads(FORMATS[form](shipped, SPEAKER).text)
    assert data["@context"] == "https://schema.org"
    wrong, seen = set(), set()
    for node in _nodes(data["@graph"]):
        if kind := node.get("@type"):
            model = getattr(importlib.import_module(f"pydantic2_schemaorg.{kind}"), kind)
            wrong |= {f"{kind}.{key}" for key in node if key[0] != "@" and key not in model.__fields__}
            seen.add(kind)
    assert not wrong
    assert seen >= ({"Dataset", "Observation", "StatisticalVariable", "Quotation", "Claim"} if form == "jsonld"
                    else {"ClaimReview", "Claim", "Rating"})


def test_every_reference_inside_the_json_ld_leads_somewhere(shipped: Ledger) -> None:
    graph = json.loads(exporting.json_ld(shipped, SPEAKER).text)["@graph"]
    known = [node["@id"] for node in graph]
    assert len(known) == len(set(known))
    named = {node["@id"] for node in _nodes(graph) if set(node) == {"@id"}}
    assert named <= set(known)


def _properties(node: dict[str, Any]) -> dict[str, Any]:
    return {item["propertyID"]: item["value"] for item in node["additionalProperty"]}


def _from_json_ld(text: str) -> dict[str, tuple[Any, ...]]:
    found = {}
    for node in json.loads(text, parse_float=Decimal)["@graph"]:
        if node["@type"] == "Observation":
            values = tuple(Decimal(str(node[key])) if key in node else None for key in ("value", "minValue", "maxValue"))
            more = _properties(node)
            sources = tuple(item["citation"]["@id"].removeprefix("#source-") for item in node["subjectOf"])
            found[node["identifier"]] = (*values, more["qualifier"], more["as_of"], more["counted_by"], sources)
    return found


def _from_csv(text: str) -> dict[str, tuple[Any, ...]]:
    found = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        values = tuple(Decimal(row[key]) if row[key] else None for key in ("value", "low", "high"))
        found[plain(row["observation"])] = (*values, row["qualifier"], row["as_of"], plain(row["counted_by"]),
                                            tuple(row["sources"].split()))
    return found


def _truth(ledger: Ledger) -> dict[str, tuple[Any, ...]]:
    return {name: (item.value, item.low, item.high, item.qualifier, str(item.as_of), item.counted_by,
                   tuple(found.source for found in item.evidence)) for name, (_, item) in ledger.observations.items()}


def test_value_date_counter_and_sources_of_the_shipped_ledger_survive(shipped: Ledger) -> None:
    assert _from_csv(exporting.as_csv(shipped, SPEAKER).text) == _truth(shipped)
    assert _from_json_ld(exporting.json_ld(shipped, SPEAKER).text) == _truth(shipped)


_numbers = st.decimals(min_value=-10**9, max_value=10**15, allow_nan=False, places=3) | st.integers(-9, 10**15).map(Decimal)
_dates = st.builds(lambda day, size, about: day.isoformat()[:size] + about,
                   st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from(["", "~"]))
_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text and text.strip("'") == text and bool(text))


@settings(max_examples=60, deadline=None)
@given(_numbers, _numbers, st.booleans(), _dates, _words, st.sampled_from(["exact", "about", "at_least", "up_to"]))
def test_value_date_counter_and_sources_survive(one: Decimal, other: Decimal, pair: bool, date: str, counter: str, qualifier: str) -> None:
    ends = sorted({one, other})
    value = {"low": ends[0], "high": ends[1]} if pair and len(ends) == 2 else {"value": one}
    ledger = Ledger.model_validate({
        "sources": {"s": {"type": "report", "title": "A report", "tier": "primary"}},
        "figures": {"f": {"label": "things", "kind": "stock", "observations": [
            {"id": "o", **value, "as_of": date, "counted_by": counter, "qualifier": qualifier,
             "evidence": {"source": "s", "quote": "so many"}}]}}})
    assert _from_csv(exporting.as_csv(ledger, SPEAKER).text) == _truth(ledger)
    assert _from_json_ld(exporting.json_ld(ledger, SPEAKER).text) == _truth(ledger)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")'])
def test_no_cell_of_the_csv_is_a_formula(workspace: Path, cell: str) -> None:
    model = _ledger(workspace)
    figure = model.figures["pools-closed"]
    item = figure.observations[0].model_copy(update={"counted_by": cell})
    made = model.model_copy(update={"figures": {"pools-closed": figure.model_copy(update={"observations": (item,)})}})
    row, = csv.DictReader(io.StringIO(exporting.as_csv(made, SPEAKER).text, newline=""))
    assert row["counted_by"] == f"'{cell}"
    assert row["value"] == "12"


@pytest.mark.parametrize("form", FORMATS)
def test_notes_and_copies_are_in_no_export(workspace: Path, form: str) -> None:
    path = f"facts/{NAME}.yaml"
    change(workspace, path, "    type: report ", f"    note: SECRET\n    copy: {{sha256: {'5ec2e7' * 10 + 'abcd'}, captured: 2026-04-02}}\n    type: report ")
    change(workspace, path, "    kind: cumulative ", "    note: SECRET\n    kind: cumulative ")
    change(workspace, path, "        value: 12", "        note: SECRET\n        value: 12")
    text = FORMATS[form](_ledger(workspace), SPEAKER).text
    assert "SECRET" not in text
    assert "5ec2e7" not in text


def test_withheld_observations_are_marked(workspace: Path) -> None:
    change(workspace, f"facts/{NAME}.yaml", "        value: 12", "        status: withheld\n        value: 12")
    model = _ledger(workspace)
    made = exporting.as_csv(model, SPEAKER)
    row, = csv.DictReader(io.StringIO(made.text, newline=""))
    assert (row["status"], row["may_be_printed"]) == ("withheld", "no")
    assert "1 of 1 observations" in made.notes[0]
    node = next(node for node in json.loads(exporting.json_ld(model, SPEAKER).text)["@graph"] if node["@type"] == "Observation")
    assert _properties(node)["may_be_printed"] == "no"


@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_words_about_someone_who_could_be_harmed_are_left_out(workspace: Path, form: str) -> None:
    assert "12 pools have been closed" in FORMATS[form](_ledger(workspace), SPEAKER).text
    change(workspace, f"facts/{NAME}.yaml", "        value: 12", "        sensitivity: minor\n        value: 12")
    assert "12 pools have been closed" not in FORMATS[form](_ledger(workspace), SPEAKER).text


OTHER = "      - {id: other, value: 9, as_of: 2026-06, counted_by: B, disputes: pools-closed-2026, differs_by: scope, evidence: {source: council-2026, quote: so many closed}}\n"


@pytest.mark.parametrize(("status", "rating"), [("disputed", "Disputed"), ("withheld", "Not used: contradicted"), ("current", None), ("needs_primary", None)])
def test_only_what_another_entry_contradicts_is_reviewed(workspace: Path, status: str, rating: str | None) -> None:
    path = f"facts/{NAME}.yaml"
    change(workspace, path, "        value: 12", f"        status: {status}\n        value: 12")
    made = exporting.claim_review(_ledger(workspace), SPEAKER)
    assert json.loads(made.text)["@graph"] == []  # no basis for any rating
    change(workspace, path, "    observations:\n", f"    observations:\n{OTHER}")
    made = exporting.claim_review(_ledger(workspace), SPEAKER)
    found = json.loads(made.text)["@graph"]
    assert [item["reviewRating"]["alternateName"] for item in found] == ([rating] if rating else [])
    for item in found:
        assert "ratingValue" not in item["reviewRating"]
        assert item["claimReviewed"] == "12 pools had been closed as of 31 March 2026, according to Borough Council."
        assert item["reviewBody"] == "swimming pools closed: 9 (B, 2026-06)."


def test_a_withheld_entry_is_no_basis_for_a_rating(workspace: Path) -> None:
    path = f"facts/{NAME}.yaml"
    change(workspace, path, "        value: 12", "        status: disputed\n        value: 12")
    change(workspace, path, "    observations:\n", f"    observations:\n{OTHER.replace('{id: other', '{id: other, status: withheld')}")
    graph = json.loads(exporting.claim_review(_ledger(workspace), SPEAKER).text)["@graph"]
    assert [item["identifier"] for item in graph] == ["other"]


def test_the_command_writes_files_and_says_what_is_wrong(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = workspace / "out" / "counts.csv"
    assert main(["figures", "export", "-f", "csv", "-o", str(out), "-w", str(workspace)]) == 0
    assert out.read_bytes().startswith(b"observation,figure,label,value")
    assert b"\r\n" in out.read_bytes()
    assert main(["figures", "export", "-f", "csl-jsn", "-w", str(workspace)]) == 2
    assert "Did you mean 'csl-json'?" in capsys.readouterr().err
    assert main(["figures", "export", "-f", "csv", "-l", "fr", "-w", str(workspace)]) == 2
    assert "no texts in 'fr'" in capsys.readouterr().err


def test_the_documentation_lists_the_columns_as_they_are() -> None:
    assert exporting.columns_table() in (ROOT / "docs" / "export.md").read_text("utf-8")
