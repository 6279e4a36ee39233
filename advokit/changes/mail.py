"""A composed bulletin → HTML for a newsletter: styles on each element, one table for the frame, nothing to load.

In: `Composed`. Out: bytes. Mail programs drop style sheets, grids, custom properties, scripts and pictures as data; so
each element carries its own few declarations of CSS 2.1, new elements become old ones, citations stand as raised
numbers (an anchor inside a mail leads nowhere in many programs) and a logo becomes its words.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

import lxml.html

from advokit.compose.composed import Composed

WIDTH = 600
_INK, _GREY, _LINE, _ACCENT = "#1c2126", "#585f66", "#b4b9be", "#1d4f5c"
_SERIF = "Georgia, 'Times New Roman', serif"
_SANS = "Arial, Helvetica, sans-serif"
_LEFT_OUT = ("verify-picture", "chart-picture", "qr")
#: Elements that mail programs do not know, and what stands for them.
_OLD = {"data": "span", "time": "span", "main": "div", "header": "div", "section": "div", "figure": "div",
        "figcaption": "p", "cite": "em"}
#: What an element looks like, by tag, then by class; the later one wins.
_TAGS = {
    "h1": f"margin:0 0 16px;font:bold 28px/34px {_SERIF};color:{_INK}",
    "h2": f"margin:28px 0 10px;padding-top:10px;border-top:1px solid {_LINE};font:bold 18px/24px {_SANS};color:{_INK}",
    "h3": f"margin:16px 0 6px;font:bold 15px/22px {_SANS};color:{_INK}",
    "p": f"margin:0 0 12px;font:16px/25px {_SERIF};color:{_INK}",
    "ul": "margin:0 0 12px;padding:0 0 0 20px", "ol": "margin:0 0 12px;padding:0 0 0 24px",
    "li": f"margin:0 0 8px;font:16px/25px {_SERIF};color:{_INK}",
    "table": f"width:100%;margin:0 0 16px;border-collapse:collapse;border-bottom:1px solid {_INK}",
    "th": f"padding:6px 8px 6px 0;border-bottom:1px solid {_INK};font:bold 13px/18px {_SANS};color:{_GREY};"
          "text-align:left;vertical-align:bottom",
    "td": f"padding:6px 8px 6px 0;border-bottom:1px solid {_LINE};font:14px/19px {_SANS};color:{_INK};"
          "text-align:left;vertical-align:top",
    "a": "color:ACCENT;text-decoration:underline", "blockquote": f"margin:0 0 12px;padding:0 0 0 12px;color:{_GREY}",
}
_CLASSES = {
    "kicker": f"margin:0 0 8px;padding-top:8px;border-top:3px solid ACCENT;font:bold 13px/18px {_SANS};color:ACCENT",
    "brand": f"margin:0 0 20px;font:bold 16px/22px {_SANS};color:{_INK}",
    "fact": f"margin:0 0 4px;font:13px/18px {_SANS};color:{_GREY}",
    "note": f"margin:0 0 12px;font:13px/18px {_SANS};color:{_GREY}",
    "reference": f"margin:0 0 6px;font:12px/17px {_SANS};color:{_GREY}",
    "contact": f"margin:0 0 8px;font:13px/19px {_SANS};color:{_INK}",
    "imprint": f"margin:0 0 8px;font:12px/17px {_SANS};color:{_GREY}",
    "verify-code": f"font:bold 13px/18px {_SANS};letter-spacing:1px",
    "citation": "font-size:11px;line-height:0;color:ACCENT;vertical-align:super;white-space:nowrap",
    "unit": f"color:{_GREY}", "status": "color:ACCENT;font-weight:bold", "figure": "white-space:nowrap",
}


def render_mail(composed: Composed) -> bytes:
    """Write one document as HTML for mail."""
    root = lxml.html.document_fromstring(composed.html)
    found = re.findall(r"--accent:\s*(#[0-9a-fA-F]{6})", composed.html)
    accent = found[-1] if found else _ACCENT
    body: Any = root.find("body")
    for node in list(body.iter()):
        drop = not isinstance(node.tag, str) or node.tag in {"svg", "style"} or _classes(node) & set(_LEFT_OUT)
        if drop and node.getparent() is not None:
            node.drop_tree()
    for node in list(body.iter()):
        _plainly(node, accent)
    parts = [escape(body.text or "", quote=False), *(lxml.html.tostring(node, encoding="unicode") for node in body)]
    running = composed.running
    line = " · ".join(escape(part, quote=False) for part in (running.campaign, running.as_of, running.ledger) if part)
    foot = f'<p style="margin:20px 0 0;font:12px/17px {_SANS};color:{_GREY}">{line}</p>'
    html = root.get("lang") or composed.language
    frame = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
    return (f'<!DOCTYPE html>\n<html lang="{escape(html)}" dir="{escape(root.get("dir") or "ltr")}">\n<head>\n'
            '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(composed.title, quote=False)}</title>\n</head>\n"
            f'<body style="margin:0;padding:0;background-color:#ffffff">\n<table {frame} width="100%">'
            f'<tr><td align="center" style="padding:24px 16px">\n<table {frame} width="{WIDTH}" '
            f'style="width:100%;max-width:{WIDTH}px"><tr><td align="left" style="padding:0">\n'
            f'{"".join(parts).strip()}\n{foot}\n'
            "</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n").encode()


def _classes(node: Any) -> set[str]:
    return set((node.get("class") or "").split())


def _plainly(node: Any, accent: str) -> None:
    """Give one element the styles it needs, and take away what a mail program would not understand."""
    tag, classes = node.tag, _classes(node)
    if tag == "img":
        _in_words(node)
        return
    looks = _TAGS.get(tag, "")
    if tag == "th" and node.get("scope") == "row":
        looks = _TAGS["td"] + ";font-weight:bold"
    for name in (name for name in _CLASSES if name in classes):
        looks = _CLASSES[name]
    if tag == "a" and ("citation" in classes or not re.match(r"https?:|mailto:", node.get("href") or "")):
        node.tag = "span"
    elif tag in _OLD:
        node.tag = _OLD[tag]
    if "number" in classes and tag in {"td", "th"}:
        looks = looks.replace("text-align:left", "text-align:right")
    kept = {key: node.get(key) for key in ("href", "lang", "scope", "colspan", "rowspan")
            if node.get(key) and not (key == "href" and node.tag == "span")}
    node.attrib.clear()
    node.attrib.update(kept)
    if looks:
        node.set("style", looks.replace("ACCENT", accent))


def _in_words(node: Any) -> None:
    span = lxml.html.Element("span")
    span.text, span.tail = node.get("alt") or "", node.tail
    node.getparent().replace(node, span)
