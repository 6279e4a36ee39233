"""What counts as a number in prose and what does not, in every language that has a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from advokit.ledger import Ledger
from advokit.rules.untracked import _NUMERIC, counted, loose_numbers

LEDGER = Ledger.model_validate(
    {
        "sources": {"s": {"type": "report", "title": "T", "tier": "primary"}},
        "figures": {
            "c": {
                "label": {"en": "children", "de": "Kinder", "fr": "enfants", "pl": "dzieci", "uk": "діти", "es": "niños", "it": "minori",
                          "nl": "kinderen", "cs": "děti", "sv": "barn"},
                "unit": {
                    "en": ["child", "children"],
                    "de": ["Kind", "Kinder"],
                    "fr": ["enfant", "enfants"],
                    "pl": {"one": "dziecko", "few": "dzieci", "other": "dzieci"},
                    "uk": {"one": "дитина", "many": "дітей", "other": "дитини"},
                    "es": ["niño o niña", "niños y niñas"],
                    "it": ["minore", "minori"],
                    "nl": ["kind", "kinderen"],
                    "cs": {"one": "dítě", "few": "děti", "other": "dětí"},
                    "sv": ["barn", "barn"],
                },
                "kind": "stock",
                "observations": [
                    {
                        "id": "c-1",
                        "value": "7",
                        "as_of": "2025",
                        "counted_by": "N",
                        "evidence": {"source": "s", "quote": "7 children"},
                    }
                ],
            },
            "p": {
                "label": {"en": "pools"},
                "unit": {"en": ["pool", "pools"], "de": ["Bad", "Bäder"]},
                "kind": "stock",
                "observations": [
                    {
                        "id": "p-1",
                        "value": "7",
                        "as_of": "2025",
                        "counted_by": "N",
                        "evidence": {"source": "s", "quote": "7 pools"},
                    }
                ],
            },
        },
    }
)


def found(text: str, language: str, *, marked: bool = False) -> list[str]:
    return [number.text for number in loose_numbers(text, language, counted(LEDGER, language), marked=marked)]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "In all, 387 children came home.", "387"),
        ("en", "In all, 19,546 children are on it.", "19,546"),
        ("en", "Some 2003 children came home.", "2003"),
        ("en", "Nine pools are closed.", "Nine"),
        ("en", "nineteen thousand five hundred and forty-six", "nineteen thousand five hundred and forty-six"),
        ("en", "Only one child came home.", "one"),
        ("en", "Two of the youngest children came home.", "Two"),
        ("en", "It would take 1.6 million people.", "1.6 million"),
        ("en", "Thousands of children are missing.", "Thousands"),
        ("en", "About 20k were taken.", "20k"),
        ("en", "It is 12% of all.", "12"),
        ("en", "Ten percent came home.", "Ten"),
        ("en", "For those under 18, it is worse.", "18"),
        ("en", "The 2,000th child came home.", "2,000th"),
        ("en", "1859 were returned.", "1859"),
        ("en", "twelve pools", "twelve"),
        ("de", "Insgesamt 19.546 Kinder wurden erfasst.", "19.546"),
        ("de", "Zwölf Kinder kehrten zurück.", "Zwölf"),
        ("de", "neunzehntausend Kinder", "neunzehntausend"),
        ("de", "Tausende Kinder fehlen.", "Tausende"),
        ("fr", "En tout, 19 546 enfants sont recensés.", "19 546"),
        ("fr", "Douze enfants sont rentrés.", "Douze"),
        ("fr", "Des milliers d’enfants manquent.", "milliers"),
        ("pl", "Łącznie 19 546 dzieci.", "19 546"),
        ("pl", "Dwanaścioro dzieci wróciło.", "Dwanaścioro"),
        ("uk", "Загалом 19 546 дітей.", "19 546"),
        ("uk", "Дванадцять дітей повернулися.", "Дванадцять"),
        ("uk", "Тисячі дітей зникли.", "Тисячі"),
        ("es", "En total, 19.546 niños figuran en él.", "19.546"),
        ("es", "Doce niños han vuelto.", "Doce"),
        ("es", "Faltan miles de niños.", "miles"),
        ("es", "2003 niños han vuelto.", "2003"),
        ("it", "In totale vi figurano 19.546 minori.", "19.546"),
        ("it", "Dodici bambini sono tornati.", "Dodici"),
        ("it", "Mancano migliaia di bambini.", "migliaia"),
        ("it", "Duemilatré dei minori sono tornati.", "Duemilatré"),
        ("nl", "In totaal 19.546 kinderen.", "19.546"),
        ("nl", "Twaalf kinderen keerden terug.", "Twaalf"),
        ("nl", "Negentienduizend vijfhonderd kinderen.", "Negentienduizend vijfhonderd"),
        ("nl", "Duizenden kinderen worden vermist.", "Duizenden"),
        ("nl", "Twee van de jongste kinderen zijn thuis.", "Twee"),
        ("nl", "Slechts één kind kwam terug.", "één"),
        ("cs", "Celkem 19 546 dětí.", "19 546"),
        ("cs", "Vrátilo se dvanáct dětí.", "dvanáct"),
        ("cs", "Tisíce dětí chybějí.", "Tisíce"),
        ("cs", "Dvě z nejmladších dětí se vrátily.", "Dvě"),
        ("sv", "Totalt 19 546 barn.", "19 546"),
        ("sv", "Tolv barn har återvänt.", "Tolv"),
        ("sv", "Nittontusen femhundra barn.", "Nittontusen femhundra"),
        ("sv", "Tusentals barn saknas.", "Tusentals"),
        ("sv", "Två av de yngsta barnen är hemma.", "Två"),
        ("sv", "Tio procent har återvänt.", "Tio"),
        ("es", "Son más del 40 % de los niños.", "40"),
        ("it", "Il calo del 43 % dei minori.", "43"),
        ("de", "In dem Lager lagen 43 Kinder.", "43"),
        ("en", "They found bodies: 43 children.", "43"),
        ("en", "Under Article 49, 300 children are protected.", "300"),
        ("de", "1000 Kinder", "1000"),
        ("en", "In all, ３８７ children came home.", "３８７"),
    ],
)
def test_a_number_is_found(language: str, text: str, number: str) -> None:
    assert number in found(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Since 2022, much has changed."),
        ("es", "Desde 2022 ha cambiado mucho; el 9 de diciembre de 2025 y el 1 de marzo de 2026."),
        ("es", "El artículo 49 y los artículos 7 y 8, el Reglamento (UE) n.º 269/2014, la Ley 12."),
        ("es", "Detrás de cada caso hay un niño o una niña; uno de los niños volvió."),
        ("es", "Dos de cada tres cartas, durante treinta años."),
        ("it", "Dal 2022 è cambiato molto; l’8 dicembre 2025 e il 1º marzo 2026."),
        ("it", "L’articolo 49 e gli articoli 7 e 8, il regolamento (UE) n. 269/2014, la legge 12."),
        ("it", "Dietro ogni caso c’è una bambina o un bambino; uno dei bambini è tornato."),
        ("it", "Ho insegnato per trent’anni, in due scuole."),
        ("en", "The 2014 occupation and the 2022–2024 reports."),
        ("en", "On 23 February 2026 and again on March 3, 2026."),
        ("en", "In the 1990s and the 2010s."),
        ("en", "Read 2025-12-11, 11.12.2025 and 11/12/2025."),
        ("en", "At 10:30, or 5 p.m."),
        ("en", "Article 49(1) and Articles 49–50 of the Convention."),
        ("en", "Article 8(2)(a)(vii) and 8(2)(b)(viii)"),
        ("en", "Additional Protocol I, art. 78, section 5, rule 129, § 7."),
        ("en", "Resolution ES-11/6 and Resolution 2712"),
        ("en", "See page 12, pp. 12–15 and p. 7."),
        ("en", "Volume 3, No. 5, chapter 2, annex 4"),
        ("en", "The G7, the G20 and the Group of 20."),
        ("en", "The Group of Seven met."),
        ("en", "COVID-19, MH17, A4 paper, Il-76"),
        ("en", "Call +44 20 7946 0958, 020 7946 0958 or (555) 010-0199."),
        ("en", "Tel. 44 1632 960001"),
        ("en", "Write to 10 Downing Street, London SW1A 2AA."),
        ("en", "Washington, DC 20515"),
        ("en", "Ottawa ON K1A 0A6"),
        ("de", "Platz der Republik 1, 11011 Berlin"),
        ("de", "10117 Berlin"),
        ("de", "Wilhelmstraße 54, 10117 Berlin"),
        ("fr", "126 rue de l’Université, 75007 Paris"),
        ("fr", "75007 Paris"),
        ("pl", "ul. Wiejska 4, 00-902 Warszawa"),
        ("uk", "вул. Грушевського 5, 01008 Київ"),
        ("en", "1. What happened?"),
        ("en", "(1) what happened, and (2) what did not"),
        ("en", "2) the second"),
        ("en", "One thing is certain: no one knows, and one of them said so."),
        ("en", "First, ask. The first step is a letter."),
        ("en", "One of the children came home."),
        ("en", "Ask two questions, three times, on one page."),
        ("en", "In two years, in twelve months."),
        ("en", "At first, a second reading followed the third one."),
        ("en", "The first children came home."),
        ("en", "Both children came home. Several children did not."),
        ("en", "https://example.org/2025/12/19546 and a1859@example.org"),
        ("en", "Open 24/7."),
        ("en", "World War 2"),
        ("de", "Seit 2022 und im Jahr 2023, am 23. Februar 2026."),
        ("de", "Artikel 49 Absatz 1 und die Artikel 49 und 50"),
        ("de", "Ein Kind gehört nach Hause. Eine Frage bleibt."),
        ("de", "Artikel 8 Absatz 2 Buchstabe a Ziffer vii"),
        ("de", "S. 12, Nr. 5"),
        ("de", "Erstens und zweitens; die erste Frage. Um 14 Uhr, 14.30 Uhr."),
        ("de", "Beide Kinder kamen zurück."),
        ("de", "die Gruppe der 20, die G7"),
        ("fr", "Depuis 2022, en 2023, le 23 février 2026."),
        ("fr", "L’article 49, alinéa 1, et les articles 49 et 50"),
        ("fr", "Un enfant doit rentrer. Une question reste."),
        ("fr", "page 12, n° 5"),
        ("fr", "le Groupe des 20, le G7"),
        ("fr", "à 14 h 30"),
        ("pl", "Od 2022 roku, 23 lutego 2026 r."),
        ("pl", "Artykuł 49 ust. 1 oraz artykuły 49 i 50"),
        ("pl", "s. 12, nr 5, Grupa G7"),
        ("pl", "artykuł 8 ust. 2 lit. a) pkt (vii)"),
        ("pl", "Kilka pytań i dwa słowa. Kilkoro dzieci wróciło."),
        ("uk", "Із 2022 року, 23 лютого 2026 року."),
        ("uk", "Стаття 49, частина 1, статті 49 і 50, ст. 78"),
        ("uk", "с. 12, № 5, Група семи, G7"),
        ("uk", "Одне з питань. Кілька дітей повернулися."),
        ("nl", "Sinds 2022 en in het jaar 2023, op 23 februari 2026."),
        ("nl", "Artikel 49, lid 1, en de artikelen 49 en 50"),
        ("nl", "Verordening (EU) nr. 269/2014, blz. 12, Kamerstuk 36045, nr. 5"),
        ("nl", "Een kind hoort thuis. Een vraag blijft. Beide kinderen zijn terug."),
        ("nl", "Een van de kinderen is terug, en enkele kinderen niet."),
        ("nl", "Prinsengracht 263, 1016 GV Amsterdam, om 14.30 uur"),
        ("nl", "Achter elk geval staat een kind met een naam."),
        ("cs", "Od roku 2022, dne 23. února 2026, v roce 2023."),
        ("cs", "Podle článku 49 odst. 1 a čl. 49 a 50 Úmluvy"),
        ("cs", "s. 12, č. 5, strana 7, skupina G7"),
        ("cs", "Čl. 8 odst. 2 písm. a) bod 7, nařízení Rady (EU) č. 269/2014, zákon č. 40/2009 Sb."),
        ("cs", "Jedno z dětí se vrátilo. Několik dětí nikoli. Obě děti jsou doma."),
        ("cs", "Dítě patří domů; dvě otázky zůstávají."),
        ("sv", "Sedan 2022 och under 2023, den 23 februari 2026."),
        ("sv", "Artikel 49.1 och artiklarna 49 och 50"),
        ("sv", "Lagen (2014:406), 2 kap. 3 § brottsbalken, s. 12, nr 5"),
        ("sv", "rådets förordning (EU) nr 269/2014"),
        ("sv", "Ett barn hör hemma hos sin familj. En fråga återstår. Båda barnen är hemma."),
        ("sv", "Ett av barnen är hemma, och några barn är det inte."),
        ("sv", "Drottninggatan 5, 111 51 Stockholm, kl. 14.30"),
        ("sv", "Bakom varje fall finns ett barn med ett namn."),
    ],
)
def test_what_is_no_count_stays_silent(language: str, text: str) -> None:
    assert found(text, language) == []


def test_a_marker_counts_as_one_only_at_the_beginning_of_an_item() -> None:
    assert found("12. Ask again.", "en", marked=True) == []
    assert found("We saw 12 of them.", "en", marked=True) == ["12"]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9_999_999), st.sampled_from(["en", "de", "fr", "pl", "uk", "es", "it", "nl", "cs", "sv"]))
def test_every_number_before_a_unit_is_found(value: int, language: str) -> None:
    unit = {"en": "children", "de": "Kinder", "fr": "enfants", "pl": "dzieci", "uk": "дітей", "es": "niños", "it": "minori",
            "nl": "kinderen", "cs": "dětí", "sv": "barn"}[language]
    assert found(f"{value} {unit}", language) == [str(value)]


@settings(max_examples=40, deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)))
def test_no_iso_date_is_a_count(day: dt.date) -> None:
    assert found(f"As of {day.isoformat()}, in {day.year} and on {day:%d.%m.%Y}.", "en") == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    for number in loose_numbers(text, "en", counted(LEDGER, "en")):
        assert 0 <= number.start < number.end <= len(text)


def test_the_base_is_here() -> None:
    assert (Path(__file__).parent / "base" / "facts" / "pools.yaml").is_file()


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl", "uk", "es", "it", "nl", "cs", "sv"])
@pytest.mark.parametrize("value", [100, 200, 300, 500, 900, 1000, 2000, 12_000, 100_000, 1_000_000, 3_000_000])
def test_the_quick_look_misses_no_large_number_in_words(language: str, value: int) -> None:
    assert _NUMERIC.search(num2words(value, lang=language))
