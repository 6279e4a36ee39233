"""The plain mistakes: names that lead nowhere, doubles, gaps, colours that cannot be read.

In: `CampaignFiles`. Out: problems with line and column and the nearest known name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from advokit.fields import in_language
from advokit.ledger import Ledger, Observation, entries
from advokit.problems import Problem, hint_for
from advokit.workspace import CampaignFiles
from advokit.yamlfile import KeyPath, Loaded, YamlFile

if TYPE_CHECKING:
    from advokit.rules import Context

#: The most words of evidence that a ledger may quote.
MAX_QUOTE_WORDS = 12


def check(files: CampaignFiles, _context: Context) -> Iterator[Problem]:
    """Apply every plain rule."""
    yield from ledger_names(files.ledger)
    yield from ledger_values(files.ledger)
    yield from _editions(files)
    yield from _languages(files)
    yield from _brands(files)


def ledger_names(loaded: Loaded[Ledger]) -> Iterator[Problem]:
    """Find names in the ledger that lead nowhere, and ids that stand twice."""
    ledger = loaded.model
    counts = Counter(item.id for figure in ledger.figures.values() for item in figure.observations)
    for path, entry in entries(ledger):
        if isinstance(entry, Observation):
            if counts[entry.id] > 1:
                yield loaded.file.problem((*path, "id"), "duplicate-id", f"the observation '{entry.id}' stands twice",
                                          "Give each its own id.")
            for key in ("supersedes", "disputes", "same_origin_as", "inputs"):
                yield from _unknown(loaded, (*path, key), getattr(entry, key), ledger.observations, "observation")
            yield from _counter(loaded, (*path, "counted_by"), entry.counted_by)
            yield from _own_figure(loaded, path, entry)
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
                    yield loaded.file.problem((*at, key), "unknown-source", f"there is no source '{name}'",
                                              hint_for(name, ledger.sources, "source"))


def _unknown(loaded: Loaded[Ledger], path: KeyPath, names: tuple[str, ...], known: Iterable[str],
             kind: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            at = (*path, index) if (*path, index) in loaded.file.values else path
            yield loaded.file.problem(at, f"unknown-{kind}", f"there is no {kind} '{name}'",
                                      hint_for(name, known, kind))


def _counter(loaded: Loaded[Ledger], path: KeyPath, name: str) -> Iterator[Problem]:
    """Find a counter that is written like an id and is none."""
    if loaded.model.organizations and name not in loaded.model.organizations and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", name):
        yield loaded.file.problem(path, "unknown-organization", f"there is no organization '{name}'",
                                  hint_for(name, loaded.model.organizations, "organization")
                                  + " A plain name is written as it is printed.")


def _own_figure(loaded: Loaded[Ledger], path: KeyPath, item: Observation) -> Iterator[Problem]:
    ledger = loaded.model
    figure = ledger.figures[str(path[1])]
    own = {other.id: other for other in figure.observations}
    for name in item.supersedes:
        if name in ledger.observations and name not in own:
            yield loaded.file.problem((*path, "supersedes"), "wrong-figure",
                                      f"'{item.id}' supersedes '{name}', which is an observation of another figure",
                                      "Only counts of the same figure supersede one another; otherwise use 'disputes'.")
        elif name in own and own[name].as_of.first > item.as_of.last:
            yield loaded.file.problem((*path, "supersedes"), "wrong-order",
                                      f"'{item.id}' ({item.as_of}) supersedes '{name}', which is newer"
                                      f" ({own[name].as_of})", "Look at the two dates.")


def ledger_values(loaded: Loaded[Ledger]) -> Iterator[Problem]:
    """Find quotes that are too long and disputes that do not say what differs."""
    for path, entry in entries(loaded.model):
        for index, evidence in enumerate(entry.evidence):
            at = (*path, "evidence", index) if (*path, "evidence", index) in loaded.file.values else (*path, "evidence")
            words = len(evidence.quote.split())
            if words > MAX_QUOTE_WORDS:
                yield loaded.file.problem((*at, "quote"), "long-quote", f"the quote has {words} words",
                                          f"Keep the {MAX_QUOTE_WORDS} that say it; '…' stands for words left out.")
        if isinstance(entry, Observation) and entry.disputes and not entry.differs_by:
            yield loaded.file.problem((*path, "disputes"), "missing-key",
                                      f"'{entry.id}' disputes another count and does not say what differs",
                                      "Write differs_by: scope, definition, method or attribution.", key=True)


def _editions(files: CampaignFiles) -> Iterator[Problem]:
    campaign, ledger = files.campaign, files.ledger.model
    yield from _key_figures(files, files.loaded.file, campaign.key_figures)
    for edition in files.editions.values():
        model, file = edition.edition, edition.loaded.file
        yield from _key_figures(files, file, model.key_figures)
        if model.language not in campaign.languages:
            yield file.problem(("language",), "unknown-language",
                               f"the campaign does not list the language '{model.language}'",
                               f"Add it to 'languages' in {files.loaded.file.path}, which has:"
                               f" {', '.join(campaign.languages)}.")
        asks = {**campaign.asks, **model.own_asks}
        for index, name in enumerate(model.asks):
            if name not in asks:
                yield file.problem(("asks", index), "unknown-ask", f"there is no ask '{name}'",
                                   hint_for(name, asks, "ask"))
            elif in_language(asks[name].text, model.language) is None:
                yield file.problem(("asks", index), "missing-text", f"the ask '{name}' has no text in"
                                   f" '{model.language}'", f"Write it under asks.{name}.text.{model.language}.")
        known = [*ledger.claims, *ledger.figures, *ledger.observations]
        for index, name in enumerate(model.record):
            if name not in ledger.claims and name not in ledger.figures and name not in ledger.observations:
                yield file.problem(("record", index), "unknown-claim", f"the ledger has neither claim nor figure"
                                   f" '{name}'", hint_for(name, known, "claim"))


def _key_figures(files: CampaignFiles, file: YamlFile, names: tuple[str, ...]) -> Iterator[Problem]:
    ledger = files.ledger.model
    for index, name in enumerate(names):
        if name not in ledger.figures:
            yield file.problem(("key_figures", index), "unknown-figure",
                               f"the ledger has no figure '{name}'", hint_for(name, ledger.figures, "figure"))


def _languages(files: CampaignFiles) -> Iterator[Problem]:
    """Find texts that the campaign promises in a language and does not have."""
    campaign, file = files.campaign, files.loaded.file
    for key in ("title", "summary"):
        for language in campaign.languages:
            if in_language(getattr(campaign, key), language) is None:
                yield file.problem((key,), "missing-text", f"the campaign has no {key} in '{language}'",
                                   f"Write it under {key}: {{{language}: …}}, or take the language out.")


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(colour[index:index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - WCAG's constants
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
                yield file.problem(("brand", key), "low-contrast",
                                   f"the {key} {colour} on {brand.paper} has a contrast of {ratio:.1f}:1",
                                   f"Choose a darker one: at least {least}:1 (WCAG 2.2).")
        for key in ("logo",):
            name = getattr(brand, key)
            if name and not (files.root / name).is_file():
                yield file.problem(("brand", key), "missing-file", f"there is no file '{name}'",
                                   "Name it from the top of the workspace.")

