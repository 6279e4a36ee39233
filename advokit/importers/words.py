"""The text of one field in, what it means out: names without titles and marks, dates, genders, addresses, flags.

Dates are EDTF (ISO 8601-2); an order of day and month that a text does not settle follows the country. Everything
here is a pure function; what was mended is told by a word, so that the report can count it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from advokit.dates import PartialDate
from advokit.importers import capitals
from advokit.tables.rows import tidy

#: Titles that are stripped from the front of a name with or without a dot.
_TITLES_TEXT = (
    "dame ddr dhr dr frau herr hon honorable honourable madame mevr miss mlle mme monsieur mr mrs ms mx "
    "dr.in mag.(fh) dipl.-ing.(fh) mag.a mag.in mmag.a prof.in prof professor rev reverend right rt senator señor "
    "señora sir the "
)
_TITLES = frozenset(_TITLES_TEXT.split())
#: Titles that are names without their dot (`Don`, `Mag`, `Ing`), and so need it.
_DOTTED_TEXT = (
    "arq avv bc capt col d d-na dep dipl dipl.-ing dipl.-kfm dipl.-pol dipl.-volksw dl doc dott dott.ssa "
    "dr.in drs dña fr gen gov h.c habil hc ing ir judr jur lic lt lt.-col mag maj med mgr mudr mvdr nat "
    "on paeddr pharmdr phdr phil pol prof.in rep rer rndr sen sig sig.ra sr sra srta thdr univ κ к "
)
_DOTTED = frozenset(_DOTTED_TEXT.split())
_NEVER_ALONE = {"the", "rt", "right", "h.c", "hc", "habil", "med", "jur", "phil", "rer", "nat", "pol", "univ"}
_SEATS = re.compile(r"[,\s]+(?:MP|M\.P\.|MSP|MLA|MHA|MPP|MNA|MLC|MEP|MdB|MdL|MdEP|TD|T\.D\.)\.?$")
_SUFFIXES = re.compile(
    r"(?:jr|sr|ii|iii|iv|v|ph\.?\s?d|m\.?d|esq|kc|qc|sc|obe|mbe|cbe|mp|m\.p|td|mep|msp|mla|am|ao|oam|mba|llm|csc|pc|dl)"
    r"\.?(?:[\s,]+.*)?",
    re.IGNORECASE,
)
#: Titles and degrees behind a name after a comma, as in lists of Austria; those that stay there in a letter.
_BEHIND_NAMES = frozenset({"BA", "MA", "BSc", "MSc", "BEd", "MEd", "MBA", "PhD", "MAS", "MPA", "MLS", "LL.M.", "LL.B."})
_DEGREE = (
    r"(?:D?Dr\.(?:in)?|M?Mag\.(?:a|in)?(?:\(FH\))?|Ing\.|DI|Dipl\.-(?:Ing|Kff?r|Päd|Vw)\.|Prof\.(?:in)?|Bakk\.|\(FH\)|"
    + "|".join(map(re.escape, sorted(_BEHIND_NAMES))) + ")"
)
_DEGREES = re.compile(rf"{_DEGREE}(?:[,\s]+{_DEGREE})*")
_QUALIFIER = re.compile(r"\s*[(\uff08]([^()\uff08\uff09]*)[)\uff09]$")
_QUALIFYING = re.compile(
    r"politi|politic|polít|politik|политик|політик|政治|議員|정치|homme|femme|born|né|\d{4}|député|senator|lawyer",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s*(?:\[[^\[\]]{0,12}\]|\{[^{}]{0,6}\}|[*†‡§¶※]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)(?=$|[\s,;.)])")

_GENDERS = {
    "female": (
        "жін z zena θ หญิง f female woman w weiblich frau fem feminine féminin femme femenino "
        "femenina mujer feminino mulher femminile donna kobieta k kvinna kvinne kvinde "
        "vrouw v nainen naine žena ž nő жінка жіноча ж женский женщина жена 女 女性 여 여성 "
        "γυναίκα אישה נקבה أنثى kadın moteris sieviete femeie feminin femei femela bean "
        "ქალი nữ perempuan wanita महिला naine bean merch "
    ),
    "male": (
        "чол muz м α e ชาย m male man männlich mann herr masc masculine masculin homme h "
        "masculino hombre varón homem maschile uomo mężczyzna mand mies mees muž férfi "
        "чоловік чоловіча ч мужской мужчина мъж 男 男性 남 남성 άνδρας גבר זכר ذكر erkek fear "
        "nam lelaki pria laki-laki पुरुष gwryw vyras vīrietis bărbat bărbați კაცი "
    ),
    "other": ("other o x d divers diverse nonbinary non-binary nb enby autre otro andere інша genderfluid "),
}
_GENDER = {word: gender for gender, words in _GENDERS.items() for word in words.split()}
_GENDER |= {
    "third gender": "other",
    "non binary": "other",
    "trans woman": "female",
    "transgender female": "female",
    "trans man": "male",
    "transgender male": "male",
}

_TRUE = {
    "true",
    "yes",
    "y",
    "1",
    "t",
    "on",
    "ja",
    "oui",
    "sí",
    "si",
    "sim",
    "tak",
    "так",
    "да",
    "是",
    "jah",
    "current",
    "active",
    "sitting",
    "aktiv",
    "actif",
    "activo",
    "in office",
    "incumbent",
    "有",
    "○",
    "x",
    "✓",
    "✔",
    "wahr",
    "vrai",
}
_FALSE = {
    "false",
    "no",
    "n",
    "0",
    "f",
    "off",
    "nein",
    "non",
    "não",
    "nie",
    "ні",
    "нет",
    "не",
    "否",
    "ei",
    "former",
    "inactive",
    "past",
    "inaktiv",
    "retired",
    "resigned",
    "left",
    "inactif",
    "inactivo",
    "falsch",
    "faux",
    "×",
}
_OPEN = {
    "present",
    "current",
    "incumbent",
    "ongoing",
    "today",
    "heute",
    "now",
    "none",
    "null",
    "nil",
    "nan",
    "unknown",
    "n/a",
    "na",
    "?",
    "至今",
    "現任",
    "-",
    "--",
    "–",
    "—",
    "…",
    "...",
    "aujourd'hui",
    "actual",
    "0000-00-00",
    "00.00.0000",
}
#: Calendars of East Asia: what is added to the year of an era.
_ERAS = {"民國": 1911, "民国": 1911, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
#: Countries whose names begin with the family name.
FAMILY_FIRST = frozenset({"hu", "cn", "tw", "hk", "mo", "sg", "jp", "kr", "kp", "vn", "kh"})
#: Countries where many people have two family names.
_TWO_FAMILIES = frozenset(
    {"es", "pt", "br", "mx", "ar", "cl", "co", "pe", "ve", "ec", "bo", "py", "uy", "cu", "do", "gt"}
)
_MONTH_FIRST = {"us", "ph", "fm", "mh", "pw", "gu", "pr"}


def clean(text: str) -> tuple[str, list[str]]:
    """Tidy any text: HTML's entities and tags, footnote marks; gives the text and what was mended."""
    done: list[str] = []
    if "&" in text and (plain := html.unescape(text)) != text:
        text, done = plain, ["HTML entity read"]
    if "<" in text and (plain := re.sub(r"\s*<br\s*/?>\s*", "; ", text)) != text:
        text, done = plain, [*done, "HTML line break read"]
    if "<" in text and (plain := re.sub(r"</?[a-z][^<>]*>", "", text)) != text:
        text, done = plain, [*done, "HTML tag removed"]
    if (plain := _MARKS.sub("", text)) != text and plain.strip():
        text, done = plain, [*done, "footnote mark removed"]
    return tidy(text), done


def split_titles(name: str, country: str = "") -> tuple[str, str]:
    """Take the titles off the front of a name: (`Rt Hon Dr`, `Jane Smith`)."""
    tokens = name.split(" ")
    count = 0
    dotted = _DOTTED | ({"m", "me"} if country in {"fr", "be", "ch", "lu", "mc"} else set())
    while count < len(tokens) - 1:
        token = tokens[count].casefold().rstrip(",")
        bare = token.rstrip(".")
        if not (bare in _TITLES or (bare in dotted and (token.endswith(".") or (count and bare in _NEVER_ALONE)))):
            break
        count += 1
    if all(token.casefold().rstrip(".,") in _NEVER_ALONE for token in tokens[:count]):
        return "", name
    return " ".join(tokens[:count]).rstrip(","), " ".join(tokens[count:])


def split_name(text: str, country: str = "") -> tuple[dict[str, str], list[str]]:
    """Read a name as data sets write it; gives name, honorific, given and family name as far as they are plain."""
    name, done = clean(text)
    match = _QUALIFIER.search(name)
    if match and match.start() and (match[1][:1].islower() or _QUALIFYING.search(match[1])):
        name, done = name[: match.start()], [*done, "qualifier in brackets removed"]
    while (shorter := _SEATS.sub("", name)) != name and shorter.strip():
        name, done = shorter.strip(" ,"), [*done, "letters of the seat removed (MP, MdB, TD …)"]
    parts = {"name": name}
    head, comma, tail = (part.strip() for part in name.partition(","))
    if comma and head and _DEGREES.fullmatch(tail):
        before, behind = _degrees(tail)
        name, comma = f"{before} {head}{behind}".strip(), ""
    if comma and head and tail and "," not in tail and not _SUFFIXES.fullmatch(tail):
        honorific, given = split_titles(tail, country)
        if given.casefold().rstrip(".") in _TITLES:
            honorific, given = tail, ""
        front, family = split_titles(head, country)
        parts = {
            "name": f"{given} {family}".strip(),
            "given_name": given if front == "" else "",
            "family_name": family,
            "honorific": f"{front} {honorific}".strip(),
        }
        done.append("family name first turned round")
    else:
        honorific, bare = split_titles(name, country)
        given, family = capitals.family_of(bare)
        parts = {"name": bare, "honorific": honorific, "given_name": given, "family_name": family}
        if family and bare.startswith(family) and country not in FAMILY_FIRST:
            parts["name"] = f"{given} {family}"
            done.append("family name first turned round")
    if parts["honorific"]:
        done.append("title moved out of the name")
    return {key: value for key, value in parts.items() if value}, done


def _degrees(tail: str) -> tuple[str, str]:
    """Part what stands behind a name: titles that a letter puts before it, and degrees that stay, with their commas."""
    words = tail.replace(",", " ").replace(" (FH)", "(FH)").split()
    behind = [word for word in words if word in _BEHIND_NAMES]
    return " ".join(word for word in words if word not in behind), "".join(f", {word}" for word in behind)


def turned(text: str, country: str = "") -> dict[str, str]:
    """Part a name that begins with the family name: `Sample Kim`, `Van der Sample Kim`; gives its fields.

    With a comma, or where people have two family names, the text does not tell the halves, and stays whole.
    """
    head, comma, tail = (part.strip() for part in text.partition(","))
    if comma and not _DEGREES.fullmatch(tail):
        return {"name": text}
    before, behind = _degrees(tail)
    honorific, bare = split_titles(head, country)
    tokens = bare.split()
    at = 1
    while at < len(tokens) - 1 and all(capitals.is_particle(token) for token in tokens[:at]):
        at += 1
    if len(tokens) < 2 or country in _TWO_FAMILIES:
        return {"name": text}
    family, given = " ".join(tokens[:at]), " ".join(tokens[at:])
    name = bare if country in FAMILY_FIRST else f"{given} {family}"
    return {
        "name": " ".join(filter(None, (honorific, before, f"{name}{behind}"))),
        "given_name": given,
        "family_name": family,
    }


def read_gender(text: str) -> str | None:
    """Read a gender in many languages; None where the word is not known."""
    word = unicodedata.normalize("NFKC", text).casefold().strip(" .")
    return _GENDER.get(word, "" if word in {"", "unknown", "n/a", "-", "?", "not stated"} else None)


def without_years(text: str) -> str:
    """Take the legislature off a party or an area that bears it: `Blue (Lower House 2025 - 2029)`."""
    return re.sub(r"(?<=\S)\s*\((?:[^()]*\s)?\d{4}\s*[-\u2013]\s*(?:\d{4}|\d{2})?\)$", "", text)


def read_flag(text: str) -> bool | None:
    """Read yes or no; None where the word is neither."""
    word = text.casefold().strip(" .")
    return True if word in _TRUE else False if word in _FALSE else None


@lru_cache(maxsize=64)
def _months(country: str) -> Mapping[str, int]:
    """Name the months in the country's languages and in English, in full and short."""
    names: dict[str, int] = {}
    for language in ("en", *get_official_languages(country.upper(), de_facto=True, regional=True)):
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                table = locale.months.get(context, {}).get(width, {})
                names |= {str(name).casefold().rstrip("."): number for number, name in table.items()}
    return {name: number for name, number in names.items() if name and not name.isdigit()}


def _edtf(year: int, month: int = 0, day: int = 0, *, about: bool = False) -> str:
    date = PartialDate(year, month or None, (day or None) if month else None)
    return str(PartialDate.parse(str(date) + ("~" if about else "")))


@lru_cache(maxsize=4096)
def read_date(text: str, country: str = "", order: str = "") -> str:
    """Read a date as data sets write it, as EDTF; an open end is empty. Raises ValueError with a sentence."""
    word = "".join(str(unicodedata.decimal(c, c)) for c in unicodedata.normalize("NFKC", text)).strip().casefold()
    if word.rstrip(".") in _OPEN or word in _OPEN or not word:
        return ""
    word = re.sub(r"(?<=\d)[a-z*†]$", "", word)
    about = bool(re.match(r"(?:c|ca|circa|about|around|um|vers)\b\.?\s*", word)) or word.endswith("~")
    word = re.sub(r"^(?:c|ca|circa|about|around|um|vers)\b\.?\s*", "", word).rstrip("~").strip()
    try:
        found = _numbers(word, country, order) or _worded(word, country)
        if found and country == "th" and found[0] > 2400:
            found = (found[0] - 543, *found[1:])
        if found:
            return _edtf(*found, about=about)
    except ValueError:
        raise ValueError(f"'{text}' is not a day of the calendar") from None
    raise ValueError(f"'{text}' is no date that can be read")


def _numbers(word: str, country: str, order: str) -> tuple[int, int, int] | None:
    """Read dates of figures: year first, year last, a year alone, East Asian marks, the Minguo calendar."""
    east = re.fullmatch(r"(?:(\w\w)\s*)??(\d{1,4}|元)\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?", word)
    if east and (not east[1] or east[1] in _ERAS):
        year = int(east[2].replace("元", "1")) + _ERAS.get(east[1] or "", 0)
        year += 1911 if not east[1] and country == "tw" and year < 200 else 0
        return year, int(east[3] or 0), int(east[4] or 0)
    first = re.fullmatch(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?\.?(?:[t ]\d{1,2}:\d{2}.*)?", word)
    if first:
        return int(first[1]), int(first[2] or 0), int(first[3] or 0)
    if re.fullmatch(r"(?:1[89]|20)\d{6}", word):
        return int(word[:4]), int(word[4:6]), int(word[6:])
    last = re.fullmatch(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})\.?(?:\s+\d{1,2}:\d{2}.*)?", word)
    if last:
        one, two, year = (int(part) for part in last.groups())
        month_first = order == "mdy" or (not order and "." not in word and country in _MONTH_FIRST)
        if (month_first and one <= 12) or (two > 12 and one <= 12 and not order):
            one, two = two, one
        return year, two, one
    month = re.fullmatch(r"(\d{1,2})[-./](\d{4})", word)
    if month:
        return int(month[2]), int(month[1]), 0
    if country == "tw" and (minguo := re.fullmatch(r"(\d{2,3})[-./](\d{1,2})[-./](\d{1,2})", word)):
        return int(minguo[1]) + 1911, int(minguo[2]), int(minguo[3])
    return None


def _worded(word: str, country: str) -> tuple[int, int, int] | None:
    """Read dates with the name of a month, in English or a language of the country."""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", word)
    if len(years) != 1:
        return None
    months = _months(country)
    named = [months[token] for token in re.findall(r"[^\W\d_]+", word) if token in months]
    days = [int(day) for day in re.findall(r"(?<!\d)\d{1,2}(?!\d)", word)]
    if len(named) != 1 or len(days) > 1:
        return None
    return int(years[0]), named[0], days[0] if days else 0


def read_mail(text: str) -> str:
    """Take the first e-mail address out of a cell: `mailto:`, names around it, `[at]` and lists of several are read."""
    word = re.sub(r"\s*[\[({]\s*(?:at|@)\s*[\])}]\s*", "@", text, flags=re.IGNORECASE)
    if word != text:
        word = re.sub(r"\s*[\[({]\s*(?:dot|punkt|point)\s*[\])}]\s*", ".", word, flags=re.IGNORECASE)
    word = re.sub(r"^mailto:\s*", "", word.strip(), flags=re.IGNORECASE).partition("?")[0]
    if "<" in word and (inner := re.search(r"<([^<>]+)>", word)):
        word = inner[1]
    return re.split(r"[;,|\s]+", word.strip(" ;,|"))[0].rstrip(".")


def read_web(text: str) -> str:
    """Read a web address; one without a scheme gets https, one that is not for the web stays as it is."""
    word = text.strip()
    if re.match(r"https?://", word, re.IGNORECASE):
        return word.split(" ")[0]
    return f"https://{word}" if re.fullmatch(r"(?:[\w-]+\.)+[^\W\d]{2,}(?:[/?#]\S*)?", word) else word


def read_address(text: str) -> str:
    """Put the lines of an address in order: '; ' between them, none empty."""
    return "; ".join(part for piece in text.split(";") if (part := tidy(piece).strip(" ,")))


def in_order(text: Mapping[str, object], languages: tuple[str, ...]) -> str:
    """Pick one text out of `{"lang:en": …}` or `{"en": …}`: the country's languages first, then English, then any."""
    table = {key.removeprefix("lang:").lower(): str(value) for key, value in text.items() if value}
    for language in (*languages, "en"):
        for key in (language.lower(), language.lower().partition("-")[0]):
            if table.get(key):
                return table[key]
    return next(iter(table.values()), "")
