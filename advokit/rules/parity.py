"""`translation-parity`: languages of one text that differ in what they print.

In: the campaign's texts, asks and editions as written, and the ledger's sentences. Out: problems that name both
files and what is missing. Texts of a country (`text/en-US/`) are compared with one another, not with the shared
ones, which they replace on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from advokit.fields import ANY_LANGUAGE, in_language
from advokit.ledger import Claim, Observation, entries
from advokit.numbers import read_numbers
from advokit.problems import InputError, Problem
from advokit.rules.expressions import Call, calls
from advokit.rules.words import words_of
from advokit.workspace import METHOD, CampaignFiles, EditionFiles, Text, inside, read_text
from advokit.yamlfile import KeyPath

RULE = "translation-parity"
#: Fields of a text that are no figures, claims or asks, and that a language may word without.
_FREE = frozenset({"country", "campaign", "edition", "loop"})
#: Words that bind a number in some sentences and are prepositions in others ("information about {value} pools").
_PREPOSITIONS = words_of(
    "about around over under above below some near beyond gegen über unter gut bis an um vers quelque do ok до "
    "біля коло десь нижче поверх sur sous hasta oltre rond boven onder tot over "
    "přes nad pod kolem okolo až blízko under kring runt"
)


@dataclass(frozen=True)
class _Version:
    """One language's version of a text."""

    path: str
    calls: tuple[Call, ...]
    headings: tuple[tuple[int, int], ...]
    """The level and line of every heading."""
    keys: Mapping[str, tuple[int, int]]
    """For each key of the head its line and the last line that belongs to it."""


def check(files: CampaignFiles) -> Iterator[Problem]:
    """Compare every text, ask, edition and sentence of the ledger across its languages."""
    yield from _texts(files)
    yield from _asks(files)
    yield from _editions(files)
    yield from _ledger(files)


def _texts(files: CampaignFiles) -> Iterator[Problem]:
    """Compare the files of each folder group: the shared languages, and the languages of one country."""
    base = files.root / "campaigns" / files.name / "text"
    groups: dict[str, dict[str, str]] = {}
    for folder in sorted(path.name for path in base.glob("*") if path.is_dir()):
        language, _, country = folder.partition("-")
        groups.setdefault(country, {})[language] = folder
    documents = dict.fromkeys(
        (
            *files.campaign.documents,
            *(name for edition in files.editions.values() for name in edition.edition.documents),
            METHOD,
        )
    )
    for languages in groups.values():
        order = [language for language in files.campaign.languages if language in languages]
        for document in documents:
            versions = [
                found
                for language in order
                if (found := _version(files, f"campaigns/{files.name}/text/{languages[language]}/{document}.md"))
            ]
            for other in versions[1:]:
                yield from _compare(versions[0], other)


def _version(files: CampaignFiles, relative: str) -> _Version | None:
    if not (files.root / relative).is_file():
        return None
    try:
        inside(files.root, relative)
        text = read_text(files.root, relative)
    except InputError:
        return None  # the workspace reports it
    head = [call for key in ("title", "summary", "subject", "description") for call in _head_calls(text, key)]
    body = calls(text.body)
    headings = tuple(
        (len(match[1]), number)
        for number, line in enumerate(text.body.split("\n"), 1)
        if (match := re.match(r"(#{1,6})\s", line))
    )
    return _Version(relative, (*head, *body), headings, _keys(text))


def _keys(text: Text) -> Mapping[str, tuple[int, int]]:
    """Give the lines of each key of a text's head."""
    starts = sorted((mark.line, str(path[0])) for path, mark in text.file.keys.items() if len(path) == 1)
    if not starts:
        return {}
    end = len(text.body) - len(text.body.lstrip("\n"))
    return {
        key: (line, following - 1) for (line, key), (following, _) in zip(starts, [*starts[1:], (end, "")], strict=True)
    }


def _head_calls(text: Text, key: str) -> Iterator[Call]:
    source = getattr(text.head, key)
    if source:
        mark = text.file.mark((key,))
        for call in calls(source):
            yield Call(call.function, call.arguments, mark.line + call.line - ("\n" not in source.strip()), call.column)


def _wanted(found: Iterable[Call]) -> list[Call]:
    return [call for call in found if call.key and call.function.partition(".")[0] not in _FREE]


def _compare(first: _Version, second: _Version) -> Iterator[Problem]:
    """Compare two versions: what each prints, how often, in which form; and how many headings they have."""
    ours, theirs = _wanted(first.calls), _wanted(second.calls)
    lacking = Counter(call.key for call in ours) - Counter(call.key for call in theirs)
    extra = Counter(call.key for call in theirs) - Counter(call.key for call in ours)
    matcher = SequenceMatcher(None, [call.key for call in ours], [call.key for call in theirs], autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone = [call for call in ours[a1:a2] if _take(lacking, call)]
        more = [call for call in theirs[b1:b2] if _take(extra, call)]
        for one, other in _swapped(gone, more):
            yield Problem(
                second.path,
                other.line,
                other.column,
                "error",
                RULE,
                f"this prints {other}, where {first.path}:{one.line} prints {one}",
                "Print the same in every language.",
            )
        for one in gone:
            line, column = _missing_at(one, first, second, theirs[b1 - 1] if b1 else theirs[0] if theirs else None)
            yield Problem(
                second.path,
                line,
                column,
                "error",
                RULE,
                f"{one} is missing; {first.path}:{one.line} prints it",
                "Print it at about this place.",
            )
        for other in more:
            yield Problem(
                second.path,
                other.line,
                other.column,
                "error",
                RULE,
                f"this prints {other}, which is missing in {first.path}",
                "Print it in both, or in neither.",
            )
    yield from _headings(first, second)


def _missing_at(call: Call, first: _Version, second: _Version, near: Call | None) -> tuple[int, int]:
    """Find where something is missing: under the same key of the head, else by the expression before it."""
    key = next((key for key, (start, end) in first.keys.items() if start <= call.line <= end), "")
    if key in second.keys:
        return second.keys[key][0], 1
    section = sum(line < call.line for _, line in first.headings)
    start = second.headings[section - 1][1] if 0 < section <= len(second.headings) else 1
    return (near.line, near.column) if near and near.line > start else (start, 1)


def _swapped(gone: list[Call], more: list[Call]) -> Iterator[tuple[Call, Call]]:
    """Pair what is missing with what stands in its place: another form of it, or another name in its function."""
    for part in ("name", "function"):
        for one in list(gone):
            near = (found for found in more if found.function == one.function)
            other = next((found for found in near if getattr(found, part) == getattr(one, part)), None)
            if other:
                gone.remove(one)
                more.remove(other)
                yield one, other


def _take(counts: Counter[tuple[str, ...]], call: Call) -> bool:
    if counts[call.key] <= 0:
        return False
    counts[call.key] -= 1
    return True


def _headings(first: _Version, second: _Version) -> Iterator[Problem]:
    ours, theirs = [level for level, _ in first.headings], [level for level, _ in second.headings]
    if ours == theirs:
        return
    at = next(
        (index for index, (one, two) in enumerate(zip(ours, theirs, strict=False)) if one != two),
        min(len(ours), len(theirs)),
    )
    line = second.headings[min(at, len(theirs) - 1)][1] if theirs else 1
    yield Problem(
        second.path,
        line,
        1,
        "error",
        RULE,
        f"the headings are {len(theirs)}, and those of {first.path} are {len(ours)} or of other levels",
        "Give every language the same sections, so that readers can point at them.",
    )


def _asks(files: CampaignFiles) -> Iterator[Problem]:
    """Compare the expressions and numbers of the asks across their languages."""
    owners = [(files.loaded.file, ("asks",), files.campaign.asks)]
    owners += [(edition.loaded.file, ("own_asks",), edition.edition.own_asks) for edition in files.editions.values()]
    for file, top, asks in owners:
        for name, ask in asks.items():
            for key in ("title", "text", "why"):
                text: Mapping[str, str] = getattr(ask, key) or {}
                found = {
                    language: Counter(call.key for call in _wanted(calls(words))) for language, words in text.items()
                }
                first = next(iter(found), "")
                for language, counts in found.items():
                    for lost in [*(found[first] - counts), *(counts - found[first])]:
                        yield file.problem(
                            (*top, name, key, language),
                            RULE,
                            f"the ask '{name}' prints {' '.join(lost)} in one of '{first}' and '{language}' only",
                            "Print the same in every language.",
                        )


def _editions(files: CampaignFiles) -> Iterator[Problem]:
    """Compare the editions of one country: the same asks, record, key figures, and figures in each passage."""
    countries: dict[str, list[str]] = {}
    for name, edition in files.editions.items():
        countries.setdefault(edition.edition.country, []).append(name)
    for names in countries.values():
        first = files.editions[names[0]]
        for name in names[1:]:
            other = files.editions[name]
            for key in ("asks", "record", "key_figures"):
                ours, theirs = getattr(first.edition, key), getattr(other.edition, key)
                if ours != theirs:
                    differing = sorted(set(ours) ^ set(theirs))
                    what = f": {', '.join(differing)}" if differing else " in order"
                    yield other.loaded.file.problem(
                        (key,),
                        RULE,
                        f"'{key}' differs from {first.loaded.file.path}{what}",
                        "Editions of one country say the same in each language.",
                        key=True,
                    )
            for passage in first.edition.texts.keys() & other.edition.texts.keys():
                one, two = (
                    Counter(call.key for call in _wanted(calls(found.edition.texts[passage])))
                    for found in (first, other)
                )
                for lost in [*(one - two), *(two - one)]:
                    yield other.loaded.file.problem(
                        ("texts", passage),
                        RULE,
                        f"the passage '{passage}' prints {' '.join(lost)} in one of"
                        f" {first.loaded.file.path} and this file only",
                        "Print the same in both.",
                    )


def _ledger(files: CampaignFiles) -> Iterator[Problem]:
    """Compare the ledger's sentences: every language has its wording, with the same numbers and bound."""
    whole, named = _languages(files)
    for path, entry in entries(files.ledger.model):
        if isinstance(entry, Claim):
            yield from _same_numbers(files, (*path, "statement"), entry.statement)
            continue
        some = {language for language, names in named.items() if entry.id in names}
        yield from _wording(files, path, entry, sorted(whole | some))
        for key in ("scope", "leaves_out"):
            yield from _same_numbers(files, (*path, key), getattr(entry, key) or {})


def _languages(files: CampaignFiles) -> tuple[set[str], Mapping[str, set[str]]]:
    """Give the languages that have every document, and for each other one the observations that its texts name.

    Where only the letter is translated, the ledger needs the sentences of that letter and no others.
    """
    whole: set[str] = set()
    named: dict[str, set[str]] = {}
    for edition in files.editions.values():
        language = edition.edition.language.partition("-")[0]
        if set(files.campaign.documents) <= set(edition.edition.documents or files.campaign.documents):
            whole.add(language)
        else:
            named.setdefault(language, set()).update(_named(files, edition))
    return whole, named


def _named(files: CampaignFiles, edition: EditionFiles) -> Iterator[str]:
    """List the observations that the texts, passages and asks of an edition name; a figure stands for its newest."""
    model, ledger = edition.edition, files.ledger.model
    asks = {**files.campaign.asks, **model.own_asks}
    sources = [part for text in edition.texts.values() for part in (text.body, text.head.summary)]
    sources += [*model.texts.values()]
    sources += [
        in_language(part, model.language)
        for name in model.asks
        if name in asks
        for part in (asks[name].text, asks[name].why)
        if part
    ]
    for call in (call for source in sources for call in calls(source or "")):
        figure = ledger.figures.get(call.name)
        yield figure.current.id if figure and figure.current else call.name


def _wording(files: CampaignFiles, path: KeyPath, item: Observation, languages: list[str]) -> Iterator[Problem]:
    file = files.ledger.file
    lacking = [language for language in languages if language not in {key.partition("-")[0] for key in item.wording}]
    if item.wording and lacking:
        has = ", ".join(item.wording)
        yield file.problem(
            (*path, "wording"),
            RULE,
            f"the wording of '{item.id}' has no text in '{', '.join(lacking)}'; it has {has}",
            "Without it, the statement prints in another form there than in the other languages.",
            key=True,
        )
    for language, text in item.wording.items():
        at = (*path, "wording", language)
        if "{value}" not in text:
            yield file.problem(
                at,
                RULE,
                f"the wording of '{item.id}' in '{language}' does not print the value",
                "Write {value} where the number stands.",
            )
        else:
            yield from _bound(files, at, text, item)
    yield from _same_numbers(files, (*path, "wording"), item.wording)


def _bound(files: CampaignFiles, at: KeyPath, text: str, item: Observation) -> Iterator[Problem]:
    """Find a wording that puts a bound of its own before {value}, which prints with the bound of the observation."""
    for place in re.finditer(r"\{value\}", text):
        near = re.sub(r"\{\w*\}", "¤", text[max(0, place.start() - 60):place.start()])
        after = re.sub(r"\{\w*\}", "¤", text[place.end():place.end() + 30])
        bound = _bound_of(near, after, str(at[-1]))
        if bound:
            why = "is exact" if item.qualifier == "exact" else f"prints with its qualifier ({item.qualifier})"
            yield files.ledger.file.problem(
                at, RULE, f"the wording of '{item.id}' in '{at[-1]}' says '{bound}', and the value {why}",
                "Write {value} alone; the bound is the observation's 'qualifier'.")


@lru_cache(maxsize=8192)
def _bound_of(before: str, after: str, language: str) -> str:
    """Give the words that bind the number between two texts, or nothing."""
    shown = f"{before}7654321{after}"
    for number in read_numbers(shown, language):
        if number.value == Decimal(7654321) and "exact" not in number.accepts:
            bound = shown[number.outer[0]:number.outer[1]].replace("7654321", "{value}")
            return "" if bound.replace("{value}", "").strip().casefold() in _PREPOSITIONS else bound
    return ""


def _same_numbers(files: CampaignFiles, path: KeyPath, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Find a number that one language of a sentence has and another has not."""
    if not any(character.isdigit() for text in texts.values() for character in text):
        return
    found = {language: _numbers(text, language) for language, text in texts.items() if language != ANY_LANGUAGE}
    first = next(iter(found), "")
    for language, (firm, every) in found.items():
        firm_first, every_first = found[first]
        lost = sorted(firm_first - every) or sorted(firm - every_first)
        if lost:
            yield files.ledger.file.problem(
                (*path, language),
                RULE,
                f"'{first}' and '{language}' differ in a number: {', '.join(f'{n:f}' for n in lost)}",
                "A sentence has the same numbers in every language.",
            )


def _numbers(text: str, language: str) -> tuple[frozenset[Decimal], frozenset[Decimal]]:
    """Give the numbers that a sentence states in digits, and every number that could be meant in it."""
    clean = re.sub(r"\{\w*\}", "¤", text)
    firm: set[Decimal] = set()
    every: set[Decimal] = set()
    for number in read_numbers(clean, language):
        values = {value for value in (number.value, number.low, number.high) if value is not None}
        every |= values
        if number.form == "digits":
            firm |= values
    every |= {Decimal(digits) for digits in re.findall(r"\d+", clean)}
    every |= {
        Decimal(digits) for digits in re.findall(r"\d+", re.sub(r"(?<=\d)[.,\s\u00a0\u202f](?=\d{3})", "", clean))
    }
    return frozenset(firm), frozenset(every)
