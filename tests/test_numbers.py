"""Numbers as texts state them: digits in local form, words, scales, ranges, bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from advokit.numbers import StatedNumber, guess_language, read_numbers

LANGUAGES = ("en", "fr", "de", "pl", "uk", "es", "it", "nl", "cs", "sv")


def one(text: str, language: str) -> StatedNumber:
    found = read_numbers(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "19,546 children", "19546"),
        ("en", "19 546 children", "19546"),
        ("en", "19\u202f546 children", "19546"),
        ("en", "1.859", "1.859"),
        ("en", "1.6 million", "1600000"),
        ("en", "€2m", "2000000"),
        ("en", "17k", "17000"),
        ("en", "nine", "9"),
        ("en", "forty-three", "43"),
        ("en", "forty‑three", "43"),
        ("en", "a hundred and five", "105"),
        ("en", "half a million", "500000"),
        ("en", "one thousand, eight hundred and fifty-nine", "1859"),
        ("en", "two dozen", "24"),
        ("en", "-5", "-5"),
        ("en", "−5", "-5"),
        ("en", "one million and a half", "1500000"),
        ("de", "1.859 Kinder", "1859"),
        ("de", "1,6 Millionen", "1600000"),
        ("de", "1.6 Mio.", "1600000"),
        ("de", "dreiundvierzig", "43"),
        ("de", "neunzehntausendfünfhundertsechsundvierzig", "19546"),
        ("de", "hunderttausend", "100000"),
        ("de", "zweieinhalb Millionen", "2500000"),
        ("de", "dreissig", "30"),
        ("de-CH", "19’546", "19546"),
        ("fr", "19\u202f546 enfants", "19546"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("fr", "1,6 million", "1600000"),
        ("fr", "deux mille trois cents", "2300"),
        ("pl", "19 546 dzieci", "19546"),
        ("pl", "dwoje dzieci", "2"),
        ("pl", "czterdziestu trzech", "43"),
        ("pl", "17 tys.", "17000"),
        ("pl", "półtora miliona", "1500000"),
        ("pl", "1,6 mln", "1600000"),
        ("uk", "19\u00a0546 дітей", "19546"),
        ("uk", "двоє дітей", "2"),
        ("uk", "сорок три", "43"),
        ("uk", "дев’ятьох дітей", "9"),
        ("uk", "дев'ять", "9"),
        ("uk", "17 тис. записів", "17000"),
        ("uk", "19 тисяч 546", "19546"),
        ("uk", "1,6 млн", "1600000"),
        ("uk", "півтора мільйона", "1500000"),
        ("es", "19.915 casos", "19915"),
        ("es", "veintiún niños", "21"),
        ("es", "doscientas treinta y una niñas", "231"),
        ("es", "mil doscientos treinta y cuatro", "1234"),
        ("es", "medio millón de niños", "500000"),
        ("es", "un centenar de campamentos", "100"),
        ("es", "1,6 millones", "1600000"),
        ("it", "19.915 casi", "19915"),
        ("it-CH", "19’915 casi", "19915"),
        ("it", "ventun bambini", "21"),
        ("it", "trentatre", "33"),
        ("it", "duemilatré minori", "2003"),
        ("it", "centoventitré", "123"),
        ("it", "milleundici", "1011"),
        ("it", "sessantatremila", "63000"),
        ("it", "novemiladuecentoventuno casi", "9221"),
        ("it", "mezzo milione di persone", "500000"),
        ("it", "una dozzina di campi", "12"),
        ("it", "19mila bambini", "19000"),
        ("it", "1,6 milioni", "1600000"),
        ("nl", "19.546 kinderen", "19546"),
        ("nl", "drieënveertig", "43"),
        ("nl", "negentienduizend vijfhonderdzesenveertig", "19546"),
        ("nl", "negentienduizendvijfhonderdzesenveertig", "19546"),
        ("nl", "honderdeen", "101"),
        ("nl", "met z'n tweeën", "2"),
        ("nl", "anderhalf miljoen", "1500000"),
        ("nl", "1,6 miljoen", "1600000"),
        ("nl", "17 mln.", "17000000"),
        ("sv", "19\u00a0546 barn", "19546"),
        ("sv", "fyrtiotre", "43"),
        ("sv", "tjugoen barn", "21"),
        ("sv", "nittontusen femhundrafyrtiosex", "19546"),
        ("sv", "ettusen", "1000"),
        ("sv", "hundratjugo", "120"),
        ("sv", "två hundra", "200"),
        ("sv", "trehundratusen", "300000"),
        ("sv", "en och en halv miljon", "1500000"),
        ("sv", "1,6 miljoner", "1600000"),
        ("sv", "15 mn", "15000000"),
        ("ru", "сорока трёх", "43"),
        ("cs", "19\u00a0915 případů", "19915"),
        ("cs", "dvě děti", "2"),
        ("cs", "třiačtyřicet", "43"),
        ("cs", "čtyřiceti tří", "43"),
        ("cs", "pětadvaceti dětí", "25"),
        ("cs", "dvě stě třiačtyřicet dětí", "243"),
        ("cs", "pěti set dětí", "500"),
        ("cs", "třem stům", "300"),
        ("cs", "devatenáct tisíc pět set čtyřicet šest", "19546"),
        ("cs", "tři sta dvacet tisíc", "320000"),
        ("cs", "17 tis. záznamů", "17000"),
        ("cs", "1,6 mil. dětí", "1600000"),
        ("cs", "dva a půl milionu dětí", "2500000"),
        ("cs", "milion a půl", "1500000"),
        ("ru", "700 тысяч", "700000"),
    ],
)
def test_values(language: str, text: str, value: str) -> None:
    assert one(text, language).value == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text", "qualifier"),
    [
        ("en", "at least 43", "at_least"),
        ("en", "no fewer than 43", "at_least"),
        ("en", "more than 43", "more_than"),
        ("en", "over 43", "more_than"),
        ("en", "nearly 43", "nearly"),
        ("en", "about 43", "about"),
        ("en", "up to 43", "up_to"),
        ("en", "as many as 43", "up_to"),
        ("en", "could reach 43", "up_to"),
        ("en", "no more than 43", "up_to"),
        ("en", "fewer than 43", "fewer_than"),
        ("en", "only 43", "exact"),
        ("en", "43 or more", "at_least"),
        ("en", "~43", "about"),
        ("en", "43+", "more_than"),
        ("en", "at least the 43", "at_least"),
        ("en", "close to 43", "nearly"),
        ("de", "mindestens 43", "at_least"),
        ("de", "rund 43", "about"),
        ("de", "fast 43", "nearly"),
        ("de", "bis zu 43", "up_to"),
        ("de", "mehr als 43", "more_than"),
        ("de", "weniger als 43", "fewer_than"),
        ("fr", "au moins 43", "at_least"),
        ("fr", "près de 43", "nearly"),
        ("fr", "jusqu’à 43", "up_to"),
        ("fr", "plus d’un million", "more_than"),
        ("fr", "environ 43", "about"),
        ("fr", "une centaine", "about"),
        ("pl", "co najmniej 43", "at_least"),
        ("pl", "ponad 43", "more_than"),
        ("pl", "około 43", "about"),
        ("pl", "prawie 43", "nearly"),
        ("pl", "niespełna 43", "fewer_than"),
        ("pl", "nawet do 43", "up_to"),
        ("uk", "щонайменше 43", "at_least"),
        ("uk", "понад 43", "more_than"),
        ("uk", "близько 43", "about"),
        ("uk", "майже 43", "nearly"),
        ("uk", "до 43", "up_to"),
        ("uk", "не менше ніж 43", "at_least"),
        ("uk", "передані до 43", "exact"),
        ("uk", "менше ніж 43", "fewer_than"),
        ("es", "al menos 43 niños", "at_least"),
        ("es", "43 niños como mínimo", "at_least"),
        ("es", "más de 19.546 niños", "more_than"),
        ("es", "superan los 2.000", "more_than"),
        ("es", "unos 400 campamentos", "about"),
        ("es", "alrededor de 400 campamentos", "about"),
        ("es", "casi 400", "nearly"),
        ("es", "hasta 300.000 niños", "up_to"),
        ("es", "menos de un millar", "fewer_than"),
        ("es", "los 43 niños", "exact"),
        ("it", "almeno 43 bambini", "at_least"),
        ("it", "43 o più", "at_least"),
        ("it", "più di 19.546 minori", "more_than"),
        ("it", "oltre i 2.000 bambini", "more_than"),
        ("it", "circa 400 campi", "about"),
        ("it", "400 circa", "about"),
        ("it", "quasi 400", "nearly"),
        ("it", "fino a 300.000", "up_to"),
        ("it", "meno di mille", "fewer_than"),
        ("it", "i 43 bambini", "exact"),
        ("nl", "ten minste 43", "at_least"),
        ("nl", "zeker 43", "at_least"),
        ("nl", "meer dan 43", "more_than"),
        ("nl", "ruim 43", "more_than"),
        ("nl", "zo’n 43", "about"),
        ("nl", "rond de 43", "about"),
        ("nl", "bijna 43", "nearly"),
        ("nl", "tot 43", "up_to"),
        ("nl", "gestegen tot 43", "exact"),
        ("nl", "nog geen 43", "fewer_than"),
        ("nl", "slechts 43", "exact"),
        ("nl", "43 of meer", "at_least"),
        ("cs", "nejméně 43", "at_least"),
        ("cs", "více než 43", "more_than"),
        ("cs", "přes 43", "more_than"),
        ("cs", "přibližně 43", "about"),
        ("cs", "téměř 43", "nearly"),
        ("cs", "až 43", "up_to"),
        ("cs", "méně než 43", "fewer_than"),
        ("cs", "necelých 43", "fewer_than"),
        ("cs", "43 a více", "at_least"),
        ("cs", "pouze 43", "exact"),
        ("cs", "deportováni do 43", "exact"),
        ("sv", "minst 43", "at_least"),
        ("sv", "mer än 43", "more_than"),
        ("sv", "över 43", "more_than"),
        ("sv", "drygt 43", "more_than"),
        ("sv", "cirka 43", "about"),
        ("sv", "nästan 43", "nearly"),
        ("sv", "knappt 43", "fewer_than"),
        ("sv", "upp till 43", "up_to"),
        ("sv", "inte fler än 43", "up_to"),
        ("sv", "färre än 43", "fewer_than"),
        ("sv", "bara 43", "exact"),
        ("sv", "43 eller fler", "at_least"),
    ],
)
def test_bounds(language: str, text: str, qualifier: str) -> None:
    found = read_numbers(text, language)[-1]
    assert qualifier in found.accepts
    assert ("exact" in found.accepts) == (qualifier == "exact")


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "200,000–300,000 children", 200000, 300000),
        ("en", "between two and three hundred", 200, 300),
        ("en", "aged six to 17", 6, 17),
        ("en", "1.5–2 million", 1500000, 2000000),
        ("de", "zwischen 200.000 und 300.000", 200000, 300000),
        ("fr", "entre 6 et 17 ans", 6, 17),
        ("pl", "od 200 do 300 tysięcy", 200000, 300000),
        ("uk", "від шести до 17", 6, 17),
        ("nl", "tussen 200.000 en 300.000", 200000, 300000),
        ("nl", "van zes tot 17 jaar", 6, 17),
        ("cs", "od 200 do 300 tisíc", 200000, 300000),
        ("cs", "mezi šesti a 17 lety", 6, 17),
        ("cs", "200 až 300 tisíc", 200000, 300000),
        ("sv", "mellan 200 000 och 300 000", 200000, 300000),
        ("sv", "från sex till 17 år", 6, 17),
    ],
)
def test_ranges(language: str, text: str, low: int, high: int) -> None:
    found = one(text, language)
    assert found.value is None
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(("language", "text"), [
    ("en", "rose from 43 to 165"), ("nl", "steeg van 43 tot 165"), ("sv", "ökade från 43 till 165")])
def test_a_change_is_no_range(language: str, text: str) -> None:
    assert [item.value for item in read_numbers(text, language)] == [43, 165]


def test_a_list_over_so_many_is_no_bound_in_swedish() -> None:
    assert "exact" in one("registret över 43 barn", "sv").accepts
    assert "exact" not in one("det rör sig om över 43 barn", "sv").accepts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("tens of thousands of children", "indefinite"),
        ("October 18, x", "date"),
        ("in 2023 it", "date"),
        ("F-16", "code"),
        ("the 21st", "ordinal"),
        ("twelfth", "ordinal"),
        ("12:", "digits"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert one(text, "en").form == form


@pytest.mark.parametrize("text", ["9,54", "11.12.2025", "1,23,456", "1.859.123,4,5"])
def test_unsure_digits_have_no_value(text: str) -> None:
    assert all(item.value is None for item in read_numbers(text, "en")[:1])


def test_a_day_and_a_year_are_no_counts() -> None:
    found = read_numbers("As of October 18, 2023, 19,546 children were deported", "en")
    assert [f"{item.form} {item.value}" for item in found] == ["date 18", "date 2023", "digits 19546"]


def test_units_and_spans() -> None:
    text = "of $15 million and 80 % of 43 camps"
    found = read_numbers(text, "en")
    assert [(text[item.start : item.end], item.unit) for item in found] == [
        ("15 million", "$"),
        ("80", "%"),
        ("43", "camps"),
    ]


def test_the_language_is_guessed_from_small_words() -> None:
    assert guess_language("Щонайменше 43 табори є в Росії") == "uk"
    assert guess_language("Die Kinder wurden nach Russland gebracht") == "de"
    assert guess_language("19 546", default="pl") == "pl"
    assert guess_language("1.859 Kinder") == "de"
    assert guess_language("1,859 children") == "en"
    assert guess_language("19 546 enfants") == "fr"
    assert guess_language("19 546 dzieci") == "pl"
    assert guess_language("De kinderen werden naar Rusland gebracht") == "nl"
    assert guess_language("Barnen fördes till Ryssland och har inte återvänt") == "sv"
    assert guess_language("1.859 kinderen") == "nl"
    assert guess_language("1 859 barn") == "sv"
    assert guess_language("Podle ministerstva bylo do Ruska odvlečeno nejméně 43 dětí") == "cs"


@settings(deadline=None)
@given(st.integers(0, 99_999_999), st.sampled_from(LANGUAGES))
def test_digits_in_local_form_are_read_back(number: int, language: str) -> None:
    text = format_decimal(number, locale=language)
    found = one(f"x {text} x", language)
    assert found.value == number
    assert found.text == text


@settings(deadline=None)
@given(st.integers(0, 999_999), st.sampled_from(LANGUAGES))
def test_words_are_read_back(number: int, language: str) -> None:
    found = one(num2words(number, lang=language), language)
    assert found.value == number


#: The accusative and genitive of Czech numerals, by what they begin with in the nominative.
CZECH_GENITIVE = {"jedna": "jedné", "dva": "dvou", "tři": "tří", "čtyři": "čtyř", "pět": "pěti", "šest": "šesti", "sedm": "sedmi",
                  "osm": "osmi", "devět": "devíti", "deset": "deseti", "dvěstě": "dvou set", "třista": "tří set",
                  "čtyřista": "čtyř set", "pětset": "pěti set", "šestset": "šesti set", "sedmset": "sedmi set",
                  "osmset": "osmi set", "devětset": "devíti set", "sto": "sta"}


@settings(deadline=None)
@given(st.integers(1, 999), st.booleans())
def test_czech_words_are_read_back_in_the_genitive_too(number: int, thousands: bool) -> None:
    words = " ".join(CZECH_GENITIVE.get(word, f"{word}i") for word in num2words(number, lang="cs").split())
    found = one(f"kolem {words}{' tisíc' if thousands else ''} dětí", "cs")
    assert found.value == number * (1000 if thousands else 1)
    assert found.accepts == ("about",)


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from((*LANGUAGES, "el", "ru", "xx")))
def test_any_text_is_read_without_failing(text: str, language: str) -> None:
    for found in read_numbers(text, language):
        assert text[found.start : found.end] == found.text
        assert found.outer[0] <= found.start < found.end <= found.outer[1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one in five children"),
        ("en", "two-thirds of them"),
        ("de", "zwei Drittel"),
        ("fr", "deux tiers"),
        ("pl", "dwie trzecie"),
        ("uk", "дві третини"),
        ("es", "uno de cada cinco niños"),
        ("es", "dos tercios"),
        ("it", "uno su cinque"),
        ("it", "due terzi"),
        ("nl", "twee derde"),
        ("nl", "een op de vijf kinderen"),
        ("cs", "dvě třetiny"),
        ("sv", "två tredjedelar"),
        ("sv", "ett av fem barn"),
    ],
)
def test_shares_are_no_counts(language: str, text: str) -> None:
    assert {item.form for item in read_numbers(text, language)} <= {"ratio", "ordinal"}


@pytest.mark.parametrize(("language", "text"), [("fr", "35 pour cent"), ("it", "35 per cento"), ("es", "35 por cien")])
def test_a_hundred_in_percent_is_no_number_of_its_own(language: str, text: str) -> None:
    assert [item.value for item in read_numbers(f"{text} des enfants", language)] == [35]


@pytest.mark.parametrize(("language", "text"), [
    ("es", "el 9 de diciembre de 2025"), ("it", "l'8 dicembre 2025"), ("en", "the 9 of December 2025")])
def test_a_day_is_a_date_also_behind_a_small_word(language: str, text: str) -> None:
    assert {item.form for item in read_numbers(text, language)} == {"date"}


def test_of_stacked_bounds_the_firm_one_counts() -> None:
    assert one("estimated at up to 300,000", "en").accepts == ("up_to", "about")
