"""The model of a country pack: how letters are laid out, addressed, opened, closed and sent in one country.

In: `countries/<cc>.yaml`. Out: a frozen `CountryPack` in which every convention says how well it is known (`strength`),
where it was read (`source`) and when (`reviewed`). Measures are millimetres from the left and top edge of the sheet,
as in DIN 5008; date patterns are those of Unicode CLDR; languages are BCP 47 tags; countries ISO 3166-1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, PlainValidator, model_validator

from advokit.fields import ANY_LANGUAGE, Country, Duration, Identifier, Language, Localized, Model, WebAddress
from advokit.people import sort_key
from advokit.yamlfile import KeyPath

Strength = Literal["s", "w", "g"]
Gender = Literal["female", "male", "other"]
PaperName = Literal["a4", "letter"]
Rule = Literal["own-member", "own-area", "residents", "anyone"]

#: Width and height of the papers, in millimetres (ISO 216; ANSI/ASME Y14.1).
PAPER_SIZES: dict[PaperName, tuple[float, float]] = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}

#: The variants that a form may give in place of `any`.
VARIANTS = ("female", "male", "other", "unnamed")


#: Words that bind the name of a chamber and that of its country, as `people.sort_key` leaves them.
_BINDING = frozenset({"the", "of", "de", "del", "della", "des", "di", "du", "der", "van", "la", "le"})


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"'{value}' is no day | Write it as 2026-11-22.") from None


_DayText = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]

#: A day of the calendar, written `2026-11-22`.
Day = Annotated[dt.date, PlainValidator(_day, json_schema_input_type=_DayText),
                PlainSerializer(dt.date.isoformat, return_type=str)]

#: A measure in millimetres.
Millimetres = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


def _lines(value: Any) -> Any:
    return {ANY_LANGUAGE: value} if isinstance(value, list | tuple) else value


#: Lines of an address, or such lines per language: `{nl: […], fr: […]}`.
Lines = Annotated[tuple[str, ...], Field(min_length=1)]
LocalizedLines = Annotated[dict[str, Lines], BeforeValidator(_lines, json_schema_input_type=Lines | dict[str, Lines])]


class PackSource(Model):
    """Where conventions were read."""

    title: str
    """The title as displayed."""
    publisher: str | None = None
    """Who published it."""
    url: WebAddress | None = None
    """Its address; left out where only a copy was read."""
    read_at: str | None = None
    """Where the words were read, when not at its own address."""


class Part(Model):
    """How well one part of a convention is known, where it differs from the rest."""

    strength: Strength
    """`s`, `w` or `g`, as for a convention."""
    source: Identifier | None = None
    """The id of the source; without it that of the whole convention, or none for `g`."""
    note: str | None = None
    """What was read, in a few words."""


class Convention(Model):
    """One convention and how well it is known."""

    strength: Strength
    """`s`: an official or standard source was read; `w`: a weaker one; `g`: general knowledge, unchecked."""
    source: Identifier | None = None
    """The id of the source, one of the pack's `sources`; none for `g`."""
    reviewed: Day | None = None
    """The day on which it was last compared with its source; without it the pack's `reviewed`."""
    confirm_at: str | None = None
    """Who or what would settle it."""
    note: str | None = None
    """Limits and disagreements, for editors; never printed."""
    parts: dict[str, Part] = Field(default_factory=dict)
    """The parts of the convention that are known better or worse than the rest, by key."""

    @model_validator(mode="after")
    def _sourced(self) -> Convention:
        if self.strength != "g" and not self.source:
            raise ValueError(f"the strength '{self.strength}' needs a source | Name one of 'sources' as 'source', or"
                             " write 'strength: g' for what nobody has checked.")
        if self.strength == "g" and self.source:
            raise ValueError("a convention with a source is not general knowledge | Write 'strength: s' for an"
                             " official source or 'strength: w' for a weaker one.")
        for name in self.parts:
            if name not in type(self).model_fields or name in Convention.model_fields:
                raise ValueError(f"'parts' names '{name}', which this convention does not have")
        return self

    def strength_of(self, part: str) -> Strength:
        """Tell how well a part (such as `other`) is known."""
        return self.parts[part].strength if part in self.parts else self.strength


def _one_way(form: Any) -> None:
    if form.any is None and (form.female is None or form.male is None):
        raise ValueError("a form is either 'any', or 'female' and 'male' (with 'other' and 'unnamed' where they are"
                         " known)")
    if form.any is not None and any(getattr(form, name) is not None for name in VARIANTS):
        raise ValueError("'any' stands alone | Remove it, or remove 'female', 'male', 'other' and 'unnamed'.")


class TextForm(Convention):
    """Words that may differ with the person's gender; placeholders as in docs/countries.md."""

    any: str | None = None
    """The words that fit everyone."""
    female: str | None = None
    """To a woman."""
    male: str | None = None
    """To a man."""
    other: str | None = None
    """To a person whose gender is neither or unknown; used only where a source gives it."""
    unnamed: str | None = None
    """To an office of which nobody is named."""

    @model_validator(mode="after")
    def _form(self) -> TextForm:
        _one_way(self)
        return self


class LinesForm(Convention):
    """Lines of an address that may differ with the person's gender; placeholders as in docs/countries.md."""

    any: Lines | None = None
    """The lines that fit everyone."""
    female: Lines | None = None
    """To a woman."""
    male: Lines | None = None
    """To a man."""
    other: Lines | None = None
    """To a person whose gender is neither or unknown."""
    unnamed: Lines | None = None
    """To an office of which nobody is named."""

    @model_validator(mode="after")
    def _form(self) -> LinesForm:
        _one_way(self)
        return self


class Paper(Convention):
    """The paper that letters are written on."""

    value: PaperName
    """`a4` or `letter`."""


class Rect(Model):
    """A rectangle on the sheet, in millimetres from its left and top edge."""

    left: Millimetres
    """From the left edge of the sheet."""
    top: Millimetres
    """From the top edge of the sheet."""
    width: Annotated[Millimetres, Field(gt=0)]
    """Its width."""
    height: Annotated[Millimetres, Field(gt=0)]
    """Its height."""

    @property
    def right(self) -> float:
        """Give the distance of its right edge from the left edge of the sheet."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Give the distance of its lower edge from the top edge of the sheet."""
        return self.top + self.height

    def common(self, other: Rect) -> Rect:
        """Give the part that lies in both; without area where there is none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Rect.model_construct(left=left, top=top, width=max(min(self.right, other.right) - left, 0.0),
                                    height=max(min(self.bottom, other.bottom) - top, 0.0))

    def around(self, *others: Rect) -> Rect:
        """Give the least rectangle around this one and others."""
        left, top = min(self.left, *(o.left for o in others)), min(self.top, *(o.top for o in others))
        return Rect.model_construct(left=left, top=top, width=max(self.right, *(o.right for o in others)) - left,
                                    height=max(self.bottom, *(o.bottom for o in others)) - top)

    def holds(self, inner: Rect) -> bool:
        """Tell whether another rectangle lies wholly inside, to a hundredth of a millimetre."""
        slack = 0.01
        return (inner.left >= self.left - slack and inner.top >= self.top - slack
                and inner.right <= self.right + slack and inner.bottom <= self.bottom + slack)


#: Space kept free on every side of an address where its standard names none, in millimetres.
CLEARANCE = 3.0


class Envelope(Model):
    """An envelope with its window, measured from its own left and top edge; the sheet slips in it as far as it can."""

    name: str
    """What it is called, such as `#10` or `DL`."""
    width: Annotated[Millimetres, Field(gt=0)]
    """Its width."""
    height: Annotated[Millimetres, Field(gt=0)]
    """Its height."""
    window: Rect
    """The window in it."""

    def positions(self, width: float, panels: tuple[float, ...]) -> tuple[Rect, Rect]:
        """Give the window as places on a sheet folded into those panels, pushed right and down, and left and up.

        The first fold is the lower edge of what is put in, so a first panel that is shorter lies deeper.
        """
        high = max(panels)
        across, down = max(self.width - width, 0.0), max(self.height - high, 0.0)
        up = self.window.model_copy(update={"top": self.window.top - (high - panels[0])})
        return up.model_copy(update={"left": up.left - across, "top": up.top - down}), up


class Window(Convention):
    """Where the recipient's address stands on the first page, and what an envelope's window shows."""

    id: Identifier
    """The name by which an edition asks for it, such as `form-b`; the first of a pack is the usual one."""
    standard: str | None = None
    """The standard that describes it, such as `DIN 5008`."""
    in_envelope: bool = True
    """False where no envelope window is claimed: then it is only the place of the address."""
    side: Literal["left", "right"]
    """The side of the sheet on which it stands."""
    box: Rect
    """The window."""
    address_zone: Rect | None = None
    """The part of it in which the address stands; without it the whole window."""
    return_zone: Rect | None = None
    """The part of it for the line with the sender's address and for postal remarks, where there is one."""
    max_lines: Annotated[int, Field(ge=1, le=12)] | None = None
    """The most lines that an address may have."""
    max_characters: Annotated[int, Field(ge=10, le=80)] | None = None
    """The most characters that a line of it may have."""
    clearance: Millimetres | None = None
    """How far the address must stay from the window's edges, also when the sheet has slipped in the envelope."""
    shift: Millimetres | None = None
    """How far the sheet may slip in the envelope to either side, where no `envelope` says it better."""
    envelope: Envelope | None = None
    """The envelope; with it the part of the sheet that is seen however it slips is computed."""
    body_from: Millimetres | None = None
    """The height from which on the page's other text may begin."""
    folds: tuple[Millimetres, ...] = ()
    """Where the sheet is folded for this window; without it the pack's `folds`."""

    @property
    def zone(self) -> Rect:
        """Give the rectangle in which the address stands."""
        return self.address_zone or self.box

    def safe(self, paper: PaperName, folds: tuple[float, ...] = ()) -> Rect:
        """Give the part of the zone that is seen, with the clearance, however the sheet slips; may be without area."""
        always, _ = self._slipping(paper, folds)
        free = CLEARANCE if self.clearance is None else self.clearance
        zone = self.zone
        left, top = max(zone.left, always.left + free), max(zone.top, always.top + free)
        right, bottom = min(zone.right, always.right - free), min(zone.bottom, always.bottom - free)
        return Rect.model_construct(left=left, top=top, width=max(right - left, 0.0), height=max(bottom - top, 0.0))

    def exposed(self, paper: PaperName, folds: tuple[float, ...] = ()) -> Rect:
        """Give the part of the sheet that the window can show at all, however the sheet slips."""
        return self._slipping(paper, folds)[1]

    def _slipping(self, paper: PaperName, folds: tuple[float, ...]) -> tuple[Rect, Rect]:
        """Give what the window always shows and what it ever shows."""
        if self.envelope:
            width, height = PAPER_SIZES[paper]
            at = (0.0, *(self.folds or folds), height)
            panels = tuple(below - above for above, below in pairwise(at))
            one, other = self.envelope.positions(width, panels)
        else:
            slip = self.shift or 0.0
            one, other = (self.box.model_copy(update={"left": self.box.left + by, "top": self.box.top + by})
                          for by in (-slip, slip))
        return one.common(other), one.around(other, self.box)


class Folds(Convention):
    """Where a sheet is folded and punched."""

    at: tuple[Millimetres, ...]
    """The folds, from the top edge of the sheet."""
    hole: Millimetres | None = None
    """The mark for the hole punch, from the top edge of the sheet, where one is usual."""


class SenderPlace(Convention):
    """Where the sender's name and address stand."""

    place: Literal["top-left", "top-right", "window-line"]
    """`window-line` is one small line above the address, with the whole sender at the top of the page."""
    with_name: bool = True
    """False where the block holds the address only and the name stands under the signature."""


class DateLine(Convention):
    """The line with place and date."""

    format: Annotated[str, Field(min_length=1)]
    """The date as a pattern of Unicode CLDR, such as `d MMMM y`."""
    with_place: str | None = None
    """Place and date, such as `{place}, le {date}`; left out where letters carry no place."""
    alone: str = "{date}"
    """The date without a place."""
    first_of_month: str | None = None
    """How the first day of a month is written, such as `1er`, where CLDR has only the number."""
    side: Literal["left", "right"]
    """The side on which it stands."""

    @model_validator(mode="after")
    def _placeholders(self) -> DateLine:
        if "{date}" not in self.alone or (self.with_place and not all(part in self.with_place
                                                                      for part in ("{date}", "{place}"))):
            raise ValueError("'with_place' needs {place} and {date}, 'alone' needs {date}")
        return self


class Subject(Convention):
    """The line that says what the letter is about."""

    used: Literal["always", "optional", "never"]
    """Whether a letter has one."""
    prefix: str = ""
    """The word before it, such as `Objet :`."""
    position: Literal["before-salutation", "after-salutation"]
    """Where it stands."""


class SalutationMark(Convention):
    """The mark after the salutation."""

    mark: str
    """The mark, or an empty text."""
    next_line: Literal["capital", "small"]
    """How the first line of the text begins: with a capital, or small (apart from words that always have one)."""


class ClosingMark(Convention):
    """The mark after the closing."""

    mark: str
    """The mark, or an empty text."""
    sentence: bool = False
    """True where the closing is a whole sentence, set as a paragraph, which carries its own stop."""


class Notation(Convention):
    """The words for enclosures and references."""

    enclosure: str | None = None
    """Before the title of one enclosure, such as `Enc.`."""
    enclosures: str | None = None
    """Before the titles of several, where it is another word."""
    reference: str | None = None
    """Before a reference number: a private person's words (`My ref`), where guides give an office's (`Our ref`)."""


class Layout(Model):
    """How a letter in one language is laid out."""

    sender: SenderPlace
    """Where the sender stands."""
    date: DateLine
    """Place and date."""
    subject: Subject
    """The subject line."""
    salutation_mark: SalutationMark
    """The mark after the salutation."""
    closing_mark: ClosingMark
    """The mark after the closing."""
    notation: Notation
    """Enclosures and references."""


class MemberTitle(Convention):
    """What members of a chamber are called."""

    words: dict[Language, dict[Literal["any", "female", "male"], str]]
    """The title per language: `any`, or `female` and `male`."""
    post_nominal: Localized | None = None
    """The letters after the name, such as `MP`."""
    prefix: Localized | None = None
    """The word before the name, such as `On.`."""


class PostalAddress(Convention):
    """The address of a chamber or an office, without the name of a person."""

    lines: LocalizedLines
    """Its lines, from the name of the house to the place."""

    def for_language(self, language: str) -> tuple[str, ...]:
        """Give the lines for a language, or those of the pack's first language."""
        base = language.partition("-")[0]
        return (self.lines.get(language) or self.lines.get(base) or self.lines.get(ANY_LANGUAGE)
                or next(iter(self.lines.values())))


class Chamber(Model):
    """A house of a parliament."""

    id: Identifier
    """The short name by which forms refer to it; people's files may use it in the column `chamber`."""
    name: Localized
    """Its name per language."""
    aliases: tuple[str, ...] = ()
    """What else data sets call it, such as `lower`."""
    elected: bool
    """Whether its members are elected by the people, directly or not."""
    member: MemberTitle
    """What its members are called."""
    postal_address: PostalAddress
    """Where letters to its members go."""


class Office(Model):
    """An office that letters can go to without naming a person."""

    id: Identifier
    """The name by which an edition asks for it, such as `foreign-minister`."""
    title: Localized
    """What the office is called."""
    postal_address: PostalAddress
    """Where letters to it go."""


class AddressForm(Model):
    """How one kind of recipient is addressed in one language."""

    id: Identifier
    """The name of the form, such as `gb-mp`."""
    chamber: Identifier | None = None
    """The chamber whose members it is for; its postal address follows the form's own lines."""
    office: Identifier | None = None
    """The office that it is for; its postal address follows the form's own lines."""
    rank: Identifier | None = None
    """The rank or role that it is for, such as `speaker`; without it the form is the usual one."""
    honorifics: tuple[str, ...] = ()
    """Honorifics in a people's file that mean this rank, such as `Sir`."""
    recipient: str
    """For whom it is, in a few words."""
    language: Language
    """The language of the letter."""
    address: LinesForm
    """The lines before the postal address."""
    salutation: TextForm
    """The salutation, without its mark."""
    closing: TextForm
    """The closing, without its mark unless it is a sentence."""

    @model_validator(mode="after")
    def _one_house(self) -> AddressForm:
        if bool(self.chamber) == bool(self.office):
            raise ValueError("a form is for the members of one 'chamber' or for one 'office'")
        return self


class Constituency(Convention):
    """The words for the area that a member represents."""

    words: dict[Language, Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]]
    """Singular and plural, per language."""


class Finder(Convention):
    """The service with which people find their representatives."""

    name: str
    """What it is called."""
    operator: str
    """Who runs it."""
    url: WebAddress
    """Its address."""
    by: str
    """What one searches by."""


class Postcode(Convention):
    """The form of a postcode."""

    form: str
    """In words: 9 for a digit, A for a letter."""
    pattern: str
    """As a regular expression, for the whole postcode."""
    example: str
    """A postcode that exists."""
    position: str
    """Where it stands in an address."""


class Advice(Convention):
    """Something that a sender should know."""

    text: Localized
    """The advice, per language; at least in English."""


class FreePost(Advice):
    """Whether letters to representatives need a stamp."""

    free: bool
    """True where some need none."""
    chambers: tuple[Identifier, ...] = ()
    """The chambers to which post is free."""


class Screening(Advice):
    """Whether post is delayed by security checks."""

    delayed: bool
    """True where letters are known to be late for weeks."""


class WhoMayWrite(Advice):
    """Who may write to whom."""

    chamber: Identifier
    """The chamber that it is about."""
    rule: Rule
    """`own-member` (only to one's own), `own-area` (first to those of one's area), `residents` or `anyone`."""


class Custom(Advice):
    """Another habit that a sender should know."""

    id: Identifier
    """Its name."""


class CountryPack(Model):
    """A country's conventions."""

    code: Country
    """The country: its two letters in small, `eu` or `intl`; also the name of the file."""
    name: Localized
    """The country's name per language."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """The languages in which letters are written there, the usual one first."""
    reviewed: Day
    """The day on which the conventions were last compared with their sources."""
    review_after: Duration = dt.timedelta(days=365)
    """After how long they need another look; one year unless said otherwise."""
    sources: dict[Identifier, PackSource] = Field(default_factory=dict)
    """Where the conventions were read, by id."""
    paper: Paper
    """The paper."""
    windows: tuple[Window, ...] = ()
    """The places of the address, the usual one first."""
    folds: Folds | None = None
    """The folds and the hole mark."""
    layout: dict[Language, Layout]
    """How a letter is laid out, per language."""
    chambers: tuple[Chamber, ...] = ()
    """The houses of the parliament."""
    offices: tuple[Office, ...] = ()
    """The offices that letters can go to; the first is the usual one."""
    address_forms: tuple[AddressForm, ...] = ()
    """The forms of address."""
    constituency: Constituency | None = None
    """The words for a constituency."""
    finder: Finder | None = None
    """The service with which people find their representatives."""
    postcode: Postcode | None = None
    """The postcode."""
    free_post: FreePost | None = None
    """Whether post is free."""
    screening: Screening | None = None
    """Whether post is late."""
    who_may_write: tuple[WhoMayWrite, ...] = ()
    """Who may write to whom, per chamber."""
    customs: tuple[Custom, ...] = ()
    """Other habits."""

    def window(self, name: str | None = None) -> Window | None:
        """Give a window by its id, or the usual one."""
        if name is None:
            return self.windows[0] if self.windows else None
        return next((window for window in self.windows if window.id == name), None)

    def chamber(self, name: str) -> Chamber | None:
        """Give a chamber by its id."""
        return next((chamber for chamber in self.chambers if chamber.id == name), None)

    def chamber_named(self, words: str) -> Chamber | None:
        """Find the chamber that a data set means, whatever its accents and the number of its term (`34th Dáil`).

        It is meant by its id, name or alias, by the beginning of its name alone (`Tweede Kamer`), or by its name beside
        that of the country (`UK House of Commons`). Other words beside it are another's: a state has a house too.
        """
        whole = sort_key(words)
        told = re.sub(r"^\d+(?:st|nd|rd|th|e|er|a|o)? ", "", whole)
        names = [(sort_key(name), chamber) for chamber in self.chambers
                 for name in (chamber.id, *chamber.name.values(), *chamber.aliases)]
        for means in (
            [chamber for name, chamber in names if name == whole],
            [chamber for name, chamber in names if told and name.startswith(f"{told} ")],
            [chamber for name, chamber in names if f" {name} " in f" {told} "
             and all(map(self._is_own, f" {told} ".replace(f" {name} ", " ", 1).split()))],
        ):
            found = {chamber.id: chamber for chamber in means}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _is_own(self, word: str) -> bool:
        """Tell whether a word is of the country's name (`Belgian`, `de España`), or binds one."""
        own = {part for name in self.name.values() for part in sort_key(name).split()}
        return (word in own | _BINDING or word == self.code
                or (len(word) > 5 and any(part[:5] == word[:5] for part in own)))  # a state is none of the States

    def office(self, name: str | None = None) -> Office | None:
        """Give an office by its id, or the one that letters go to by default."""
        if name is None:
            return self.offices[0] if self.offices else None
        return next((office for office in self.offices if office.id == name), None)

    def form(self, name: str) -> AddressForm | None:
        """Give a form of address by its id."""
        return next((form for form in self.address_forms if form.id == name), None)


def walk(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Convention]]:
    """Give every convention in a pack or in a part of it, with its place."""
    if isinstance(value, Convention):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))
