"""The shipped ledger keeps its promises: citable sources, exact quotes, five languages, nothing withheld as current."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from advokit import yamlfile
from advokit.ledger import Evidence, Ledger, Observation, entries

ROOT = Path(__file__).parent.parent
RESEARCH = ROOT.parent / "shared" / "data"
#: The languages of every document; those that have the letter alone stand beside them where a letter prints them.
LANGUAGES = ("en", "fr", "de", "pl", "uk")
PLURALS = {"en": {"one", "other"}, "fr": {"one", "other"}, "de": {"one", "other"},
           "pl": {"one", "few", "many", "other"}, "uk": {"one", "few", "many", "other"}}
#: The languages of each country's editions, in which its claims must stand.
COUNTRIES = {"gb": {"en"}, "ie": {"en"}, "us": {"en"}, "ca": {"en", "fr"}, "au": {"en"}, "de": {"de", "en"},
             "fr": {"fr", "en"}, "pl": {"pl", "en"}, "eu": {"en"}, "ua": {"uk", "en"}, "intl": set(LANGUAGES)}
#: Numbers that quotes of the ledger state in words.
IN_WORDS = {"two": 2, "five": 5, "seven": 7, "eight": 8, "three": 3, "eleven": 11, "trzech": 3}
#: How quotes say their qualifier.
IN_QUOTE = {
    "at_least": r"at least", "more_than": r"more than|over ", "up_to": r"up to", "fewer_than": r"fewer than",
    "about": r"about|around|approximately|an estimated|some |близько|up to", "nearly": r"nearly|almost",
}
#: How wordings say that a figure is known only from a report about it.
REPORTED = {"en": r"reported|reports|summarised|outlet", "fr": r"rapporte|cité|résumé|média", "de": r"[Ll]aut |Medium",
            "pl": r"podaje|za: |portal", "uk": r"повідомляє|повідомленням|викладом|Видання"}
PLACEHOLDERS = {"value", "unit", "as_of", "as_of_phrase", "counted_by", "counted_by_genitive"}
#: Number words that a wording must not hold: its only number is {value}.
NUMBER_WORDS = re.compile(r"\b(two|twelve|hundred|thousand|million|zwei|zwölf|douze|dwa|dwanaście|тисяч|мільйон)\b",
                          re.IGNORECASE)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The ledger as the commands load it, so that every mistake in it fails here with its place."""
    return yamlfile.load(ROOT / "facts" / "ukraine-children.yaml", Ledger).model


def evidence(ledger: Ledger) -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence with the name of what rests on it."""
    for path, item in entries(ledger):
        name = item.id if isinstance(item, Observation) else str(path[-1])
        for piece in item.evidence:
            yield name, piece


def digits(text: str) -> str:
    """Take the separators of thousands out of the numbers of a text."""
    return re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}(?!\d))", "", text)


def numbers(text: str) -> set[Decimal]:
    """The numbers that a quote states, in digits, with a scale, or in words."""
    found: set[Decimal] = set()
    for match in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)(?:\s?(million|m\b|тис|th|st))?", digits(text)):
        scale = {"million": 10**6, "m": 10**6, "тис": 1000}.get(match[2] or "", 1)
        found.add(Decimal(match[1]) * scale)
    words = re.findall(r"[^\W\d]+", text.casefold())
    return found | {Decimal(IN_WORDS[word]) for word in words if word in IN_WORDS}


def test_size(ledger: Ledger) -> None:
    assert len(ledger.figures) >= 35
    assert len(ledger.claims) >= 60
    assert len(ledger.sources) >= 45
    assert {claim.country for claim in ledger.claims.values() if claim.country} == set(COUNTRIES)


def test_every_name_exists(ledger: Ledger) -> None:
    ids = [item.id for figure in ledger.figures.values() for item in figure.observations]
    assert len(ids) == len(set(ids))
    for name, piece in evidence(ledger):
        assert {piece.source, piece.read_in} <= set(ledger.sources), name
    for figure, item in ledger.observations.values():
        same = {other.id for other in ledger.figures[figure].observations}
        assert set(item.supersedes) <= same - {item.id}, item.id
        assert {*item.disputes, *item.same_origin_as, *item.inputs} <= set(ids) - {item.id}, item.id
    for name, claim in ledger.claims.items():
        assert {*claim.replies, *claim.disputes} <= set(ledger.claims) - {name}, name
        assert all(ledger.claims[reply].kind == "reply" for reply in claim.replies), name


def test_every_source_is_used_and_complete(ledger: Ledger) -> None:
    used = {name for _, piece in evidence(ledger) for name in (piece.source, piece.read_in)}
    assert set(ledger.sources) == used
    for name, source in ledger.sources.items():
        assert source.tier != "opinion", name
        assert source.publisher, name
        assert source.URL or any(piece.source == name and piece.via for _, piece in evidence(ledger)), name
    for name, piece in evidence(ledger):
        if piece.via:
            assert ledger.sources[piece.source].tier == "primary", name
            assert ledger.sources[piece.via].tier == "secondary", name


def test_accusations_have_their_reply(ledger: Ledger) -> None:
    for name, claim in ledger.claims.items():
        if claim.kind == "accusation":
            assert claim.replies, name


def test_quotes_are_short(ledger: Ledger) -> None:
    for name, piece in evidence(ledger):
        assert len(piece.quote.split()) <= 12, (name, piece.quote)


def test_quote_states_value_and_qualifier(ledger: Ledger) -> None:
    for _, item in ledger.observations.values():
        wanted = [number for number in (item.value, item.low, item.high) if number is not None]
        for piece in item.evidence:
            assert set(wanted) <= numbers(piece.quote), (item.id, piece.quote)
            if item.qualifier != "exact":
                assert re.search(IN_QUOTE[item.qualifier], piece.quote, re.IGNORECASE), (item.id, piece.quote)
            else:
                own = rf"(at least|more than|over|about|around|up to|nearly) [£€$]?{wanted[0]}(?!\d)"
                assert not re.search(own, digits(piece.quote), re.IGNORECASE), (item.id, piece.quote)


def test_withheld_values_are_never_current(ledger: Ledger) -> None:
    for name, figure in ledger.figures.items():
        if figure.current:
            assert figure.current.status not in {"withheld", "retired"}, name
        for item in figure.observations:
            if item.status in {"withheld", "needs_primary"}:
                assert item.note or figure.note, item.id
            assert item.status == "withheld" or set(item.wording) >= set(LANGUAGES) or item.id in \
                ledger.superseded_by, item.id
    assert ledger.figures["returned"].current is not None
    assert ledger.figures["returned"].current.id == "returned-2026-02-21"
    assert ledger.figures["coalition-countries"].current is not None
    assert ledger.figures["coalition-countries"].current.value == 42


def test_places_are_four_figures_that_dispute_one_another(ledger: Ledger) -> None:
    names = ("places-yale-2025", "facilities-yale-2023", "camps-rchr", "places-president")
    items = [next(item for item in ledger.figures[name].observations if item.status == "disputed") for name in names]
    assert {int(item.number) for item in items} == {210, 43, 165, 400}
    for item in items:
        assert set(item.disputes) == {other.id for other in items} - {item.id}
        assert set(item.differs_by) == {"scope", "definition"}


def test_december_2025_shows_its_four_numbers(ledger: Ledger) -> None:
    items = [item for item in ledger.figures["returned"].observations if item.id.startswith("returned-2025-12")]
    assert {int(item.number) for item in items} == {1850, 1859, 1892, 1898}
    for item in items:
        assert item.status == "disputed"
        assert set(item.disputes) == {other.id for other in items} - {item.id}


def texts(ledger: Ledger) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text that a document prints with a figure, and the place where it stands."""
    for name, figure in ledger.figures.items():
        yield f"{name}.label", figure.label
        for item in figure.observations:
            for field in ("scope", "leaves_out", "wording"):
                if text := getattr(item, field):
                    yield f"{item.id}.{field}", text
    for name, organization in ledger.organizations.items():
        yield f"{name}.name", organization.name


def test_five_languages(ledger: Ledger) -> None:
    for place, text in texts(ledger):
        assert set(text) >= set(LANGUAGES), place
    for name, figure in ledger.figures.items():
        assert set(figure.unit) >= set(LANGUAGES), name
        for language, forms in figure.unit.items():
            assert set(forms) == PLURALS.get(language, {"one", "other"}), (name, language)
    for name, claim in ledger.claims.items():
        wanted = COUNTRIES[claim.country] if claim.country else set(LANGUAGES)
        assert wanted <= set(claim.statement), name
    for name, organization in ledger.organizations.items():
        assert organization.genitive, name
        assert set(organization.genitive) == {"pl", "uk"}, name


def test_wordings_can_be_printed(ledger: Ledger) -> None:
    """A wording names value, date and counter once each."""
    for _, item in ledger.observations.values():
        for language, words in item.wording.items():
            names = re.findall(r"\{(\w*)\}", words)
            assert set(names) <= PLACEHOLDERS, (item.id, language)
            assert names.count("value") == 1, (item.id, language)
            assert len({"as_of", "as_of_phrase"} & set(names)) == 1, (item.id, language)
            assert len({"counted_by", "counted_by_genitive"} & set(names)) == 1, (item.id, language)
            assert words.endswith("."), (item.id, language)
            assert "{as_of}." not in words, (item.id, language)


def test_wordings_say_where_no_primary_source_is_held(ledger: Ledger) -> None:
    for _, item in ledger.observations.values():
        if all(ledger.sources[piece.source].tier != "primary" for piece in item.evidence):
            for language, words in item.wording.items():
                assert re.search(REPORTED[language], words), (item.id, language)


def test_no_number_stands_outside_its_observation(ledger: Ledger) -> None:
    """Labels, scopes and wordings hold no number of their own; it would print without a source."""
    for place, text in texts(ledger):
        for language, words in text.items():
            bare = re.sub(r"\{\w+\}", "", words)
            assert not re.search(r"\d", bare), (place, language, words)
            assert not NUMBER_WORDS.search(bare), (place, language, words)


def test_wordings_open_with_a_capital(ledger: Ledger) -> None:
    """A wording opens with a capital or a digit, also where a placeholder stands first."""
    for _, item in ledger.observations.values():
        for language, words in item.wording.items():
            assert not words.startswith("{as_of_phrase}"), (item.id, language)
            assert not words.startswith("{value}") or (item.qualifier == "exact" and item.value), (item.id, language)
            if match := re.match(r"\{(counted_by(?:_genitive)?)\}", words):
                organization = ledger.organizations[item.counted_by]
                forms = organization.genitive if match[1].endswith("genitive") else organization.name
                assert forms, (item.id, language)
                assert forms[language][0].isupper(), (item.id, language)
            else:
                assert words[0] == "{" or words[0].isupper(), (item.id, language)


def test_counters_are_known(ledger: Ledger) -> None:
    """Who counts is an organization with names in five languages, save for these three; no organization is idle."""
    named = {item.counted_by for _, item in ledger.observations.values()}
    named |= {claim.stated_by for claim in ledger.claims.values() if claim.stated_by}
    assert set(ledger.organizations) <= named
    plain = {item.counted_by for _, item in ledger.observations.values()} - set(ledger.organizations)
    assert plain == {"Rubryka", "Grigory Karasin", "Russia, as quoted by Ukraine's ombudsman"}


def test_minors_are_neither_named_nor_located(ledger: Ledger) -> None:
    """The two North Korean cases stand without camp, route, age or home."""
    assert ledger.figures["north-korea"].sensitivity == "minor"
    assert ledger.claims["north-korea-caveat"].sensitivity == "minor"
    text = ledger.canonical.casefold()
    for word in ("songdowon", "сондовон", "zongdowon", "-year-old", "9,000 km"):
        assert word not in text, word


# ----------------------------------------------------------------------------------------------------------------------
# Against the research, where it is at hand
# ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Research:
    """What the research allows: excerpts by address, and the addresses and relayed sources that may be cited."""

    excerpts: Mapping[str, list[str]]
    citable: frozenset[str]
    relayed: frozenset[str]
    forbidden: frozenset[str]


def normal(text: str) -> str:
    """Fold what differs in print but not in words: spaces, quotation marks, hyphens."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"[’‘‛`´]", "'", re.sub(r"[“”„«»]", '"', text)))
    return re.sub(r"\s+", " ", text).strip()


def _plain(name: str) -> dict[str, Any]:
    value: dict[str, Any] = yamlfile.read(RESEARCH / name).value
    return value


@pytest.fixture(scope="module")
def research() -> Research:
    """The research files, which are private and not part of the project."""
    if not (RESEARCH / "sources-research.yaml").is_file():
        pytest.skip("the research files are not at hand; they are private and checked where they are")
    excerpts: dict[str, list[str]] = {}
    citable: set[str] = set()
    relayed: set[str] = set()
    forbidden: set[str] = set()

    def read(url: str | None, excerpt: str | None) -> None:
        if url and excerpt:
            excerpts.setdefault(url, []).append(normal(excerpt))

    for entry in _plain("sources-research.yaml")["sources"]:
        if entry["kind"] == "seed" or entry["verification"] == "unverified":
            forbidden.add(str(entry["url"]))
            continue
        if entry["verification"] == "at-source":
            citable.add(entry["url"])
        else:
            relayed.add(entry["id"])
        for item in entry["figures"]:
            place = item.get("read_at") or (entry["url"] if entry["verification"] == "at-source" else None)
            if place:
                citable.add(str(place))
                read(place, item["excerpt"])
    for group in _plain("country-research.yaml")["countries"].values():
        for entry in group:
            if entry["source"]["kind"] == "seed":
                forbidden.add(entry["source"]["url"])
            elif entry["verification"] == "at-source":
                citable.add(entry["source"]["url"])
                read(entry["source"]["url"], entry.get("excerpt"))
    return Research(excerpts, frozenset(citable), frozenset(relayed), frozenset(forbidden))


def test_every_quote_is_word_for_word_in_the_research(ledger: Ledger, research: Research) -> None:
    for name, piece in evidence(ledger):
        url = ledger.sources[piece.read_in].URL or ""
        quote = normal(piece.quote)
        found = [text for text in research.excerpts.get(url, ())
                 if re.search(rf"(?<![\w.,]){re.escape(quote)}(?!\w|[.,]\d)", text)]
        assert found, (name, piece.read_in, piece.quote)


def test_every_source_may_be_cited(ledger: Ledger, research: Research) -> None:
    for name, piece in evidence(ledger):
        read = ledger.sources[piece.read_in]
        assert read.URL in research.citable, (name, piece.read_in)
        assert read.URL not in research.forbidden, (name, piece.read_in)
        if piece.via:
            assert piece.source in research.relayed, (name, piece.source)
