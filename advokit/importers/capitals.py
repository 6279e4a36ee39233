"""Names in capitals in, the same in small letters out where only one spelling is likely, and the family's half of them.

Many lists (of the European Parliament, of the chambers of Italy) set family names in capitals, so that a reader tells
them from the given ones. A letter needs to know which they are, and would shout if it printed them so. What may be
spelt in several ways (`DE LANGE`, `MACMANUS`, `D'AUBERT`) stays as it is and is told.
"""

from __future__ import annotations

import re

#: Between them stand the parts of a double name.
_HYPHENS = re.compile(r"([-\u2010\u2011])")
_VOWEL = re.compile(r"[AEIOUYÀ-ÆÈ-ÏÒ-ØÙ-ÝĀĂĄĒĔĖĘĚĨĪĬĮİŌŎŐŒŨŪŬŮŰŲŸАЕЁЄИІЇОУЫЭЮЯ]")
#: Letters behind a name, and numbers, which are capitals in every spelling.
_BEHIND_TEXT = (
    "II III IV VI VII OBE MBE CBE AO AM OAM MEP MLA MSP MHA MPP MNA TD QC KC SC PC MBA MSC BSC DL JP AC"
)
_BEHIND = frozenset(_BEHIND_TEXT.split())
_PARTICLES_TEXT = (
    "A AF AL AN AP AV BIN D DA DAL DAS DE DEI DEL DELLA DEN DER DES DI DO DOS DU E EL EN I IN L LA LAS LE LES LO LOS "
    "MAC MC MIC NA NÍ O ST TE TEN TER THE TO U UÍ VAN VAND VOM VON VOR Y Z ZU ZUM ZUR"
)
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
#: Countries whose own names spell particles in one way, and whether they begin large (`De Sample`, `van der Sample`).
_LARGE = {"it": True, "nl": False, "es": False, "pt": False, "br": False, "de": False, "at": False}
#: Beginnings after which a capital may follow, or not (`Macdonald`, `MacDonald`), and an apostrophe that may.
_UNSURE = re.compile(r"MA?C[^AEIOU]|MACA|FITZ|.*['’]")
_IRISH = re.compile(r"(O|MC)(['’]?)(\w{3,})")


def is_capital(word: str) -> bool:
    """Tell a name in capitals from initials, numbers and letters behind a name."""
    letters = [letter for letter in word if letter.isalpha()]
    return (len(letters) > 1 and "." not in word and word == word.upper() and word != word.lower()
            and word not in _BEHIND and bool(_VOWEL.search(word)))


def family_of(name: str) -> tuple[str, str]:
    """Part `Kim DE SAMPLE` and `DE SAMPLE Kim` into given and family name; two empty texts where nothing tells."""
    words = name.split(" ")
    loud = [is_capital(word) for word in words]
    count = sum(loud)
    if 0 < count < len(words):
        if all(loud[-count:]):
            return " ".join(words[:-count]), " ".join(words[-count:])
        if all(loud[:count]) and len(words[0]) > 2:
            return " ".join(words[count:]), " ".join(words[:count])
    return "", ""


def is_particle(word: str) -> bool:
    """Tell a part of a family name such as `van` or `Della`."""
    return word.upper() in _PARTICLES and len(word) > 1


def is_loud(name: str) -> bool:
    """Tell whether a name has capitals only."""
    return any(map(is_capital, name.split(" "))) and not any(map(str.islower, name))


def small(name: str, country: str = "") -> str:
    """Write a name in capitals as it is usually spelt; as it stands where that is not sure, or it has small letters.

    Turkish and Azeri have letters of their own; Greek capitals carry no accents, so nobody can tell the small ones.
    """
    words = name.split(" ")
    if not is_loud(name):
        return name
    if re.search("[\u0370-\u03ff]", name) or words[-1] in _PARTICLES:
        return name
    spelt = [_particle(word, country) if len(word) < 3 or word in _PARTICLES else _word(word, country)
             for word in words[:-1]]
    spelt.append(_word(words[-1], country))
    return " ".join(spelt) if all(spelt) else name


def _particle(word: str, country: str) -> str:
    """Spell a particle as the country's own lists do; empty for one of elsewhere, and for what may be two initials."""
    if word not in _PARTICLES or country not in _LARGE:
        return ""
    return word.capitalize() if _LARGE[country] else word.lower()


def _word(word: str, country: str) -> str:
    """Spell one word; empty where it may be spelt in several ways."""
    if (irish := _IRISH.fullmatch(word)) and (irish[2] if irish[1] == "O" else not irish[2]):
        return f"{irish[1].capitalize()}{irish[2]}{irish[3].capitalize()}"
    if country == "it" and (first := re.fullmatch(r"(\w+['’])(\w{2,})", word)):
        return f"{first[1].capitalize()}{first[2].capitalize()}"
    if _UNSURE.match(word):
        return ""
    return "".join(part[:1] + _lower(part[1:], country) for part in _HYPHENS.split(word))


def _lower(text: str, country: str) -> str:
    if country in {"tr", "az"}:
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower().replace("i̇", "i")
