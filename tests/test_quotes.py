"""The exact matcher and the comparison of values with quotes; errors are planted, and none may pass."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advokit import yamlfile
from advokit.archive import Archive
from advokit.ledger import Ledger, Observation, entries
from advokit.numbers import read_numbers
from advokit.quotes import CopyText, differences, find, left_out, normalise
from advokit.rules.quotes import check, results
from advokit.yamlfile import Loaded

ARTICLE = """Register still grows

The ministry’s register holds 19\u202f546 children, nearly 20,000 by its own account. At least 43 camps – some of
them “summer camps” – were found; forty-three of them are known. In 2022 392 children came back,
1.6 million live under occupation. The cross\u2011border re\u00adgister counts 91 votes and a balance of −5.
Estimates run from 200,000–300,000 children. Illegal transfers of non-combatants cost $15 million, 12% more.
More than 2,400 children aged six to 17 were taken. The list is long. The list is old.
"""
COPY = CopyText.of(ARTICLE, "en")

UNITS: dict[str, dict[str, dict[str, str]]] = {
    "children": {"en": {"one": "child", "other": "children"}, "uk": {"one": "дитина", "other": "дітей"}},
    "camps": {"en": {"one": "camp", "other": "camps"}},
    "votes": {"en": {"one": "vote", "other": "votes"}},
    "percent": {"en": {"other": "percent"}},
    "nothing": {},
    "people": {"en": {"one": "person", "other": "people"}},
}


def observation(**values: Any) -> Observation:
    base = {"id": "x", "as_of": "2024", "counted_by": "y", "evidence": {"source": "s", "quote": "abc"}}
    return Observation.model_validate({**base, **values})


@pytest.mark.parametrize(
    "quote",
    [
        "19 546 children",
        "19\u00a0546 children",
        "cross-border register",
        "cross–border register",
        '"summer camps"',
        "‹summer camps›",
        "At least 43 camps – some",
        "At least 43 camps — some",
        "1.6 million",
        "balance of −5",
        "balance of -5",
        "392 children",
        "19 546 children … 91 votes",
        "19 546 children [...] 91 votes",
        "… 1.6 million live",
        "200,000-300,000 children",
        "The ministry's  register\n holds",
        "cross\u2011bor\u00adder",
    ],
)
def test_true_quotes_are_found(quote: str) -> None:
    assert find(quote, COPY).status == "found"


@pytest.mark.parametrize(
    "quote",
    [
        "9 546 children",
        "546 children",
        "19 54",
        "19 546 Children",
        "19,546 children",
        "19.546 children",
        "6 million",
        "1.6",
        "1 votes",
        "90 votes",
        "balance of 5",
        "5",
        "three of them are",
        "hundred",
        "200,000",
        "300,000 children",
        "legal transfers",
        "combatants",
        "15 million",
        "12",
        "nearly 20,001",
        "almost 20,000",
        "91 votes … 19 546 children",
        "1.6 billion",
        "1,6 million",
        "",
        "…",
        "at least 43 camps",
        "More than 2 400 children",
        "registe",
    ],
)
def test_false_quotes_are_not_found(quote: str) -> None:
    assert find(quote, COPY).status == "not-found"


def test_prefix_and_suffix_decide_between_occurrences() -> None:
    assert find("The list is", COPY).status == "ambiguous"
    assert find("The list is", COPY, suffix="old").status == "found"
    assert find("The list is", COPY, prefix="is long.").status == "found"
    assert find("The list is", COPY, prefix="is long").status == "found"
    assert find("The list is", COPY, prefix="is short.").status == "not-found"
    assert find("The list is", COPY, prefix="is long.", suffix="long").status == "not-found"


def test_messages_hold_nothing_of_the_copy() -> None:
    for quote in ("6 million", "The list is", "no such words", "91 votes … 19 546"):
        match = find(quote, COPY)
        assert not any(word in match.message + match.hint for word in ("register", "occupation", "Estimates", "1.6"))


@pytest.mark.parametrize("quote", ["дев'ятьох дітей", "дев’ятьох дітей", "п'ять таборів"])
def test_ukrainian_quotes(quote: str) -> None:
    copy = CopyText.of("Повернули дев’ятьох дітей, знайшли п’ять таборів і двадцять п’ять шкіл.", "uk-UA")
    assert find(quote, copy).status == "found"
    for part in ("ятьох дітей", "п'ять шкіл", "ять таборів"):
        assert find(part, copy).status == "not-found"


# Values ------------------------------------------------------------------------------------------------------------

GOOD = [
    ("nine children", "en", {"value": "9"}, "children"),
    ("двоє дітей", "uk", {"value": "2"}, "children"),
    ("1.6 million children", "en", {"value": "1600000"}, "children"),
    ("nearly 20,000 children", "en", {"value": "20000", "qualifier": "nearly"}, "children"),
    ("200,000–300,000 children", "en", {"low": "200000", "high": "300000"}, "children"),
    ("up to 300,000 could be affected", "en", {"value": "300000", "qualifier": "up_to"}, "children"),
    ("a network of 165 re-education camps", "en", {"value": "165"}, "camps"),
    ("92 states voted for it", "en", {"value": "92"}, "votes"),
    ("Australia is the 41st state to vote", "en", {"value": "41"}, "votes"),
    ("80% of the children", "en", {"value": "80"}, "percent"),
    ("As of October 18, 19,546 children", "en", {"value": "19546"}, "children"),
    ("information about 43 camps", "en", {"value": "43"}, "camps"),
    ("43 children", "en", {"value": "43"}, "people"),
    ("attacked in 1968", "en", {"value": "1968"}, "nothing"),
]
BAD = [
    ("nine children", "en", {"value": "8"}, "children", "value"),
    ("taken in 2022", "en", {"value": "2022"}, "children", "value"),
    ("1.6 million children", "en", {"value": "6000000"}, "children", "value"),
    ("1.6 million children", "en", {"value": "1.6"}, "children", "value"),
    ("1.859 Kinder", "en", {"value": "1859"}, "children", "value"),
    ("nearly 20,000 children", "en", {"value": "20000"}, "children", "qualifier"),
    ("20,000 children", "en", {"value": "20000", "qualifier": "at_least"}, "children", "qualifier"),
    ("at least 43 camps", "en", {"value": "43", "qualifier": "more_than"}, "camps", "qualifier"),
    ("up to 300,000 children", "en", {"value": "300000", "qualifier": "about"}, "children", "qualifier"),
    ("200,000–300,000 children", "en", {"value": "300000"}, "children", "value"),
    ("11,000 children are held at 43 camps", "en", {"value": "43"}, "children", "unit"),
    ("11,000 children are held at 43 camps", "en", {"value": "11000"}, "camps", "unit"),
    ("with 91 votes in favour", "en", {"value": "91"}, "children", "unit"),
    ("80% of the children", "en", {"value": "80"}, "children", "unit"),
    ("the 16-year-old and her brother", "en", {"value": "16"}, "children", "unit"),
    ("As of October 18, 19,546 children", "en", {"value": "18"}, "children", "value"),
    ("thousands of children", "en", {"value": "1000"}, "children", "value"),
    ("Майже 20 тисяч дітей", "uk", {"value": "20000"}, "children", "qualifier"),
]


@pytest.mark.parametrize(("quote", "language", "values", "unit"), GOOD)
def test_what_the_quote_states_passes(quote: str, language: str, values: dict[str, str], unit: str) -> None:
    assert differences(quote, language, observation(**values), UNITS[unit]) == []


@pytest.mark.parametrize(("quote", "language", "values", "unit", "field"), BAD)
def test_what_the_quote_does_not_state_fails(
    quote: str, language: str, values: dict[str, str], unit: str, field: str
) -> None:
    assert [item.field for item in differences(quote, language, observation(**values), UNITS[unit])] == [field]


def test_a_bound_left_out_of_the_quote_is_noticed() -> None:
    span = find("20,000 by its own account", COPY).spans[0]
    assert left_out(COPY, span, observation(value="20000")) == "nearly"
    whole = find("nearly 20,000 by its own account", COPY).spans[0]
    assert left_out(COPY, whole, observation(value="20000", qualifier="nearly")) is None


# Planted errors ----------------------------------------------------------------------------------------------------

SENTENCES = [
    ("en", "So far, only 387 children have been returned to their families"),
    ("en", "at least 19,546 children deported to Russia and not returned"),
    ("en", "Officials estimate that nearly 20,000 of 1.6 million children are affected"),
    ("en", "about 2,400 children aged six to 17 have been taken in forty-three buses"),
    ("en", "a rate of −5.25 per 1,000 against 91 votes"),
    ("de", "mindestens 19.546 Kinder, davon dreiundvierzig aus 1,6 Millionen Haushalten"),
    ("fr", "près de 20 000 enfants, dont quatre-vingt-onze orphelins, et 1,6 million d’habitants"),
    ("pl", "co najmniej 19 546 dzieci, w tym dwoje z 1,6 mln mieszkańców"),
    ("uk", "щонайменше 19 546 дітей, з них двоє із 1,6 млн мешканців, близько 17 тис. записів"),
]
AROUND = "The page opens here and says that {} and then it goes on for a while."
SCALES = ["million", "billion", "thousand", "Millionen", "Milliarden", "mln", "mld", "tys", "млн", "млрд", "тис"]
BOUNDS = [
    "at least",
    "nearly",
    "about",
    "only",
    "more than",
    "up to",
    "mindestens",
    "rund",
    "près de",
    "environ",
    "co najmniej",
    "około",
    "щонайменше",
    "близько",
]
SPACES = ["\u00a0", "\u202f", "  ", "\n", " \u00ad", "\u2009"]

sentence = st.sampled_from(SENTENCES)


@settings(deadline=None)
@given(sentence, st.data())
def test_no_changed_character_of_a_number_passes(item: tuple[str, str], data: st.DataObject) -> None:
    language, text = item
    copy = CopyText.of(AROUND.format(text), language)
    assert find(text, copy).status == "found"
    place = data.draw(st.sampled_from([at for at, sign in enumerate(text) if sign.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    for changed in (
        text[:place] + other + text[place + 1 :],
        text[:place] + text[place + 1 :],
        text[:place] + other + text[place:],
    ):
        assume(changed != text)
        assert find(changed, copy).status == "not-found"
        assert find(text, CopyText.of(AROUND.format(changed), language)).status == "not-found"


@settings(deadline=None)
@given(sentence, st.data())
def test_no_sign_scale_or_bound_passes(item: tuple[str, str], data: st.DataObject) -> None:
    language, text = item
    copy = CopyText.of(AROUND.format(text), language)
    number = data.draw(st.sampled_from(list(re.finditer(r"\d[\d.,]*\d|\d", text))))
    planted = [
        text[: number.start()] + "-" + text[number.start() :],
        text[: number.start()] + "−" + text[number.start() :],
    ]
    planted += [
        text.replace(scale, other, 1)
        for scale in SCALES
        for other in SCALES
        if re.search(rf"\b{scale}\b", text) and other != scale
    ]
    planted += [
        text.replace(bound, other, 1) for bound in BOUNDS for other in BOUNDS if bound in text and other != bound
    ]
    changed = data.draw(st.sampled_from([quote for quote in planted if quote != text]))
    assert find(changed, copy).status == "not-found"


@settings(deadline=None)
@given(sentence, st.data())
def test_no_quote_that_cuts_a_number_passes(item: tuple[str, str], data: st.DataObject) -> None:
    language, text = item
    copy = CopyText.of(AROUND.format(text), language)
    plain = normalise(text)
    numbers = [found for found in read_numbers(plain, language) if found.end - found.start > 1]
    number = data.draw(st.sampled_from(numbers))
    at = data.draw(st.integers(number.start + 1, number.end - 1))
    for part in (plain[at:], plain[:at]):
        words = part.strip()
        if copy.text.count(words) == 1 and words:
            assert find(words, copy).status == "not-found", words


@settings(deadline=None)
@given(sentence, st.sampled_from(SPACES), st.data())
def test_odd_spaces_quotes_and_hyphens_pass(item: tuple[str, str], space: str, data: st.DataObject) -> None:
    language, text = item
    written = "".join(
        data.draw(st.sampled_from([space, " "]))
        if sign == " "
        else data.draw(st.sampled_from(["‑", "‐", "-"]))
        if sign == "-"
        else sign
        for sign in text
    )
    place = data.draw(st.integers(1, len(written) - 1))
    soft = written[:place] + "\u00ad" + written[place:]
    assert find(text, CopyText.of(AROUND.format(soft), language)).status == "found"
    assert find(soft, CopyText.of(AROUND.format(text), language)).status == "found"


@settings(deadline=None)
@given(sentence, st.data())
def test_no_wrong_value_or_bound_passes(item: tuple[str, str], data: st.DataObject) -> None:
    language, text = item
    plain = normalise(text)
    numbers = [found for found in read_numbers(plain, language) if found.value is not None]
    number = data.draw(st.sampled_from(numbers))
    assert number.value is not None
    values = {found.value for found in numbers} | {
        bound for found in read_numbers(plain, language) for bound in (found.low, found.high)
    }
    assert differences(text, language, observation(value=str(number.value), qualifier=number.qualifier), {}) == []
    wrong = data.draw(
        st.sampled_from(
            [
                -number.value,
                number.value + 1,
                number.value * 10,
                number.value * 1000,
                number.value / 10,
                number.value - 1,
                number.value / 1000000,
            ]
        )
    )
    assume(wrong not in values)
    assert differences(text, language, observation(value=format(wrong, "f")), {})[0].field == "value"
    bounds = [
        name
        for name in ("exact", "at_least", "more_than", "about", "nearly", "up_to", "fewer_than")
        if not any(name in found.accepts for found in numbers if found.value == number.value)
    ]
    found = differences(
        text, language, observation(value=str(number.value), qualifier=data.draw(st.sampled_from(bounds))), {}
    )
    assert [difference.field for difference in found] == ["qualifier"]


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_searched_without_failing(text: str, quote: str) -> None:
    assert find(quote, CopyText.of(text, "en")).status in {"found", "not-found", "ambiguous"}


@settings(deadline=None)
@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


# The rules ---------------------------------------------------------------------------------------------------------


def ledger(quote: str, digest: str | None, **values: Any) -> Loaded[Ledger]:
    source = {"type": "webpage", "title": "T", "tier": "primary", "language": "en"}
    if digest:
        source["copy"] = {"sha256": digest, "captured": "2025-12-12"}  # type: ignore[assignment]
    data = {
        "sources": {"s": source},
        "figures": {
            "f": {
                "label": "f",
                "kind": "stock",
                "unit": {"en": ["child", "children"]},
                "observations": [
                    {
                        "id": "f-1",
                        "as_of": "2024",
                        "counted_by": "x",
                        "evidence": {"source": "s", "quote": quote},
                        "value": "19546",
                        **values,
                    }
                ],
            }
        },
    }
    raw = yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()
    return yamlfile.build(yamlfile.parse(raw, "facts/t.yaml"), Ledger)


def archive(folder: Path) -> tuple[Archive, str]:
    digest = hashlib.sha256(ARTICLE.encode()).hexdigest()
    (folder / f"{digest}.txt").write_bytes(ARTICLE.encode())
    return Archive(folder), digest


@pytest.mark.parametrize(
    ("quote", "values", "rules"),
    [
        ("19 546 children", {}, []),
        ("19 547 children", {}, ["quote-not-found", "value-not-in-quote"]),
        ("19 546 children", {"value": "19547"}, ["value-not-in-quote"]),
        ("546 children", {"value": "546"}, ["quote-not-found"]),
        ("20,000 by its own account", {"value": "20000"}, ["value-not-in-quote"]),
    ],
)
def test_rules_name_the_place_of_the_quote(
    tmp_path: Path, quote: str, values: dict[str, str], rules: list[str]
) -> None:
    held, digest = archive(tmp_path)
    loaded = ledger(quote, digest, **values)
    problems = list(check(loaded, held))
    assert [problem.rule for problem in problems] == rules
    line = loaded.file.path and loaded.file.mark(("figures", "f", "observations", 0, "evidence", "quote")).line
    assert {problem.line for problem in problems} <= {line}


def test_missing_and_altered_copies(tmp_path: Path) -> None:
    held, digest = archive(tmp_path)
    absent = list(check(ledger("19 546 children", None), held))
    assert [(item.rule, item.severity) for item in absent] == [("copy-missing", "warning")]
    assert absent[0].message.startswith("1 of 1 sources")
    (tmp_path / f"{digest}.txt").write_text(ARTICLE.replace("546", "547"))
    loaded = ledger("19 546 children", digest)
    altered = Archive(tmp_path)
    assert [item.rule for item in check(loaded, altered)] == ["copy-mismatch"]
    assert [item.status for item in results(loaded, altered)] == ["no-copy"]


ARTICLES = Path(__file__).parents[2] / "shared" / "data" / "articles"
SHIPPED = Path(__file__).parents[1] / "facts" / "ukraine-children.yaml"


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the five real articles are private and not in this checkout")
def test_quotes_from_the_real_articles_verify() -> None:
    research = ARTICLES.parent / "sources-research.yaml"
    found = yaml.safe_load(research.read_text(encoding="utf-8"))["sources"]
    count = 0
    for entry in found:
        if not entry.get("seed_file"):
            continue
        copy = CopyText.of((ARTICLES / entry["seed_file"]).read_text(encoding="utf-8"))
        for figure in entry["figures"]:
            count += 1
            assert find(figure["excerpt"], copy).status == "found"
            digits = [at for at, sign in enumerate(figure["excerpt"]) if sign.isdigit()]
            for at in digits:
                wrong = (
                    figure["excerpt"][:at] + str((int(figure["excerpt"][at]) + 1) % 10) + figure["excerpt"][at + 1 :]
                )
                assert find(wrong, copy).status == "not-found"
    assert count >= 20


@pytest.mark.skipif(
    not (ARTICLES.is_dir() and SHIPPED.is_file()), reason="needs the shipped ledger and its private copies"
)
def test_every_quote_of_the_shipped_ledger_from_the_articles_verifies() -> None:
    loaded = yamlfile.load(SHIPPED, Ledger)
    research = yaml.safe_load((ARTICLES.parent / "sources-research.yaml").read_text(encoding="utf-8"))["sources"]
    files = {entry["url"]: entry["seed_file"] for entry in research if entry.get("seed_file")}
    assert len(files) == 5
    for _, entry in entries(loaded.model):
        for evidence in entry.evidence:
            address = loaded.model.sources[evidence.read_in].URL
            if address in files:
                copy = CopyText.of((ARTICLES / files[address]).read_text(encoding="utf-8"))
                assert find(evidence.quote, copy, evidence.prefix, evidence.suffix).status == "found"


@pytest.mark.skipif(not SHIPPED.is_file(), reason="needs the shipped ledger")
def test_the_shipped_ledger_says_what_its_quotes_state(tmp_path: Path) -> None:
    loaded = yamlfile.load(SHIPPED, Ledger)
    assert [item for item in check(loaded, Archive(tmp_path)) if item.severity == "error"] == []


def test_values_with_a_decimal_zero_are_equal() -> None:
    assert differences("1.10 children", "en", observation(value="1.1"), UNITS["children"]) == []
    assert Decimal("1.10") == Decimal("1.1")
