"""Filling a pack's forms of address for one recipient: address lines, salutation and closing.

In: a `Loaded[CountryPack]`, the id of a form, an `Addressee`. Out: `Filled`, which is the words or the problems that
keep them from being written. Pure. Where a gender is unknown and no source gives a neutral form, the answer is a
problem and never a guess; `{title}` falls away when there is none; a line with `{full_name?}` falls away with the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from advokit.countries.model import AddressForm, CountryPack, LinesForm, TextForm
from advokit.problems import Problem, hint_for
from advokit.yamlfile import KeyPath, Loaded

T = TypeVar("T")

#: What may stand between braces in a form, and what it means.
PLACEHOLDERS: Mapping[str, str] = {
    "full_name": "the name in reading order, without honorifics",
    "given_name": "the given name",
    "surname": "the family name",
    "surname_capital": "the family name with a capital, as Dutch has it where no name stands before it: De Vries",
    "title": "a title that stands before the name (Dr., Prof.); falls away with its space where there is none",
    "initials_and_surname": "initials and family name, as in A. B. Jansen",
    "given_name_vocative": "the given name in the case of address",
    "surname_vocative": "the family name in the case of address",
    "full_name_dative": "the whole name in the dative",
    "constituency": "the area that the person represents",
    "state": "the state or province that the person represents",
    "office": "the office that the person holds",
    "department": "the department that the person heads",
    "peerage_name": "the name in a peerage, with its place where it has one",
    "see": "the see of a bishop",
}

#: A placeholder: `{surname}`; `{full_name?}`, whose line falls away without it; `{initials_and_surname|full_name}`, the
#: first at hand; `{title:Ms}`, the word after the colon where there is no title.
FIELD = re.compile(r"\{(?P<name>[a-z_]+)(?:\|(?P<other>[a-z_]+)|:(?P<word>[^{}:|?]+)|(?P<drop>\?))?\}")

_VALUES_TO_DROP = {"title"}

#: The columns of a people's file that are called otherwise in forms.
_COLUMNS = {"full_name": "name", "surname": "family_name", "constituency": "area", "state": "area"}

#: Titles that are followed by the name of a peerage or of a see.
_PEERS = frozenset(("lord", "lady", "baron", "baroness", "viscount", "viscountess", "earl", "countess", "marquess",
                    "marchioness", "duke", "duchess"))
_SEES = frozenset(("bishop", "archbishop"))

#: Honorifics that stand before a surname in a salutation; others (Sir, Hon., Baroness) lead to a form of their own.
_TITLES = {"dr", "prof", "professor", "mag", "ing", "di", "mgr", "mudr", "judr", "rndr", "phdr", "mx", "mrs", "miss"}


@dataclass(frozen=True)
class Addressee:
    """The person (or the unnamed holder of an office) to whom one letter goes; an empty text means unknown."""

    full_name: str = ""
    given_name: str = ""
    surname: str = ""
    surname_capital: str = ""
    """Made of the surname where it is not given."""
    title: str = ""
    gender: str = ""
    """`female`, `male`, `other`, or empty where it is unknown."""
    initials_and_surname: str = ""
    given_name_vocative: str = ""
    surname_vocative: str = ""
    full_name_dative: str = ""
    constituency: str = ""
    state: str = ""
    office: str = ""
    department: str = ""
    peerage_name: str = ""
    see: str = ""
    postal: tuple[str, ...] = ()
    """An address of the person's own, such as a district office, in place of that of the chamber."""
    path: str = ""
    """The file in which the person stands, for messages; without it they name the pack."""
    line: int = 0
    """The line there."""

    @classmethod
    def of(cls, values: Mapping[str, str | None], path: str = "", line: int = 0) -> Addressee:
        """Take what a mapping knows, such as a row of a people's file; other keys are passed over.

        The columns `name`, `family_name` and `area` are read too, and an honorific that is a title (Dr, Prof., Mx).
        """
        texts = {key: value.strip() for key, value in values.items() if value}
        given: dict[str, Any] = {}
        for name in {field.name for field in fields(cls)} - {"postal", "path", "line"}:
            given[name] = texts.get(name) or texts.get(_COLUMNS.get(name, ""), "")
        honorific = texts.get("honorific", "")
        if not given["title"] and honorific and all(w.strip(".").casefold() in _TITLES for w in honorific.split()):
            given["title"] = honorific
        if not given["given_name"]:
            _take_peerage(given, honorific)
        return cls(**given, path=path, line=line)

    def value(self, name: str) -> str:
        """Give what a placeholder stands for, or an empty text; who bears a single name has it as the family name."""
        if name == "surname_capital" and not self.surname_capital:
            surname = self.value("surname")
            return surname[:1].upper() + surname[1:]
        if name == "surname" and not self.surname and not self.given_name and len(self.full_name.split()) == 1:
            return self.full_name
        return str(getattr(self, name)) if name in PLACEHOLDERS else ""

    @property
    def named(self) -> bool:
        """Tell whether anybody is named at all."""
        return bool(self.full_name or self.surname or self.peerage_name or self.see)

    @property
    def who(self) -> str:
        """Give the name for messages."""
        return self.full_name or self.surname or self.office or "the recipient"


def _take_peerage(given: dict[str, Any], honorific: str) -> None:
    """Take the name of a peer or bishop from data that give the title apart: `Baroness`, `Example of Northtown`."""
    words = honorific.casefold().replace(".", " ").split()
    kind = "see" if _SEES & set(words) else "peerage_name" if _PEERS & set(words) else ""
    if kind and not given[kind]:
        parts = given["full_name"].split()
        while parts and parts[0].casefold() in {*_PEERS, *_SEES, "the", "of", "hon", "rt", "revd"}:
            parts.pop(0)
        given[kind] = " ".join(parts)


@dataclass(frozen=True)
class Filled(Generic[T]):
    """Words, or the problems that keep them from being written; words may come with warnings."""

    value: T | None
    """The words; None where an error keeps them from being written."""
    problems: tuple[Problem, ...] = ()
    """What is wrong."""


@dataclass(frozen=True)
class Correspondence:
    """Everything that a form says for one letter, with the marks of the language."""

    form: str
    """The id of the form."""
    address: tuple[str, ...]
    """The lines in the window."""
    salutation: str
    """With its mark."""
    closing: str
    """With its mark."""
    closing_is_sentence: bool
    """True: set it as a paragraph of the text; False: set it as a line of its own."""
    text_begins: str
    """`capital` or `small`: how the text after the salutation begins."""
    unsourced: tuple[str, ...]
    """Those of address, salutation and closing that no source confirms."""


def form_for(pack: CountryPack, language: str, *, chamber: str | None = None, office: str | None = None,
             rank: str | None = None, honorific: str = "") -> AddressForm | None:
    """Find the form for a member of a chamber or an office, in a language.

    A rank, or an honorific that names or means one, leads to its own form; else the usual form of the house is given.
    None where the pack has no form for that house in that language.
    """
    base = language.partition("-")[0]
    found = [form for form in pack.address_forms if form.language in {language, base}
             and (form.chamber == chamber if chamber else form.office == office)]
    words = " ".join(honorific.replace(".", " ").split()).casefold()
    for form in found:
        if rank and form.rank == rank:
            return form
        if not rank and any(_means(words, name) for name in (*form.honorifics, *filter(None, (form.rank,)))):
            return form
    return next((form for form in found if form.rank is None), None)


def _means(words: str, name: str) -> bool:
    return f" {name.replace('.', ' ').casefold().strip()} " in f" {words} "


def address_lines(loaded: Loaded[CountryPack], form_id: str, person: Addressee) -> Filled[tuple[str, ...]]:
    """Give the lines of the recipient's address: the form's own, then those of the chamber or office."""
    form = loaded.model.form(form_id)
    if form is None:
        return Filled(None, (_no_form(loaded, form_id),))
    # An unconfirmed neutral address only leaves words out (Mr, Ms), so it is no guess and may stand.
    variant, problem = _variant(loaded, form, "address", person, accept_unsourced=True)
    if problem:
        return Filled(None, (problem,))
    lines, problems = [], []
    for template in getattr(form.address, variant):
        text, missing = _fill(template, person)
        problems += [_missing(loaded, form, "address", name, person) for name in missing]
        lines += [part for line in text.split("\n") if (part := line.strip())]
    house = loaded.model.chamber(form.chamber) if form.chamber else loaded.model.office(form.office)
    if person.postal:
        lines += person.postal
    elif house is not None:
        lines += house.postal_address.for_language(form.language)
    return Filled(None if problems else tuple(lines), tuple(problems))


def salutation(loaded: Loaded[CountryPack], form_id: str, person: Addressee, *,
               accept_unsourced: bool = False) -> Filled[str]:
    """Give the salutation without its mark; `accept_unsourced` allows a neutral form that nobody has confirmed."""
    return _text(loaded, form_id, "salutation", person, accept=accept_unsourced)


def closing(loaded: Loaded[CountryPack], form_id: str, person: Addressee, *,
            accept_unsourced: bool = False) -> Filled[str]:
    """Give the closing without its mark; `accept_unsourced` as for the salutation."""
    return _text(loaded, form_id, "closing", person, accept=accept_unsourced)


def correspondence(loaded: Loaded[CountryPack], form_id: str, person: Addressee, *,
                   accept_unsourced: bool = False) -> Filled[Correspondence]:
    """Give address, salutation and closing with their marks, or every problem of the three."""
    lines = address_lines(loaded, form_id, person)
    opening = salutation(loaded, form_id, person, accept_unsourced=accept_unsourced)
    ending = closing(loaded, form_id, person, accept_unsourced=accept_unsourced)
    form = loaded.model.form(form_id)
    if form is None or lines.value is None or opening.value is None or ending.value is None:
        return Filled(None, tuple(dict.fromkeys((*lines.problems, *opening.problems, *ending.problems))))
    layout = loaded.model.layout[form.language]
    unsourced = tuple(
        key for key in ("address", "salutation", "closing")
        if getattr(form, key).strength_of(_variant(loaded, form, key, person, accept_unsourced=True)[0]) == "g")
    return Filled(Correspondence(form.id, lines.value, opening.value + layout.salutation_mark.mark,
                                 ending.value + layout.closing_mark.mark, layout.closing_mark.sentence,
                                 layout.salutation_mark.next_line, unsourced))


def form_strings(form: AddressForm) -> Iterator[tuple[KeyPath, str]]:
    """Give every text of a form that may hold placeholders, with its place in the form."""
    for key in ("address", "salutation", "closing"):
        part = getattr(form, key)
        for variant in ("any", "female", "male", "other", "unnamed"):
            value = getattr(part, variant)
            if isinstance(value, str):
                yield (key, variant), value
            for index, line in enumerate(value if isinstance(value, tuple) else ()):
                yield (key, variant, index), line


def _text(loaded: Loaded[CountryPack], form_id: str, key: str, person: Addressee, *,
          accept: bool) -> Filled[str]:
    form = loaded.model.form(form_id)
    if form is None:
        return Filled(None, (_no_form(loaded, form_id),))
    variant, problem = _variant(loaded, form, key, person, accept_unsourced=accept)
    if problem:
        return Filled(None, (problem,))
    text, missing = _fill(getattr(getattr(form, key), variant), person)
    problems = tuple(_missing(loaded, form, key, name, person) for name in missing)
    return Filled(None if problems else text, problems)


def _variant(loaded: Loaded[CountryPack], form: AddressForm, key: str, person: Addressee, *,
             accept_unsourced: bool) -> tuple[str, Problem | None]:
    """Choose `any`, `female`, `male`, `other` or `unnamed`; or refuse."""
    part: TextForm | LinesForm = getattr(form, key)
    gender = person.gender.casefold()
    if part.any is not None:
        return "any", None
    if gender in {"female", "male"}:
        return gender, None
    if form.office and not person.named and not gender and part.unnamed is not None:
        return "unnamed", None
    if part.other is not None and (accept_unsourced or part.strength_of("other") != "g"):
        return "other", None
    why = "no source gives a form that fits" if part.other is None else "nobody has confirmed the form that would fit"
    known = "is neither female nor male" if gender else "is unknown"
    hint = (f"Write female or male in the column 'gender' where it is known, or give 'other' under '{key}' of the form"
            f" '{form.id}' in countries/{loaded.model.code}.yaml with its source.")
    return "", _at(loaded, form, key, person, "unknown-gender",
                   f"the {key} for {person.who} depends on a gender that {known}, and {why}", hint)


def _fill(template: str, person: Addressee) -> tuple[str, list[str]]:
    """Put a person's values into a text; give it and the names of the values that are missing.

    Of several texts, parted by `||`, the first is taken in which nothing is missing; else the first tells what is.
    """
    done = [_fill_one(part.strip(), person) for part in template.split("||")]
    return next((item for item in done if not item[1]), done[0])


def _fill_one(template: str, person: Addressee) -> tuple[str, list[str]]:
    missing: list[str] = []
    dropped = False

    def put(match: re.Match[str]) -> str:
        nonlocal dropped
        value = person.value(match["name"]) or person.value(match["other"] or "") or match["word"] or ""
        if not value and match["drop"]:
            dropped = True
        elif not value and match["name"] not in _VALUES_TO_DROP:
            missing.append(match["name"])
        return value

    text = re.sub(r" {2,}", " ", FIELD.sub(put, template)).strip()
    return ("", []) if dropped else (text, missing)


def _no_form(loaded: Loaded[CountryPack], form_id: str) -> Problem:
    known = [form.id for form in loaded.model.address_forms]
    return loaded.file.problem(("address_forms",), "unknown-form",
                               f"the country pack '{loaded.model.code}' has no form of address '{form_id}'",
                               hint_for(form_id, known, "form of address"), key=True)


def _missing(loaded: Loaded[CountryPack], form: AddressForm, key: str, name: str, person: Addressee) -> Problem:
    return _at(loaded, form, key, person, "missing-value",
               f"the {key} of the form '{form.id}' needs '{name}' ({PLACEHOLDERS.get(name, '')}), which is not given"
               f" for {person.who}", f"Add it in a column '{name}', or choose another form of address.")


def _at(loaded: Loaded[CountryPack], form: AddressForm, key: str, person: Addressee, rule: str, message: str,
        hint: str) -> Problem:
    if person.path:
        return Problem(person.path, person.line, 1 if person.line else 0, "error", rule, message, hint)
    index = loaded.model.address_forms.index(form)
    return loaded.file.problem(("address_forms", index, key), rule, message, hint, key=True)
