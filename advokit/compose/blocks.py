"""Blocks: tables of counts, charts, asks, records and replies, as the templates in `templates/blocks/` draw them.

In: names of figures and claims. Out: HTML of one block. A disputed figure is printed as an honest reader wants it: each
count with speaker, date and scope, and what it leaves out; the newest is not silently the truest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from advokit.campaign import Ask
from advokit.compose.charts import ChartPoint, ChartStyle, draw
from advokit.compose.figures import Writer
from advokit.dates import PartialDate
from advokit.fields import in_language
from advokit.ledger import Figure, Observation
from advokit.problems import hint_for


class BlockError(Exception):
    """A block cannot be drawn; carries rule, message, hint."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        """Keep what is wrong."""
        super().__init__(rule, message, hint)
        self.rule, self.message, self.hint = rule, message, hint


#: Fewest counts that make a chart.
_FEWEST = 2


@dataclass(frozen=True)
class Blocks:
    """Draws the blocks of one document."""

    writer: Writer
    draw: Callable[[str, Mapping[str, Any]], str]
    """Renders `blocks/<name>.html` with a context."""
    inline: Callable[[str, tuple[str | int, ...]], str]
    """Turns a line of the edition's or campaign's Markdown, at a key path, into HTML."""
    asks: tuple[tuple[str, Ask], ...]
    record: tuple[str, ...]
    style: ChartStyle

    def __call__(self, kind: str, names: tuple[str, ...]) -> str:
        """Draw one block."""
        return {"how_many": self.how_many, "contested": self.how_many, "series": self.series, "chart": self.chart,
                "asks": self.ask_list, "record": self.record_list, "replies": self.reply_list}[kind](names)

    def how_many(self, names: tuple[str, ...]) -> str:
        """Draw the table of counts: for each figure its current and disputed counts, or the observation named."""
        rows: list[dict[str, Any]] = []
        for name in names:
            figure = self.writer.ledger.figures.get(name)
            items = standing(figure) if figure else (self.writer.ledger.observations[name][1],)
            rows.extend(self._row(item) for item in items)
        title = self.writer.label(names[0]) if len(names) == 1 and names[0] in self.writer.ledger.figures else None
        return self.draw("how-many", {"title": _field(title) if title else None, "rows": rows, "intro": None})

    def _row(self, item: Observation) -> dict[str, Any]:
        write = self.writer
        path = write.path(item)
        name = write.ledger.observations[item.id][0]
        counts = write.localized(item.scope, (*path, "scope"), "the scope") if item.scope else write.label(name)
        leaves = write.localized(item.leaves_out, (*path, "leaves_out"), "'leaves_out'") if item.leaves_out else None
        return {
            "counter": Markup(write.counter(item, start=True)), "value": Markup(write.value(item, "how_many")),
            "unit": write.unit(item), "as_of": Markup(write.date(item.as_of, item.id)), "counts": _field(counts),
            "leaves_out": _field(leaves) if leaves else None, "citation": Markup(write.citations(item.evidence)),
            "status": _field(doubt) if (doubt := write.doubt(item)) else None,
        }

    def series(self, names: tuple[str, ...]) -> str:
        """Draw the table of every count of a figure, oldest first."""
        figure = self.writer.ledger.figures[names[0]]
        write = self.writer
        rows = [{"value": Markup(write.value(item, "series")), "as_of": Markup(write.date(item.as_of, item.id)),
                 "counter": Markup(write.counter(item, start=True)), "citation": Markup(write.citations(item.evidence))}
                for item in figure.printable]
        return self.draw("series", {"title": _field(write.label(names[0])), "rows": rows, "note": None})

    def chart(self, names: tuple[str, ...]) -> str:
        """Draw the chart of one consistent series; refuses counts that do not make one."""
        name = names[0]
        figure = self.writer.ledger.figures[name]
        items = consistent(figure)
        if not figure.series:
            raise BlockError("false-trend", f"'{name}' is declared no series ('series: false'), so it is not charted",
                             "Where all of them count the same thing in the same way, take 'series: false' out of the"
                             " figure; else print {{ how_many(…) }}, which tells what each one counts.")
        if len(items) < _FEWEST:
            raise BlockError("false-trend", f"'{name}' has no two counts that make one series, so it is not charted",
                             "Counts make a series where one 'supersedes' the other, or where a flow or stock has the"
                             " same counter, scope and method; else print {{ how_many(…) }}.")
        write = self.writer
        points = [ChartPoint(
            moment=_fraction(item.as_of), value=float(item.value) if item.value is not None else None,
            value_label=write.value_text(item), date_label=write.tongue.date(item.as_of),
            low=float(item.low) if item.low is not None else None,
            high=float(item.high) if item.high is not None else None, qualifier=item.qualifier,
            observation=item.id, machine_value=item.machine_value) for item in items]
        first, last = items[0], items[-1]
        title = write.label(name)
        words = Markup(write.tongue.say(
            "From {first} ({first_date}) to {last} ({last_date}).", first=write.value(first, "chart"),
            first_date=write.date(first.as_of, first.id), last=write.value(last, "chart"),
            last_date=write.date(last.as_of, last.id)))
        marks = dict.fromkeys(mark for item in items for mark in [(e.source, e.via) for e in item.evidence])
        counters = [Markup(write.counter(item)) for item in items]
        # Each counter carries its observation's marks; what the reader sees is named once.
        source = Markup(", ").join({_plain(counter): counter for counter in reversed(counters)}.values())
        citations = Markup("".join(f"\ue002{source_id} {via or ''}\ue003" for source_id, via in marks))
        svg = Markup(draw(points, title=title, description=_plain(words), language=write.tongue.language,
                          style=self.style).svg)
        return self.draw("chart", {"title": _field(title), "svg": svg, "description": words, "note": None,
                                   "source": source + citations})

    def ask_list(self, names: tuple[str, ...]) -> str:
        """Draw the asks of the edition, most important first."""
        items = [{"text": Markup(self.inline(*self._ask(key, ask, "text"))),
                  "detail": Markup(self.inline(*self._ask(key, ask, "why"))) if ask.why else None}
                 for key, ask in self.asks if not names or key in names]
        return self.draw("asks", {"title": None, "asks": items})

    def _ask(self, key: str, ask: Ask, part: str) -> tuple[str, tuple[str | int, ...]]:
        text = in_language(getattr(ask, part), self.writer.tongue.language)
        if text is None:
            raise BlockError("missing-text", f"the ask '{key}' has no {part} in '{self.writer.tongue.language}'",
                             f"Write it in campaign.yaml under asks.{key}.{part}.{self.writer.tongue.language}.")
        return text, ("asks", key, part, self.writer.tongue.language)

    def record_list(self, names: tuple[str, ...]) -> str:
        """Draw what this country's government and parliament have done: claims and figures, oldest first."""
        items = []
        for name in names or self.record:
            write, ledger = self.writer, self.writer.ledger
            if name in ledger.claims:
                claim = ledger.claims[name]
                day = claim.as_of
                statement = write.claim(name, claim)
            elif name in ledger.figures or name in ledger.observations:
                item = ledger.figures[name].current if name in ledger.figures else ledger.observations[name][1]
                if item is None:
                    raise BlockError("withheld-figure", f"every observation of '{name}' is withheld or retired")
                day, statement = item.as_of, write.statement(item)
            else:
                known = [*ledger.claims, *ledger.figures, *ledger.observations]
                raise BlockError("unknown-claim", f"the ledger has neither claim nor figure '{name}'",
                                 hint_for(name, known, "claim"))
            items.append((day.first.isoformat() if day else "", {
                "date": Markup(write.date(day)) if day else None, "statement": Markup(statement), "citation": ""}))
        if not items:
            raise BlockError("empty-record", "the edition records nothing that this country has done",
                             "List claims of the ledger under 'record' in the edition, or take {{ record() }} out.")
        return self.draw("record", {"title": None, "items": [item for _, item in sorted(items, key=lambda x: x[0])]})

    def reply_list(self, names: tuple[str, ...]) -> str:
        """Draw the replies on record of those who are accused."""
        claims = self.writer.ledger.claims
        wanted = names or tuple(name for name, claim in claims.items() if claim.kind == "reply"
                                and claim.status not in {"withheld", "retired"})
        items = []
        for name in wanted:
            if name not in claims:
                raise BlockError("unknown-claim", f"the ledger has no claim '{name}'", hint_for(name, claims, "claim"))
            claim, write = claims[name], self.writer
            who = write.localized(write.ledger.counter_name(claim.stated_by), ("claims", name, "stated_by"),
                                  "the name of who replied") if claim.stated_by else None
            items.append({"who": _field(who[:1].upper() + who[1:]) if who else None,
                          "date": Markup(write.date(claim.as_of)) if claim.as_of else None,
                          "statement": Markup(write.claim(name, claim)), "citation": ""})
        if not items:
            raise BlockError("missing-reply", "the ledger records no reply", "Add claims of the kind 'reply'.")
        return self.draw("replies", {"title": None, "items": items})


def standing(figure: Figure) -> tuple[Observation, ...]:
    """Give the counts that stand side by side: every one that nothing supersedes, oldest first."""
    superseded = {name for item in figure.observations for name in item.supersedes}
    return tuple(item for item in figure.printable if item.id not in superseded)


def consistent(figure: Figure) -> tuple[Observation, ...]:
    """Give the counts that make one series, without disputed ones.

    They are those that supersede one another up to the current one; a count of one year or of one moment replaces no
    other, so there counts of the same counter, scope and method belong together.
    """
    current = figure.current
    if current is None:
        return ()
    by_id = {item.id: item for item in figure.printable}
    chain, queue = {current.id: current}, list(current.supersedes)
    while queue:
        item = by_id.get(queue.pop())
        if item and item.id not in chain:
            chain[item.id] = item
            queue.extend(item.supersedes)
    if figure.kind in {"flow", "stock"}:
        replaced = {name for item in figure.printable for name in item.supersedes}
        chain |= {item.id: item for item in figure.printable
                  if _same_way(item) == _same_way(current) and item.id not in replaced}
    return tuple(item for item in figure.in_order if item.id in chain and item.status != "disputed")


def _same_way(item: Observation) -> tuple[Any, ...]:
    return item.counted_by, item.scope, item.leaves_out, item.method


def _fraction(date: PartialDate) -> float:
    """Place a date on an axis of years: the middle of what it can mean."""
    middle = date.first + (date.last - date.first) / 2
    return middle.year + (middle.timetuple().tm_yday - 1) / 366


def _field(text: str) -> Markup:
    """Mark words of the ledger, so that rules know where they come from."""
    return Markup('<span class="field">{}</span>').format(text)


def _plain(markup: Markup) -> str:
    return str(markup.striptags())
