"""A campaign and its editions, as frozen models.

In: `campaigns/<name>/campaign.yaml` and `campaigns/<name>/editions/<cc>[-<lang>].yaml`. Out: a `Campaign` and one
`Edition` per country and language. Numbers never stand here: texts print figures of the ledger by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from advokit.fields import Country, Identifier, Language, Localized, MailAddress, Model, WebAddress


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"'{text}' is no colour | Write it as '#1f3a5f', in quotation marks.")
    return text.lower()


Colour = Annotated[str, AfterValidator(_colour)]


def _inside(text: str) -> str:
    if "\\" in text and not text.startswith("\\"):
        raise ValueError(f"'{text}' has a backslash | Write paths with '/' on every system:"
                         f" '{text.replace(chr(92), '/')}'.")
    if text.startswith(("/", "\\", "~")) or ".." in re.split(r"[/\\]", text) or re.match(r"[a-zA-Z][\w+.-]*:", text):
        raise ValueError(f"'{text}' is no path inside the workspace | Write it from the top of the workspace, such as"
                         " 'campaigns/mine/logo.svg'.")
    return text


#: A path from the top of the workspace, with `/`.
WorkspacePath = Annotated[str, AfterValidator(_inside)]


def _kind_of(*endings: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.lower().endswith(endings):
            raise ValueError(f"'{text}' is no file of a kind that is loaded here | Known: {', '.join(endings)}.")
        return text
    return check


#: A path of a picture.
PicturePath = Annotated[WorkspacePath, AfterValidator(_kind_of(".svg", ".png", ".jpg", ".jpeg"))]
#: A path of a font.
FontPath = Annotated[WorkspacePath, AfterValidator(_kind_of(".ttf", ".otf", ".woff", ".woff2"))]


class Contact(Model):
    """Where a reader can report a mistake."""

    name: str
    """Who answers."""
    email: MailAddress | None = None
    """An address that is read."""
    url: WebAddress | None = None
    """A page with a form."""

    @model_validator(mode="after")
    def _some_way(self) -> Contact:
        if not (self.email or self.url):
            raise ValueError("a contact needs 'email' or 'url', so that readers can report a mistake")
        return self


class Typeface(Model):
    """A brand's own typeface: one static font file for each weight and style."""

    regular: FontPath
    """The font file of the regular weight (static TTF or OTF)."""
    bold: FontPath | None = None
    """The font file of the bold weight."""
    italic: FontPath | None = None
    """The font file of the italic."""


class Brand(Model):
    """An organization's look, as data; contrast is checked."""

    name: str
    """The name of the organization, as it stands in the letterhead and in the metadata."""
    logo: PicturePath | None = None
    """The logo: an SVG or PNG file in the workspace."""
    logo_text: str | None = None
    """What the logo shows, for readers who do not see it; without it, the name."""
    accent: Colour | None = None
    """The accent colour, such as '#1f3a5f'; it must be readable on the paper (contrast 4.5:1)."""
    ink: Colour | None = None
    """The colour of the text; it must be readable on the paper (contrast 7:1)."""
    paper: Colour = "#ffffff"
    """The colour behind the text, for the check of contrast."""
    serif: Typeface | None = None
    """The typeface to read."""
    sans: Typeface | None = None
    """The typeface for labels, tables and footers."""
    contact: Contact | None = None
    """Whom to write to; it replaces the campaign's contact."""
    imprint: Localized | None = None
    """The imprint that the law of the publisher's country wants, in a few lines."""


class Ask(Model):
    """The one thing that a document asks its reader to do."""

    text: Localized
    """A question that can be answered with yes or no."""
    why: Localized | None = None
    """Why this, now: a sentence or two of Markdown; figures by name."""
    title: Localized | None = None
    """A few words that name it, for lists."""


def _ask(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


AskField = Annotated[Ask, BeforeValidator(_ask, json_schema_input_type=Ask | str)]


class OwnWords(Model):
    """What is asked of the senders' own words; an edition's keys stand before the campaign's."""

    minimum: Annotated[int, Field(ge=0, le=500)] = 0
    """The least number of own words of a letter; a sender with fewer gets none, and the report names the row."""
    questions: dict[Identifier, Localized] = Field(default_factory=dict)
    """Guided questions, by id; their answers become the sender's paragraph, in this order and unchanged."""

    def over(self, other: OwnWords | None) -> OwnWords:
        """Lay these over others: what is not stated here is as it is there."""
        if other is None:
            return self
        return other.model_copy(update={key: getattr(self, key) for key in self.model_fields_set})


class Campaign(Model):
    """What all editions of a campaign share."""

    name: Identifier
    """The name of its folder."""
    title: Localized
    """The title, per language."""
    summary: Localized
    """What it is about, in one sentence per language."""
    ledger: WorkspacePath
    """The fact file, such as `facts/ukraine-children.yaml`."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """The languages that it has texts in; `check` compares them with each other."""
    documents: Annotated[tuple[Identifier, ...], Field(min_length=1)] = ("brief", "faq", "letter")
    """The documents: brief, faq, letter, and kinds of the campaign's own."""
    asks: dict[Identifier, AskField] = Field(default_factory=dict)
    """The asks that editions choose from, by id."""
    key_figures: Annotated[tuple[Identifier, ...], Field(max_length=3)] = ()
    """At most three figures for the first page."""
    own_words: OwnWords | None = None
    """What every edition asks of the senders' own words."""
    contact: Contact
    """Where a reader can report a mistake."""
    brand: Brand | None = None
    """An organization's look; without it, the built-in design."""


class Recipient(Model):
    """The office or person that an edition's letter goes to by default."""

    office: Identifier | None = None
    """The id of an office of the country pack, such as `foreign-minister`."""
    name: str | None = None
    """The office or person as the first line of the address, where no office of the pack is named."""
    address: tuple[str, ...] = ()
    """The lines of the address below the name."""
    salutation: str | None = None
    """The opening without its last mark, such as 'Dear Foreign Secretary'."""
    closing: str | None = None
    """The closing, such as 'Yours sincerely'."""

    @model_validator(mode="after")
    def _complete(self) -> Recipient:
        lacks = [key for key in ("name", "address", "salutation", "closing") if not getattr(self, key)]
        if lacks and not self.office:
            raise ValueError("a recipient is an 'office' of the country pack, or has 'name', 'address', 'salutation'"
                             f" and 'closing' | Missing here: {', '.join(lacks)}.")
        return self


class Edition(Model):
    """A campaign for one country and language."""

    country: Country
    """ISO 3166-1 alpha-2 in small letters; `eu` and `intl` too."""
    language: Language
    """The language of every document of this edition."""
    title: str | None = None
    """A title of its own."""
    audience: str | None = None
    """For whom the brief is, as its first page says."""
    asks: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """The asks, by id, most important first; the letter asks the first."""
    own_asks: dict[Identifier, AskField] = Field(default_factory=dict)
    """Asks that only this edition has, by id."""
    key_figures: Annotated[tuple[Identifier, ...], Field(max_length=3)] = ()
    """At most three figures for the first page, instead of the campaign's."""
    record: tuple[Identifier, ...] = ()
    """Claims and figures of the ledger: what this country's government and parliament have done."""
    recipient: Recipient | None = None
    """To whom the letter goes by default."""
    by_party: dict[str, Identifier] = Field(default_factory=dict)
    """Party or bloc, as the table of people names it → name of its letter: `labour` stands for `letter-labour.md`."""
    own_words: OwnWords | None = None
    """What the edition asks of the senders' own words, where it is not what the campaign asks."""
    place: str | None = None
    """The place before the date of a letter, in countries that write it."""
    window: Identifier | None = None
    """The window of the envelopes, where it is not the first of the country pack, such as `no-10`."""
    enclosures: tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)], ...] = ()
    """What is in the envelope beside the letter; the titles stand below the signature."""
    texts: dict[Identifier, str] = Field(default_factory=dict)
    """Passages of Markdown that the shared texts print with `{{ text("name") }}`."""
    documents: tuple[Identifier, ...] = ()
    """The documents of this edition, where they are not all of the campaign's."""
    brand: Brand | None = None
    """A look of its own, instead of the campaign's."""


def edition_name(edition: Edition, name: str) -> str:
    """Check that the name of an edition's file fits its country and language; give the name it should have."""
    expected = {edition.country, f"{edition.country}-{edition.language}"}
    return name if name in expected else f"{edition.country}-{edition.language}"


class TextHead(Model):
    """What stands between `---` lines above a Markdown text."""

    title: str | None = None
    """The title of the document; figures by name."""
    summary: str | None = None
    """The answer in at most three sentences, as Markdown; figures by name."""
    subject: str | None = None
    """The subject line of a letter."""
    description: str | None = None
    """One sentence for search engines and the PDF's metadata; figures by name."""
