"""`advokit sources`: add, verify, search, custody, encrypt, export, as a person calls them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from advokit.cli.sources import app
from advokit.problems import AdvokitError, Problem

ARTICLE = "The register\u2011keepers say that at least 19,546 children were taken, and 91 votes were cast.\n"
LEDGER = """# a ledger
sources:
  register:
    type: webpage       # kept
    title: The register
    tier: primary
    language: en

  other: {type: report, title: Other, tier: secondary}
figures:
  taken:
    label: {en: children taken}
    unit: {en: [child, children]}
    kind: stock
    observations:
      - id: taken-1
        value: 19546
        qualifier: at_least
        as_of: "2025"
        counted_by: The register
        evidence: {source: register, quote: "at least 19,546 children"}
"""


@dataclass
class Done:
    code: int
    out: str
    problems: tuple[Problem, ...]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "ledger.yaml").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    def call(*words: str) -> Done:
        try:
            code = app(args=[*words, "-w", str(tmp_path)], standalone_mode=False)
        except AdvokitError as error:
            return Done(error.exit_code, capsys.readouterr().out, error.problems)
        return Done(code, capsys.readouterr().out, ())

    return call


def add(run: Any, tmp_path: Path, *more: str) -> Done:
    done: Done = run("add", str(tmp_path / "article.txt"), "--id", "register", "--by", "A. Tester", *more)
    return done


def test_add_keeps_the_copy_and_notes_it(run: Any, tmp_path: Path) -> None:
    assert add(run, tmp_path, "--captured", "2025-12-12").code == 0
    digest = hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (tmp_path / "facts" / "archive" / f"{digest}.txt").read_bytes() == ARTICLE.encode()
    wanted = LEDGER.replace(
        "    language: en\n", f'    language: en\n    copy: {{sha256: {digest}, captured: "2025-12-12"}}\n'
    )
    assert (tmp_path / "facts" / "ledger.yaml").read_text(encoding="utf-8") == wanted
    log = (tmp_path / "facts" / "archive" / "custody.jsonl").read_text()
    entry = json.loads(log)
    assert (entry["by"], entry["from"], entry["sha256"], entry["source"]) == (
        "A. Tester",
        "article.txt",
        digest,
        "register",
    )
    assert str(tmp_path) not in log
    assert add(run, tmp_path).code == 0
    assert len(list((tmp_path / "facts" / "archive").iterdir())) == 2
    assert (tmp_path / "facts" / "ledger.yaml").read_text(encoding="utf-8") == wanted


def test_verify_prints_the_json_of_the_contract(run: Any, tmp_path: Path) -> None:
    empty = run("verify", "--json")
    assert empty.code == 0
    assert json.loads(empty.out)["quotes"][0]["status"] == "no-copy"
    assert run("verify", "--strict").code == 1
    add(run, tmp_path)
    done = run("verify", "--json")
    assert done.code == 0
    assert json.loads(done.out) == {
        "checked": 1,
        "quotes": [{"observation": "taken-1", "source": "register", "status": "found", "message": ""}],
    }


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("at least 19,546", "at least 19,545", "not-found"),
        ("at least 19,546 children", "9,546 children", "not-found"),
        ("value: 19546", "value: 19545", "found"),
        ("qualifier: at_least", "qualifier: about", "found"),
    ],
)
def test_verify_fails_on_one_changed_character(run: Any, tmp_path: Path, old: str, new: str, status: str) -> None:
    add(run, tmp_path)
    path = tmp_path / "facts" / "ledger.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = run("verify", "--json")
    assert done.code == 1
    quote = json.loads(done.out)["quotes"][0]
    assert quote["status"] == status
    assert quote["message"]
    assert "register-keepers" not in done.out


def test_verify_reads_another_folder(run: Any, tmp_path: Path) -> None:
    add(run, tmp_path)
    (tmp_path / "facts" / "archive").rename(tmp_path / "copies")
    assert "1 no-copy" in run("verify").out
    assert "1 found" in run("verify", "--archive", str(tmp_path / "copies")).out
    assert run("verify", "--archive", str(tmp_path / "absent")).code == 2


def test_an_altered_copy_and_a_broken_log_are_errors(run: Any, tmp_path: Path) -> None:
    add(run, tmp_path)
    copy = next((tmp_path / "facts" / "archive").glob("*.txt"))
    copy.chmod(0o600)
    copy.write_text(ARTICLE + " ", encoding="utf-8")
    done = run("verify")
    assert done.code == 1
    assert "copy-mismatch" in done.out
    copy.write_text(ARTICLE, encoding="utf-8")
    log = tmp_path / "facts" / "archive" / "custody.jsonl"
    log.write_text(log.read_text().replace("A. Tester", "B. Tester") + "{}\n")
    assert "custody-broken" in run("verify").out


@pytest.mark.parametrize(
    ("words", "code", "rule"),
    [
        (("--id", "registr"), 2, "unknown-source"),
        (("--id", "register", "--captured", "soon"), 2, "invalid-value"),
        (("--id", "register", "--allow-address", "home"), 2, "invalid-value"),
    ],
)
def test_wrong_usage_writes_nothing(run: Any, tmp_path: Path, words: tuple[str, ...], code: int, rule: str) -> None:
    done = run("add", str(tmp_path / "article.txt"), *words)
    assert (done.code, done.problems[0].rule) == (code, rule)
    assert not (tmp_path / "facts" / "archive").exists()
    assert (tmp_path / "facts" / "ledger.yaml").read_text(encoding="utf-8") == LEDGER


def test_a_second_copy_needs_replace(run: Any, tmp_path: Path) -> None:
    add(run, tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE + "Corrected.\n", encoding="utf-8")
    assert add(run, tmp_path).problems[0].rule == "copy-exists"
    assert len(list((tmp_path / "facts" / "archive").glob("*.txt"))) == 1
    assert add(run, tmp_path, "--replace").code == 0
    assert len(list((tmp_path / "facts" / "archive").glob("*.txt"))) == 2


def test_missing_files_and_refused_addresses(run: Any, tmp_path: Path) -> None:
    assert run("add", str(tmp_path / "absent.txt"), "--id", "register").problems[0].rule == "missing-file"
    assert run("add", str(tmp_path), "--id", "register").problems[0].rule == "missing-file"
    assert run("add", "http://127.0.0.1:9/", "--id", "register").problems[0].rule == "address-refused"
    assert run("add", "file:///etc/passwd", "--id", "register").problems[0].rule == "bad-address"


def test_search_shows_passage_and_source(run: Any, tmp_path: Path) -> None:
    add(run, tmp_path)
    done = run("search", "children", "votes", "--json")
    assert [item["source"] for item in json.loads(done.out)["passages"]] == ["register"]
    assert run("search", "register-keepers say").out.startswith("register: The register-keepers")
    assert json.loads(run("search", "elephants", "--json").out) == {"passages": []}


def test_custody_is_a_document(run: Any, tmp_path: Path) -> None:
    add(run, tmp_path, "--url", "https://example.org/register")
    done = run("custody", "register")
    assert done.code == 0
    for words in (
        "# Chain of custody: register",
        "Title: The register",
        "held; its SHA-256 was computed again",
        "By: A. Tester",
        "From: https://example.org/register",
        "`taken-1`: found",
        "all agree",
        "It does not show that what the source says is true",
    ):
        assert words in done.out
    assert run("custody", "registr").problems[0].hint == "Did you mean 'register'?"
    assert run("custody", "other").code == 0
    (tmp_path / "facts" / "archive" / "custody.jsonl").write_text("x\n")
    assert "THE LOG IS BROKEN" in run("custody", "register", "-o", str(tmp_path / "c.md")).out + (
        tmp_path / "c.md"
    ).read_text(encoding="utf-8")


def test_everything_works_on_an_encrypted_archive(run: Any, tmp_path: Path) -> None:
    pyrage = pytest.importorskip("pyrage", reason="encryption is an extra")
    (tmp_path / "key").write_text(str(pyrage.x25519.Identity.generate()))
    key = ("--key", str(tmp_path / "key"))
    add(run, tmp_path)
    assert run("encrypt").problems[0].rule == "bad-key"
    assert run("encrypt", *key).code == 0
    assert "1 no-copy" in run("verify").out
    assert "1 found" in run("verify", *key).out
    assert run("search", "votes", *key).out.startswith("register:")
    assert "held; its SHA-256" in run("custody", "register", *key).out
    (tmp_path / "page.html").write_text("<html><p>at least 19,546 children</p></html>")
    assert run("add", str(tmp_path / "page.html"), "--id", "other", *key).code == 0
    assert sorted(path.suffix for path in (tmp_path / "facts" / "archive").iterdir()) == [
        ".age",
        ".age",
        ".age",
        ".jsonl",
    ]
    assert run("decrypt", *key).code == 0
    assert "1 found" in run("verify").out


def test_export_and_add_again_as_warc(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("warcio", reason="WARC is an extra")
    add(run, tmp_path)
    path = tmp_path / "copies.warc.gz"
    assert run("export", str(path)).code == 0
    assert run("export", str(path)).problems[0].rule == "file-exists"
    assert run("add", str(path), "--id", "other").code == 0
    assert len(list((tmp_path / "facts" / "archive").glob("*.txt"))) == 1
