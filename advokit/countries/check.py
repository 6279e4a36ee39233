"""What the model of a pack cannot see field by field: names that point nowhere, rectangles off the page, bad patterns.

In: a `Loaded[CountryPack]`. Out: problems, each at its place in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from babel.dates import format_date

from advokit.countries.forms import FIELD, PLACEHOLDERS, form_strings
from advokit.countries.model import PAPER_SIZES, CountryPack, Rect, walk
from advokit.fields import ANY_LANGUAGE
from advokit.problems import Problem, hint_for
from advokit.yamlfile import KeyPath, Loaded

#: The least width and height of the room for an address, in millimetres: three lines.
LEAST = (50.0, 11.0)


def problems_of(loaded: Loaded[CountryPack], code: str) -> list[Problem]:
    """Find what is wrong in a pack that could be read."""
    found = list(_header(loaded, code))
    for check in (_sources, _duplicates, _houses, _languages, _placeholders, _windows, _patterns):
        found += check(loaded)
    return found


def _header(loaded: Loaded[CountryPack], code: str) -> Iterator[Problem]:
    if loaded.model.code != code:
        yield loaded.file.problem(("code",), "invalid-value", f"the file is '{code}.yaml' and says code"
                                  f" '{loaded.model.code}'", "Give both the same letters.")


def _sources(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    known = loaded.model.sources
    used: set[str] = set()
    for path, convention in walk(loaded.model):
        named: dict[KeyPath, str | None] = {("source",): convention.source}
        named |= {("parts", name, "source"): part.source for name, part in convention.parts.items()}
        for tail, source in named.items():
            if source and source not in known:
                yield loaded.file.problem((*path, *tail), "unknown-source",
                                          f"there is no source '{source}' in 'sources'",
                                          hint_for(source, known, "source"))
            used.add(source or "")
        for name, part in convention.parts.items():
            if part.strength != "g" and not (part.source or convention.source):
                yield loaded.file.problem((*path, "parts", name), "invalid-value",
                                          f"the part '{name}' has strength '{part.strength}' and no source",
                                          "Name one of 'sources' as 'source', or write 'strength: g'.")
    for source in known.keys() - used:
        yield loaded.file.problem(("sources", source), "unused-source", f"no convention goes back to '{source}'",
                                  "Remove it from 'sources', or name it where it was read.", key=True)


def _duplicates(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    for key in ("windows", "chambers", "offices", "address_forms", "customs"):
        first: dict[str, int] = {}
        for index, item in enumerate(getattr(loaded.model, key)):
            if item.id in first:
                line = loaded.file.mark((key, first[item.id], "id")).line
                yield loaded.file.problem((key, index, "id"), "duplicate-id",
                                          f"the id '{item.id}' stands a second time in '{key}'",
                                          f"It stands first in line {line}; give one of the two another id.")
            first.setdefault(item.id, index)


def _houses(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    pack = loaded.model
    chambers, offices = [c.id for c in pack.chambers], [o.id for o in pack.offices]
    for index, form in enumerate(pack.address_forms):
        if form.chamber and form.chamber not in chambers:
            yield _unknown(loaded, ("address_forms", index, "chamber"), form.chamber, chambers, "chamber")
        if form.office and form.office not in offices:
            yield _unknown(loaded, ("address_forms", index, "office"), form.office, offices, "office")
    for index, rule in enumerate(pack.who_may_write):
        if rule.chamber not in chambers:
            yield _unknown(loaded, ("who_may_write", index, "chamber"), rule.chamber, chambers, "chamber")
    for index, chamber in enumerate(pack.free_post.chambers if pack.free_post else ()):
        if chamber not in chambers:
            yield _unknown(loaded, ("free_post", "chambers", index), chamber, chambers, "chamber")


def _unknown(loaded: Loaded[CountryPack], path: KeyPath, name: str, known: list[str], kind: str) -> Problem:
    return loaded.file.problem(path, f"unknown-{kind}", f"there is no {kind} '{name}' in this pack",
                               hint_for(name, known, kind))


def _languages(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    pack = loaded.model
    known = list(pack.languages)
    for index, language in enumerate(pack.languages):
        if language not in pack.layout:
            yield loaded.file.problem(("languages", index), "missing-key", f"'layout' has nothing for '{language}'",
                                      f"Write 'layout: {{{language}: …}}'; copy that of another language.")
    for index, form in enumerate(pack.address_forms):
        if form.language not in known:
            yield _unknown(loaded, ("address_forms", index, "language"), form.language, known, "language")
    for key in ("chambers", "offices"):
        for index, house in enumerate(getattr(pack, key)):
            for language in house.postal_address.lines:
                if language != ANY_LANGUAGE and language not in known:
                    yield _unknown(loaded, (key, index, "postal_address", "lines", language), language, known,
                                   "language")


def _placeholders(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    for index, form in enumerate(loaded.model.address_forms):
        for path, text in form_strings(form):
            names = [name for match in FIELD.finditer(text) for name in (match["name"], match["other"]) if name]
            for name in names:
                if name not in PLACEHOLDERS:
                    yield loaded.file.problem(("address_forms", index, *path), "unknown-placeholder",
                                              f"there is no placeholder '{{{name}}}'",
                                              hint_for(name, PLACEHOLDERS, "placeholder"))
            if set(FIELD.sub("", text)) & set("{}"):
                yield loaded.file.problem(("address_forms", index, *path), "invalid-value",
                                          f"'{text}' has a brace that belongs to no placeholder",
                                          "A placeholder is written {surname}.")


def _windows(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    pack = loaded.model
    width, height = PAPER_SIZES[pack.paper.value]
    sheet = Rect(left=0, top=0, width=width, height=height)
    for index, window in enumerate(pack.windows):
        box = window.box
        if not sheet.holds(box):
            yield loaded.file.problem(("windows", index, "box"), "outside-page",
                                      f"the window ends {box.right:g} mm from the left and {box.bottom:g} mm from the"
                                      f" top; the sheet is {width:g} × {height:g} mm")
        for key in ("address_zone", "return_zone"):
            zone = getattr(window, key)
            if zone and not box.holds(zone):
                yield loaded.file.problem(("windows", index, key), "outside-window",
                                          f"'{key}' reaches out of the window")
        safe = window.safe(pack.paper.value, pack.folds.at if pack.folds else ())
        if safe.width < LEAST[0] or safe.height < LEAST[1]:
            yield loaded.file.problem(("windows", index), "window-too-small",
                                      f"with clearance and slip the window '{window.id}' leaves {safe.width:.0f} ×"
                                      f" {safe.height:.0f} mm for an address; it needs {LEAST[0]:g} × {LEAST[1]:g} mm",
                                      "Look at 'clearance', 'shift' and 'envelope', and at the folds: a sheet folded"
                                      " nearer to the envelope's height slips less.")
    marks: list[tuple[KeyPath, float]] = [(("windows", index, "folds"), fold)
                                          for index, window in enumerate(pack.windows) for fold in window.folds]
    if pack.folds:
        marks += [(("folds", "at"), fold) for fold in pack.folds.at]
        marks += [(("folds", "hole"), pack.folds.hole)] if pack.folds.hole else []
    for path, mark in marks:
        if mark >= height:
            yield loaded.file.problem(path, "outside-page",
                                      f"the mark at {mark:g} mm is below the sheet of {height:g} mm")


def _patterns(loaded: Loaded[CountryPack]) -> Iterator[Problem]:
    pack = loaded.model
    if pack.postcode:
        try:
            if not re.fullmatch(pack.postcode.pattern, pack.postcode.example):
                yield loaded.file.problem(("postcode", "example"), "invalid-value",
                                          f"the example '{pack.postcode.example}' does not fit the pattern")
        except re.error as error:
            yield loaded.file.problem(("postcode", "pattern"), "invalid-value",
                                      f"the pattern is no regular expression: {error}")
    for language, layout in pack.layout.items():
        try:
            format_date(dt.date(2026, 3, 5), layout.date.format, locale=language.replace("-", "_"))
        except (ValueError, KeyError, AttributeError):
            yield loaded.file.problem(("layout", language, "date", "format"), "invalid-value",
                                      f"'{layout.date.format}' is no date pattern of Unicode CLDR",
                                      "Write it like 'd MMMM y'; words stand in single quotes: d 'de' MMMM.")
