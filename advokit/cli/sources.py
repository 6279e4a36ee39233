"""`advokit sources`: take copies, verify quotes, search the copies, print the chain of custody.

In: a command line. Out: a copy in the archive, an entry in the ledger and in the log; or quotes, passages and problems.
"""

from __future__ import annotations

import datetime as dt
import getpass
import ipaddress
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advokit import __version__
from advokit.cli.options import Json, Quiet, Workspace, root_of, settings_of
from advokit.cli.output import clean, print_json, print_line, print_problems
from advokit.problems import InputError, Problem, UsageError, hint_for

if TYPE_CHECKING:
    from advokit.archive import Archive, Key
    from advokit.capture import Fetched, Limits, Plain
    from advokit.ledger import Ledger
    from advokit.yamlfile import Loaded

app = typer.Typer(no_args_is_help=True, help="Copies of sources: take, verify, search, account for.")

ArchiveDir = Annotated[
    Path | None,
    typer.Option(
        "--archive", metavar="DIR", show_default=False, help="The folder of the copies (default: facts/archive)."
    ),
]
LedgerFile = Annotated[
    Path | None,
    typer.Option("--ledger", metavar="FILE", show_default=False, help="The ledger (default: every facts/*.yaml)."),
]
KeyFile = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", show_default=False, help="The age key of an encrypted archive.")
]
SourceId = Annotated[str, typer.Argument(metavar="ID", help="The id of a source.")]


def _key(file: Path | None) -> Key | None:
    from advokit.archive import Key

    return Key.find(file, os.environ)


def _archive(root: Path, folder: Path | None, key: Path | None) -> Archive:
    from advokit.archive import FOLDER, Archive

    if folder is not None and not folder.is_dir():
        raise UsageError(
            [
                Problem(
                    str(folder),
                    0,
                    0,
                    "error",
                    "missing-file",
                    "there is no such folder",
                    "Name the folder of the copies with --archive.",
                )
            ]
        )
    return Archive(folder or root / FOLDER, _key(key))


def _ledger_paths(root: Path, file: Path | None) -> list[tuple[Path, str]]:
    """Give the ledgers with the names by which messages call them."""
    if file is not None:
        return [(file, str(file))]
    found = [(path, path.relative_to(root).as_posix()) for path in sorted((root / "facts").glob("*.yaml"))]
    if not found:
        raise UsageError(
            [
                Problem(
                    "facts",
                    0,
                    0,
                    "error",
                    "missing-file",
                    "there is no ledger in this workspace",
                    "Name one with --ledger FILE, or a workspace with -w DIR.",
                )
            ]
        )
    return found


def _ledgers(root: Path, file: Path | None) -> list[Loaded[Ledger]]:
    """Read the ledgers; raises InputError with the problems of all of them."""
    from advokit import yamlfile
    from advokit.ledger import Ledger

    loaded: list[Loaded[Ledger]] = []
    problems: list[Problem] = []
    for path, shown in _ledger_paths(root, file):
        try:
            loaded.append(yamlfile.load(path, Ledger, shown))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return loaded


def _with_source(ledgers: list[Loaded[Ledger]], name: str) -> Loaded[Ledger]:
    found = [loaded for loaded in ledgers if name in loaded.model.sources]
    if len(found) == 1:
        return found[0]
    known = {source for loaded in ledgers for source in loaded.model.sources}
    if not found:
        raise UsageError(
            [
                Problem(
                    ledgers[0].file.path,
                    0,
                    0,
                    "error",
                    "unknown-source",
                    f"there is no source '{name}'",
                    hint_for(name, known, "source"),
                )
            ]
        )
    raise UsageError(
        [
            Problem(
                loaded.file.path,
                0,
                0,
                "error",
                "which-ledger",
                f"more than one ledger has a source '{name}'",
                "Name the ledger with --ledger FILE.",
            )
            for loaded in found
        ]
    )


@app.command("verify")
def verify(
    context: typer.Context,
    *,
    archive: ArchiveDir = None,
    ledger: LedgerFile = None,
    key: KeyFile = None,
    strict: Annotated[bool, typer.Option("--strict", help="A quote without a copy counts as an error.")] = False,
    json: Json = False,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> int:
    """Check every copy's digest, every quote letter by letter, and every value against its quote.

    \b
    advokit sources verify
    advokit sources verify --archive ~/copies --json
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from advokit.archive import read_log
    from advokit.rules.quotes import QuoteResult, copies, results

    root = root_of(context, workspace)
    held = _archive(root, archive, key)
    found: list[QuoteResult] = []
    problems = list(read_log(held.log)[1])
    for loaded in _ledgers(root, ledger):
        problems += copies(loaded, held)
        found += results(loaded, held)
    problems += [problem for result in found for problem in result.problems]
    counts = Counter(result.status for result in found)
    if json:
        print_json(
            {
                "checked": sum(counts.values()) - counts["no-copy"],
                "quotes": [
                    {
                        "observation": result.entry,
                        "source": result.source,
                        "status": result.status,
                        "message": result.message,
                    }
                    for result in found
                ],
            }
        )
    print_problems(sorted(problems), stderr=json)
    if not (json or settings_of(context, quiet=quiet).quiet):
        words = ", ".join(
            f"{counts[status]} {status}" for status in ("found", "not-found", "ambiguous", "no-copy") if counts[status]
        )
        print_line(f"{len(found)} quotes: {words or 'none'}.")
    return 1 if any(problem.severity == "error" or strict for problem in problems) else 0


@app.command("add")
def add(  # long: one parameter an option, each with its help
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="A text, HTML, PDF or WARC file, or a web address.")
    ],
    *,
    name: Annotated[str, typer.Option("--id", metavar="ID", help="The source in the ledger.")],
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="NAME", show_default=False, help="Who takes the copy (default: $ADVOKIT_BY, or your login)."
        ),
    ] = None,
    captured: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", show_default=False, help="When a file was taken (default: today)."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", show_default=False, help="Which answer of a WARC file; or where a file came from."
        ),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-address",
            metavar="ADDRESS",
            show_default=False,
            help="A private address, or network, that may be read.",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="The most that a server may take.")
    ] = 60,
    megabytes: Annotated[int, typer.Option("--max-size", metavar="MB", help="The largest document taken.")] = 32,
    replace: Annotated[bool, typer.Option("--replace", help="Point the source to the new copy.")] = False,
    ledger: LedgerFile = None,
    archive: ArchiveDir = None,
    key: KeyFile = None,
    quiet: Quiet = False,
    workspace: Workspace = None,
) -> int:
    """Take a copy of a source, keep it under its digest, note it in the ledger and in the log of custody.

    \b
    advokit sources add https://example.org/report --id report-2025
    advokit sources add report.pdf --id report-2025 --captured 2025-12-12
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from advokit.archive import FOLDER, Archive
    from advokit.capture import Limits

    root = root_of(context, workspace)
    now = dt.datetime.now().astimezone()
    loaded = _with_source(_ledgers(root, ledger), name)
    path = next(path for path, shown in _ledger_paths(root, ledger) if shown == loaded.file.path)
    limits = Limits(megabytes * 1024 * 1024, seconds, tuple(_network(item) for item in allow or ()))
    fetched, plain = _take(target, url, limits)
    folder = Archive(archive or root / FOLDER, _key(key))
    day = _day(captured or fetched.date[:10] or now.date().isoformat())
    digest, new = _keep(path, loaded.file.path, name, (fetched, plain), folder, day, replace=replace)
    from advokit.archive import append

    entry = append(
        folder.log,
        _log_values(
            name, by or os.environ.get("ADVOKIT_BY") or getpass.getuser(), now, fetched, plain, digest, new=new
        ),
    )
    if not settings_of(context, quiet=quiet).quiet:
        words = "kept" if new else "held already, and the same"
        print_line(
            f"{name}: {words}: {digest[:16]}… ({len(plain.data):,} bytes, {plain.made_by}); log entry {entry.number}."
        )
    return 0


def _keep(
    path: Path, shown: str, name: str, taken: tuple[Fetched, Plain], folder: Archive, day: str, *, replace: bool
) -> tuple[str, bool]:
    """Write the copy, its original and the ledger's entry; nothing is written before the ledger is known to take it."""
    from advokit.archive import sha256
    from advokit.ledgerfile import with_copy, write_back

    fetched, plain = taken
    digest = sha256(plain.data)
    before = path.read_bytes()
    after = with_copy(before, shown, name, digest, day, replace=replace)
    new = folder.keep(plain.data)
    if plain.data != fetched.data:
        folder.keep(fetched.data, plain.suffix if plain.suffix != ".txt" else ".original")
    if after != before:
        write_back(path, after)
    return digest, new


def _take(target: str, url: str | None, limits: Limits) -> tuple[Fetched, Plain]:
    """Read a file or a web address, and make text of it."""
    from advokit import capture

    if "://" in target:
        fetched = capture.fetch(target, limits, capture.system_resolver, time.monotonic)
        kind = next((value for header, value in fetched.headers if header.lower() == "content-type"), "")
        return fetched, capture.text_of(fetched.data, target, kind)
    path = Path(target)
    try:
        if not path.is_file():
            raise InputError(
                [
                    Problem(
                        target,
                        0,
                        0,
                        "error",
                        "missing-file",
                        "there is no such file",
                        "Name a file, or a web address that begins with https://.",
                    )
                ]
            )
        if path.stat().st_size > limits.bytes:
            raise InputError(
                [
                    Problem(
                        target,
                        0,
                        0,
                        "error",
                        "file-too-large",
                        f"the file has more than {limits.bytes:,} bytes",
                        "Allow more with --max-size MB, or add the part that you quote.",
                    )
                ]
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            [Problem(target, 0, 0, "error", "unreadable-file", f"the file cannot be read: {error.strerror}")]
        ) from None
    if capture.is_warc(data):
        fetched = capture.from_warc(data, target, url)
        kind = next((value for header, value in fetched.headers if header.lower() == "content-type"), "")
        return fetched, capture.text_of(fetched.data, target, kind)
    # of a file only its name is logged: the folder says something about the machine and nothing about the source
    fetched = capture.Fetched(data, url or path.name, "", "", 0, ())
    return fetched, capture.text_of(data, target, name=path.name)


def _log_values(
    name: str, by: str, now: dt.datetime, fetched: Fetched, plain: Plain, digest: str, *, new: bool
) -> dict[str, Any]:
    """Give the values of a log entry; what is empty is left out."""
    from advokit.archive import sha256, stamp

    values = {
        "at": stamp(now),
        "event": "copy taken" if new else "same copy seen again",
        "by": by,
        "source": name,
        "from": fetched.url,
        "final_url": fetched.final_url if fetched.final_url != fetched.url else "",
        "redirects": list(fetched.redirects),
        "address": fetched.address,
        "status": fetched.status or "",
        "headers": [list(header) for header in fetched.headers],
        "record_date": fetched.date,
        "original_sha256": sha256(fetched.data),
        "original_bytes": len(fetched.data),
        "sha256": digest,
        "bytes": len(plain.data),
        "made_by": plain.made_by,
        "tool": f"advokit {__version__}",
    }
    return {field: value for field, value in values.items() if value not in ("", [])}


def _network(text: str) -> Any:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise UsageError(
            [
                Problem(
                    "--allow-address",
                    0,
                    0,
                    "error",
                    "invalid-value",
                    f"'{text}' is no internet address",
                    "Write it as 192.168.1.20 or 10.0.0.0/8.",
                )
            ]
        ) from None


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            [Problem("--captured", 0, 0, "error", "invalid-value", f"'{text}' is no day", "Write it as 2025-12-12.")]
        ) from None


@app.command("search")
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help='Words, "a phrase", or the beginning of a wo*.')],
    *,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="The most passages shown.")] = 20,
    ledger: LedgerFile = None,
    archive: ArchiveDir = None,
    key: KeyFile = None,
    json: Json = False,
    workspace: Workspace = None,
) -> int:
    """Find passages in the copies that hold all the words, in any script; the index is in memory only."""
    from advokit.archive import search as find

    root = root_of(context, workspace)
    held = _archive(root, archive, key)
    query = " ".join(f'"{word}"' if " " in word else word for word in words)
    found = [passage for loaded in _ledgers(root, ledger) for passage in find(held, loaded.model, query, limit)][:limit]
    if json:
        print_json({"passages": [{"source": item.source, "sha256": item.digest, "text": item.text} for item in found]})
        return 0
    for item in found:
        print_line(f"{item.source}: {item.text}")
    if not found:
        print_line("No copy at hand holds all these words.", stderr=True)
    return 0


@app.command("custody")
def custody(
    context: typer.Context,
    name: SourceId,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", show_default=False, help="Write the document here (default: print it)."
        ),
    ] = None,
    ledger: LedgerFile = None,
    archive: ArchiveDir = None,
    key: KeyFile = None,
    workspace: Workspace = None,
) -> int:
    """Print the chain of custody of a source: who took the copy, when, from where, and whether it is unaltered."""
    from advokit.archive import read_log
    from advokit.custody import document
    from advokit.rules.quotes import results

    root = root_of(context, workspace)
    held = _archive(root, archive, key)
    loaded = _with_source(_ledgers(root, ledger), name)
    entries, problems = read_log(held.log)
    quotes = [result for result in results(loaded, held) if result.source == name]
    text = document(name, loaded.model, held, entries, problems, quotes, dt.datetime.now().astimezone())
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(clean(text))
    print_problems(problems)
    copy = loaded.model.sources[name].copy_
    return 1 if problems or (copy and held.state(copy.sha256) == "altered") else 0


@app.command("encrypt")
def encrypt(context: typer.Context, key: KeyFile = None, workspace: Workspace = None) -> int:
    """Encrypt the copies and the private lists at rest, with age; every command works on with the key."""
    from advokit.archive import seal

    count = seal(_folders(root_of(context, workspace)), _needed(key))
    print_line(f"{count} files encrypted. Keep the key elsewhere: without it they are lost.")
    return 0


@app.command("decrypt")
def decrypt(context: typer.Context, key: KeyFile = None, workspace: Workspace = None) -> int:
    """Write the copies and the private lists in the clear again."""
    from advokit.archive import unseal

    print_line(f"{unseal(_folders(root_of(context, workspace)), _needed(key))} files decrypted.")
    return 0


def _folders(root: Path) -> tuple[Path, ...]:
    return root / "facts" / "archive", root / "facts" / "private"


def _needed(file: Path | None) -> Key:
    found = _key(file)
    if found is None:
        raise UsageError(
            [
                Problem(
                    "--key",
                    0,
                    0,
                    "error",
                    "bad-key",
                    "no key is named",
                    "Make one with age-keygen -o FILE, and name it with --key FILE.",
                )
            ]
        )
    return found


@app.command("export")
def export(
    context: typer.Context,
    output: Annotated[Path, typer.Argument(metavar="FILE.warc.gz", help="The WARC file to write; it must not exist.")],
    *,
    ledger: LedgerFile = None,
    archive: ArchiveDir = None,
    key: KeyFile = None,
    workspace: Workspace = None,
) -> int:
    """Write the copies of the ledger as a WARC file (ISO 28500), in the clear, for an archive or a court."""
    from advokit.capture import to_warc

    root = root_of(context, workspace)
    held = _archive(root, archive, key)
    ledgers = _ledgers(root, ledger)

    def records() -> Iterator[tuple[str, bytes, str, dt.datetime]]:
        for loaded in ledgers:
            for name, source in loaded.model.sources.items():
                data = held.read(source.copy_.sha256) if source.copy_ else None
                if data is not None and source.copy_:
                    when = dt.datetime.combine(source.copy_.captured.first, dt.time(), dt.UTC)
                    yield source.URL or f"urn:advokit:{name}", data, "text/plain; charset=utf-8", when

    try:
        with output.open("xb") as file:
            count = to_warc(records(), file, str(output))
    except FileExistsError:
        raise UsageError(
            [Problem(str(output), 0, 0, "error", "file-exists", "the file exists already", "Name another.")]
        ) from None
    print_line(f"{count} copies written to {output}.")
    return 0
