"""Which words make a movement, a sum or a share of counts, in every language that has a table."""

from __future__ import annotations

import pytest

from advokit.rules.page import BLANK, Block, Mention
from advokit.rules.trends import MARK, _patterns, sentences

FIELDS = ("up", "down", "ratio", "total", "less", "share", "from_to")


def hits(language: str, text: str) -> set[str]:
    patterns = _patterns(language)
    return {name for name in FIELDS if getattr(patterns, name).search(text.replace("¤", MARK))}


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("en", "The number rose from ¤ to ¤.", "from_to"), ("en", "From ¤ in February 2023 to ¤ in December 2025", "from_to"),
    ("en", "¤ fell", "down"), ("en", "it grew", "up"), ("en", "¤ of the ¤ children have returned", "share"),
    ("en", "Of the ¤ children, only ¤ returned", "share"), ("en", "half of the ¤ children", "share"),
    ("en", "¤ out of ¤", "share"), ("en", "¤, most of whom are gone", "share"), ("en", "¤ / ¤", "share"),
    ("en", "ten percent of the ¤", "share"), ("en", "¤ more than doubled", "ratio"), ("en", "three times as many", "ratio"),
    ("en", "together, ¤ and ¤", "total"), ("en", "¤ minus ¤", "less"), ("en", "the difference between ¤ and ¤", "less"),
    ("de", "Die Zahl stieg von ¤ auf ¤ Lager.", "from_to"), ("de", "¤ von den ¤ Kindern", "share"),
    ("de", "Von den ¤ Kindern sind nur ¤ zurück", "share"), ("de", "die Hälfte der ¤", "share"), ("de", "verdoppelt", "ratio"),
    ("de", "zusammengenommen ¤ und ¤", "total"), ("de", "abzüglich", "less"), ("de", "¤ sank", "down"),
    ("fr", "Le nombre est passé de ¤ à ¤ camps.", "from_to"), ("fr", "¤ enfants sur les ¤", "share"), ("fr", "Sur ¤ enfants, seuls ¤", "share"),
    ("fr", "la moitié des ¤", "share"), ("fr", "a doublé", "ratio"), ("fr", "au total", "total"), ("fr", "a baissé", "down"),
    ("pl", "Liczba wzrosła z ¤ do ¤ obozów.", "from_to"), ("pl", "¤ z ¤ dzieci", "share"), ("pl", "Spośród ¤ dzieci wróciło ¤", "share"),
    ("pl", "podwoiła się", "ratio"), ("pl", "łącznie", "total"), ("pl", "spadła", "down"),
    ("uk", "Кількість зросла з ¤ до ¤ таборів.", "from_to"), ("uk", "¤ із ¤ дітей", "share"), ("uk", "З ¤ дітей повернулися ¤", "share"),
    ("uk", "подвоїлася", "ratio"), ("uk", "разом", "total"), ("uk", "впала", "down"),
    ("es", "El número pasó de ¤ a ¤ campamentos.", "from_to"), ("es", "¤ de los ¤ niños han vuelto", "share"),
    ("es", "De los ¤ niños solo han vuelto ¤", "share"), ("es", "¤ casos, de los cuales ¤", "share"), ("es", "la mitad de los ¤", "share"),
    ("es", "se ha duplicado", "ratio"), ("es", "en total", "total"), ("es", "la diferencia", "less"), ("es", "ha bajado", "down"),
    ("es", "aumentó", "up"),
    ("it", "Il numero è passato da ¤ a ¤ campi.", "from_to"), ("it", "¤ bambini su ¤", "share"),
    ("it", "Dei ¤ minori ne sono tornati ¤", "share"), ("it", "¤ casi, di cui ¤", "share"), ("it", "la metà dei ¤", "share"),
    ("it", "è raddoppiato", "ratio"), ("it", "in totale", "total"), ("it", "la differenza", "less"), ("it", "è calato", "down"),
    ("it", "è aumentato", "up"),
    ("nl", "Het aantal steeg van ¤ naar ¤ kampen.", "from_to"), ("nl", "¤ van de ¤ kinderen zijn terug", "share"),
    ("nl", "Van de ¤ kinderen zijn er maar ¤ terug", "share"), ("nl", "de helft van de ¤", "share"), ("nl", "¤, van wie er ¤ terug zijn", "share"),
    ("nl", "verdubbelde", "ratio"), ("nl", "drie keer zo veel", "ratio"), ("nl", "samen ¤ en ¤", "total"), ("nl", "het verschil", "less"),
    ("nl", "¤ daalde", "down"), ("nl", "nam toe", "up"),
    ("cs", "Počet vzrostl ze ¤ na ¤ táborů.", "from_to"), ("cs", "¤ ze ¤ dětí", "share"), ("cs", "Z těchto ¤ dětí se vrátilo ¤", "share"),
    ("cs", "¤ dětí, z nichž se vrátilo jen ¤", "share"), ("cs", "polovina ze ¤", "share"), ("cs", "zdvojnásobil se", "ratio"),
    ("cs", "třikrát více", "ratio"), ("cs", "dohromady ¤ a ¤", "total"), ("cs", "rozdíl mezi ¤ a ¤", "less"), ("cs", "klesl", "down"),
    ("cs", "dosud chybí", "less"),
    ("sv", "Antalet ökade från ¤ till ¤ läger.", "from_to"), ("sv", "¤ av de ¤ barnen är tillbaka", "share"),
    ("sv", "Av de ¤ barnen har bara ¤ återvänt", "share"), ("sv", "hälften av de ¤", "share"), ("sv", "¤, varav ¤ har återvänt", "share"),
    ("sv", "fördubblades", "ratio"), ("sv", "tre gånger så många", "ratio"), ("sv", "sammanlagt ¤ och ¤", "total"),
    ("sv", "skillnaden", "less"), ("sv", "¤ sjönk", "down"), ("sv", "ökade", "up"),
    ("ja", "¤ → ¤", "from_to"),
])
def test_words_of_reckoning_are_found(language: str, text: str, kind: str) -> None:
    assert kind in hits(language, text)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "¤ children were on the portal, and the ministry counted ¤ cases."), ("en", "Growing alarm: ¤ and ¤."),
    ("en", "Parents together with teachers found ¤ of their own."), ("en", "Some of them came home; ¤ are known."),
    ("en", "The letter went from Kyiv to London with ¤ names and ¤ addresses."),
    ("de", "Das Portal führt ¤ Kinder, das Ministerium zählt ¤ Fälle."), ("de", "Zusammen mit den Eltern sind ¤ bekannt."),
    ("fr", "Le portail recense ¤ enfants et le ministère ¤ cas."), ("fr", "L’ensemble des ¤ et ¤"),
    ("pl", "Portal liczy ¤ dzieci, a ministerstwo ¤ przypadków."), ("pl", "Razem z rodzicami znaleziono ¤."),
    ("es", "El portal recoge ¤ niños y el Ministerio ¤ casos."), ("es", "¤ casos de deportación y ¤ avisos."),
    ("es", "Madres y docentes encontraron ¤; el Ministerio de Justicia verificó ¤."),
    ("it", "Il portale registra ¤ minori e il Ministero ¤ casi."), ("it", "¤ casi di deportazione e ¤ segnalazioni."),
    ("it", "Insieme alle famiglie ne sono stati trovati ¤."), ("it", "Il Ministero della Giustizia ha accertato ¤ casi."),
    ("uk", "Портал налічує ¤ дітей, а міністерство ¤ випадків."), ("uk", "Разом із батьками знайдено ¤."),
    ("nl", "Het portaal telt ¤ kinderen en het ministerie ¤ gevallen."), ("nl", "Samen met hun ouders zijn er ¤ gevonden."),
    ("nl", "De kinderen groeien op in Rusland; ¤ zijn er terug."), ("nl", "Zij werken samen: ¤ en ¤."),
    ("nl", "Op één dag telde het register van het ministerie van Oekraïne ¤ gevallen en ¤ meldingen."),
    ("cs", "Portál eviduje ¤ dětí a ministerstvo ¤ případů."), ("cs", "Společně s rodiči je jich známo ¤ a ¤."),
    ("cs", "Vrátilo se ¤ dětí z Ruska a ¤ z okupovaných území."), ("cs", "Na rozdíl od ministerstva uvádí portál ¤ dětí, a ne ¤."),
    ("cs", "Rostoucí obavy: ¤ a ¤."),
    ("sv", "Portalen har ¤ barn och ministeriet ¤ fall."), ("sv", "Tillsammans med sina föräldrar hittades ¤."),
    ("sv", "Barnen växer upp i Ryssland; ¤ har återvänt."), ("sv", "Nästa steg är ¤ och ¤."),
    ("sv", "Ministeriet i Kiev har ¤ fall av deportation och ¤ anmälningar."),
])
def test_plain_sentences_make_no_reckoning(language: str, text: str) -> None:
    assert hits(language, text) == set()


def block(text: str, *spans: tuple[str, bool]) -> Block:
    mentions, loose = [], text
    for shown, stated in spans:
        start = text.index(shown)
        mentions.append(Mention("f", shown, "value", shown, shown, start, start + len(shown), stated))
        loose = loose[:start] + BLANK * len(shown) + loose[start + len(shown):]
    return Block("p", text, loose, tuple(mentions))


def test_a_block_is_cut_into_sentences_at_their_ends_only() -> None:
    found = list(sentences(block("There were 43. Later, e.g. in May, there were 165 of them.", ("43", False), ("165", False))))
    assert [[mention.text for mention in sentence.mentions] for sentence in found] == [["43"], ["165"]]


def test_a_statement_of_the_ledger_is_a_sentence_of_its_own() -> None:
    stated = "By May, 43 had been counted."
    text = f"{stated} Then it rose to 165."
    whole = block(text, ("43", True), ("165", False))
    loose = BLANK * len(stated) + whole.loose[len(stated):]
    found = list(sentences(Block("p", text, loose, whole.mentions)))
    assert [sentence.text for sentence in found] == [f"Then it rose to {MARK}."]
