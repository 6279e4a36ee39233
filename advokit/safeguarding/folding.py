"""A word → the few spellings under which names are compared, so that one person's name is one name in every script.

In: a word as it stands in a text, in any script, with whatever invisible characters. Out: its `readings`: short
strings of a to z.
Folding throws away what transliterations disagree about: KMU 2010, BGN/PCGN, ISO 9, Polish, German, French, Spanish,
Italian, Dutch and Swedish spellings of one Ukrainian or Russian name fall together (ж з с ц ч ш щ are one sound, г ґ х
another, glides vanish). That loses much, and is meant to: precision comes from wanting given name and family name side
by side (`matching.py`).

Look-alike letters are Unicode's (UTS 39), from confusable-homoglyphs; scripts other than Latin and Cyrillic are read
with anyascii. Endings are a table (`endings.py`) and no morphology library: family names stand in no dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

#: Characters without width or meaning of their own: soft hyphen, zero width, bidirectional marks, fillers, selectors.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff"
)
#: Marks that stand on a letter.
MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
#: Signs that stand inside a word and mean nothing here: apostrophes and what is typed for a soft sign.
APOSTROPHES = "'’‘ʼʹʺ`´′\u02b9\u02bb\u02bd\uff07"

_DROPPED = re.compile(f"[{INVISIBLE}{APOSTROPHES}]")
#: Each Cyrillic letter and its sound; two have none.
_CYRILLIC = {
    pair[0]: pair[1:]
    for pair in (  # noqa: SIM905 - a table
        "аa бb вv гh ґh дd еe єe жs зs иi іi їi йi кk лl мm нn оo пp рr сs тt уu фv хh цs чs шs щs ь юu яa"
        " ёe ыi эe ъ ўv ђs јi љl њn ћs џs ѓh ќk ѕs ѣe ѵi ѳv"
    ).split()
}
#: Latin letters whose mark changes the sound; every other mark is dropped.
_MARKED = {"č": "s", "ć": "s", "ĉ": "s", "ç": "s", "ċ": "s", "ł": "l", "ŭ": "u"}
#: What single signs look like, beside Unicode's table, which says nothing of small letters in handwriting or digits.
_LOOKS_LATIN = {
    "0": "o",
    "1": "l",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "b",
    "п": "n",
    "и": "u",
    "г": "r",
    "к": "k",
    "в": "b",
    "н": "h",
    "м": "m",
    "т": "t",
    "ь": "b",
    "з": "e",
}
_LOOKS_CYRILLIC = {
    "a": "а",
    "b": "в",
    "c": "с",
    "e": "е",
    "h": "н",
    "i": "і",
    "k": "к",
    "m": "м",
    "n": "п",
    "o": "о",
    "p": "р",
    "r": "г",
    "t": "т",
    "u": "и",
    "x": "х",
    "y": "у",
    "s": "ѕ",
    "j": "ј",
    "0": "о",
    "3": "з",
    "4": "ч",
    "6": "б",
    "l": "і",
    "1": "і",
    "w": "ш",
}
_VOWELS = "aeiou"


@lru_cache(maxsize=1)
def _unicode_looks() -> dict[str, str]:
    """Read Unicode's table of confusable letters: foreign letter → the Latin letter that it looks like."""
    from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]

    found = {}
    for letter, alike in confusables_data.items():
        latin = next(
            (item["c"] for item in alike if len(item["c"]) == 1 and item["c"].isascii() and item["c"].isalpha()), ""
        )
        if latin and len(letter) == 1 and not letter.isascii():
            found[letter] = latin.lower()
    return found


def bare(word: str) -> str:
    """Take out what cannot be seen and what means nothing inside a word; compatibility letters become plain ones."""
    word = _DROPPED.sub("", word)
    return word if word.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word))


def _letters(word: str) -> str:
    """Write a word in small Latin letters, Cyrillic ones already as sounds (in capitals, so that c stays apart)."""
    found = []
    for letter in word.lower().replace("ου", "u"):
        if letter.isascii():
            found.append(letter if letter.isalpha() else "")
        elif letter in _CYRILLIC:
            found.append(_CYRILLIC[letter].upper())
        elif letter in _MARKED:
            found.append(_MARKED[letter].upper())
        else:
            plain = "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
            if plain in _CYRILLIC:
                found.append(_CYRILLIC[plain].upper())
            elif plain.isascii():
                found.append(plain)
            else:
                found.append(re.sub(r"[^a-z]", "", anyascii(plain).lower()))
    return "".join(found)


def _sounds(letters: str, style: str) -> str:
    """Fold Latin letters to sounds, in the way of one family of spelling: en, pl (and de), fr, nl, sv."""
    text = letters.replace("oe", "u") if style == "nl" else letters.replace("tj", "S") if style == "sv" else letters
    if style in {"pl", "nl"}:
        text = text.replace("sch", "s").replace("ch", "h").replace("c", "s")
    else:
        text = re.sub(r"c(?=[eiyhEI])|ch", "S", text).replace("Sh", "S").replace("c", "k")
    if style == "fr":
        text = text.replace("j", "S")
    text = re.sub(r"([szSZ])h", r"\1", text).replace("ph", "v").replace("th", "t")
    text = re.sub(r"gu(?=[eiyEI])|[kg]h", "h", text).lower()
    text = text.replace("ou", "u").replace("q", "k").replace("x", "ks")
    text = text.translate(str.maketrans("wfgzjy", "vvhsii"))
    text = re.sub(r"(.)\1+", r"\1", re.sub(r"[dt]+(?=s)", "", text))
    text = re.sub(rf"i+(?=[{_VOWELS}])", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


def _phonetic(word: str) -> set[str]:
    letters = _letters(word)
    found = {_sounds(letters, "en")}
    if "c" in letters:
        found.add(_sounds(letters, "pl"))
    if "j" in letters:
        found.add(_sounds(letters, "fr"))
        found.add(_sounds(letters.replace("j", "h"), "en"))  # Spanish: "Mijailo", "Jarkiv"
    if "oe" in letters:
        found.add(_sounds(letters, "nl"))
    if "tj" in letters:
        found.add(_sounds(letters, "sv"))
    return found


def _cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"


def _looking_latin(word: str) -> str:
    table = _unicode_looks()
    return "".join(
        letter
        if letter.isascii() and letter.isalpha()
        else table.get(letter) or _LOOKS_LATIN.get(letter.lower()) or table.get(letter.lower()) or letter
        for letter in word
    )


def _looking_cyrillic(word: str) -> str:
    """Read Latin letters as the Cyrillic ones that they look like; nothing where one has none."""
    found = []
    for letter in word.lower():
        other = letter if _cyrillic(letter) else _LOOKS_CYRILLIC.get(_unicode_looks().get(letter, letter))
        if other is None:
            return ""
        found.append(other)
    return "".join(found)


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[str, ...]:
    """Give every spelling under which a word is compared, the plainest first."""
    word = bare(word)
    core = word.strip("0123456789")
    found = dict.fromkeys(sorted(_phonetic(core)))
    if not word.isascii():
        found |= dict.fromkeys(sorted(_phonetic(_looking_latin(core))))
    if any(letter.isdigit() for letter in word):
        found |= dict.fromkeys(sorted(_phonetic(_looking_latin(word))))
    if not all(_cyrillic(letter) for letter in word) and (word.isupper() or not word.isascii()):
        found |= dict.fromkeys(sorted(_phonetic(_looking_cyrillic(core))))
    return tuple(reading for reading in found if reading)


def spoken(word: str) -> frozenset[str]:
    """Give the spellings of a word as it is meant, without what its letters look like: for names of the list."""
    return frozenset(reading for reading in _phonetic(bare(word).strip("0123456789")) if reading)


#: Initials: what a name's first letter is written as elsewhere.
_INITIALS = {
    "ю": "yiju",
    "я": "yjia",
    "є": "yeji",
    "е": "eyj",
    "ё": "eyj",
    "ї": "yij",
    "й": "yji",
    "ж": "zj",
    "х": "kchx",
    "ц": "tcz",
    "ч": "ct",
    "ш": "sc",
    "щ": "s",
    "г": "hg",
    "ґ": "g",
    "в": "vw",
    "з": "zs",
    "с": "s",
    "к": "kcq",
    "и": "yi",
    "і": "i",
    "у": "uo",
    "ф": "fp",
    "э": "e",
    "ы": "y",
}


@lru_cache(maxsize=4096)
def initials(word: str) -> frozenset[str]:
    """Give the small Latin letters with which a name may begin, whatever its script."""
    first = bare(word)[:1].lower()
    if first in _INITIALS:
        return frozenset(_INITIALS[first])
    plain = _letters(first).lower()[:1]
    return frozenset(plain)


def scripts(word: str) -> frozenset[str]:
    """Name the scripts of a word's letters, of those that are told apart: Latn, Cyrl, Grek."""
    found = set()
    for letter in bare(word):
        if letter.isalpha():
            name = unicodedata.name(letter, "")
            found |= {
                code
                for code, start in (("Latn", "LATIN"), ("Cyrl", "CYRILLIC"), ("Grek", "GREEK"))
                if name.startswith(start)
            }
    return frozenset(found)
