"""How a language and country write numbers, dates, plurals and quotation marks.

In: values and a locale. Out: text. Everything comes from CLDR through Babel, and the words of the templates from
gettext catalogues; what Babel has no word for is a message of the catalogue, never a sentence in code.
"""

from __future__ import annotations

import contextlib
import gettext
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_month_names
from babel.languages import get_official_languages
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from advokit.dates import PartialDate
from advokit.problems import InputError, Problem

#: Countries that CLDR does not know as territories, and the English of the rest of Europe.
_TERRITORY = {"eu": {"en": "IE"}, "intl": {"en": "GB"}}

#: Languages that group digits from five on (CLDR: minimumGroupingDigits 2, which Babel does not read).
_FOUR_DIGITS_WHOLE = frozenset({"es", "pl"})

#: Languages that write the first day of a month as an ordinal.
_FIRST_OF_MONTH = {"fr": "1er", "it": "1º"}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

NBSP = "\u00a0"
NNBSP = "\u202f"


@dataclass(frozen=True)
class Tongue:
    """One language as one country writes it, with the words of the templates."""

    language: str
    country: str
    locale: Locale
    translations: gettext.NullTranslations

    def __hash__(self) -> int:
        """Hash by language and country."""
        return hash((self.language, self.country))

    def _(self, message: str) -> str:
        """Translate a message of the templates."""
        return self.translations.gettext(message)

    def say(self, message: str, context: str = "", **values: str) -> str:
        """Translate a message and fill its placeholders."""
        text = self.translations.pgettext(context, message) if context else self.translations.gettext(message)
        filled = text.format(**values)
        return _elided(filled) if self.language == "it" and values else filled

    def number(self, value: Decimal) -> str:
        """Write a number with the language's own separators, in a form that does not break across lines."""
        grouped = abs(value) >= 10_000 or self.locale.language not in _FOUR_DIGITS_WHOLE
        return str(format_decimal(value, locale=self.locale, decimal_quantization=False, group_separator=grouped))

    def plural(self, forms: Mapping[str, str], value: Decimal) -> str:
        """Pick the CLDR plural form for a number."""
        category = self.locale.plural_form(value)
        return forms.get(category) or forms.get("many") or forms.get("other") or next(iter(forms.values()))

    def date(self, date: PartialDate) -> str:
        """Write a date as exactly as it is known; a day never stands apart from its month."""
        if date.precision == "day":
            text = str(format_date(date.first, "long", locale=self.locale))
        elif date.precision == "month":
            text = str(format_skeleton("yMMMM", date.first, locale=self.locale))
        else:
            text = f"{date.year:04d}"
        if date.precision == "day":
            text = re.sub(r"(?<=\d)(\.?) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2},)", rf"\1{NBSP}", text, count=1)
            if date.day == 1 and self.language in _FIRST_OF_MONTH:
                text = re.sub(r"^1(?=\W)", _FIRST_OF_MONTH[self.language], text)
        text = re.sub(r" (?=р\.|r\.|г\.)", NBSP, text)
        return self.say("about {date}", date=text) if date.approximate else text

    def as_of(self, date: PartialDate) -> str:
        """Write "as of" with a date, as the language says it for a day, a month or a year."""
        message = "as of about {date}" if date.approximate else "as of {date}"
        return self.say(message, context=date.precision, date=self.date(replace(date, approximate=False)))


def _elided(text: str) -> str:
    """Elide Italian articles before eight and eleven, which are spoken with a vowel: "all’8 marzo", "l’11 marzo"."""
    text = re.sub(r"\b([Aa]|[Dd]a|[Dd]e|[Nn]e|[Ss]u)l (?=(?:8|11)\b)", r"\1ll’", text)
    return re.sub(r"\b([Ii])l (?=(?:8|11)\b)", lambda match: "L’" if match[1] == "I" else "l’", text)


def locale_for(language: str, country: str) -> Locale:
    """Give CLDR's locale for a language in a country, or for the language alone; raises ValueError."""
    territory = _TERRITORY.get(country, {}).get(language, country.upper())
    base = language.replace("-", "_")
    try:
        return Locale.parse(f"{base}_{territory}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(base)


@lru_cache(maxsize=64)
def _catalogue(path: Path, _changed: int) -> gettext.NullTranslations:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise InputError([_po_problem(path, getattr(error, "lineno", 0) or 0,
                                      f"the catalogue cannot be read: {error}")]) from None
    problems = list(_placeholders(catalogue, path))
    if problems:
        raise InputError(problems)
    data = io.BytesIO()
    write_mo(data, catalogue)
    data.seek(0)
    return gettext.GNUTranslations(data)


def _po_problem(path: Path, line: int, message: str, hint: str = "Save it as UTF-8 with a gettext editor.") -> Problem:
    shown = Path("templates", *path.parts[path.parts.index("locale"):]) if "locale" in path.parts else path
    return Problem(shown.as_posix(), line, int(bool(line)), "error", "bad-catalogue", message, hint)


def _placeholders(catalogue: Catalog, path: Path) -> Iterator[Problem]:
    """Find translations that ask for a value which their message does not have."""
    for message in catalogue:
        ids, texts = ([part] if isinstance(part, str) else list(part or ()) for part in (message.id, message.string))
        known = {name for text in ids for name in _PLACEHOLDER.findall(text)}
        for text in texts if ids[0] else ():
            loose = _PLACEHOLDER.sub("", text)
            unknown = [name for name in _PLACEHOLDER.findall(text) if name not in known]
            if unknown or (known and re.search(r"[{}]", loose)):
                yield _po_problem(path, message.lineno or 0,
                                  f"the translation of '{ids[0]}' has the unknown placeholder"
                                  f" {{{unknown[0] if unknown else '…'}}}",
                                  f"Known: {', '.join(f'{{{name}}}' for name in sorted(known)) or 'none'}.")


def tongue(language: str, country: str, folders: tuple[Path, ...]) -> Tongue:
    """Make the tongue of an edition; `folders` hold `<language>/LC_MESSAGES/advokit.po`, the first one wins.

    Raises InputError where a catalogue cannot be read.
    """
    chain: list[gettext.NullTranslations] = []
    for name in dict.fromkeys((f"{language}_{country.upper()}", language, language.partition("-")[0])):
        for folder in folders:
            path = folder / name / "LC_MESSAGES" / "advokit.po"
            if path.is_file():
                chain.append(_catalogue(path, path.stat().st_mtime_ns))
    head = gettext.NullTranslations()
    for part in reversed(chain):
        fallback, head = head, _chained(part)
        head.add_fallback(fallback)
    own = _SPACING.get(f"{language}-{country.upper()}")
    return Tongue(language, country, locale_for(language, country), _Written(head, own) if own else head)


class _Written(gettext.NullTranslations):
    """The words of a language as one country spells them and sets their marks: no catalogue of its own is needed."""

    def __init__(self, words: gettext.NullTranslations, own: Callable[[str], str]) -> None:
        super().__init__()
        self._words, self._own = words, own

    def gettext(self, message: str) -> str:
        return self._own(self._words.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._own(self._words.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._own(self._words.pgettext(context, message))


def _chained(part: gettext.NullTranslations) -> gettext.NullTranslations:
    """Copy a catalogue, because `add_fallback` changes it and catalogues are cached."""
    copy = gettext.GNUTranslations.__new__(gettext.GNUTranslations)
    copy.__dict__.update(part.__dict__)
    copy._fallback = None  # type: ignore[attr-defined]  # noqa: SLF001 - gettext has no public way to copy
    return copy


#: Opening and closing quotation marks: outer pair, inner pair. Switzerland has its own in every language.
QUOTES: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("“", "”", "‘", "’"),
    "CH": ("«", "»", "‹", "›"),
    "de": ("„", "“", "‚", "‘"),
    "fr": (f"«{NBSP}", f"{NBSP}»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "uk": ("«", "»", "„", "“"),
    "cs": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "nl": ("‘", "’", "“", "”"),
    "sv": ("”", "”", "’", "’"),
}


def quotes(language: str, country: str = "") -> tuple[str, str, str, str]:
    """Give the quotation marks of a country, or those of the language; the English ones where advokit has no better."""
    return QUOTES.get(country.upper()) or QUOTES.get(language.partition("-")[0], QUOTES["en"])


def _french(text: str) -> str:
    text = re.sub(r"[ \u00a0\u202f]?([;!?])(?=\s|$|[\])»”])", rf"{NNBSP}\1", text)
    return re.sub(r"(?<=[^\s\d/])[ \u00a0\u202f]?:(?=\s|$)", f"{NBSP}:", text)


def _quebec(text: str) -> str:
    text = re.sub(r"[ \u00a0\u202f]([;!?])(?=\s|$|[\])»”])", r"\1", text)
    return re.sub(r"(?<=[^\s\d/])[ \u00a0\u202f]?:(?=\s|$)", f"{NBSP}:", text)


def _swiss_french(text: str) -> str:
    text = re.sub(r"[ \u00a0\u202f]([;:!?])(?=\s|$|[\])»”])", r"\1", text)
    return re.sub(r"(?<=«)[ \u00a0\u202f]|[ \u00a0\u202f](?=»)", "", text)


def _swiss_german(text: str) -> str:
    return text.translate(_HIGH_GERMAN)


_HIGH_GERMAN = str.maketrans({"ß": "ss", "ẞ": "SS", "„": "«", "“": "»", "‚": "‹", "‘": "›"})


def _czech(text: str) -> str:
    """Tie what Czech does not leave at the end of a line: prepositions and conjunctions of one letter, "č.", "čl."."""
    text = re.sub(r"(?<![\w\u00a0])([aikosuvzAIKOSUVZ]) (?=\w)", rf"\1{NBSP}", text)
    return re.sub(r"(?<!\w)(č\.|čl\.|odst\.|§) (?=\d)", rf"\1{NBSP}", text)


def _short_words(text: str) -> str:
    """Tie one-letter words to the next one: a line of Polish or Ukrainian does not end with them."""
    return re.sub(r"(?<![\w\u00a0])([aiouwzAIOUWZАаВвЗзІіОоУуЯяЄєЙй]) (?=\w)", rf"\1{NBSP}", text)


def _numero(text: str) -> str:
    """Tie an abbreviation to the number that it stands before: "n.º 269", "art. 23"."""
    return re.sub(r"(?<!\w)((?:n\.[ºo]?|núms?\.|nn\.|arts?\.|artt\.|págs?\.|pagg?\.)) (?=\d)", rf"\1{NBSP}", text)


def _germanic(text: str) -> str:
    """Tie what belongs to a number in Dutch and Swedish: "nr. 269", "artikel 49", "2 kap. 3 §", "5 procent"."""
    text = re.sub(r"(?<!\w)((?:nr|art|blz|kap|s|prop)\.|nr|[Aa]rtikel|lid|sidan?|kapitel|§) (?=\d)", rf"\1{NBSP}", text)
    return re.sub(r"(?<=\d) (?=(?:§|kap\.|procent\b|%))", NBSP, text)


_SPACING: Mapping[str, Callable[[str], str]] = {
    "fr": _french, "fr-CA": _quebec, "pl": _short_words, "uk": _short_words, "es": _numero, "it": _numero,
    "nl": _germanic, "cs": _czech, "sv": _germanic, "fr-CH": _swiss_french, "de-CH": _swiss_german,
}


@lru_cache(maxsize=64)
def spacing(language: str, country: str) -> Callable[[str], str]:
    """Give the function that sets a language's own no-break spaces in running text.

    In every language a dash does not begin a line, and a day does not stand apart from its month.
    """
    own = _SPACING.get(f"{language}-{country.upper()}") or _SPACING.get(language)
    names = get_month_names("wide", locale=locale_for(language, country)).values()
    months = "|".join(re.escape(name) for name in names)
    day = re.compile(rf"(?<!\d)(\d{{1,2}}[.º]?) (?=(?:de )?(?:{months})\b)", re.IGNORECASE)

    def tie(text: str) -> str:
        text = re.sub(r"(?<=\S) (?=[—–] )", NBSP, text)
        text = day.sub(rf"\1{NBSP}", text)
        return own(text) if own else text
    return tie


__all__ = ["Tongue", "locale_for", "quotes", "spacing", "tongue"]


@lru_cache(maxsize=256)
def read_language(text: str, country: str = "") -> str:
    """Read a language: a BCP 47 tag, its name, or its first letter among the country's own (`d` in ch)."""
    word = text.strip().casefold().replace("_", "-")
    own = get_official_languages(country.upper(), de_facto=True, regional=True)
    if len(word) == 1:
        begins = [language for language in own if language.startswith(word)]
        return begins[0] if len(begins) == 1 else ""
    if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", word):
        try:
            found = Locale.parse(word, sep="-")
            return str(found).replace("_", "-") if "-" in word else found.language
        except (UnknownLocaleError, ValueError):
            pass
    for spoken in dict.fromkeys((*own, "en")):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            for tag, name in Locale.parse(spoken).languages.items():
                if name.casefold() == word:
                    return str(tag).replace("_", "-")
    return ""
