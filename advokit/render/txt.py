"""Composed → plain text (UTF-8, lines of at most 76 characters), for mail and for reading aloud.

In: `Composed`. Out: bytes. Layout of blocks and lists is inscriptis's work; tables become one paragraph a row, each
cell with its heading, because columns of text are unreadable in mail. A link is followed by its address, and the
sources stand once, at the end, under the numbers of their citations.
"""

from __future__ import annotations

import re
import textwrap
from itertools import zip_longest
from typing import Any

import lxml.html
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig

from advokit.compose.composed import Composed
from advokit.compose.pieces import plain

WIDTH = 76
_LEAVE_OUT = (".verify", ".chart-picture", "svg", "style")


def render_txt(composed: Composed) -> bytes:
    """Write one document as plain text."""
    root = lxml.html.document_fromstring(composed.html)
    for node in [node for node in root.iter() if isinstance(node.tag, str) and _left_out(node)]:
        node.drop_tree()
    for table in list(root.iter("table")):
        _unfold(table)
    for link in root.iter("a"):
        _write_out(link)
    listed = root.xpath("//li[starts-with(@id, 'ref-')]")
    for entry in listed:
        _number(entry)
    engine = Inscriptis(root, ParserConfig(css=CSS_PROFILES["strict"].copy()))
    lines = [line for raw in engine.get_text().split("\n") for line in _wrapped(raw.rstrip())]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not listed and composed.references:
        notes = [line for reference in composed.references
                 for line in _wrapped(f"[{reference.number}] {plain(reference.full)}")]
        text += "\n\n-- \n" + "\n".join(notes)
    else:
        text += "\n\n-- "
    running = composed.running
    text += "\n\n" + "\n".join(part for part in (f"{running.campaign} · {running.edition}", running.as_of,
                                                 running.ledger) if part)
    return (text + "\n").encode()


def _left_out(node: Any) -> bool:
    names = {f".{name}" for name in (node.get("class") or "").split()} | {node.tag}
    return bool(names & set(_LEAVE_OUT))


def _write_out(link: Any) -> None:
    """Put the address of a link after its words, where these are not the address itself."""
    address = link.get("href", "")
    shown = address.removeprefix("mailto:")
    if address.startswith(("http:", "https:", "mailto:")) and " ".join(link.text_content().split()) != shown:
        span = lxml.html.Element("span")
        span.text = f" ({shown})"
        link.append(span)


def _number(entry: Any) -> None:
    """Give an entry of the references the number that its citations show."""
    entry.tag = "p"
    entry.text = f"[{entry.get('data-reference')}] {(entry.text or '').lstrip()}"
    if entry.getparent().tag == "ol":
        entry.getparent().tag = "div"


def _unfold(table: Any) -> None:
    heads = [" ".join(cell.text_content().split()) for cell in table.iterfind(".//thead//th")]
    frame = lxml.html.Element("div")
    for row in [row for row in table.iter("tr") if row.getparent().tag != "thead"]:
        cells = [" ".join(cell.text_content().split()) for cell in row]
        parts = [cells[0] if index == 0 else f"{head}: {cell}" if head else cell
                 for index, (head, cell) in enumerate(zip_longest(heads[:len(cells)], cells, fillvalue=""))
                 if cell and cell != "–"]
        paragraph = lxml.html.Element("p")
        text = "; ".join([*(part.rstrip(".") for part in parts[:-1]), *parts[-1:]])
        paragraph.text = text if text.endswith((".", "!", "?", "…")) else f"{text}."
        frame.append(paragraph)
    frame.tail = table.tail
    parent = table.getparent()
    parent.replace(table, frame)


def _wrapped(line: str) -> list[str]:
    if not line.strip():
        return [""]
    indent = re.match(r"\s*(?:\d+\.\s+|\*\s+|\[\d+\]\s+)?", line)
    lead = " " * (len(indent[0]) if indent else 0)
    first = line[:len(lead)]
    return textwrap.wrap(line[len(lead):], WIDTH, initial_indent=first, subsequent_indent=lead,
                         break_long_words=False, break_on_hyphens=False) or [line]
