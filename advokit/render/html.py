"""Composed → one HTML file that needs nothing else: styles inside, pictures as data, no scripts, no network.

In: `Composed`. Out: bytes. The citation footer has no pages to stand on here: the references stand once at the end,
for a letter below it, with the running line.
"""

from __future__ import annotations

import base64
import re
from html import escape, unescape
from pathlib import Path

from advokit.compose.composed import Composed
from advokit.problems import OutputError, Problem
from advokit.render.fetcher import WorkspaceFetcher

#: The document may show its own styles and pictures, and nothing else (Content Security Policy, level 3).
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

_PICTURE = re.compile(r'(?P<before>(?:src|href)=")(?P<url>(?:workspace|advokit):[^"]+)"')
#: A list of references, as the marks of docs/architecture.md have it; the same words in a text are no mark.
_LISTED = re.compile(r'<li\b[^<>]*\bid="ref-\d+"')
_HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)


def render_html(composed: Composed, root: Path) -> bytes:
    """Write one document as a single HTML file; raises OutputError with every picture that cannot be read."""
    fetcher = WorkspaceFetcher(root)
    problems: list[Problem] = []

    def picture(match: re.Match[str]) -> str:
        try:
            answer = fetcher.fetch(unescape(match["url"]))
            kind = answer.content_type or "application/octet-stream"
            return f'{match["before"]}data:{kind};base64,{base64.b64encode(answer.read()).decode()}"'
        except (OSError, ValueError) as error:
            problems.append(Problem(composed.template, 0, 0, "error", "not-loaded",
                                    f"'{unescape(match['url'])[:80]}' is not loaded: {error}",
                                    getattr(error, "hint", "")))
            return match[0]

    html = _PICTURE.sub(picture, composed.html)
    if problems:
        raise OutputError(dict.fromkeys(problems))
    html = re.sub(r"@font-face\s*\{[^}]*\}", "", html)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    html = _HEAD.sub(lambda match: f"{match[0]}\n{meta}", html, count=1)
    running = composed.running
    words = (running.campaign, running.edition, running.as_of, running.ledger)
    line = " · ".join(escape(part, quote=False) for part in words if part)
    notes = ""
    if not _LISTED.search(composed.html):
        notes = "".join(f'<p class="page-reference"><span class="field">[{item.number}]</span> {item.full}</p>\n'
                        for item in composed.references)
    footer = f'<footer class="page-references">\n{notes}<p class="running-line">{line}</p>\n</footer>\n'
    return html.replace("</body>", footer + "</body>", 1).encode()
