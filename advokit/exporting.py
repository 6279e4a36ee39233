"""A ledger → files for other programs: CSL-JSON, schema.org JSON-LD and ClaimReview, CSV.

In: a `Ledger` and the campaign that speaks. Out: `Exported` text. Sources follow the schema of CSL's input data
(citationstyles.org, csl-data.json 1.0.2), the rest the terms of schema.org, CSV RFC 4180 in UTF-8. Notes and copies are
private and in no export; what no document may print is marked; quotes about someone who could be harmed are left out.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from advokit.compose.figures import WordingError, Writer
from advokit.compose.pieces import plain
from advokit.dates import PartialDate
from advokit.fields import ANY_LANGUAGE, Localized, in_language
from advokit.language import Tongue
from advokit.ledger import Claim, Evidence, Ledger, Name, Observation, Source
from advokit.people import neutral
from advokit.standing import SILENT, in_digits


@dataclass(frozen=True)
class Speaker:
    """Who publishes the export, when, and in which language its words are."""

    title: str
    """The title of the campaign."""
    publisher: str
    url: str | None
    date: dt.date
    tongue: Tongue


@dataclass(frozen=True)
class Exported:
    """The text of an export, and what a person should know of it."""

    text: str
    notes: tuple[str, ...] = ()


def csl_json(ledger: Ledger, _speaker: Speaker) -> Exported:
    """Write the sources as CSL-JSON, as any reference manager reads them."""
    return Exported(_dump([_csl(name, source) for name, source in ledger.sources.items()]))


#: Types of CSL styles that the schema of CSL's input data does not have.
_CSL_TYPES = {"statute": "legislation"}


def _csl(name: str, source: Source) -> dict[str, Any]:
    address = source.URL or (f"https://doi.org/{source.DOI}" if source.DOI else None)
    item: dict[str, Any] = {
        "id": name, "type": _CSL_TYPES.get(source.type, source.type), "title": source.title,
        "author": [_csl_name(author) for author in source.author], "publisher": source.publisher,
        "container-title": source.container_title, "issued": _csl_date(source.issued),
        "accessed": _csl_date(source.accessed), "URL": address, "DOI": source.DOI, "number": source.number,
        "language": source.language, "custom": {"tier": source.tier},
    }
    return _present(item)


def _csl_name(name: Name) -> dict[str, str]:
    return _present({"literal": name.literal, "family": name.family, "given": name.given})


def _csl_date(date: PartialDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    parts: dict[str, Any] = {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
    return {**parts, "circa": True} if date.approximate else parts


#: The columns of the CSV, each with its sentence; docs/export.md prints them.
COLUMNS: Mapping[str, str] = {
    "observation": "the id of the observation", "figure": "the id of its figure",
    "label": "what is counted, in the language of the export",
    "value": "the number in digits, with a point as decimal mark; empty for a range", "low": "the lower end of a range",
    "high": "the upper end of a range",
    "qualifier": "how the source binds the number: exact, at_least, more_than, about, nearly, up_to, fewer_than",
    "unit": "the unit in the plural form of the number", "kind": "stock, flow, cumulative or event",
    "as_of": "the date of the count as EDTF: a day, month or year; ~ for about",
    "as_of_basis": "stated, publication or inferred",
    "counted_by": "who counted, as the ledger has it: the id of an organization or a name",
    "counter": "the name of who counted", "scope": "what is counted and where",
    "leaves_out": "what the count leaves out",
    "method": "registered, confirmed, estimated, testimony, asserted or derived",
    "formula": "for a derived count, how", "inputs": "for a derived count, from which observations",
    "status": "current, disputed, needs_primary, withheld or retired",
    "may_be_printed": "yes or no: withheld and retired observations are no facts and are listed for the record only",
    "superseded_by": "the observation that replaces it", "disputed_by": "the observations that contradict it",
    "differs_by": "why disputed counts differ", "same_origin_as": "observations that repeat the same origin",
    "sensitivity": "none, minor, victim, graphic or security",
    "sources": "the ids of the sources, in the order of `via`, `urls` and `quotes`",
    "via": "for each source the relay in which it was read, or `direct`",
    "urls": "for each source the address where its words were read, or `none`",
    "quotes": "for each source its exact words, as a JSON list; empty where they could harm someone",
}


def as_csv(ledger: Ledger, speaker: Speaker) -> Exported:
    """Write one row an observation; no cell is a formula to any spreadsheet."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    for name in ledger.observations:
        row = _row(ledger, speaker, name)
        writer.writerow({key: text if key in _NUMBERS else neutral(text) for key, text in row.items()})
    return Exported(stream.getvalue(), _marked(ledger))


#: Columns that hold a number and nothing else, so that a minus stays a minus.
_NUMBERS = frozenset({"value", "low", "high"})


def _row(ledger: Ledger, speaker: Speaker, name: str) -> dict[str, str]:
    figure_id, item = ledger.observations[name]
    figure = ledger.figures[figure_id]

    def words(text: Localized | None) -> str:
        return _words(text, speaker) or ""
    read = [ledger.sources.get(found.read_in) for found in item.evidence]
    return {
        "observation": name, "figure": figure_id, "label": words(figure.label), "value": _digits(item.value),
        "low": _digits(item.low), "high": _digits(item.high), "qualifier": item.qualifier,
        "unit": _unit(ledger, speaker, item), "kind": figure.kind, "as_of": str(item.as_of),
        "as_of_basis": item.as_of_basis, "counted_by": item.counted_by,
        "counter": words(ledger.counter_name(item.counted_by)), "scope": words(item.scope),
        "leaves_out": words(item.leaves_out), "method": item.method or "", "formula": item.formula or "",
        "inputs": " ".join(item.inputs), "status": item.status,
        "may_be_printed": "no" if item.status in SILENT else "yes",
        "superseded_by": ledger.superseded_by.get(name, ""), "disputed_by": " ".join(_against(ledger, name)),
        "differs_by": " ".join(item.differs_by), "same_origin_as": " ".join(item.same_origin_as),
        "sensitivity": _sensitivity(ledger, name), "sources": " ".join(found.source for found in item.evidence),
        "via": " ".join(found.via or "direct" for found in item.evidence),
        "urls": " ".join(source.URL or "none" if source else "none" for source in read),
        "quotes": json.dumps([found.quote for found in item.evidence], ensure_ascii=False)
        if _sensitivity(ledger, name) == "none" else "",
    }


def _digits(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _unit(ledger: Ledger, speaker: Speaker, item: Observation) -> str:
    try:
        return Writer(ledger, speaker.tongue, speaker.date).unit(item)
    except WordingError:
        return ""


def _sensitivity(ledger: Ledger, name: str) -> str:
    figure, item = ledger.observations[name]
    return item.sensitivity if item.sensitivity != "none" else ledger.figures[figure].sensitivity


def _against(ledger: Ledger, name: str) -> tuple[str, ...]:
    """List the observations that contradict one, in either direction."""
    mine = {other for other in ledger.observations[name][1].disputes if other in ledger.observations}
    back = {other for other, (_, item) in ledger.observations.items() if name in item.disputes}
    return tuple(sorted(mine | back))


def _marked(ledger: Ledger) -> tuple[str, ...]:
    silent = sum(item.status in SILENT for _, item in ledger.observations.values())
    note = (f"{silent} of {len(ledger.observations)} observations are withheld or retired: they are marked, and no"
            " document may print them as facts.")
    return (note,) if silent else ()


def json_ld(ledger: Ledger, speaker: Speaker) -> Exported:
    """Write a schema.org Dataset with its variables, observations, claims and sources."""
    variables = [_variable(name, ledger) for name in ledger.figures]
    observations = [_observation(ledger, speaker, name) for name in ledger.observations]
    claims = [_claim(ledger, name, claim) for name, claim in ledger.claims.items()]
    sources = [_work(name, source) for name, source in ledger.sources.items()]
    dataset = _present({
        "@type": "Dataset", "@id": "#ledger", "name": _words(ledger.title, speaker) or speaker.title,
        "description": f"Figures of the campaign “{speaker.title}”: every value with who counted it, as of when,"
                       " and the words of its source.",
        "identifier": f"sha256:{ledger.digest}", "dateModified": speaker.date.isoformat(), "url": speaker.url,
        "publisher": {"@type": "Organization", "name": speaker.publisher},
        "variableMeasured": [{"@id": item["@id"]} for item in variables],
        "hasPart": [{"@id": item["@id"]} for item in claims], "citation": [{"@id": item["@id"]} for item in sources],
    })
    graph = [dataset, *variables, *observations, *claims, *sources]
    return Exported(_dump({"@context": "https://schema.org", "@graph": graph}), _marked(ledger))


def _variable(name: str, ledger: Ledger) -> dict[str, Any]:
    figure = ledger.figures[name]
    return _present({"@type": "StatisticalVariable", "@id": f"#figure-{name}", "identifier": name,
                     "name": _tagged(figure.label), "description": figure.kind})


def _observation(ledger: Ledger, speaker: Speaker, name: str) -> dict[str, Any]:
    figure, item = ledger.observations[name]
    superseded = ledger.superseded_by.get(name)
    properties = {
        "qualifier": item.qualifier, "as_of": str(item.as_of), "as_of_basis": item.as_of_basis,
        "counted_by": item.counted_by, "counter": _words(ledger.counter_name(item.counted_by), speaker),
        "status": item.status, "may_be_printed": "no" if item.status in SILENT else "yes",
        "leaves_out": _words(item.leaves_out, speaker), "superseded_by": superseded,
        "disputed_by": " ".join(_against(ledger, name)) or None, "formula": item.formula,
        "inputs": " ".join(item.inputs) or None, "same_origin_as": " ".join(item.same_origin_as) or None,
        "sensitivity": _sensitivity(ledger, name),
    }
    quoted = _sensitivity(ledger, name) == "none"
    return _present({
        "@type": "Observation", "@id": f"#observation-{name}", "identifier": name,
        "variableMeasured": {"@id": f"#figure-{figure}"}, "value": _number(item.value), "minValue": _number(item.low),
        "maxValue": _number(item.high), "unitText": _unit(ledger, speaker, item),
        "observationDate": str(item.as_of).rstrip("~"), "measurementMethod": item.method,
        "description": _tagged(item.scope) if item.scope else None,
        "additionalProperty": [{"@type": "PropertyValue", "propertyID": key, "value": value}
                               for key, value in properties.items() if value],
        "subjectOf": [_quotation(found, quoted=quoted) for found in item.evidence],
    })


def _quotation(evidence: Evidence, *, quoted: bool) -> dict[str, Any]:
    """Give the words that say so, with the source that they stand in and the relay in which they were read."""
    return _present({"@type": "Quotation", "text": evidence.quote if quoted else None,
                     "inLanguage": evidence.language, "citation": {"@id": f"#source-{evidence.source}"},
                     "isPartOf": {"@id": f"#source-{evidence.read_in}"}})


def _claim(ledger: Ledger, name: str, claim: Claim) -> dict[str, Any]:
    text = {language: words.replace("{as_of}", str(claim.as_of or "")) for language, words in claim.statement.items()}
    names = ledger.counter_name(claim.stated_by) if claim.stated_by else {}
    author = in_language(names, "en") or next(iter(names.values()), None)
    hidden = claim.sensitivity != "none"
    return _present({
        "@type": "Claim", "@id": f"#claim-{name}", "identifier": name, "text": None if hidden else _tagged(text),
        "author": {"@type": "Organization", "name": author} if author else None,
        "datePublished": str(claim.as_of).rstrip("~") if claim.as_of else None, "genre": claim.kind,
        "creativeWorkStatus": claim.status,
        "citation": [_quotation(found, quoted=not hidden) for found in claim.evidence],
    })


#: CSL type → schema.org type; the rest is a CreativeWork.
_WORKS = {"article-journal": "ScholarlyArticle", "article-magazine": "Article", "article-newspaper": "NewsArticle",
          "book": "Book", "chapter": "Chapter", "dataset": "Dataset", "legislation": "Legislation",
          "manuscript": "Manuscript", "post": "SocialMediaPosting", "post-weblog": "BlogPosting", "regulation":
          "Legislation", "report": "Report", "review": "Review", "statute": "Legislation", "thesis": "Thesis",
          "treaty": "Legislation", "webpage": "WebPage"}


def _work(name: str, source: Source) -> dict[str, Any]:
    authors = [_present({"@type": "Organization" if author.literal else "Person", "name": str(author)})
               for author in source.author]
    return _present({
        "@type": _WORKS.get(source.type, "CreativeWork"), "@id": f"#source-{name}", "name": source.title,
        "author": authors,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "isPartOf": {"@type": "CreativeWork", "name": source.container_title} if source.container_title else None,
        "datePublished": str(source.issued).rstrip("~") if source.issued else None, "url": source.URL,
        "sameAs": f"https://doi.org/{source.DOI}" if source.DOI else None, "identifier": source.number or name,
        "inLanguage": source.language,
    })


#: What a review may say without judging more than the ledger does.
_RATINGS = {"disputed": "Disputed", "withheld": "Not used: contradicted", "retired": "No longer used: contradicted"}


def claim_review(ledger: Ledger, speaker: Speaker) -> Exported:
    """Write a schema.org ClaimReview for each number or claim in circulation that a publishable entry contradicts.

    Disputed, withheld and retired ones only, and only where the basis of the rating can be shown: another entry of the
    ledger, with its source. The rating is in words; the ledger knows no scale of truth.
    """
    reviews, without = [], 0
    for name, (_, item) in ledger.observations.items():
        if item.status not in _RATINGS or _sensitivity(ledger, name) != "none":
            continue
        basis = [other for other in _against(ledger, name) if _shown(ledger.observations[other][1])
                 and _sensitivity(ledger, other) == "none"]
        without += not basis
        if basis:
            others = {other: (_sentence(ledger, speaker, other), ledger.observations[other][1].evidence)
                      for other in basis}
            said = _sentence(ledger, speaker, name)
            reviews.append(_review(ledger, speaker, (name, item, said, item.counted_by), others))
    for name, claim in ledger.claims.items():
        if claim.status not in _RATINGS or claim.sensitivity != "none":
            continue
        back = {other for other, one in ledger.claims.items() if name in one.disputes}
        basis = sorted(other for other in back | set(claim.disputes) if other in ledger.claims
                       and _shown(ledger.claims[other]) and ledger.claims[other].sensitivity == "none")
        without += not basis
        if basis:
            others = {other: (_statement(ledger, speaker, other), ledger.claims[other].evidence) for other in basis}
            said = _statement(ledger, speaker, name)
            reviews.append(_review(ledger, speaker, (name, claim, said, claim.stated_by), others))
    note = (f"{without} disputed or withheld entries have no contradicting entry that could be shown as the basis of a"
            " rating; they are left out.")
    return Exported(_dump({"@context": "https://schema.org", "@graph": reviews}), (note,) if without else ())


def _shown(item: Observation | Claim) -> bool:
    """Tell whether an entry may be the basis of a rating."""
    return item.status in {"current", "disputed"}


def _review(ledger: Ledger, speaker: Speaker, entry: tuple[str, Observation | Claim, str, str | None],
            others: Mapping[str, tuple[str, tuple[Evidence, ...]]]) -> dict[str, Any]:
    name, item, said, who = entry
    author = _words(ledger.counter_name(who), speaker) if who else None
    against = " ".join(text for text, _ in others.values())
    based = dict.fromkeys(found.source for _, evidence in others.values() for found in evidence)
    return _present({
        "@type": "ClaimReview", "@id": f"#review-{name}", "identifier": name, "claimReviewed": said,
        "datePublished": speaker.date.isoformat(), "url": speaker.url, "inLanguage": speaker.tongue.language,
        "author": {"@type": "Organization", "name": speaker.publisher},
        "itemReviewed": _present({
            "@type": "Claim", "name": said, "author": {"@type": "Organization", "name": author} if author else None,
            "datePublished": str(item.as_of).rstrip("~") if item.as_of else None,
            "appearance": [_work(found.read_in, ledger.sources[found.read_in]) for found in item.evidence
                           if found.read_in in ledger.sources]}),
        "reviewRating": {"@type": "Rating", "alternateName": _RATINGS[item.status], "ratingExplanation": against},
        "reviewBody": against,
        "isBasedOn": [_work(source, ledger.sources[source]) for source in based if source in ledger.sources],
    })


def _sentence(ledger: Ledger, speaker: Speaker, name: str) -> str:
    """Write the whole sentence of an observation; where the ledger has no words, label, value, counter and date."""
    figure, item = ledger.observations[name]
    if item.wording.get(speaker.tongue.language):
        try:
            return plain(Writer(ledger, speaker.tongue, speaker.date).statement(item))
        except WordingError:
            pass
    counter = _words(ledger.counter_name(item.counted_by), speaker)
    return f"{_words(ledger.figures[figure].label, speaker)}: {in_digits(item)} ({counter}, {item.as_of})."


def _statement(ledger: Ledger, speaker: Speaker, name: str) -> str:
    try:
        return plain(Writer(ledger, speaker.tongue, speaker.date).claim(name, ledger.claims[name], cite=False))
    except WordingError:
        return _words(ledger.claims[name].statement, speaker) or name


def _words(text: Localized | None, speaker: Speaker) -> str | None:
    """Pick a text in the export's language, else in English, else as it stands."""
    if not text:
        return None
    return in_language(text, speaker.tongue.language) or in_language(text, "en") or next(iter(text.values()))


def _tagged(text: Localized) -> list[Any]:
    """Give a text in all its languages, as JSON-LD has them."""
    return [words if language == ANY_LANGUAGE else {"@value": words, "@language": language}
            for language, words in text.items()]


def _number(value: Decimal | None) -> int | float | str | None:
    """Give a number as JSON has it; as text where a float would change it."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"


def _present(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None and value not in ([], "")}


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


#: The formats by name.
FORMATS: Mapping[str, Callable[[Ledger, Speaker], Exported]] = {
    "csl-json": csl_json, "claimreview": claim_review, "csv": as_csv, "jsonld": json_ld,
}


def columns_table() -> str:
    """Give the table of the CSV's columns, as docs/export.md has it."""
    rows = [f"| `{name}` | {words} |" for name, words in COLUMNS.items()]
    return "\n".join(["| column | holds |", "|---|---|", *rows])
