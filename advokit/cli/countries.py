"""`advokit countries`: what each country pack knows and how well; a letter with its window drawn over it.

In: a command line. Out: tables, a pack in words or as JSON, a specimen PDF.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit.cli.options import Date, Json, Workspace, day, root_of
from advokit.cli.output import count, print_json, print_line, print_table
from advokit.fields import ANY_LANGUAGE
from advokit.problems import Problem, UsageError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from advokit.countries import Convention, CountryPack
    from advokit.yamlfile import KeyPath

app = typer.Typer(no_args_is_help=True, help="Country packs: how letters are written in each country.")

Code = Annotated[str, typer.Argument(metavar="CC", help="The country: de, us, …")]
#: What the three strengths mean, for people.
STRENGTHS = {"s": "an official or standard source was read", "w": "a weaker source was read",
             "g": "general knowledge, unchecked"}
#: Lists whose entries are known by their own ids.
_LISTS = frozenset(("address_forms", "chambers", "offices", "windows"))
#: Keys of a convention that are not its content.
_ABOUT = ("strength", "source", "reviewed", "confirm_at", "note", "parts")


@app.command("list")
def list_countries(context: typer.Context, json: Json = False, workspace: Workspace = None) -> int:
    """List the packs, the languages of their letters, and how many conventions are known how well."""
    from advokit.countries import codes, conventions, load_country
    root = root_of(context, workspace)
    rows: list[dict[str, Any]] = []
    for code in codes(root):
        loaded = load_country(code, root)
        pack = loaded.model
        known = Counter(stated.strength for stated in conventions(pack))
        rows.append({"country": code, "name": _english(pack.name), "languages": list(pack.languages),
                     "paper": pack.paper.value, "windows": [window.id for window in pack.windows],
                     "s": known["s"], "w": known["w"], "g": known["g"], "reviewed": pack.reviewed.isoformat(),
                     "own": not loaded.file.path.startswith("advokit:")})
    if json:
        print_json({"countries": rows})
        return 0
    print_table(("country", "name", "languages", "paper", "windows", "s", "w", "g", "reviewed", "from"),
                [(row["country"], row["name"], ", ".join(row["languages"]), row["paper"], ", ".join(row["windows"]),
                  row["s"], row["w"], row["g"], row["reviewed"], "workspace" if row["own"] else "advokit")
                 for row in rows], right=frozenset("swg"))
    print_line("; ".join(f"{mark}: {words}" for mark, words in STRENGTHS.items()) + ".", stderr=True)
    return 0


@app.command("show")
def show(context: typer.Context, code: Code, json: Json = False, workspace: Workspace = None) -> int:
    """Show every convention of a pack: what it says, how well it is known, and where it was read."""
    from advokit.countries import load_country
    loaded = load_country(code.lower(), root_of(context, workspace))
    pack = loaded.model
    if json:
        print_json({"path": loaded.file.path, **pack.model_dump(mode="json", exclude_none=True)})
        return 0
    print_line(f"{_english(pack.name)} ({pack.code}), {loaded.file.path}, compared with its sources on {pack.reviewed}")
    print_line(f"Letters in {', '.join(pack.languages)}.")
    for text in _to_know(pack):
        print_line(text)
    print_line()
    print_table(("convention", "what it says", "known", "source"),
                [(place, said, strength, source) for place, said, strength, source in _rows(pack)])
    used = sorted(pack.sources)
    if used:
        print_line()
        print_line(count(len(used), "source") + ":")
        for name in used:
            source = pack.sources[name]
            print_line("  " + ", ".join(filter(None, (f"{name}: {source.title}", source.publisher, source.url))))
    return 0


def _to_know(pack: CountryPack) -> Iterator[str]:
    """Give what a person who sends letters should know first."""
    from advokit.countries import advice
    for told in advice(pack):
        yield f"- {told}"


def _english(words: dict[str, str]) -> str:
    return words.get("en") or next(iter(words.values()))


def _rows(pack: CountryPack) -> Iterator[tuple[str, str, str, str]]:
    """Give every convention and every part that is known otherwise: place, content, strength, source."""
    from advokit.countries.model import walk
    for path, convention in walk(pack):
        place, left = _place(pack, path), convention.parts
        yield place, _said(convention, set(left)), convention.strength, _source(convention.source, convention)
        for name, part in left.items():
            source = None if part.strength == "g" else part.source or convention.source
            yield f"{place}, {name}", _words(getattr(convention, name)), part.strength, _source(source, convention)


def _source(source: str | None, convention: Convention) -> str:
    if source:
        return source
    return f"confirm at: {convention.confirm_at}" if convention.confirm_at else "–"


def _place(pack: CountryPack, path: KeyPath) -> str:
    """Name the place of a convention, by ids where it stands in a list."""
    value: Any = pack
    names: list[str] = []
    for step in path:
        if isinstance(step, int):
            value = value[step]
            named = str(getattr(value, "id", None) or getattr(value, "chamber", ""))
            names[-1] = named if names[-1] in _LISTS else f"{names[-1]} {named}"
        else:
            value = value[step] if isinstance(value, dict) else getattr(value, step)
            names.append(str(step))
    return " ".join(names)


def _said(convention: Convention, left_out: set[str]) -> str:
    """Give the content of a convention in one line."""
    told = {name: getattr(convention, name) for name in type(convention).model_fields
            if name not in _ABOUT and name not in left_out}
    known = {name: _words(value) or "(nothing)" for name, value in told.items()
             if value not in (None, (), {}, "") or name == "mark"}
    if len(known) == 1:
        return next(iter(known.values()))
    return "; ".join(f"{name.replace('_', ' ')}: {words}" for name, words in known.items() if name != "id")


def _words(value: Any) -> str:
    """Write a value as a person would."""
    if isinstance(value, dict):
        return ", ".join(_words(item) if key in {"any", ANY_LANGUAGE} else f"{key}: {_words(item)}"
                         for key, item in value.items())
    if isinstance(value, tuple | list):
        return " / ".join(map(_words, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return _fields(value) if hasattr(type(value), "model_fields") else str(value)


def _fields(value: BaseModel) -> str:
    return " ".join(f"{name} {_words(getattr(value, name))}" for name in type(value).model_fields)


@app.command("new")
def new_country(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CC", help="The new country: nz, …")],
    *,
    like: Annotated[str, typer.Option("--like", metavar="CC", help="The country whose letters are nearest to its"
                                                                   " own.")],
    date: Date = None,
    workspace: Workspace = None,
) -> int:
    """Begin the pack of a new country from one that is near to it.

    The copy calls everything general knowledge and names no source; then it is changed line by line.

    \b
    advokit countries new nz --like gb
    """  # noqa: D301 - \b keeps the example apart
    from advokit.countries import load_country, pack_text
    from advokit.countries.starting import begun, country_name
    from advokit.freshness import write_whole
    root, code = root_of(context, workspace), code.lower()
    path = root / "countries" / f"{code}.yaml"
    name, old = country_name(code), load_country(like.lower(), root).model
    if name is None:
        raise UsageError([Problem("CC", 0, 0, "error", "unknown-country", f"'{code}' is no country",
                                  "Write the two letters of ISO 3166-1, such as nz.")])
    if path.exists():
        raise UsageError([Problem(str(path), 0, 0, "error", "file-exists", "there is such a pack already",
                                  "Change it, or remove it first.")])
    write_whole(path, begun(pack_text(old.code, root), code, name, _english(old.name), day(date)).encode())
    load_country(code, root)
    print_line(str(path))
    print_line(f"It is still that of {_english(old.name)}: change it from top to bottom, then look at it with"
               f" 'advokit countries specimen {code}'.", stderr=True)
    return 0


@app.command("specimen")
def specimen(
    context: typer.Context,
    code: Code,
    *,
    language: Annotated[str, typer.Option("--language", metavar="LANG", show_default=False,
                                          help="The language of the letter (default: the country's first).")] = "",
    window: Annotated[str, typer.Option("--window", metavar="ID", show_default=False,
                                        help="The window (default: the country's first), such as no-10.")] = "",
    form: Annotated[str, typer.Option("--form", metavar="ID", show_default=False,
                                      help="The form of address (default: a member of the first chamber).")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE.pdf", show_default=False,
                                             help="The file (default: specimen-CC.pdf).")] = None,
    date: Date = None,
    workspace: Workspace = None,
) -> int:
    """Print a letter of a country with its window, zones and folds drawn over it."""
    from advokit.freshness import write_whole
    from advokit.letters.specimen import Wanted, specimen_pdf
    root = root_of(context, workspace)
    path = out or Path(f"specimen-{code.lower()}.pdf")
    write_whole(path, specimen_pdf(root, Wanted(code.lower(), language, window, form), day(date)))
    print_line(str(path))
    return 0
