"""Correction notice and bulletin: changes → Markdown with figures by name → documents like any other.

In: the campaign with the new ledger, the old ledger, the changes and whom they reach. Out: one `Notice` a language,
whose texts are composed, checked, rendered and proved by the same functions as a brief. What holds now is printed by
name, with its citation; what was withdrawn is quoted as what earlier documents printed, and nothing that could harm
someone is repeated.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advokit.campaign import TextHead
from advokit.changes.compare import Change
from advokit.changes.reach import Reach
from advokit.compose import Job
from advokit.compose.figures import WordingError, Writer
from advokit.compose.pieces import plain
from advokit.fields import in_language
from advokit.language import Tongue, tongue
from advokit.ledger import Claim, Ledger, Observation
from advokit.rules.links import links
from advokit.standing import SILENT
from advokit.workspace import CampaignFiles, EditionFiles, Text, locale_folders
from advokit.yamlfile import YamlFile

CORRECTION, BULLETIN = "correction", "bulletin"

#: What a change means to a reader, as a message of the catalogues.
REASONS: Mapping[str, str] = {
    "value-corrected": "The number has been corrected.", "qualifier-corrected": "The number has been corrected.",
    "date-corrected": "The date has been corrected.", "counter-corrected": "Who says so has been corrected.",
    "scope-corrected": "What is counted has been described anew.",
    "definition-corrected": "What is counted has been described anew.",
    "method-corrected": "How it was counted has been described anew.",
    "statement-corrected": "The sentence has been corrected.", "evidence-changed": "The source has been corrected.",
    "source-corrected": "The source has been corrected.", "source-gone": "The source no longer bears it out.",
    "dispute-added": "It is now disputed: others say otherwise.", "withdrawn": "It has been withdrawn.",
    "observation-removed": "It has been withdrawn.", "claim-removed": "It has been withdrawn.",
    "figure-removed": "It has been withdrawn.", "status-changed": "How well it is established is now judged otherwise.",
    "sensitivity-changed": "It is no longer repeated, to protect those concerned.",
}
#: The groups of claims in a bulletin: message of the heading, kinds of claims.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Law and findings", frozenset({"law", "finding", "date", "context"})),
    ("What was decided and done", frozenset({"act"})),
    ("What was said and answered", frozenset({"position", "testimony", "accusation", "reply"})),
)


@dataclass(frozen=True)
class Notice:
    """One notice in one language, ready to be composed."""

    document: str
    language: str
    job: Job
    left_out: tuple[str, ...] = ()
    """Ids of what is not in it, because the ledger lacks its words in this language."""


def languages(files: CampaignFiles) -> dict[str, EditionFiles]:
    """Give for each language of the campaign the edition in whose name its notices speak: `intl`, else the shortest.

    One with every document goes before one with the letter alone, or Austria would speak for Germany.
    """
    found: dict[str, EditionFiles] = {}
    order = sorted(files.editions.values(), key=lambda item: (
        item.name != "intl", -len(files.documents(item.name)), len(item.name), item.name))
    for edition in order:
        found.setdefault(edition.edition.language, edition)
    return dict(sorted(found.items()))


def corrections(files: CampaignFiles, old: Ledger, changes: Iterable[Change], reached: Iterable[Reach],
                date: dt.date) -> Iterator[Notice]:
    """Write a correction notice for each language in which a document printed what has been corrected."""
    wrong, reached = [change for change in changes if change.corrects], tuple(reached)
    for language, edition in languages(files).items():
        hit = [item for item in reached if item.language == language]
        printed = {change for item in hit for change in item.changes}
        chosen = [change for change in wrong if change in printed]
        if not chosen:
            continue
        page = _Page(files, edition, old, date)
        concerned = [item for item in hit if any(change.corrects for change in item.changes)]
        body = page.correction(chosen, concerned)
        if body:
            yield page.notice(CORRECTION, page.say("What we have corrected"), page.say(
                "Earlier documents of this campaign printed what no longer holds. Here is what they printed and what"
                " holds now, each with its source. Please pass on the new documents only."), body)


def bulletins(files: CampaignFiles, old: Ledger, names: Iterable[str], since: dt.date | None,
              date: dt.date) -> Iterator[Notice]:
    """Write a bulletin for each language: the observations and claims of these names, grouped."""
    names = tuple(names)
    for edition in languages(files).values():
        page = _Page(files, edition, old, date)
        body = page.bulletin(names)
        title = page.say("What is new")
        if since:
            title = page.say("What is new since {date}", date=f'{{{{ date("{since.isoformat()}") }}}}')
        if body:
            yield page.notice(BULLETIN, title, page.say(
                "New counts and new facts on record, each with who says so and its source."), body)


def news(new: Ledger, changes: Iterable[Change], since: dt.date | None) -> tuple[str, ...]:
    """List what a bulletin may tell: what is new since a day, or without one what the old ledger did not have.

    A count, a claim or its source of a month or year that includes the day after counts as new. What is withheld,
    sensitive, superseded or still waits for its primary source is left out.
    """
    added = {change.id for change in changes if change.kind in {"observation-added", "claim-added"}}

    def is_new(name: str, item: Observation | Claim) -> bool:
        if since is None:
            return name in added
        dates = [item.as_of, *(new.sources[found.source].issued for found in item.evidence
                               if found.source in new.sources)]
        return any(one is not None and one.last > since for one in dates)
    found = [name for name, (figure, item) in new.observations.items()
             if is_new(name, item) and _open(new, item) and new.figures[figure].sensitivity == "none"
             and name not in new.superseded_by]
    return (*found, *(name for name, claim in new.claims.items() if is_new(name, claim) and _open(new, claim)))


def _open(ledger: Ledger, item: Observation | Claim) -> bool:
    sources = all(found.source in ledger.sources for found in item.evidence)
    return item.status in {"current", "disputed"} and item.sensitivity == "none" and sources


class _Page:
    """Writes the Markdown of one notice in one language."""

    def __init__(self, files: CampaignFiles, edition: EditionFiles, old: Ledger, date: dt.date) -> None:
        self.files, self.edition, self.old, self.date = files, edition, old, date
        self.new = files.ledger.model
        self.language = edition.edition.language
        self.tongue: Tongue = tongue(self.language, edition.edition.country, locale_folders(files.root))
        self.left_out: list[str] = []

    def say(self, message: str, **values: str) -> str:
        """Translate a message, its placeholders filled."""
        return self.tongue.say(message, **values)

    def notice(self, document: str, title: str, summary: str, body: str) -> Notice:
        """Make the job of a notice: the edition with one text more."""
        path = f"campaigns/{self.files.name}/text/{self.language}/{document}.md"
        text = Text(path, TextHead(title=title, summary=summary, description=summary), body, YamlFile(path, {}, {}, {}))
        # A notice is for everyone who holds a document in this language, whoever the edition is for.
        loaded = replace(self.edition.loaded, model=self.edition.edition.model_copy(update={"audience": None}))
        edition = replace(self.edition, loaded=loaded, texts={document: text})
        files = replace(self.files, editions={edition.name: edition})
        return Notice(document, self.language, Job(files, edition.name, document, self.date),
                      tuple(dict.fromkeys(self.left_out)))

    # Corrections

    def correction(self, changes: list[Change], reached: list[Reach]) -> str:
        """Write what was printed and what holds now, figure by figure, then claims, sources and the documents."""
        by_figure: dict[str, list[Change]] = {}
        claims: dict[str, list[Change]] = {}
        sources: dict[str, list[Change]] = {}
        for change in changes:
            if change.id in self.old.observations:
                by_figure.setdefault(self.old.observations[change.id][0], []).append(change)
            elif change.id in self.old.figures:
                by_figure.setdefault(change.id, []).append(change)
            else:
                (sources if change.id in self.old.sources else claims).setdefault(change.id, []).append(change)
        parts = [part for name, found in by_figure.items() if (part := self._figure(name, found))]
        told = [self._claim(name, found) for name, found in claims.items()]
        if any(told):
            parts.append(f"## {self.say('Facts on record')}\n\n" + "\n\n".join(filter(None, told)))
        parts += [self._sources(sources)] if sources else []
        return "\n\n".join([*parts, self._documents(reached)]) if parts else ""

    def _figure(self, name: str, changes: list[Change]) -> str:
        """Write one figure: each withdrawn statement with the reasons, then what holds now."""
        figure = self.new.figures.get(name) or self.old.figures[name]
        label = in_language(figure.label, self.language) or in_language(figure.label, "en") or name
        parts, now = [], []
        whole = [change for change in changes if change.id == name]
        ids = dict.fromkeys(change.id for change in changes if change.id != name)
        for item in ids or [found.id for found in figure.observations if found.id in self.old.observations]:
            found = [change for change in changes if change.id == item] + whole
            holds = self._holding(item)
            parts.append(self._withdrawn(self._was(item), self._is(item) if holds == item else None, found,
                                         hidden=self._sensitive(item)))
            now += [holds] if holds else []
        printed = self._counts(dict.fromkeys(now))
        parts.append(f"### {self.say('What holds now')}\n\n{printed}" if printed else
                     self.say("Nothing takes its place for now."))
        return f"## {_literal(label[:1].upper() + label[1:])}\n\n" + "\n\n".join(parts)

    def _withdrawn(self, was: str | None, now: str | None, changes: list[Change], *, hidden: bool) -> str:
        """Quote what earlier documents printed, unless it stands as it was or must not be repeated."""
        reasons = self._reasons(changes)
        if hidden:
            return self.say(REASONS["sensitivity-changed"])
        if was is None or was == now:
            return reasons
        return f"> {_literal(was)}\n\n{reasons}"

    def _reasons(self, changes: Iterable[Change]) -> str:
        return " ".join(dict.fromkeys(self.say(REASONS[change.kind]) for change in changes if change.kind in REASONS))

    def _sensitive(self, name: str) -> bool:
        """Tell whether old or new ledger mark an observation or claim as one that can harm."""
        found = []
        for ledger in (self.old, self.new):
            if name in ledger.observations:
                figure, item = ledger.observations[name]
                found += [item.sensitivity, ledger.figures[figure].sensitivity]
            if name in ledger.claims:
                found.append(ledger.claims[name].sensitivity)
        return any(word != "none" for word in found)

    def _was(self, name: str) -> str | None:
        return self._sentence(self.old, name)

    def _is(self, name: str) -> str | None:
        return self._sentence(self.new, name)

    def _sentence(self, ledger: Ledger, name: str) -> str | None:
        """Write the whole sentence of an observation or claim as plain text; None where the words are missing."""
        writer = Writer(ledger, self.tongue, self.date)
        try:
            if name in ledger.observations:
                return plain(writer.statement(ledger.observations[name][1]))
            return plain(writer.claim(name, ledger.claims[name], cite=False)) if name in ledger.claims else None
        except WordingError:
            return None

    def _holding(self, name: str) -> str | None:
        """Follow an observation to the one that may be printed in its place."""
        seen: set[str] = set()
        while (newer := self.new.superseded_by.get(name)) and newer not in seen:
            seen.add(newer)
            name = newer
        if name not in self.new.observations or self._sensitive(name):
            return None
        item = self.new.observations[name][1]
        held = item.status not in SILENT and all(found.source in self.new.sources for found in item.evidence)
        return name if held and self._is(name) else None

    def _counts(self, names: Iterable[str]) -> str:
        """Print counts by name: a sentence each; those in dispute, or no longer the newest, side by side in a table."""
        disputes = links(self.new).disputes
        sentences, table = [], []
        for name in names:
            partners = sorted(disputes.get(name, frozenset()))
            figure = self.new.figures[self.new.observations[name][0]]
            if partners or figure.current is None or figure.current.id != name:
                table += [name, *partners]
            else:
                sentences.append(f'{{{{ figure("{name}", "statement") }}}}')
        if table:
            shown = [name for name in dict.fromkeys(table) if self._is(name)]
            sentences.append(f"{{{{ how_many({', '.join(map(json.dumps, shown))}) }}}}")
        return "\n\n".join(sentences)

    def _claim(self, name: str, changes: list[Change]) -> str:
        """Write one claim: what was printed, why it changed, what holds now."""
        claim = self.new.claims.get(name)
        hidden = self._sensitive(name)
        held = claim is not None and claim.status not in SILENT and not hidden and bool(self._is(name))
        part = self._withdrawn(self._was(name), self._is(name) if held else None, changes, hidden=hidden)
        if held:
            return f"{part}\n\n### {self.say('What holds now')}\n\n{self._facts((name,))}"
        return f"{part}\n\n{self.say('Nothing takes its place for now.')}" if part else ""

    def _facts(self, names: Iterable[str]) -> str:
        """Print claims by name, each with the claims that contradict it and the replies on record."""
        disputes, printed = links(self.new).claim_disputes, dict.fromkeys(names)
        for name in tuple(printed):
            claim = self.new.claims[name]
            printed.update(dict.fromkeys(sorted(disputes.get(name, frozenset()))))
            printed.update(dict.fromkeys(reply for reply in claim.replies if reply in self.new.claims))
        shown = [name for name in printed if self.new.claims[name].status not in SILENT and self._is(name)]
        return "\n\n".join(f'{{{{ claim("{name}") }}}}' for name in shown)

    def _sources(self, sources: Mapping[str, list[Change]]) -> str:
        parts = []
        for name, changes in sources.items():
            title = self.old.sources[name].title
            cite = f'{{{{ cite("{name}") }}}}' if name in self.new.sources else ""
            parts.append(f"{_literal(title)}{cite}{self.say(': ')}{self._reasons(changes)}")
        return f"## {self.say('Sources')}\n\n" + "\n\n".join(parts)

    def _documents(self, reached: list[Reach]) -> str:
        """Name the documents whose earlier copies should no longer be used."""
        from advokit.compose.document import KINDS
        editions: dict[str, list[str]] = {}
        for item in reached:
            kind = KINDS.get(item.document)
            editions.setdefault(item.edition, []).append(self.say(kind) if kind else item.document)
        lines = []
        for name, documents in editions.items():
            names = self.files.editions[name].country.model.name if name in self.files.editions else {"und": name}
            country = in_language(names, self.language) or name
            lines.append(f"- {_literal(country)}{self.say(': ')}{_literal(', '.join(documents))}")
        words = self.say("Please do not pass on copies of these documents that are older than this notice.")
        return f"## {self.say('Documents concerned')}\n\n{words}\n\n" + "\n".join(lines)

    # Bulletin

    def bulletin(self, names: Iterable[str]) -> str:
        """Write what is new: counts, disputed counts side by side, then claims by group, newest first."""
        names = tuple(names)
        counts = [name for name in names if name in self.new.observations and self._has_words(name)]
        parts = [f"## {self.say('New counts')}\n\n{self._counts(self._newest(counts))}"] if counts else []
        claims = [name for name in names if name in self.new.claims and self._has_words(name)]
        for heading, kinds in GROUPS:
            found = self._newest(name for name in claims if self.new.claims[name].kind in kinds)
            if found:
                parts.append(f"## {self.say(heading)}\n\n{self._facts(found)}")
        return "\n\n".join(parts)

    def _has_words(self, name: str) -> bool:
        if self._is(name):
            return True
        self.left_out.append(name)
        return False

    def _newest(self, names: Iterable[str]) -> list[str]:
        def day(name: str) -> dt.date:
            entry = self.new.observations[name][1] if name in self.new.observations else self.new.claims[name]
            return entry.as_of.last if entry.as_of else dt.date.min
        return sorted(names, key=day, reverse=True)


def _literal(text: str) -> str:
    """Write a text of the ledger as an expression, so that nothing in it is Markdown, markup or a new figure."""
    return f"{{{{ literal({json.dumps(text, ensure_ascii=False)}) }}}}"
