"""Citations and references: CSL items → the short form of the footer and the full form of the list.

In: sources of the ledger. Out: inline HTML in the language of the edition, dates in words, the relay named. Numbers
are given in the order in which the finished page cites.
"""

from __future__ import annotations

from html import escape

from advokit.compose.composed import Reference
from advokit.compose.pieces import plain
from advokit.fields import in_language
from advokit.language import Tongue
from advokit.ledger import Ledger, Source


class References:
    """Numbers the references of one document in the order of their first citation."""

    def __init__(self, ledger: Ledger, tongue: Tongue) -> None:
        """Start with none."""
        self._ledger = ledger
        self._tongue = tongue
        self._numbers: dict[tuple[str, str | None], int] = {}
        self._citations = 0

    def cite(self, source: str, via: str | None, *, linked: bool) -> str:
        """Write one citation: a link to its reference, or a plain mark where the document has no list."""
        number = self._numbers.setdefault((source, via), len(self._numbers) + 1)
        self._citations += 1
        mark = f'class="citation" id="cite-{self._citations}" data-reference="{number}"'
        if linked:
            return f'<a {mark} href="#ref-{number}">[{number}]</a>'
        return f"<span {mark}>[{number}]</span>"

    @property
    def entries(self) -> tuple[Reference, ...]:
        """The references so far, in the order of their numbers."""
        first: dict[str, int] = {}
        for (source, _), number in self._numbers.items():
            first.setdefault(source, number)
        return tuple(Reference(number, source, via, short(self._ledger, source, via, self._tongue),
                               full(self._ledger, source, via, self._tongue, first[source] if first[source] != number
                                    else None))
                     for (source, via), number in self._numbers.items())


def who(ledger: Ledger, source: Source, tongue: Tongue) -> str:
    """Name the one who speaks in a source; in the reader's language where the ledger knows the organization."""
    name = _speaker(source, tongue)
    known = next((item.name for item in ledger.organizations.values() if name in item.name.values()), {})
    local = in_language(known, tongue.language) or name
    return local[:1].upper() + local[1:]


def _speaker(source: Source, tongue: Tongue) -> str:
    """Take its short name, author, publisher or site, else its title."""
    name = in_language(source.short, tongue.language) if source.short else None
    if name:
        return name
    if source.author:
        names = [author.literal or author.family or "" for author in source.author]
        return names[0] + (" " + tongue.say("and others") if len(names) > 2 else
                           " & " + names[1] if len(names) == 2 else "")
    return source.publisher or source.container_title or source.title


def short(ledger: Ledger, source_id: str, via: str | None, tongue: Tongue) -> str:
    """Write the short form: who, date; via whom."""
    if source_id not in ledger.sources or (via and via not in ledger.sources):
        return escape(source_id)  # the rule unknown-source names the place; the other problems are still wanted
    source = ledger.sources[source_id]
    relay = ledger.sources[via] if via else None
    parts = [f'<span class="who">{escape(who(ledger, source, tongue))}</span>']
    if source.issued or not relay:
        parts.append(_date(source, tongue))
    if relay:
        parts.append(tongue.say("via {relay}", relay=f"{escape(who(ledger, relay, tongue))}, {_date(relay, tongue)}"))
    return ", ".join(parts)


def _date(source: Source, tongue: Tongue) -> str:
    if source.issued:
        return f'<time datetime="{_iso(source.issued)}">{escape(tongue.date(source.issued))}</time>'
    if source.accessed:
        words = tongue.say("accessed {date}", date=tongue.date(source.accessed))
        return f'<time datetime="{_iso(source.accessed)}">{escape(words)}</time>'
    return escape(tongue.say("undated"))


def _iso(date: object) -> str:
    return str(date).rstrip("~")


def full(ledger: Ledger, source_id: str, via: str | None, tongue: Tongue, before: int | None = None) -> str:
    """Write the full reference: author, title, where and when published, number, address, when read; the relay.

    `before` is the number of an earlier reference to the same source, read in another relay; it is not written twice.
    """
    if source_id not in ledger.sources or (via and via not in ledger.sources):
        return escape(source_id)
    source = ledger.sources[source_id]
    text = _one(source, tongue)
    if before is not None and via:
        text = f"{escape(who(ledger, source, tongue))}, {tongue.say('as in {number}', number=f'[{before}]')}."
    if via:
        relay = tongue.say("Read in: {reference}", reference=_one(ledger.sources[via], tongue))
        text = f'{text} <span class="via">{relay}</span>'
    return text


def _one(source: Source, tongue: Tongue) -> str:
    authors = ", ".join(escape(str(author)) for author in source.author)
    publisher = source.publisher if source.publisher != authors else None
    where = [escape(part) for part in (source.container_title, publisher, source.number) if part]
    where.append(_date(source, tongue))
    parts = [authors, _title(source, tongue), ", ".join(where)]
    address = f"https://doi.org/{source.DOI}" if source.DOI else source.URL
    text = " ".join(part if plain(part).endswith(".") else f"{part}." for part in parts if plain(part))
    if address:
        text += f' <a class="address" href="{escape(address)}">{escape(address)}</a>'
        if source.accessed and source.issued:
            read = escape(tongue.say("accessed {date}", date=tongue.date(source.accessed)))
            text += f' (<time datetime="{_iso(source.accessed)}">{read}</time>)'
        text += "."
    return text


def _title(source: Source, tongue: Tongue) -> str:
    original = f"<cite{_lang(source, tongue)}>{escape(source.title)}</cite>"
    translated = source.title_translated.get(tongue.language)
    if translated and source.language != tongue.language:
        return f"<cite>{escape(translated)}</cite> [{original}]"
    return original


def _lang(source: Source, tongue: Tongue) -> str:
    return f' lang="{source.language}"' if source.language and source.language != tongue.language else ""
