"""`convention-unsourced`, `convention-expired` and `untranslated`: what an edition rests on.

In: the campaign's files and the date. Out: one warning a country pack, with the number of conventions that its
editions use and that have no source or are past their review; and words of the templates that an edition's language
lacks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from advokit.countries import CountryPack, Stated, conventions
from advokit.problems import Problem
from advokit.workspace import CampaignFiles, EditionFiles, locale_folders, template_folders

#: Parts of a pack that every letter of an edition goes through; the others belong to recipients that it may never have.
_ALWAYS = frozenset({"paper", "windows", "folds"})
_CALL = re.compile(r"""\b(?:_|ngettext|pgettext)\(\s*(["'])(.+?)\1(?:\s*,\s*(["'])(.+?)\3)?""")
#: How many missing words are named one by one; more are a missing catalogue.
_FEW = 5


def conventions_used(files: CampaignFiles, date: dt.date) -> Iterator[Problem]:
    """Count, a pack, the conventions in use that have no source, and those past their review date."""
    packs: dict[str, list[EditionFiles]] = {}
    for edition in files.editions.values():
        if edition.texts:
            packs.setdefault(edition.country.file.path, []).append(edition)
    for editions in packs.values():
        loaded = editions[0].country
        used = [
            item
            for item in conventions(loaded.model)
            if any(_used(item, loaded.model, edition) for edition in editions)
        ]
        unsourced = [item for item in used if item.source is None]
        expired = [item for item in used if item.due < date]
        for found, rule, words, hint in (
            (
                unsourced,
                "convention-unsourced",
                "have no source",
                ("Look them up, and name the source in the pack; until then, have"
                " somebody of that country read the letter."),
            ),
            (
                expired,
                "convention-expired",
                f"were due for another look by {min((item.due for item in expired), default=date)}",
                "Compare them with their sources, and write the day under 'reviewed'.",
            ),
        ):
            if found:
                names = ", ".join(dict.fromkeys(str(item.path[0]) for item in found))
                yield loaded.file.problem(
                    found[0].path,
                    rule,
                    f"{len(found)} of the {len(used)} conventions that the letters of"
                    f" '{loaded.model.code}' follow {words}: {names}",
                    hint,
                    warning=True,
                )


def _used(item: Stated, pack: CountryPack, edition: EditionFiles) -> bool:
    """Tell whether the letter of an edition follows a convention."""
    if "letter" not in edition.texts:
        return item.path[0] == "paper"
    head, language = str(item.path[0]), edition.edition.language
    if head == "layout":
        return item.path[1] == language
    if head == "windows":
        return item.path[1] == 0
    recipient = edition.edition.recipient
    office = recipient.office if recipient else None
    index = item.path[1] if len(item.path) > 1 and isinstance(item.path[1], int) else 0
    if head == "address_forms":
        form = pack.address_forms[index]
        return bool(office) and form.office == office and form.language == language
    if head == "offices":
        return bool(office) and pack.offices[index].id == office
    return head in _ALWAYS


@lru_cache(maxsize=64)
def _catalogue(path: Path, _changed: int) -> frozenset[tuple[str, str]]:
    """Read the messages of a catalogue that have a translation, each with its context."""
    try:
        with path.open("rb") as file:
            return frozenset(
                (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
                for message in read_po(file)
                if message.id
                and not message.fuzzy
                and (any(message.string) if isinstance(message.string, tuple | list) else message.string)
            )
    except (OSError, PoFileError, UnicodeDecodeError, ValueError):
        return frozenset()


def _known(folders: tuple[Path, ...], names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    paths = [folder / name / "LC_MESSAGES" / "advokit.po" for folder in folders for name in names]
    return frozenset().union(*(_catalogue(path, path.stat().st_mtime_ns) for path in paths if path.is_file()))


def untranslated(files: CampaignFiles) -> Iterator[Problem]:
    """Find words of the templates that the catalogue of an edition's language does not have."""
    folders = locale_folders(files.root)
    core = _known(folders, ("en",))
    own = list(_template_words(files.root))
    for language in sorted({edition.edition.language for edition in files.editions.values()} - {"en"}):
        base = language.partition("-")[0]
        if base == "en":
            continue
        known = _known(folders, tuple(dict.fromkeys((language, base))))
        path = f"templates/locale/{base}/LC_MESSAGES/advokit.po"
        lacking = sorted(core - known)
        if len(lacking) > _FEW:
            yield Problem(
                path,
                0,
                0,
                "error",
                "untranslated",
                f"{len(lacking)} of {len(core)} words of the templates have no translation into"
                f" '{language}', '{lacking[0][1]}' first",
                f"Copy the English catalogue to {path} and translate it.",
            )
        else:
            for _, text in lacking:
                yield Problem(
                    path,
                    0,
                    0,
                    "error",
                    "untranslated",
                    f"the template word '{text}' has no translation into '{language}'",
                    f"Add it to {path}.",
                )
        for place, text in own:
            if text not in {found for _, found in core | known}:
                yield Problem(
                    *place,
                    "error",
                    "untranslated",
                    f"the template word '{text}' has no translation into '{language}'",
                    f"Add it to {path}.",
                )


def _template_words(root: Path) -> Iterator[tuple[tuple[str, int, int], str]]:
    """List the words that templates hand to gettext, each with its place."""
    for folder in template_folders(root):
        for path in sorted(folder.rglob("*.html")):
            try:
                text = path.read_text("utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            for match in _CALL.finditer(text):
                context = match[0].startswith("pgettext")
                place = (
                    f"templates/{path.relative_to(folder).as_posix()}",
                    text.count("\n", 0, match.start()) + 1,
                    match.start() - text.rfind("\n", 0, match.start()),
                )
                yield place, match[4] if context and match[4] else match[2]
