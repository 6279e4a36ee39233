"""The whole build: jobs × workers → files and manifest.

In: what is asked for. Out: `Report`. `build` is the numbered flow of docs/architecture.md from top to bottom:
everything is read and checked first; then each document is composed, checked, rendered and proved in a fenced child
process, and only what passed is written, whole, under its name. A document is made again only where its own content
has changed: the ledger digest on its pages is that of the ledger it was made from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from advokit import __version__
from advokit.compose import Composed, Job, compose
from advokit.freshness import State, request_key, sha256, stamp, write_whole
from advokit.problems import AdvokitError, CheckError, InputError, OutputError, Problem, UsageError, hint_for
from advokit.prove import prove
from advokit.render import FORMATS, Rendered
from advokit.rules import check_campaign, check_document
from advokit.rules.safeguarding import check_file, list_of
from advokit.safeguarding import quiet
from advokit.worker import Limits, Names, Outcome, Pool, start_early
from advokit.workspace import CampaignFiles, inside, read_campaign, template_folders

#: Stands for the ledger digest while a document is compared with what it was.
_NO_DIGEST = "0" * 64

Say = Callable[[str, str], None]
Tick = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Request:
    """What is asked for."""

    root: Path
    campaign: str
    date: dt.date
    out: Path
    editions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("pdf",)
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)

    @property
    def folder(self) -> Path:
        """Where the campaign's files go."""
        return self.out / self.campaign

    def key(self) -> dict[str, Any]:
        """Give what decides, beside the inputs, what a build makes."""
        return request_key(vars(self))


@dataclass(frozen=True)
class Entry:
    """One file of the manifest."""

    edition: str
    country: str
    language: str
    document: str
    path: str
    format: str
    sha256: str
    pages: int | None
    figures: tuple[str, ...]
    sources: tuple[str, ...]
    warnings: tuple[str, ...]
    ledger_digest: str
    code: str

    def as_json(self) -> dict[str, Any]:
        """Give the entry as the manifest holds it."""
        data = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items()}
        return {**data, "id": f"{self.edition}/{self.document}.{self.format}"}


@dataclass(frozen=True)
class Report:
    """What a build did."""

    entries: tuple[Entry, ...]
    """Every file of the manifest."""
    made: frozenset[str]
    """The ids (`<edition>/<document>.<format>`) of what was made now; the rest stood already."""
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]
    """Editions and documents that were not delivered."""
    exit_code: int


@dataclass(frozen=True)
class Made:
    """What a child hands back: the files of one document, or none where they stand already."""

    key: str
    files: tuple[tuple[str, Rendered], ...]
    entry: Entry | None
    problems: tuple[Problem, ...] = ()


def build(request: Request, *, say: Say = lambda _number, _text: None, tick: Tick = lambda _name, _done, _all: None,
          inputs: dict[str, list[int]] | None = None) -> Report:
    """Build what is asked for; raises UsageError, InputError or CheckError where nothing can be built at all."""
    say("1", f"reading {request.campaign}")
    start_early(_modules(request))
    files, problems = read_campaign(request.root, request.campaign, request.editions)
    if files is None:
        raise InputError(problems)
    wanted = tuple(_targets(files, request))
    say("2", f"checking the ledger and {len(files.editions)} editions")
    problems += check_campaign(files, request.date)
    blocked = _blocked(files, problems)
    state = State.read(request.folder)
    kept = {name: document for name, document in state.documents.items() if _still_wanted(files, name)}
    state = State(request.key(), inputs or {}, kept)
    made: set[str] = set()
    failed = [f"{edition}/{document}" for edition, document in wanted if edition in blocked]
    todo = [pair for pair in wanted if pair[0] not in blocked]
    say("3-6", f"composing, checking, rendering and proving {len(todo)} documents")
    for done, (name, outcome) in enumerate(_outcomes(files, request, todo, state), 1):
        problems += outcome.value.problems if outcome.value else outcome.problems
        if outcome.value is None:
            failed.append(name)
            state.documents.pop(name, None)
        else:
            made |= _deliver(request.folder, name, outcome.value, state)
        tick(name, done, len(todo))
    say("7", "writing the manifest")
    state.complete = not failed and not any(problem.severity == "error" for problem in problems)
    entries = _entries(state)
    _write_manifest(request, files, entries, state, changed=bool(made) or bool(failed))
    return Report(entries, frozenset(made), tuple(sorted(set(problems))), tuple(sorted(failed)),
                  _exit_code(problems, failed))


def _targets(files: CampaignFiles, request: Request) -> Iterator[tuple[str, str]]:
    """List the documents that are asked for; raises UsageError for unknown names."""
    known = dict.fromkeys(document for edition in files.editions for document in files.documents(edition))
    problems = [Problem("-d", 0, 0, "error", "unknown-document", f"no edition has a document '{name}'",
                        hint_for(name, known, "document")) for name in request.documents if name not in known]
    problems += [Problem("-f", 0, 0, "error", "unknown-format", f"there is no format '{name}'",
                         hint_for(name, FORMATS, "format")) for name in request.formats if name not in FORMATS]
    if problems:
        raise UsageError(problems)
    for edition in files.editions:
        for document in files.documents(edition):
            if not request.documents or document in request.documents:
                yield edition, document


def _blocked(files: CampaignFiles, problems: Iterable[Problem]) -> frozenset[str]:
    """Name the editions that cannot be built; an error of the ledger or the campaign blocks them all."""
    errors = [problem for problem in problems if problem.severity == "error"]
    shared = {files.loaded.file.path, files.ledger.file.path}
    if any(problem.path in shared for problem in errors):
        raise CheckError(set(problems))
    paths = {problem.path for problem in errors}
    return frozenset(name for name, edition in files.editions.items()
                     if edition.loaded.file.path in paths or edition.country.file.path in paths)


def _still_wanted(files: CampaignFiles, name: str) -> bool:
    """Tell whether a document of the last build still belongs to the campaign, as far as was read now."""
    edition, _, document = name.partition("/")
    if edition in files.editions:
        return document in files.documents(edition)
    return (files.root / "campaigns" / files.name / "editions" / f"{edition}.yaml").is_file()


def _outcomes(files: CampaignFiles, request: Request, todo: list[tuple[str, str]],
              state: State) -> Iterator[tuple[str, Outcome[Made]]]:
    """Run the jobs in child processes, in order."""
    names = [f"{edition}/{document}" for edition, document in todo]
    calls = []
    for (edition, document), name in zip(todo, names, strict=True):
        text = files.editions[edition].texts.get(document)
        one = replace(files, editions={edition: files.editions[edition]})
        old = state.documents.get(name, {})
        standing = {fmt: entry["sha256"] for path, entry in old.get("files", {}).items()
                    if (fmt := entry["entry"]["format"]) in request.formats
                    and sha256(request.folder / path) == entry["sha256"]}
        key = old.get("key", "") if set(request.formats) <= set(standing) else ""
        calls.append(((Job(one, edition, document, request.date), request.formats, key),
                      Names(name, text.path if text else files.loaded.file.path)))
    readable = [request.root, *template_folders(request.root)]
    jobs = min(request.jobs, max(1, len(calls)))
    with Pool(request.limits, jobs, readable=readable, preload=_modules(request)) as pool:
        yield from zip(names, pool.run(make, calls), strict=True)


def _modules(request: Request) -> tuple[str, ...]:
    """Name what every child imports."""
    return ("advokit.build", *(f"advokit.render.{form}" for form in request.formats if form in FORMATS))


def make(job: Job, formats: tuple[str, ...], known_key: str) -> Made:
    """Compose, check, render and prove one document; runs in a child process.

    Raises CheckError where a rule forbids the document, OutputError where a finished file does not prove right.
    """
    try:
        return _make(job, formats, known_key)
    except AdvokitError as error:
        raise type(error)(quiet(error.problems, list_of(job.files))) from None


def _make(job: Job, formats: tuple[str, ...], known_key: str) -> Made:
    key = _key(job, formats)
    if key == known_key:
        return Made(key, (), None)
    composed = compose(job)
    problems = tuple(check_document(composed, job.files, job.date))
    if any(problem.severity == "error" for problem in problems):
        raise CheckError(problems)
    rendered = tuple((name, FORMATS[name](composed, job.files.root)) for name in formats)
    proofs = [problem for name, done in rendered if name == "pdf" for problem in prove(done.content, composed)]
    proofs += [problem for name, done in rendered
               for problem in check_file(done.content, f"{job.document}.{name}", job.files, composed, job.date)]
    if any(problem.severity == "error" for problem in proofs):
        raise OutputError(proofs)
    warnings = tuple(quiet((*problems, *proofs, *(problem for _, done in rendered for problem in done.warnings)),
                           list_of(job.files)))
    return Made(key, rendered, _entry(composed, warnings), warnings)


def _key(job: Job, formats: tuple[str, ...]) -> str:
    """Give a digest of everything that the document's files depend on, the ledger digest left out."""
    composed = compose(job, digest=_NO_DIGEST)
    parts = [__version__, repr(sorted(formats)), repr(composed), list_of(job.files).digest]
    for name in sorted(set(re.findall(r"workspace:([^\"')\s]+)", composed.html))):
        try:
            parts.append(f"{name} {sha256(inside(job.files.root, name))}")
        except InputError:
            parts.append(name)  # the renderer refuses it, and says which template asks for it
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _entry(composed: Composed, warnings: tuple[Problem, ...]) -> Entry:
    sources = dict.fromkeys(name for item in composed.references for name in (item.source, item.via) if name)
    return Entry(composed.edition, composed.country, composed.language, composed.document, "", "", "", None,
                 tuple(dict.fromkeys(item.observation for item in composed.figures)), tuple(sources),
                 tuple(str(problem) for problem in warnings), composed.ledger_digest,
                 json.loads(composed.extract)["code"])


def _deliver(folder: Path, name: str, made: Made, state: State) -> set[str]:
    """Write the files of one document and note them; gives the ids of what was written."""
    if made.entry is None:
        return set()
    files = dict(state.documents.get(name, {}).get("files", {}))
    done = set()
    for form, rendered in made.files:
        path = f"{name}.{form}"
        write_whole(folder / path, rendered.content)
        entry = replace(made.entry, path=path, format=form, pages=rendered.pages,
                        sha256=hashlib.sha256(rendered.content).hexdigest())
        files[path] = {"sha256": entry.sha256, "stamp": stamp(folder / path), "entry": entry.as_json()}
        done.add(path)
    state.documents[name] = {"key": made.key, "files": {path: files[path] for path in files if path in done}}
    state.write(folder)
    return done


def _entries(state: State) -> tuple[Entry, ...]:
    """Read the manifest's entries back from the state, in the order of their names."""
    found = []
    for name in sorted(state.documents):
        for path in sorted(state.documents[name]["files"]):
            data: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value
                    for key, value in state.documents[name]["files"][path]["entry"].items() if key != "id"}
            found.append(Entry(**data))
    return tuple(found)


def _write_manifest(request: Request, files: CampaignFiles, entries: tuple[Entry, ...], state: State, *,
                    changed: bool) -> None:
    """Write manifest and state where anything has changed; a rebuild of the same leaves both alone."""
    manifest = {
        "campaign": files.name, "ledger": files.loaded.model.ledger, "ledger_digest": files.ledger.model.digest,
        "date": request.date.isoformat(), "documents": [entry.as_json() for entry in entries],
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    path = request.folder / "manifest.json"
    if changed or sha256(path) != hashlib.sha256(content).hexdigest():
        write_whole(path, content)
    if State.read(request.folder) != state:
        state.write(request.folder)


def _exit_code(problems: Iterable[Problem], failed: Iterable[str]) -> int:
    """4 where a document was not delivered, 1 where all were and an error remains, else 0."""
    if any(failed):
        return OutputError.exit_code
    return CheckError.exit_code if any(problem.severity == "error" for problem in problems) else 0
