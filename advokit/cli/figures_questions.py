"""The questions of `figures add` and `figures update`, each with its check.

In: the ledger, the archive and the answers given so far. Out: the `Question`s that apply, in their order, and the
observation that the answers make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from pydantic import ValidationError

from advokit.archive import Archive
from advokit.dates import PartialDate
from advokit.ledger import Difference, Evidence, Kind, Ledger, Method, Observation, Qualifier, SourceType, Tier
from advokit.problems import hint_for, nearest
from advokit.questions import Answers, Check, Question, Wrong
from advokit.quotes import CopyText, differences, find, normalise, quote_language, read
from advokit.safeguarding import PrivateList, guard_for

#: How a new count stands to an older one.
RELATIONS = ("supersedes", "disputes", "same_origin_as", "beside")
_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_RANGE = re.compile(r"(\S+?)\s*(?:\.\.|–|—|\sto\s)\s*(\S+)")


@dataclass(frozen=True)
class Room:
    """What the questions know."""

    ledger: Ledger
    archive: Archive
    languages: tuple[str, ...]
    figure: str | None = None
    """The figure that gets a new observation; None for a new figure."""
    private: PrivateList | None = None


def questions_for(room: Room, given: Answers) -> Iterator[Question]:
    """List the questions that apply; a generator, so that each sees the answers before it."""
    for question in _questions(room, given):
        yield Question(
            question.key,
            question.text,
            question.help,
            _guarded(room, question),
            question.choices,
            question.default,
            question.note,
        )


def _guarded(room: Room, question: Question) -> Check:
    """Refuse an answer that holds a name of the private list: the ledger is published."""

    def check(answer: str, given: Answers) -> Wrong | None:
        hits = guard_for(room.private).find(answer) if room.private else []
        if hits:
            return Wrong(f"a name from the private list stands here (entry {hits[0].entry})", "Take it out.")
        return question.check(answer, given)

    return check


def _questions(room: Room, given: Answers) -> Iterator[Question]:
    if room.figure is None:
        yield from _about_figure(room)
    yield from _about_source(room, given)
    yield from _about_value(room)
    if room.figure is not None:
        yield from _about_older(room, given)
    for language in room.languages:
        yield Question(
            f"wording_{language}",
            f"A whole sentence, {language} (may stay empty)",
            'With {value}, {unit}, {as_of} and {counted_by}: "{value} {unit} … {as_of}, according to {counted_by}."',
        )


def _about_figure(room: Room) -> Iterator[Question]:
    yield Question(
        "figure",
        "Name of the figure",
        "Small letters and hyphens, such as returned or pools-closed; texts print it by this name.",
        lambda answer, _given: _new_id(answer, [*room.ledger.figures, *room.ledger.claims, *room.ledger.observations]),
    )
    for language in room.languages:
        yield Question(f"label_{language}", f"What it is, {language}", "A few words: children returned.", _needed)
        yield Question(
            f"unit_{language}", f"Unit, {language}: one / many (may stay empty)", "What is counted: child / children."
        )
    yield Question(
        "kind",
        "Kind",
        "stock: how many at a time; flow: in a period; cumulative: so far; event: once.",
        _one_of(get_args(Kind)),
        get_args(Kind),
        lambda _given: "cumulative",
    )
    yield Question(
        "stale_after",
        "Stale after",
        "How long a count stays fresh, such as 180 days; empty where it does not age.",
        lambda answer, _given: (
            None
            if not answer or re.fullmatch(r"\d{1,5} ?(?:day|week|month|year)s?", answer)
            else Wrong(f"'{answer}' is no length of time", "Write it as 180 days, 6 months or 1 year.")
        ),
    )


def _about_source(room: Room, given: Answers) -> Iterator[Question]:
    sources = room.ledger.sources
    yield Question(
        "source",
        "Source",
        "The id of a source of the ledger, or a new id; then you are asked about it.",
        lambda answer, _given: _known_or_new(answer, list(sources)),
        note=lambda answer, _given: sources[answer].title if answer in sources else "a new source",
    )
    if given.get("source") not in sources:
        yield Question("source_title", "Its title", "As displayed, in the language of the source.", _needed)
        yield Question(
            "source_type",
            "Its type",
            "CSL's word for it.",
            _one_of(get_args(SourceType)),
            ("webpage", "report", "article-newspaper", "legislation", "dataset", "…"),
            lambda _given: "webpage",
        )
        yield Question("source_author", "Who wrote it: an organization", "Its whole name; empty where none is given.")
        yield Question(
            "source_issued",
            "Published on",
            "2025-12-11, 2025-12 or 2025; empty where it is not known.",
            _date(needed=False),
        )
        yield Question(
            "source_URL",
            "Its address",
            "https://…; empty where it has none.",
            lambda answer, _given: (
                None
                if not answer or re.fullmatch(r"https?://[^\s<>\"'`\\]+", answer)
                else Wrong(f"'{answer}' is no web address")
            ),
        )
        yield Question(
            "source_language", "Its language", "A tag such as en or uk.", _needed, default=lambda _given: "en"
        )
        yield Question(
            "source_tier",
            "Is it primary, secondary or opinion?",
            "primary: who counted; secondary: press, relays.",
            _one_of(get_args(Tier)),
            get_args(Tier),
            lambda _given: "primary",
        )
    yield Question(
        "quote",
        "Its exact words, at most twelve",
        "Copy them letter by letter; … stands for words left out.",
        lambda answer, answers: _quote(room, answer, answers),
        note=lambda answer, answers: _stated(room, answer, answers),
    )


def _about_value(room: Room) -> Iterator[Question]:
    yield Question(
        "value",
        "The number",
        "In digits: 1859; a range as 100..200.",
        lambda answer, given: _value(room, answer, given),
        default=lambda given: _read_off(room, given)[0],
    )
    yield Question(
        "qualifier",
        "How the quote binds it",
        "exact, or at_least, more_than, about, nearly, up_to, fewer_than.",
        lambda answer, given: (
            _one_of(get_args(Qualifier))(answer, given) or _agrees(room, {**given, "qualifier": answer})
        ),
        get_args(Qualifier),
        lambda given: _read_off(room, given)[1],
    )
    yield Question(
        "as_of",
        "As of",
        "The date for which it was counted: 2025-12-11, 2025-12 or 2025; ~ at the end for about.",
        _date(needed=True),
    )
    organizations = room.ledger.organizations
    yield Question(
        "counted_by",
        "Who counted",
        "The id of an organization of the ledger, or a name with its capitals and spaces.",
        lambda answer, _given: _counter(answer, list(organizations)),
        tuple(list(organizations)[:12]),
        note=lambda answer, _given: next(iter(organizations[answer].name.values())) if answer in organizations else "",
    )
    yield Question(
        "method",
        "How (may stay empty)",
        "registered, confirmed, estimated, testimony, asserted.",
        lambda answer, given: _one_of(_METHODS)(answer, given) if answer else None,
        _METHODS,
    )
    taken = [*room.ledger.observations, *room.ledger.figures, *room.ledger.claims]
    yield Question(
        "id",
        "Name of this count",
        "Unique in the ledger.",
        lambda answer, _given: _new_id(answer, taken),
        default=lambda given: f"{room.figure or given.get('figure', '')}-{given.get('as_of', '').rstrip('~')}",
    )


_METHODS = tuple(name for name in get_args(Method) if name != "derived")


def _about_older(room: Room, given: Answers) -> Iterator[Question]:
    figure = room.ledger.figures[room.figure or ""]
    older = [item.id for item in figure.in_order]
    current = figure.current
    lines = "; ".join(f"{item.id}: {item.machine_value} as of {item.as_of}" for item in figure.in_order[-4:])
    yield Question(
        "relation",
        "What does it do to the older count?",
        "supersedes: replaces it, by the same counter; disputes: contradicts"
        " it; same_origin_as: repeats the same origin; beside: stands beside it.",
        _one_of(RELATIONS),
        RELATIONS,
        lambda _given: "supersedes",
        lambda _answer, _given: lines,
    )
    if given.get("relation") in RELATIONS[:3]:
        yield Question(
            "older",
            "Which older count",
            lines,
            _one_of(tuple(older)),
            tuple(older[-6:]),
            lambda _given: current.id if current else older[-1],
        )
    if given.get("relation") == "disputes":
        yield Question(
            "differs_by",
            "Why they differ",
            "scope, definition, method or attribution.",
            _one_of(get_args(Difference)),
            get_args(Difference),
            lambda _given: "definition",
        )


# Checks ----------------------------------------------------------------------------------------------------------


def _needed(answer: str, _given: Answers) -> Wrong | None:
    return None if answer else Wrong("an answer is needed here")


def _new_id(answer: str, taken: list[str]) -> Wrong | None:
    if not _ID.fullmatch(answer):
        return Wrong(f"'{answer}' is no id", "Write small letters a to z, digits, '-', '_' and '.'.")
    return Wrong(f"'{answer}' stands in the ledger already", "Take another name.") if answer in taken else None


def _one_of(known: tuple[str, ...]) -> Check:
    def check(answer: str, _given: Answers) -> Wrong | None:
        return (
            None if answer in known else Wrong(f"'{answer}' is none of the answers", hint_for(answer, known, "answer"))
        )

    return check


def _date(*, needed: bool) -> Check:
    def check(answer: str, _given: Answers) -> Wrong | None:
        if not answer:
            return Wrong("an answer is needed here") if needed else None
        try:
            PartialDate.parse(answer)
        except ValueError as error:
            return Wrong(str(error))
        return None

    return check


def _known_or_new(answer: str, known: list[str]) -> Wrong | None:
    if answer in known:
        return None
    near = nearest(answer, known)
    if not _ID.fullmatch(answer):
        return Wrong(
            f"'{answer}' is no id of a source",
            f"Did you mean '{near}'?" if near else "Write small letters and hyphens.",
        )
    if near:
        return Wrong(
            f"the ledger has no source '{answer}'", f"Did you mean '{near}'? A new source needs a name less like it."
        )
    return None


def _counter(answer: str, known: list[str]) -> Wrong | None:
    if not answer:
        return Wrong("an answer is needed here")
    if answer not in known and _ID.fullmatch(answer):
        return Wrong(
            f"the ledger has no organization '{answer}'",
            hint_for(answer, known, "organization") + " A name that is no id has capitals or spaces.",
        )
    return None


def _copy(room: Room, given: Answers) -> CopyText | None:
    source = room.ledger.sources.get(given.get("source", ""))
    if source is None or source.copy_ is None:
        return None
    return room.archive.text(source.copy_.sha256, source.language)


def _language(room: Room, given: Answers, quote: str) -> str:
    source = room.ledger.sources.get(given.get("source", ""))
    return quote_language(source.language if source else given.get("source_language"), quote, _copy(room, given))


def _quote(room: Room, answer: str, given: Answers) -> Wrong | None:
    if len(answer) < 3:
        return Wrong("the exact words of the source are needed here")
    if len(answer.split()) > 12:
        return Wrong(
            f"the quote has {len(answer.split())} words; twelve is the most",
            "Leave out what does not state the number.",
        )
    copy = _copy(room, given)
    match = find(answer, copy) if copy else None
    if match and match.status == "not-found":
        return Wrong(match.message, match.hint)
    return None


def _stated(room: Room, answer: str, given: Answers) -> str:
    """Say what was checked and which numbers the quote states."""
    copy = _copy(room, given)
    words = "its words stand in the copy" if copy else "no copy is at hand: its words were not checked"
    if copy and find(answer, copy).status == "ambiguous":
        words = "its words stand in the copy more than once: check will ask for 'prefix' or 'suffix'"
    numbers = [number.text for number in read(normalise(answer), _language(room, given, answer))]
    return f"{words}; it states {', '.join(numbers)}" if numbers else f"{words}; it states no number that can be read"


def _read_off(room: Room, given: Answers) -> tuple[str, str]:
    """Propose number and qualifier as the quote states them."""
    quote = given.get("quote", "")
    for number in read(normalise(quote), _language(room, given, quote)) if quote else ():
        if number.value is not None and number.form in {"digits", "words"}:
            return format(number.value, "f"), number.qualifier
    return "", "exact"


def numbers_of(answer: str) -> dict[str, str] | None:
    """Read a number, or a range, as the ledger writes it; None where it is none."""
    found = _RANGE.fullmatch(answer.strip())
    parts = found.groups() if found else (answer,)
    plain = []
    for part in parts:
        text = re.sub(r"(?<=\d)[,\s\u00a0\u202f'’](?=\d{3}(?!\d))", "", part.strip())
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        if not number.is_finite() or "e" in text.lower():
            return None
        plain.append(text)
    return {"value": plain[0]} if len(plain) == 1 else {"low": plain[0], "high": plain[1]}


def _value(room: Room, answer: str, given: Answers) -> Wrong | None:
    numbers = numbers_of(answer)
    if numbers is None:
        return Wrong(
            f"'{answer}' is no number", "Write it in digits, with a point as decimal mark; a range as 100..200."
        )
    if "low" in numbers and Decimal(numbers["low"]) >= Decimal(numbers["high"]):
        return Wrong("the lower end of the range comes first")
    return _agrees(room, {**given, "value": answer, "qualifier": ""})


def _agrees(room: Room, given: Answers) -> Wrong | None:
    """Compare the number and how it is bound with what the quote states."""
    quote = given.get("quote", "")
    if not quote or not given.get("value"):
        return None
    try:
        item = Observation(
            id="x",
            as_of=PartialDate(2000),
            counted_by="x",
            evidence=(Evidence(source="x", quote=quote),),
            qualifier=given.get("qualifier") or "exact",
            **(numbers_of(given["value"]) or {}),
        )
    except ValidationError:
        return Wrong("this is no number that a quote can state")
    figure = room.ledger.figures.get(room.figure or "")
    units: dict[str, Any] = (
        dict(figure.unit)
        if figure
        else {
            key.removeprefix("unit_"): dict(
                zip(("one", "other"), [part.strip() for part in value.split("/")] * 2, strict=False)
            )
            for key, value in given.items()
            if key.startswith("unit_") and value
        }
    )
    for difference in differences(quote, _language(room, given, quote), item, units):
        if given.get("qualifier") or difference.field != "qualifier":
            return Wrong(difference.message, difference.hint or "Mend the quote (<) or this answer.")
    return None


def observation_of(given: Answers) -> dict[str, Any]:
    """Make the observation that the answers tell of, in the ledger's order of keys."""
    wording = {
        key.removeprefix("wording_"): value for key, value in given.items() if key.startswith("wording_") and value
    }
    relation = given.get("relation", "beside")
    return {
        "id": given["id"],
        **(numbers_of(given["value"]) or {}),
        **({"qualifier": given["qualifier"]} if given["qualifier"] != "exact" else {}),
        "as_of": given["as_of"],
        "counted_by": given["counted_by"],
        **({"method": given["method"]} if given.get("method") else {}),
        **({relation: given["older"]} if relation != "beside" else {}),
        **({"differs_by": given["differs_by"]} if given.get("differs_by") else {}),
        "evidence": {"source": given["source"], "quote": given["quote"]},
        **({"wording": wording} if wording else {}),
    }
