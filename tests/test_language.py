from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from advokit import resources
from advokit.dates import PartialDate
from advokit.language import quotes, read_language, spacing, tongue

LOCALES = (resources.builtin_templates() / "locale",)

EXPECTED = [
    ("en", "gb", "19,546", "23\u00a0February 2026", "as of 23\u00a0February 2026"),
    ("en", "us", "19,546", "February\u00a023, 2026", "as of February\u00a023, 2026"),
    ("en", "ca", "19,546", "February\u00a023, 2026", "as of February\u00a023, 2026"),
    ("de", "de", "19.546", "23.\u00a0Februar 2026", "23.\u00a0Februar 2026"),
    ("fr", "fr", "19\u202f546", "23\u00a0février 2026", "au 23\u00a0février 2026"),
    ("fr", "ca", "19\u00a0546", "23\u00a0février 2026", "au 23\u00a0février 2026"),
    ("pl", "pl", "19\u00a0546", "23\u00a0lutego 2026", "23\u00a0lutego 2026"),
    ("cs", "cz", "19\u00a0546", "23.\u00a0února 2026", "stav ke dni 23.\u00a0února 2026"),
    ("de", "ch", "19’546", "23.\u00a0Februar 2026", "23.\u00a0Februar 2026"),
    ("fr", "ch", "19\u202f546", "23\u00a0février 2026", "au 23\u00a0février 2026"),
    ("uk", "ua", "19\u00a0546", "23\u00a0лютого 2026", "станом на 23\u00a0лютого 2026"),
    ("es", "es", "19.546", "23\u00a0de febrero de 2026", "a 23\u00a0de febrero de 2026"),
    ("it", "it", "19.546", "23\u00a0febbraio 2026", "al 23\u00a0febbraio 2026"),
    ("it", "ch", "19’546", "23\u00a0febbraio 2026", "al 23\u00a0febbraio 2026"),
    ("nl", "nl", "19.546", "23\u00a0februari 2026", "per 23\u00a0februari 2026"),
    ("nl", "be", "19.546", "23\u00a0februari 2026", "per 23\u00a0februari 2026"),
    ("sv", "se", "19\u00a0546", "23\u00a0februari 2026", "per den 23\u00a0februari 2026"),
]


@pytest.mark.parametrize(("language", "country", "number", "date", "as_of"), EXPECTED)
def test_numbers_and_dates_are_the_countrys_own(language: str, country: str, number: str, date: str, as_of: str) -> None:
    own = tongue(language, country, LOCALES)
    assert own.number(Decimal(19546)) == number
    assert date in own.date(PartialDate.parse("2026-02-23"))
    assert as_of in own.as_of(PartialDate.parse("2026-02-23"))


def test_an_approximate_date_is_said_in_one_phrase() -> None:
    assert tongue("fr", "fr", LOCALES).as_of(PartialDate.parse("2023-03~")) == "vers mars 2023"
    assert tongue("uk", "ua", LOCALES).as_of(PartialDate.parse("2023-03~")).startswith("станом приблизно на березень")


def test_french_says_months_and_days_with_different_prepositions() -> None:
    french = tongue("fr", "fr", LOCALES)
    assert french.as_of(PartialDate.parse("2026-02")) == "en février 2026"
    assert french.date(PartialDate.parse("2026-03-01")).startswith("1er")


def test_italian_elides_before_eight_and_eleven_and_writes_the_first_as_an_ordinal() -> None:
    italian = tongue("it", "it", LOCALES)
    assert italian.as_of(PartialDate.parse("2026-03-08")) == "all’8\u00a0marzo 2026"
    assert italian.as_of(PartialDate.parse("2026-03-18")) == "al 18\u00a0marzo 2026"
    assert italian.as_of(PartialDate.parse("2026-03-01")) == "al 1º\u00a0marzo 2026"
    assert italian.as_of(PartialDate.parse("2026-03")) == "a marzo 2026"
    assert italian.say("accessed {date}", date="11 marzo 2026") == "consultato l’11 marzo 2026"


def test_spanish_dates_and_numbers_of_four_digits() -> None:
    spanish = tongue("es", "es", LOCALES)
    assert spanish.as_of(PartialDate.parse("2026-03")) == "en marzo de 2026"
    assert spanish.as_of(PartialDate.parse("2026-03~")) == "hacia marzo de 2026"
    assert [spanish.number(Decimal(number)) for number in (2003, 19915)] == ["2003", "19.915"]


@pytest.mark.parametrize(("number", "form"), [(1, "дитина"), (2, "дитини"), (5, "дітей"), (21, "дитина"), (22, "дитини"),
                                              (11, "дітей"), (19546, "дітей")])
def test_ukrainian_plural_forms(number: int, form: str) -> None:
    forms = {"one": "дитина", "few": "дитини", "many": "дітей", "other": "дитини"}
    assert tongue("uk", "ua", LOCALES).plural(forms, Decimal(number)) == form


def test_spacing_is_french_in_france_and_lighter_in_quebec() -> None:
    assert spacing("fr", "fr")("Combien ? Voici : deux") == "Combien\u202f? Voici\u00a0: deux"
    assert spacing("fr", "ca")("Combien? Voici : deux") == "Combien? Voici\u00a0: deux"
    assert spacing("fr", "fr")("https://example.org à 12:30") == "https://example.org à 12:30"


def test_polish_lines_do_not_end_with_one_letter_words() -> None:
    assert spacing("pl", "pl")("dzieci w Rosji i na Białorusi") == "dzieci w\u00a0Rosji i\u00a0na Białorusi"


def test_polish_groups_digits_from_five_on() -> None:
    polish = tongue("pl", "pl", LOCALES)
    assert [polish.number(Decimal(number)) for number in (2003, 9999, 10000)] == ["2003", "9999", "10\u00a0000"]


def test_a_day_stays_with_its_month_and_a_dash_with_the_word_before() -> None:
    assert spacing("pl", "pl")("dnia 23 września 2025") == "dnia 23\u00a0września 2025"
    assert spacing("de", "de")("am 23. Februar, so – sagt man") == "am 23.\u00a0Februar, so\u00a0– sagt man"
    assert spacing("es", "es")("el 9 de diciembre, n.º 269") == "el 9\u00a0de diciembre, n.º\u00a0269"
    assert spacing("it", "it")("il 1º marzo, n. 269, art. 23") == "il 1º\u00a0marzo, n.\u00a0269, art.\u00a023"
    assert spacing("uk", "ua")("Київ — столиця") == "Київ\u00a0— столиця"


def test_a_czech_line_does_not_end_with_one_letter_words() -> None:
    assert spacing("cs", "cz")("v Rusku a k dětem i z Kyjeva") == "v\u00a0Rusku a\u00a0k\u00a0dětem i\u00a0z\u00a0Kyjeva"
    assert spacing("cs", "cz")("nařízení č. 269/2014") == "nařízení č.\u00a0269/2014"


@pytest.mark.parametrize(("number", "form"), [(1, "dítě"), (2, "děti"), (4, "děti"), (5, "dětí"), (22, "dětí"), (2003, "dětí")])
def test_czech_plural_forms(number: int, form: str) -> None:
    forms = {"one": "dítě", "few": "děti", "many": "dítěte", "other": "dětí"}
    assert tongue("cs", "cz", LOCALES).plural(forms, Decimal(number)) == form


def test_switzerland_has_its_own_marks_and_spelling() -> None:
    assert quotes("de", "ch") == quotes("fr", "ch") == ("«", "»", "‹", "›")
    assert quotes("de", "at") == quotes("de")
    assert spacing("fr", "ch")("Combien\u202f? Voici\u00a0: « deux »") == "Combien? Voici: «deux»"
    assert spacing("fr", "ch")("https://example.org à 12:30") == "https://example.org à 12:30"
    assert spacing("de", "ch")("Am 23. Mai schließt die „Straße“.") == "Am 23.\u00a0Mai schliesst die «Strasse»."
    assert tongue("de", "ch", LOCALES).say("Street and number") == "Strasse und Hausnummer"
    assert tongue("fr", "ch", LOCALES).say(": ") == ": "
    assert tongue("fr", "ch", LOCALES).say("Which of these?") == "Lequel?"
    assert [tongue("fr", country, LOCALES).say("Street and number") for country in ("ch", "be", "fr")] == [
        "Rue et numéro", "Rue et numéro", "Numéro et rue"]


def test_dutch_and_swedish_tie_numbers_to_what_they_number() -> None:
    assert spacing("nl", "nl")("Verordening (EU) nr. 269/2014, artikel 3") == "Verordening (EU) nr.\u00a0269/2014, artikel\u00a03"
    assert spacing("sv", "se")("2 kap. 3 §, förordning (EU) nr 269/2014") == "2\u00a0kap.\u00a03\u00a0§, förordning (EU) nr\u00a0269/2014"
    assert spacing("sv", "se")("den 5 mars, 5 procent") == "den 5\u00a0mars, 5\u00a0procent"
    assert spacing("nl", "nl")("Wie zegt dat? En het lid zei niets.") == "Wie zegt dat? En het lid zei niets."


def test_quotation_marks() -> None:
    assert quotes("nl") == ("‘", "’", "“", "”")
    assert quotes("sv") == ("”", "”", "’", "’")
    assert quotes("de")[:2] == ("„", "“")
    assert quotes("pl")[:2] == ("„", "”")
    assert quotes("fr")[0] == "«\u00a0"
    assert quotes("es") == quotes("it") == ("«", "»", "“", "”")


def test_a_workspace_catalogue_shadows_single_messages(tmp_path: Path) -> None:
    path = tmp_path / "de" / "LC_MESSAGES" / "advokit.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "References"\n'
                    'msgstr "Belege"\n', "utf-8")
    own = tongue("de", "de", (tmp_path, *LOCALES))
    assert own.say("References") == "Belege"
    assert own.say("Policy brief") != "Policy brief"


@pytest.mark.parametrize(("text", "country", "tag"), [
    ("d", "ch", "de"), ("F", "be", "fr"), ("Italiano", "ch", "it"), ("néerlandais", "be", "nl"), ("German", "gb", "de"),
    ("fr_CA", "ca", "fr-CA"), ("fra", "fr", "fr"), ("українська", "ua", "uk"), ("x", "de", ""), ("s", "za", ""), ("xx", "", ""), ("", "ch", "")])
def test_languages_are_read_by_tag_name_and_letter(text: str, country: str, tag: str) -> None:
    assert read_language(text, country) == tag
