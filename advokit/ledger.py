"""The ledger: sources, figures and claims of one fact file, as frozen models.

In: `facts/<topic>.yaml`. Out: a `Ledger` whose fields each say what they mean, and its digest. Sources follow
CSL-JSON (citationstyles.org), evidence follows the W3C TextQuoteSelector, dates are EDTF (`dates.py`). What a figure
may be used for is the work of the rules; here stands only what was counted, by whom, when, and in which words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from advokit.dates import DateField, PartialDate
from advokit.fields import Country, Duration, Identifier, Language, Localized, Model, WebAddress

Tier = Literal["primary", "secondary", "opinion"]
Kind = Literal["stock", "flow", "cumulative", "event"]
Qualifier = Literal["exact", "at_least", "more_than", "about", "nearly", "up_to", "fewer_than"]
Method = Literal["registered", "confirmed", "estimated", "testimony", "asserted", "derived"]
Status = Literal["current", "disputed", "needs_primary", "withheld", "retired"]
Difference = Literal["scope", "definition", "method", "attribution"]
Sensitivity = Literal["none", "minor", "victim", "graphic", "security"]
ClaimKind = Literal["law", "finding", "act", "position", "testimony", "accusation", "reply", "date", "context"]
SourceType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "dataset", "document", "hearing", "interview", "legal_case", "legislation", "manuscript", "motion_picture",
    "pamphlet", "paper-conference", "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "song", "speech", "standard", "statute", "thesis", "treaty", "webpage",
]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


class Name(Model):
    """A CSL name: `literal` for an organization, `family` and `given` for a person."""

    literal: str | None = None
    """The whole name of an organization."""
    family: str | None = None
    """A person's family name."""
    given: str | None = None
    """A person's given names."""

    @model_validator(mode="after")
    def _one_form(self) -> Name:
        if bool(self.literal) == bool(self.family):
            raise ValueError("a name is either 'literal' (an organization) or 'family' with 'given' (a person)")
        return self

    def __str__(self) -> str:
        """Give the name in reading order."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Copy(Model):
    """The text of a source as we read it, kept under `facts/archive/`."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the copy, 64 hexadecimal digits."""
    captured: DateField
    """The day on which the copy was taken."""


class Source(Model):
    """Where words were read: one CSL-JSON item."""

    type: SourceType
    """The CSL type, such as `webpage`, `report`, `legislation`."""
    title: str
    """The title as displayed, in the language of the source."""
    title_translated: dict[Language, str] = Field(default_factory=dict)
    """The title in other languages, where readers need it."""
    author: tuple[Name, ...] = ()
    """Who wrote it: CSL names."""
    publisher: str | None = None
    """Who published it."""
    container_title: str | None = Field(None, alias="container-title")
    """The journal, newspaper or site in which it stands."""
    issued: DateField | None = None
    """The date of publication."""
    accessed: DateField | None = None
    """The day on which it was read."""
    URL: WebAddress | None = None
    """Its address."""
    DOI: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    """Its DOI, without https://doi.org/."""
    number: str | None = None
    """The number of a document, bill or resolution."""
    language: Language | None = None
    """The language of its words."""
    tier: Tier
    """`primary` (the one who counted or acted), `secondary` (press, relays) or `opinion`."""
    short: Localized | None = None
    """A short name for the citation footer; without it, author or publisher."""
    copy_: Copy | None = Field(None, alias="copy")
    """The copy that we hold."""
    note: str | None = None
    """For editors; never printed."""


class Evidence(Model):
    """The exact words in a source that say it (W3C TextQuoteSelector)."""

    source: Identifier
    """The id of the source that says it."""
    quote: Annotated[str, Field(min_length=3)]
    """Its exact words, at most twelve; `…` stands for words left out."""
    prefix: str | None = None
    """The words just before, where the quote occurs twice."""
    suffix: str | None = None
    """The words just after, where the quote occurs twice."""
    via: Identifier | None = None
    """The id of the relay in which the words of the source were read; without it, the source itself was read."""
    language: Language | None = None
    """The language of the quote, where it is not that of the source read."""

    @property
    def read_in(self) -> str:
        """The id of the source whose copy holds the words."""
        return self.via or self.source


Evidences = Annotated[tuple[Evidence, ...], BeforeValidator(_as_list, json_schema_input_type=Evidence | list[Evidence]),
                      Field(min_length=1)]
Identifiers = Annotated[tuple[Identifier, ...],
                        BeforeValidator(_as_list, json_schema_input_type=Identifier | list[Identifier])]


#: Most digits of a value before and after its decimal mark; a count of everything on Earth has fewer.
MAX_DIGITS = 24


def _count(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if value.adjusted() >= MAX_DIGITS or (isinstance(exponent, int) and exponent < -MAX_DIGITS):
        raise ValueError(f"the value has more than {MAX_DIGITS} digits before or after its decimal mark | Look for a"
                         " digit too many, or an exponent.")
    return value


Count = Annotated[Decimal, AfterValidator(_count)]


class Observation(Model):
    """One value of a figure, counted by someone, as of a date, with the words that say so."""

    id: Identifier
    """The name of this observation, unique in the ledger."""
    value: Count | None = None
    """The number, in digits with a point as decimal mark; or give `low` and `high`."""
    low: Count | None = None
    """The lower end of a range."""
    high: Count | None = None
    """The upper end of a range."""
    qualifier: Qualifier = "exact"
    """How the quote binds the number: exact, at_least, more_than, about, nearly, up_to, fewer_than."""
    as_of: DateField
    """The date for which it was counted."""
    as_of_basis: Literal["stated", "publication", "inferred"] = "stated"
    """Whether the source states that date, or it is the date of publication, or inferred."""
    counted_by: str
    """Who counted: the id of an organization of the ledger, or a name."""
    scope: Localized | None = None
    """What is counted and where."""
    leaves_out: Localized | None = None
    """What this count leaves out, for readers who compare."""
    method: Method | None = None
    """How: registered, confirmed, estimated, testimony, asserted, derived."""
    formula: str | None = None
    """For `derived`: how, in terms of `inputs`."""
    inputs: Identifiers = ()
    """For `derived`: the observations it is computed from."""
    evidence: Evidences
    """The source and the exact words in it; a list where several say it."""
    status: Status = "current"
    """current, disputed, needs_primary, withheld, retired."""
    supersedes: Identifiers = ()
    """Older observations of the same figure that this one replaces."""
    disputes: Identifiers = ()
    """Observations (of any figure) that this one contradicts."""
    differs_by: Annotated[tuple[Difference, ...],
                          BeforeValidator(_as_list, json_schema_input_type=Difference | list[Difference])] = ()
    """Why the disputed counts differ: scope, definition, method, attribution."""
    same_origin_as: Identifiers = ()
    """Observations that repeat the same origin: not a second confirmation."""
    sensitivity: Sensitivity = "none"
    """none, minor, victim, graphic, security."""
    wording: dict[Language, str] = Field(default_factory=dict)
    """A whole statement per language, with {value}, {unit}, {as_of}, {as_of_phrase}, {counted_by}."""
    note: str | None = None
    """For editors; never printed."""

    @model_validator(mode="after")
    def _value_or_range(self) -> Observation:
        if self.value is None and (self.low is None or self.high is None):
            raise ValueError(f"'{self.id}' needs 'value', or 'low' and 'high'")
        if self.value is not None and (self.low is not None or self.high is not None):
            raise ValueError(f"'{self.id}' has both 'value' and a range; keep one")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"'{self.id}': 'low' must be less than 'high'")
        if (self.method == "derived") != bool(self.formula and self.inputs):
            raise ValueError(f"'{self.id}': method 'derived' goes with 'formula' and 'inputs', and only with them")
        return self

    @property
    def number(self) -> Decimal:
        """The value that plural forms and charts use: the value, or the upper end of the range."""
        return self.value if self.value is not None else self.high if self.high is not None else Decimal(0)

    @property
    def machine_value(self) -> str:
        """The value for `<data value=…>`: digits, or `low..high`."""
        return str(self.value) if self.value is not None else f"{self.low}..{self.high}"


def _forms(value: Any) -> Any:
    if isinstance(value, str):
        return {"other": value}
    if isinstance(value, list):
        keys = {1: ("other",), 2: ("one", "other")}.get(len(value))
        if not keys:
            raise ValueError("a unit has one or two forms in a list; write more as {one: …, few: …, many: …, other: …}")
        return dict(zip(keys, value, strict=True))
    return value


PluralForms = Annotated[dict[Literal["zero", "one", "two", "few", "many", "other"], str],
                        BeforeValidator(_forms, json_schema_input_type=str | list[str] | dict[str, str])]


class Figure(Model):
    """Something countable that documents may print: a series of observations."""

    label: Localized
    """What it is, per language."""
    unit: dict[Language, PluralForms] = Field(default_factory=dict)
    """The unit per language: [child, children], or by CLDR plural category."""
    kind: Kind
    """stock (how many at a time), flow (in a period), cumulative (so far), event (once)."""
    stale_after: Duration | None = None
    """How long an observation stays fresh, such as `180 days`; without it, it does not age."""
    series: bool = True
    """Whether all observations count the same thing in the same way, so that they may be charted as one series."""
    observations: Annotated[tuple[Observation, ...], Field(min_length=1)]
    """The counts, in any order."""
    sensitivity: Sensitivity = "none"
    """none, minor, victim, graphic, security."""
    note: str | None = None
    """For editors; never printed."""

    @property
    def in_order(self) -> tuple[Observation, ...]:
        """The observations from the oldest to the newest."""
        return tuple(sorted(self.observations, key=lambda item: (item.as_of.last, item.as_of.first, item.id)))

    @property
    def printable(self) -> tuple[Observation, ...]:
        """The observations that documents may print as counts, from the oldest to the newest."""
        return tuple(item for item in self.in_order if item.status not in {"withheld", "retired"})

    @property
    def current(self) -> Observation | None:
        """The newest observation that is neither superseded, withheld nor retired."""
        superseded = {name for item in self.observations for name in item.supersedes}
        fresh = [item for item in self.printable if item.id not in superseded]
        return fresh[-1] if fresh else None

    @property
    def disputed(self) -> bool:
        """Whether counts of this figure contradict one another."""
        return any(item.status == "disputed" or item.disputes for item in self.printable)


class Claim(Model):
    """The same for what is not a number: a legal act, a finding, a date, a position."""

    kind: ClaimKind
    """law, finding, act, position, testimony, accusation, reply, date, context."""
    statement: Localized
    """The sentence, per language, as documents print it; it names who says so. `{as_of}` prints the date in the form of
    each country."""
    as_of: DateField | None = None
    """The date of the act or statement."""
    stated_by: str | None = None
    """Who says or did it: the id of an organization of the ledger, or a name."""
    country: Country | None = None
    """For the acts of a government or parliament: whose."""
    evidence: Evidences
    """The source and the exact words in it; a list where several say it."""
    status: Status = "current"
    """current, disputed, needs_primary, withheld, retired."""
    stale_after: Duration | None = None
    """How long it stays fresh; without it, it does not age."""
    replies: Identifiers = ()
    """For an accusation: the claims that record the reply of the accused."""
    disputes: Identifiers = ()
    """Claims that this one contradicts."""
    sensitivity: Sensitivity = "none"
    """none, minor, victim, graphic, security."""
    note: str | None = None
    """For editors; never printed."""


class Organization(Model):
    """Who counts, states or acts (Popolo: organization)."""

    name: Localized
    """The name, per language."""
    genitive: Localized | None = None
    """The name in the genitive, for languages that need it after "according to"."""


class Ledger(Model):
    """Sources, figures and claims of one fact file."""

    title: Localized | None = None
    """What the ledger is about."""
    note: str | None = None
    """For editors; never printed."""
    organizations: dict[Identifier, Organization] = Field(default_factory=dict)
    """Who counts and states, by id; optional: `counted_by` may also be a plain name."""
    sources: dict[Identifier, Source]
    """The sources, by id."""
    figures: dict[Identifier, Figure] = Field(default_factory=dict)
    """The figures, by id."""
    claims: dict[Identifier, Claim] = Field(default_factory=dict)
    """The claims, by id."""

    @cached_property
    def canonical(self) -> str:
        """The ledger as canonical JSON: sorted keys, no spaces, nothing that holds only a default."""
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @cached_property
    def observations(self) -> dict[str, tuple[str, Observation]]:
        """Every observation by its id, with the id of its figure."""
        return {item.id: (name, item) for name, figure in self.figures.items() for item in figure.observations}

    @cached_property
    def superseded_by(self) -> dict[str, str]:
        """For each superseded observation the id of the one that replaces it."""
        return {old: item.id for _, item in self.observations.values() for old in item.supersedes}

    def counter_name(self, counted_by: str) -> Localized:
        """Give the name of an organization by its id, or the plain name as it stands."""
        found = self.organizations.get(counted_by)
        return found.name if found else {"und": counted_by}


def entries(ledger: Ledger) -> Iterator[tuple[tuple[str | int, ...], Observation | Claim]]:
    """Walk through everything that rests on evidence, each with its key path in the file."""
    for name, figure in ledger.figures.items():
        for index, observation in enumerate(figure.observations):
            yield ("figures", name, "observations", index), observation
    for name, claim in ledger.claims.items():
        yield ("claims", name), claim


__all__ = ["Claim", "Copy", "Evidence", "Figure", "Ledger", "Name", "Observation", "Organization", "PartialDate",
           "Source", "entries"]
