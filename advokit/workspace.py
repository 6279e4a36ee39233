"""A folder → everything a command needs of it, and every problem in it at once.

In: the root of a workspace and names. Out: `CampaignFiles`, frozen, with the place of every value. Nothing outside
the workspace is read, not through a symbolic link either; templates and country packs of the workspace shadow the
built-in ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from advokit import resources, yamlfile
from advokit.campaign import Campaign, Edition, TextHead, edition_name
from advokit.countries import CountryPack, load_country
from advokit.ledger import Ledger
from advokit.problems import InputError, Problem, UsageError, hint_for, nearest
from advokit.safeguarding import PrivateList, private_list, quiet
from advokit.yamlfile import Loaded, YamlFile

M = TypeVar("M", bound=BaseModel)

#: The text, beside those of the documents, that tells how a document was made.
METHOD = "method"

#: Longest text read, in bytes.
MAX_TEXT = 1024 * 1024


@dataclass(frozen=True)
class Text:
    """One Markdown text: its head, and its body with the head's lines left blank, so that line numbers hold."""

    path: str
    head: TextHead
    body: str
    file: YamlFile


@dataclass(frozen=True)
class EditionFiles:
    """One edition with its texts, by document, and its country pack."""

    name: str
    loaded: Loaded[Edition]
    texts: Mapping[str, Text]
    country: Loaded[CountryPack]

    @property
    def edition(self) -> Edition:
        """The model."""
        return self.loaded.model


@dataclass(frozen=True)
class CampaignFiles:
    """A campaign as its folder holds it."""

    root: Path
    name: str
    loaded: Loaded[Campaign]
    ledger: Loaded[Ledger]
    editions: Mapping[str, EditionFiles] = field(default_factory=dict)
    private: PrivateList | None = field(default=None, repr=False)
    """The names that must never be printed; None where they have not been read yet."""

    @property
    def campaign(self) -> Campaign:
        """The model."""
        return self.loaded.model

    def documents(self, edition: str) -> tuple[str, ...]:
        """List the documents of an edition, in the campaign's order."""
        return self.editions[edition].edition.documents or self.campaign.documents


def inside(root: Path, relative: str) -> Path:
    """Give the path of a file of the workspace; raises InputError where it leads out of it."""
    path = root / relative
    try:
        real = path.resolve()
    except (RuntimeError, OSError):  # Python before 3.13 raises RuntimeError
        raise InputError([Problem(relative, 0, 0, "error", "unreadable-file",
                                  "this is a symbolic link that leads to itself",
                                  "Put the file itself into the workspace.")]) from None
    if not real.is_relative_to(root.resolve()):
        raise InputError([Problem(relative, 0, 0, "error", "outside-workspace",
                                  "this path leads out of the workspace, perhaps through a symbolic link",
                                  "Put the file itself into the workspace.")])
    return path


def template_folders(root: Path) -> tuple[Path, ...]:
    """List the folders of templates: the workspace's own first, then the built-in ones."""
    folders = ((root / "templates").resolve(), resources.builtin_templates().resolve())
    return tuple(dict.fromkeys(path for path in folders if path.is_dir()))


def locale_folders(root: Path) -> tuple[Path, ...]:
    """List the folders of gettext catalogues, the workspace's own first."""
    return tuple(folder / "locale" for folder in template_folders(root))


def read_text(root: Path, relative: str) -> Text:
    """Read a Markdown text with its optional head between `---` lines; raises InputError."""
    raw = yamlfile.read_bytes(inside(root, relative), relative, MAX_TEXT)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[:error.start].count(b"\n") + 1
        raise InputError([Problem(relative, line, 1, "error", "not-utf8", "this line is not UTF-8 text",
                                  yamlfile.utf8_hint(raw))]) from None
    if not text.strip():
        raise InputError([Problem(relative, 0, 0, "error", "missing-text", "the text is empty",
                                  "Write it, or take the document out of 'documents'.")])
    for number, content in enumerate(text.split("\n"), 1):
        if found := yamlfile.hidden_character(content):
            raise InputError([Problem(relative, number, content.index(found) + 1, "error", "bad-character",
                                      f"the character U+{ord(found):04X} has no meaning in a text",
                                      "Remove it; it is invisible in most editors.")])
    return _split(relative, text)


def _split(relative: str, text: str) -> Text:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return Text(relative, TextHead(), text, YamlFile(relative, {}, {}, {}))
    end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        raise InputError([Problem(relative, 1, 1, "error", "yaml-syntax", "the head opens with '---' and never closes",
                                  "Write '---' in a line of its own below it.")])
    head = "\n".join(["", *lines[1:end]])
    file = yamlfile.parse(head.encode(), relative)
    if file.value is None:
        file = YamlFile(relative, {}, file.values, file.keys)
    return Text(relative, yamlfile.build(file, TextHead).model, "\n" * (end + 1) + "\n".join(lines[end + 1:]), file)


class _Reader:
    """Reads files and keeps the problems instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def model(self, relative: str, model: type[M]) -> Loaded[M] | None:
        try:
            return yamlfile.load(inside(self.root, relative), model, relative)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def ledger_named_by(self, relative: str) -> str | None:
        """Give the ledger that a campaign names whose file is not valid, so that both are mended in one go."""
        try:
            value = yamlfile.read(inside(self.root, relative), relative).value
        except InputError:
            return None  # said already
        named = value.get("ledger") if isinstance(value, dict) else None
        return named if isinstance(named, str) else None

    def text(self, relative: str) -> Text | None:
        try:
            return read_text(self.root, relative)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def country(self, code: str) -> Loaded[CountryPack] | None:
        try:
            return load_country(code, self.root)
        except InputError as error:
            self.problems.extend(error.problems)
            return None


def read_campaign(root: Path, name: str, only: Iterable[str] = ()) -> tuple[CampaignFiles | None, list[Problem]]:
    """Read a campaign with its ledger, editions, texts and country packs.

    Gives every problem of every file; the files are None where the campaign or its ledger cannot be read, and an
    edition is left out where its own file cannot. `only` names the editions to read (all by default); an unknown one
    raises UsageError.
    """
    reader = _Reader(root)
    base = f"campaigns/{name}"
    names = sorted(path.stem for path in (root / base / "editions").glob("*.yaml"))
    wanted = list(dict.fromkeys(only)) or names
    unknown = [edition for edition in wanted if edition not in names]
    if unknown:
        raise UsageError([Problem(f"{base}/editions", 0, 0, "error", "unknown-edition", f"there is no edition '{item}'",
                                  hint_for(item, names, "edition")) for item in unknown])
    loaded = reader.model(f"{base}/campaign.yaml", Campaign)
    named = loaded.model.ledger if loaded else reader.ledger_named_by(f"{base}/campaign.yaml")
    ledger = reader.model(named, Ledger) if named else None
    if loaded and loaded.model.name != name:
        reader.problems.append(loaded.file.problem(("name",), "wrong-name",
                               f"the campaign calls itself '{loaded.model.name}' and its folder '{name}'",
                               "Give both the same name."))
    if not names:
        reader.problems.append(Problem(f"{base}/editions", 0, 0, "error", "no-edition", "the campaign has no edition",
                                       f"Write the first one: {base}/editions/gb.yaml"))
    editions: dict[str, EditionFiles] = {}
    for edition in wanted:
        found = _edition(reader, loaded.model if loaded else None, base, edition)
        if found:
            editions[edition] = found
    private = private_list(root)
    if not (loaded and ledger):
        return None, quiet(reader.problems, private)
    return CampaignFiles(root, name, loaded, ledger, editions, private), quiet(reader.problems, private)


def _edition(reader: _Reader, campaign: Campaign | None, base: str, name: str) -> EditionFiles | None:
    loaded = reader.model(f"{base}/editions/{name}.yaml", Edition)
    if loaded is None:
        return None
    edition = loaded.model
    if campaign and campaign.own_words:
        asked = edition.own_words.over(campaign.own_words) if edition.own_words else campaign.own_words
        edition = edition.model_copy(update={"own_words": asked})
        loaded = Loaded(edition, loaded.file)
    fitting = edition_name(edition, name)
    if fitting != name:
        reader.problems.append(loaded.file.problem(("country",), "wrong-name",
                               f"the file is called '{name}.yaml' and holds the edition '{fitting}'",
                               f"Rename it to {fitting}.yaml, or mend 'country' and 'language'."))
    country = reader.country(edition.country)
    texts: dict[str, Text] = {}
    documents = edition.documents or (campaign.documents if campaign else ())
    for document in documents:
        relative = text_path(reader.root, base, edition, document)
        if relative is None:
            reader.problems.append(loaded.file.problem(
                ("language",), "missing-text", f"there is no text '{document}' in '{edition.language}'",
                _missing_text_hint(reader.root, base, edition, document)))
            continue
        text = reader.text(relative)
        if text:
            texts[document] = text
    method = text_path(reader.root, base, edition, METHOD)
    text = reader.text(method) if method else None
    if text:
        texts[METHOD] = text
    return EditionFiles(name, loaded, texts, country) if country else None


def _missing_text_hint(root: Path, base: str, edition: Edition, document: str) -> str:
    near = nearest(document, [path.stem for path in (root / base / "text" / edition.language).glob("*.md")])
    hint = f"Write {base}/text/{edition.language}/{document}.md, or take '{document}' out of 'documents'."
    return f"Did you mean '{near}'? {hint}" if near else hint


def text_path(root: Path, base: str, edition: Edition, document: str) -> str | None:
    """Find the text of a document: the country's own, then the language's."""
    for folder in (f"{edition.language}-{edition.country.upper()}", edition.language):
        relative = f"{base}/text/{folder}/{document}.md"
        if (root / relative).is_file():
            return relative
    return None
