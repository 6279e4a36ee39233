"""Case endings, changes of the stem, and given names that two languages write differently.

In: a folded name (`folding.py`). Out: the folded stems under which it is looked up, and the folded endings that may follow
one. The endings of names in Ukrainian, Russian, Polish and Czech, and the s of English and German, written from common
knowledge of their declension. One generous set serves all names: a wrong ending does little harm, a missing one does.
"""
# ruff: noqa: E501 - a table

from __future__ import annotations

import re
from functools import lru_cache

from advokit.safeguarding.folding import readings, spoken

_RAW_ENDINGS = [
    "а",
    "у",
    "ові",
    "еві",
    "єві",
    "ом",
    "ем",
    "єм",
    "і",
    "ї",
    "е",
    "є",
    "о",
    "ю",
    "я",
    "и",
    "ою",
    "ею",
    "єю",
    "ів",
    "їв",
    "ей",
    "ам",
    "ям",
    "ами",
    "ями",
    "ах",
    "ях",
    "ий",
    "ій",
    "ого",
    "ому",
    "им",
    "ім",
    "ої",
    "ій",
    "их",
    "ими",
    "ін",
    "їн",
    "ин",
    "ина",
    "ині",
    "ину",
    "иної",
    "ова",
    "ове",
    "ового",
    "овій",
    "ови",
    "еві",
    "єві",
    "ева",
    "єва",
    "а",
    "у",
    "ом",
    "ем",
    "ём",
    "ым",
    "е",
    "ы",
    "ой",
    "ей",
    "ёй",
    "ою",
    "ею",
    "ого",
    "его",
    "ому",
    "ему",
    "ая",
    "яя",
    "ую",
    "юю",
    "ых",
    "их",
    "ыми",
    "ими",
    "ов",
    "ев",
    "ёв",
    "ин",
    "ына",
    "a",
    "ą",
    "ę",
    "y",
    "i",
    "e",
    "o",
    "u",
    "owi",
    "em",
    "iem",
    "ie",
    "ów",
    "om",
    "ami",
    "ach",
    "iami",
    "iach",
    "ego",
    "iego",
    "emu",
    "iemu",
    "im",
    "ym",
    "ej",
    "iej",
    "ą",
    "ię",
    "ią",
    "ino",
    "owa",
    "owie",
    "owej",
    "ową",
    "ovi",
    "ou",
    "ě",
    "ové",
    "ovou",
    "ová",
    "ův",
    "ů",
    "ům",
    "ech",
    "ích",
    "ých",
    "ým",
    "ými",
    "ého",
    "ému",
    "ém",
    "s",
    "es",
    "ns",
    "n",
    "en",
    "ens",
    "e",
]


@lru_cache(maxsize=1)
def endings() -> frozenset[str]:
    """Give every folded ending, the empty one included."""
    found = {""}
    for ending in _RAW_ENDINGS:
        anchor = "б" if "\u0400" <= ending[0] <= "\u04ff" else "b"
        found |= {reading[1:] for reading in readings(anchor + ending) if reading.startswith("b")}
    return frozenset(found)


LONGEST_ENDING = 6
_VOWELS = "aeiou"


def stems(reading: str) -> frozenset[str]:
    """Give the stems under which a folded name is looked up: itself without its last vowels, and how stems change."""
    stem = reading.rstrip(_VOWELS)
    if len(stem) < 2:
        return frozenset({reading})
    found = {reading, stem}
    if reading.endswith("a"):  # only feminine names soften
        softened = re.fullmatch(r"(.*[^s])[khtd]", stem)
        if softened:
            found.add(softened[1] + "s")  # Ольга, Ользі; Marta, Marcie
        elif stem.endswith("r"):
            found.add(stem + "s")  # Wiera, Wierze
    fleeting = re.fullmatch(r"(.*)([eoi])([^aeiou])", reading)
    if fleeting and len(fleeting[1]) >= 2:
        head, vowel, tail = fleeting.groups()
        if vowel == "i":
            found |= {head + "o" + tail, head + "e" + tail}  # Антін, Антона; Федір, Федора
        elif head[-1] not in _VOWELS:
            found.add(re.sub(r"(.)\1+", r"\1", head + tail))  # Кравець, Кравця; Marek, Marka
    return frozenset(found)


#: Given names that Ukrainian and Russian (or Polish) write with other sounds; endings and spelling see to the rest.
_PAIRS = """
Олена Елена Алена Гелена Helena|Олександр Александр Aleksander Alexander|Олександра Александра|Олексій Алексей Олекса
Микола Николай Миколай Mikołaj Nicolas|Михайло Михаил Michał|Дмитро Дмитрий Дмитрій Dymitr|Павло Павел Paweł|Петро Петр Piotr
Сергій Сергей|Андрій Андрей Andrzej|Василь Василий|Ганна Анна Hanna|Ксенія Ксения Оксенія|Наталія Наталя Наталья|Тетяна Татьяна Татяна
Світлана Светлана|Катерина Екатерина Katarzyna|Софія Софья Софія Zofia|Євген Евгений|Костянтин Константин Konstanty|Володимир Владимир Włodzimierz
Степан Стефан|Федір Федор Фёдор|Йосип Иосиф Осип Józef|Яків Яков|Пилип Филипп Філіп|Антін Антон|Данило Даниил Данила Данііл Daniel
Кирило Кирилл|Гнат Игнат Ігнат|Матвій Матвей|Тимофій Тимофей|Єгор Егор Георгій Георгий Юрій Юрий|Ілля Илья Eliasz|Микита Никита
Віра Вера Wiera|Надія Надежда|Христина Кристина Krystyna|Анастасія Анастасия|Артем Артём|Семен Семён|Тарас|Марія Мария Марія Maria Marie
Ольга Olga|Ігор Игорь|Олег|Богдан|Григорій Григорий Grzegorz|Захар Захарій|Лука|Марко Марк|Роман|Єлизавета Елизавета Elżbieta Elisabeth
Вікторія Виктория Victoria|Віктор Виктор Victor|Артур|Максим|Назар|Остап|Оксана Аксана|Ярина Ирина Ірина Irina Irena|Меланія Мелания Маланка
Соломія Саломея|Діана Диана|Поліна Полина Апполінарія|Уляна Ульяна|Мирослава|Вероніка Вероника|Єва Ева|Тимур|Руслан|Адам|Едуард Эдуард
""".replace("\n", "|")


@lru_cache(maxsize=1)
def _equals() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _PAIRS.split("|"):
        spellings = {reading for name in group.split() for reading in spoken(name)}
        for reading in spellings:
            found.setdefault(reading, set()).update(spellings)
    return {reading: frozenset(others) for reading, others in found.items()}


def equals(reading: str) -> frozenset[str]:
    """Give the folded forms of the same given name in the other languages, itself included."""
    return _equals().get(reading, frozenset()) | {reading}


def russian(word: str) -> frozenset[str]:
    """Give folded spellings of a Ukrainian name as Russian says it: і where Russian has е or о."""
    found = set(spoken(word))
    places = [index for index, letter in enumerate(word.lower()[:-1]) if letter == "і"][:3]
    for place in places:
        for other in "ео":
            found |= set(spoken(word[:place] + other + word[place + 1 :]))
    if "ё" in word.lower():
        found |= set(spoken(word.lower().replace("ё", "ьо"))) | set(spoken(word.lower().replace("ё", "о")))
    return frozenset(found)
