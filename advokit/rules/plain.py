"""The plain mistakes: names that lead nowhere, doubles, gaps, colours that cannot be read.

In: `CampaignFiles`. Out: problems with line and column and the nearest known name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from advokit.compose.expressions import FORMS
from advokit.countries import form_for
from advokit.fields import in_language
from advokit.ledger import Ledger, Observation, entries
from advokit.problems import Problem, hint_for, nearest
from advokit.rules.expressions import calls
from advokit.workspace import CampaignFiles, EditionFiles
from advokit.yamlfile import KeyPath, Loaded, YamlFile

if TYPE_CHECKING:
    from advokit.rules import Context

#: The most words of evidence that a ledger may quote.
MAX_QUOTE_WORDS = 12


def check(files: CampaignFiles, context: Context) -> Iterator[Problem]:
    """Apply every plain rule."""
    yield from ledger_names(files.ledger)
    yield from ledger_values(files.ledger)
    yield from _cycles(files.ledger)
    yield from _dates(files.ledger, context.date)
    yield from _text_names(files)
    if context.strict:
        yield from _unused(files.ledger)
    yield from _editions(files)
    yield from _languages(files)
    yield from _brands(files)


def ledger_names(loaded: Loaded[Ledger]) -> Iterator[Problem]:
    """Find names in the ledger that lead nowhere, and ids that stand twice."""
    ledger = loaded.model
    counts = Counter(item.id for figure in ledger.figures.values() for item in figure.observations)
    own = {name: {item.id: item for item in figure.observations} for name, figure in ledger.figures.items()}
    for path, entry in entries(ledger):
        if isinstance(entry, Observation):
            if entry.id in ledger.figures and ledger.figures[entry.id].observations != (entry,):
                yield loaded.file.problem(
                    (*path, "id"),
                    "duplicate-id",
                    f"'{entry.id}' is the name of a figure as well",
                    "Texts could not tell the two apart: give the observation an id of its own.",
                )
            if counts[entry.id] > 1:
                yield loaded.file.problem(
                    (*path, "id"), "duplicate-id", f"the observation '{entry.id}' stands twice", "Give each its own id."
                )
            for key in ("supersedes", "disputes", "same_origin_as", "inputs"):
                yield from _unknown(loaded, (*path, key), getattr(entry, key), ledger.observations, "observation")
            yield from _counter(loaded, (*path, "counted_by"), entry.counted_by)
            yield from _own_figure(loaded, path, entry, own[str(path[1])])
        else:
            for key in ("replies", "disputes"):
                yield from _unknown(loaded, (*path, key), getattr(entry, key), ledger.claims, "claim")
            if entry.stated_by:
                yield from _counter(loaded, (*path, "stated_by"), entry.stated_by)
        for index, evidence in enumerate(entry.evidence):
            at = (*path, "evidence", index) if (*path, "evidence", index) in loaded.file.values else (*path, "evidence")
            for key in ("source", "via"):
                name = getattr(evidence, key)
                if name and name not in ledger.sources:
                    yield loaded.file.problem(
                        (*at, key),
                        "unknown-source",
                        f"there is no source '{name}'",
                        hint_for(name, ledger.sources, "source"),
                    )


def _unknown(
    loaded: Loaded[Ledger], path: KeyPath, names: tuple[str, ...], known: Iterable[str], kind: str
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            at = (*path, index) if (*path, index) in loaded.file.values else path
            yield loaded.file.problem(
                at, f"unknown-{kind}", f"there is no {kind} '{name}'", hint_for(name, known, kind)
            )


def _counter(loaded: Loaded[Ledger], path: KeyPath, name: str) -> Iterator[Problem]:
    """Find a counter that is written like an id and is none; one word is taken for an id where one is near."""
    known = loaded.model.organizations
    if not known or name in known or not re.fullmatch(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", name):
        return
    if re.search(r"[._-]", name) or nearest(name, known):
        yield loaded.file.problem(
            path,
            "unknown-organization",
            f"there is no organization '{name}'",
            hint_for(name, known, "organization") + " A plain name is written as it is printed.",
        )


def _own_figure(
    loaded: Loaded[Ledger], path: KeyPath, item: Observation, own: Mapping[str, Observation]
) -> Iterator[Problem]:
    ledger = loaded.model
    for key in ("disputes", "same_origin_as", "inputs"):
        if item.id in getattr(item, key):
            yield loaded.file.problem(
                (*path, key), "wrong-figure", f"'{item.id}' names itself under '{key}'", "Name the other observation."
            )
    for name in item.supersedes:
        if name in ledger.observations and name not in own:
            yield loaded.file.problem(
                (*path, "supersedes"),
                "wrong-figure",
                f"'{item.id}' supersedes '{name}', which is an observation of another figure",
                "Only counts of the same figure supersede one another; otherwise use 'disputes'.",
            )
        elif name in own and own[name].as_of.first > item.as_of.last:
            yield loaded.file.problem(
                (*path, "supersedes"),
                "wrong-order",
                f"'{item.id}' ({item.as_of}) supersedes '{name}', which is newer ({own[name].as_of})",
                "Look at the two dates.",
            )


def ledger_values(loaded: Loaded[Ledger]) -> Iterator[Problem]:
    """Find quotes that are too long and disputes that do not say what differs."""
    for path, entry in entries(loaded.model):
        for index, evidence in enumerate(entry.evidence):
            at = (*path, "evidence", index) if (*path, "evidence", index) in loaded.file.values else (*path, "evidence")
            words = len(evidence.quote.split())
            if words > MAX_QUOTE_WORDS:
                yield loaded.file.problem(
                    (*at, "quote"),
                    "long-quote",
                    f"the quote has {words} words",
                    f"Keep the {MAX_QUOTE_WORDS} that say it; '…' stands for words left out.",
                )
        if isinstance(entry, Observation) and entry.disputes and not entry.differs_by:
            yield loaded.file.problem(
                (*path, "disputes"),
                "missing-key",
                f"'{entry.id}' disputes another count and does not say what differs",
                "Write differs_by: scope, definition, method or attribution.",
                key=True,
            )


def _cycles(loaded: Loaded[Ledger]) -> Iterator[Problem]:
    """Find observations that supersede one another in a circle, and derived ones computed from themselves."""
    observations = loaded.model.observations
    for key in ("supersedes", "inputs"):
        done: set[str] = set()
        for name in observations:
            trail: list[str] = []
            queue = [(name, 0)]
            while queue:
                here, depth = queue.pop()
                del trail[depth:]
                if here in trail:
                    circle = trail[trail.index(here) :]
                    yield loaded.file.problem(
                        _path(loaded.model, circle[-1], key),
                        "circle",
                        f"'{key}' leads in a circle: {' → '.join([*circle, here])}",
                        "Take the entry of the older observation out.",
                    )
                    break
                if here in done or here not in observations:
                    continue
                trail.append(here)
                queue += [(other, depth + 1) for other in getattr(observations[here][1], key) if other in observations]
            done.update(trail)
            done.add(name)


def _path(ledger: Ledger, name: str, key: str) -> KeyPath:
    figure, item = ledger.observations[name]
    return ("figures", figure, "observations", ledger.figures[figure].observations.index(item), key)


def _dates(loaded: Loaded[Ledger], today: dt.date) -> Iterator[Problem]:
    """Find dates that cannot be: in the future, read before published, counted after they were published."""
    file, sources = loaded.file, loaded.model.sources
    for name, source in sources.items():
        at: KeyPath = ("sources", name)
        for key in ("issued", "accessed"):
            date = getattr(source, key)
            if date and date.first > today:
                yield file.problem(
                    (*at, key),
                    "future-date",
                    f"the source '{name}' is {key} on {date}, which is in the future",
                    "Look at the year.",
                    warning=True,
                )
        if source.issued and source.accessed and source.issued.first > source.accessed.last:
            yield file.problem(
                (*at, "accessed"),
                "wrong-order",
                f"the source '{name}' was read on {source.accessed} and published later, on {source.issued}",
                "Look at the two dates.",
            )
    for path, entry in entries(loaded.model):
        date = entry.as_of
        if date is None:
            continue
        if date.first > today:
            yield file.problem(
                (*path, "as_of"),
                "future-date",
                f"this is as of {date}, which is in the future",
                "Look at the year; what has not happened yet is no observation.",
                warning=True,  # a document dated back is built from a ledger that has gone on
            )
            continue
        if not isinstance(entry, Observation) or entry.as_of_basis != "stated":
            continue
        issued = [sources[evidence.source].issued for evidence in entry.evidence if evidence.source in sources]
        known = [day for day in issued if day is not None]
        if known and len(known) == len(issued) and all(day.last < date.first for day in known):
            newest = max(known, key=lambda day: day.last)
            yield file.problem(
                (*path, "as_of"),
                "wrong-order",
                f"'{entry.id}' is as of {date}, and its source was published before, on {newest}",
                "Look at the two dates; a page that is renewed has no 'issued'.",
            )


def _text_names(files: CampaignFiles) -> Iterator[Problem]:
    """Find every unknown name in the expressions of the texts; composing stops at the first of a document."""
    ledger = files.ledger.model
    figures = [*ledger.figures, *ledger.observations]
    known: Mapping[str, tuple[str, Iterable[str], str]] = {
        "figure": ("figure", figures, "unknown-figure"),
        "chart": ("figure", figures, "unknown-figure"),
        "series": ("figure", figures, "unknown-figure"),
        "how_many": ("figure", figures, "unknown-figure"),
        "claim": ("claim", ledger.claims, "unknown-claim"),
        "replies": ("claim", ledger.claims, "unknown-claim"),
        "cite": ("source", ledger.sources, "unknown-source"),
    }
    texts = {text.path: text.body for edition in files.editions.values() for text in edition.texts.values()}
    names = {kind: frozenset(allowed) for kind, (_, allowed, _) in known.items()}
    for path, body in texts.items():
        for call in calls(body):
            if call.function not in known:
                continue
            kind, allowed, rule = known[call.function]
            wanted = call.arguments if call.function in {"how_many", "replies"} else call.arguments[:1]
            for name in wanted:
                if name not in names[call.function] and name != "…":
                    row = body.split("\n")[call.line - 1]
                    yield Problem(
                        path,
                        call.line,
                        row.find(name) + 1,
                        "error",
                        rule,
                        f"the ledger has no {kind} '{name}'",
                        hint_for(name, allowed, kind),
                    )
            if call.form and call.form not in FORMS and call.form != "…":
                row = body.split("\n")[call.line - 1]
                yield Problem(
                    path,
                    call.line,
                    row.find(call.form) + 1,
                    "error",
                    "unknown-form",
                    f"a figure has no form '{call.form}'",
                    hint_for(call.form, FORMS, "form"),
                )


def _unused(loaded: Loaded[Ledger]) -> Iterator[Problem]:
    """Find sources that no evidence names."""
    used = {
        name
        for _, entry in entries(loaded.model)
        for evidence in entry.evidence
        for name in (evidence.source, evidence.via)
    }
    for name in loaded.model.sources.keys() - used:
        yield loaded.file.problem(
            ("sources", name),
            "unused-source",
            f"no figure and no claim rests on the source '{name}'",
            "Remove it, or quote it where it was read.",
            key=True,
            warning=True,
        )


def _office(edition: EditionFiles) -> Iterator[Problem]:
    """Find a recipient whose office the country pack cannot address in the edition's language."""
    recipient, pack = edition.edition.recipient, edition.country.model
    if recipient is None or recipient.office is None:
        return
    language = edition.edition.language
    if form_for(pack, language, office=recipient.office) is None:
        known = [form.office for form in pack.address_forms if form.office and form.language == language]
        yield edition.loaded.file.problem(
            ("recipient", "office"), "unknown-office", f"the country pack '{pack.code}' has no form of address for the"
            f" office '{recipient.office}' in '{language}'", hint_for(recipient.office, known, "office"))


def _editions(files: CampaignFiles) -> Iterator[Problem]:
    campaign, ledger = files.campaign, files.ledger.model
    yield from _key_figures(files, files.loaded.file, campaign.key_figures)
    for edition in files.editions.values():
        model, file = edition.edition, edition.loaded.file
        yield from _key_figures(files, file, model.key_figures)
        yield from _office(edition)
        if model.language not in campaign.languages:
            yield file.problem(
                ("language",),
                "unknown-language",
                f"the campaign does not list the language '{model.language}'",
                f"Add it to 'languages' in {files.loaded.file.path}, which has: {', '.join(campaign.languages)}.",
            )
        asks = {**campaign.asks, **model.own_asks}
        for index, name in enumerate(model.asks):
            if name not in asks:
                yield file.problem(
                    ("asks", index), "unknown-ask", f"there is no ask '{name}'", hint_for(name, asks, "ask")
                )
            elif in_language(asks[name].text, model.language) is None:
                yield file.problem(
                    ("asks", index),
                    "missing-text",
                    f"the ask '{name}' has no text in '{model.language}'",
                    f"Write it under asks.{name}.text.{model.language}.",
                )
        yield from _questions(files, edition)
        known = [*ledger.claims, *ledger.figures, *ledger.observations]
        for index, name in enumerate(model.record):
            if name not in ledger.claims and name not in ledger.figures and name not in ledger.observations:
                yield file.problem(
                    ("record", index),
                    "unknown-claim",
                    f"the ledger has neither claim nor figure '{name}'",
                    hint_for(name, known, "claim"),
                )


def _questions(files: CampaignFiles, edition: EditionFiles) -> Iterator[Problem]:
    """Find guided questions that nobody can be asked in the edition's language."""
    model = edition.edition
    for name, text in (model.own_words.questions if model.own_words else {}).items():
        if in_language(text, model.language) is None:
            own = ("own_words", "questions", name) in edition.loaded.file.values
            file = edition.loaded.file if own else files.loaded.file
            yield file.problem(
                ("own_words", "questions", name),
                "missing-text",
                f"the question '{name}' has no text in '{model.language}'",
                f"Write it under own_words.questions.{name}.{model.language}.",
            )


def _key_figures(files: CampaignFiles, file: YamlFile, names: tuple[str, ...]) -> Iterator[Problem]:
    ledger = files.ledger.model
    for index, name in enumerate(names):
        if name not in ledger.figures:
            yield file.problem(
                ("key_figures", index),
                "unknown-figure",
                f"the ledger has no figure '{name}'",
                hint_for(name, ledger.figures, "figure"),
            )


def _languages(files: CampaignFiles) -> Iterator[Problem]:
    """Find texts that the campaign promises in a language and does not have."""
    campaign, file = files.campaign, files.loaded.file
    for key in ("title", "summary"):
        for language in campaign.languages:
            if in_language(getattr(campaign, key), language) is None:
                yield file.problem(
                    (key,),
                    "missing-text",
                    f"the campaign has no {key} in '{language}'",
                    f"Write it under {key}: {{{language}: …}}, or take the language out.",
                )


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _brands(files: CampaignFiles) -> Iterator[Problem]:
    owners = [(files.loaded.file, files.campaign.brand)]
    owners += [(edition.loaded.file, edition.edition.brand) for edition in files.editions.values()]
    for file, brand in owners:
        if brand is None:
            continue
        for key, least in (("accent", 4.5), ("ink", 7.0)):
            colour = getattr(brand, key)
            if colour and (ratio := contrast(colour, brand.paper)) < least:
                yield file.problem(
                    ("brand", key),
                    "low-contrast",
                    f"the {key} {colour} on {brand.paper} has a contrast of {ratio:.1f}:1",
                    f"Choose a darker one: at least {least}:1 (WCAG 2.2).",
                )
        for key in ("logo",):
            name = getattr(brand, key)
            if name and not (files.root / name).is_file():
                yield file.problem(
                    ("brand", key),
                    "missing-file",
                    f"there is no file '{name}'",
                    "Name it from the top of the workspace.",
                )
