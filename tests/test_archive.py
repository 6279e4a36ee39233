"""Copies, the custody log, encryption at rest, search, fetching from a real local server, the ledger's file."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import http.server
import io
import ipaddress
import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advokit import capture, ledgerfile, yamlfile
from advokit.archive import Archive, Key, append, read_log, read_sealed, seal, search, sha256, unseal
from advokit.capture import Limits, fetch, refused, text_of
from advokit.ledger import Ledger
from advokit.problems import InputError, UsageError

LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)


def rule(error: pytest.ExceptionInfo[InputError]) -> str:
    return error.value.problems[0].rule


# Copies ------------------------------------------------------------------------------------------------------------


def test_the_same_bytes_twice_are_one_copy(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.keep(b"text") is True
    assert archive.keep(b"text") is False
    assert [path.name for path in tmp_path.iterdir()] == [sha256(b"text") + ".txt"]
    assert archive.read(sha256(b"text")) == b"text"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / f"{sha256(b'text')}.txt"
    path.write_bytes(b"other")
    archive = Archive(tmp_path)
    assert archive.state(sha256(b"text")) == "altered"
    with pytest.raises(InputError) as error:
        archive.keep(b"text")
    assert rule(error) == "copy-mismatch"
    assert path.read_bytes() == b"other"


def test_a_folder_of_any_names_is_an_archive(tmp_path: Path) -> None:
    (tmp_path / "article one.txt").write_bytes(b"some words")
    assert Archive(tmp_path).state(sha256(b"some words")) == "held"
    assert Archive(tmp_path).state(sha256(b"others")) == "missing"
    assert Archive(tmp_path / "absent").state(sha256(b"others")) == "missing"


# The log -----------------------------------------------------------------------------------------------------------


def test_the_log_is_a_chain(tmp_path: Path) -> None:
    log = tmp_path / "custody.jsonl"
    one, two, three = (append(log, {"source": name}) for name in ("a", "b", "c"))
    entries, problems = read_log(log)
    assert problems == ()
    assert [entry.values["previous"] for entry in entries] == [None, one.digest, two.digest]
    assert entries[2].digest == three.digest == hashlib.sha256(log.read_bytes().splitlines()[2]).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0].replace(b'"a"', b'"x"'), *lines[1:]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [lines[0], b"{", lines[2]],
    ],
)
def test_a_changed_log_is_noticed_and_not_continued(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    log = tmp_path / "custody.jsonl"
    for name in ("a", "b", "c"):
        append(log, {"source": name})
    log.write_bytes(b"\n".join(change(log.read_bytes().splitlines())) + b"\n")
    assert {problem.rule for problem in read_log(log)[1]} == {"custody-broken"}
    with pytest.raises(InputError):
        append(log, {"source": "d"})


# Encryption --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key() -> Key:
    pyrage = pytest.importorskip("pyrage", reason="encryption is an extra")
    return Key(f"# made for a test\n{pyrage.x25519.Identity.generate()}\n", "test")


def ledger(sources: dict[str, bytes]) -> Ledger:
    return Ledger.model_validate(
        {
            "sources": {
                name: {
                    "type": "webpage",
                    "title": name,
                    "tier": "primary",
                    "copy": {"sha256": sha256(data), "captured": "2025-12-12"},
                }
                for name, data in sources.items()
            }
        }
    )


def test_an_encrypted_archive_serves_as_before_and_leaves_nothing_in_the_clear(tmp_path: Path, key: Key) -> None:
    secret = "Щонайменше сорок три табори".encode()
    copies, private = tmp_path / "archive", tmp_path / "private"
    private.mkdir()
    (private / "names.yaml").write_bytes(b"a name that must not be printed")
    Archive(copies).keep(secret)
    append(copies / "custody.jsonl", {"source": "a"})
    assert seal((copies, private), key) == 2
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert secret not in everything
    assert b"must not be printed" not in everything
    assert Archive(copies).state(sha256(secret)) == "locked"
    opened = Archive(copies, key)
    assert opened.read(sha256(secret)) == secret
    assert [item.source for item in search(opened, ledger({"a": secret}), "табори")] == ["a"]
    assert opened.keep(b"a later copy")
    assert {path.suffix for path in copies.iterdir()} == {".age", ".jsonl"}
    assert b"a later copy" not in b"".join(path.read_bytes() for path in copies.iterdir())
    assert read_sealed(private / "names.yaml", key) == b"a name that must not be printed"
    with pytest.raises(InputError):
        read_sealed(private / "names.yaml", None)
    with pytest.raises(InputError):
        Archive(copies).keep(b"without a key")
    assert unseal((copies, private), key) == 3
    assert Archive(copies).read(sha256(secret)) == secret


def test_keys_come_from_a_file_or_the_environment(tmp_path: Path) -> None:
    pyrage = pytest.importorskip("pyrage", reason="encryption is an extra")
    text = str(pyrage.x25519.Identity.generate())
    (tmp_path / "key").write_text(text)
    sealed = Key(text, "x").encrypt(b"words")
    for found in (
        Key.find(tmp_path / "key", {}),
        Key.find(None, {"ADVOKIT_AGE_KEY": text}),
        Key.find(None, {"ADVOKIT_AGE_KEY_FILE": str(tmp_path / "key")}),
    ):
        assert found is not None
        assert found.decrypt(sealed, "x") == b"words"
    assert Key.find(None, {}) is None
    with pytest.raises(InputError) as error:
        Key.find(None, {"ADVOKIT_AGE_KEY": "AGE-SECRET-KEY-1NONE"})
    assert "1NONE" not in str(error.value)
    other = Key(str(pyrage.x25519.Identity.generate()), "y")
    with pytest.raises(InputError) as error:
        other.decrypt(sealed, "x")
    assert rule(error) == "wrong-key"


# Search ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("children returned", ["en"]),
        ("child*", ["en"]),
        ("повернули", ["uk"]),
        ("дітей", ["uk"]),
        ("παιδιά", ["el"]),
        ("儿童", ["zh"]),
        ("أطفال", ["ar"]),
        ('"children have been"', ["en"]),
        ('"been children"', []),
        ("re-education", ["en"]),
        ('" OR 1', []),
        ("(", []),
        ("NEAR(", []),
        ("", []),
        ("children повернули", []),
    ],
)
def test_search_finds_words_of_any_script(tmp_path: Path, words: str, sources: list[str]) -> None:
    texts = {
        "en": "Only 387 children have been returned from re\u00ad‑education. More follows.",
        "uk": "Повернули 387 дітей.",
        "el": "Επέστρεψαν 387 παιδιά.",
        "zh": "三百八十七名儿童已返回。",
        "ar": "عاد ٣٨٧ أطفال",
    }
    archive = Archive(tmp_path)
    for text in texts.values():
        archive.keep(text.encode())
    found = search(archive, ledger({name: text.encode() for name, text in texts.items()}), words)
    assert [item.source for item in found] == sources


# Bytes to text -----------------------------------------------------------------------------------------------------


def test_html_becomes_the_text_that_a_reader_sees() -> None:
    page = (
        "<html><head><title>T</title><style>x{}</style></head><body><p>One <b>19&nbsp;546</b><sup>3</sup> children,\n"
        "and<br>more.<script>no()</script></p><p hidden>not this</p><p style='display: none'>nor this</p>"
        "<table><tr><td>a</td><td>b</td></tr></table>tail<!-- no --></body></html>"
    )
    plain = text_of(page.encode(), "x", "text/html; charset=utf-8")
    assert plain.text == "T\nOne 19\u00a0546³ children, and\nmore.\n a b\ntail\n".replace("\n a b", "\na b")
    assert plain.suffix == ".html"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("<html><meta charset=windows-1251><p>діти</p>".encode("cp1251"), ""),
        ("<html><p>діти</p>".encode("cp1251"), "text/html; charset=windows-1251"),
        ("\ufeff<!DOCTYPE html><p>діти</p>".encode(), ""),
        ("діти".encode("utf-16"), "text/plain"),
    ],
)
def test_charsets(data: bytes, kind: str) -> None:
    assert text_of(data, "x", kind).text.strip("\ufeff\n") == "діти"


def test_plain_text_is_kept_byte_for_byte() -> None:
    for data in (b"one\r\ntwo\r\n", "\ufeffдіти".encode(), b""):
        assert text_of(data, "x").data == data


def test_pdf_becomes_text(tmp_path: Path) -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 43>>stream\nBT /F 12 Tf 9 50 Td (387 children) Tj ET \nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    raw = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (at, body) for at, body in enumerate(objects, 1))
    path = tmp_path / "x.pdf"
    path.write_bytes(raw + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF")
    assert "387 children" in text_of(path.read_bytes(), "x.pdf").text


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"%PDF-1.4 broken", b"\x89PNG\r\n", b"\x00\x01\x02\xff\x00", b"<html></html>"]
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        text_of(data, "x")
    assert rule(error) == "unreadable-copy"


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", "text/html", "text/plain; charset=nonsense"]))
def test_any_bytes_are_read_or_refused(data: bytes, kind: str) -> None:
    rules = {"unreadable-copy"}
    try:
        plain = text_of(data, "x", kind)
    except InputError as error:
        rules = {problem.rule for problem in error.problems}
    else:
        plain.data.decode("utf-8")
    assert rules == {"unreadable-copy"}


# The web -----------------------------------------------------------------------------------------------------------


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the path asks."""

    def do_GET(self) -> None:
        name, _, argument = self.path.lstrip("/").partition("?")
        if name == "redirect":
            self.send_response(302)
            self.send_header("Location", argument)
            self.end_headers()
            return
        if name == "missing":
            self.send_error(404)
            return
        body = b"<html><p>387 children</p></html>"
        if name == "large":
            body = b"x" * 300_000
        if name == "bomb":
            body = gzip.compress(b"x" * 5_000_000)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("X-Kept", "yes")
        self.send_header("Set-Cookie", "secret=1")
        if name in {"bomb", "packed"}:
            self.send_header("Content-Encoding", "gzip")
            body = body if name == "bomb" else gzip.compress(body)
        self.end_headers()
        if name == "slow":
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, *_args: object) -> None:
        """A client that gives up is what these tests want."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


def get(url: str, limits: Limits, resolve: capture.Resolver = capture.system_resolver) -> capture.Fetched:
    return fetch(url, limits, resolve, time.monotonic)


@pytest.mark.parametrize("path", ["/page", "/packed", "/redirect?/page"])
def test_a_page_is_read_with_its_headers(server: str, path: str) -> None:
    answer = get(server + path, Limits(allowed=LOCAL))
    assert b"387 children" in answer.data
    assert (answer.status, answer.address) == (200, "127.0.0.1")
    assert ("X-Kept", "yes") in answer.headers
    assert not any(name.lower() == "set-cookie" for name, _ in answer.headers)
    assert answer.redirects == ((server + path,) if "redirect" in path else ())


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, ssl.SSLContext]]:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=news.example",
            "-addext",
            "subjectAltName=DNS:news.example",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    running = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    running.socket = context.wrap_socket(running.socket, server_side=True)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_address[1], ssl.create_default_context(cafile=str(folder / "cert.pem"))
    running.shutdown()
    running.server_close()


def local(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def test_https_checks_the_certificate_of_the_name_and_not_of_the_address(secure: tuple[int, ssl.SSLContext]) -> None:
    port, trust = secure
    limits = Limits(allowed=LOCAL, trust=trust)
    assert b"387 children" in get(f"https://news.example:{port}/page", limits, local).data
    for url, some in (
        (f"https://other.example:{port}/page", limits),
        (f"https://news.example:{port}/", Limits(allowed=LOCAL)),
    ):
        with pytest.raises(InputError) as error:
            get(url, some, local)
        assert "certificate" in str(error.value)


def test_https_keeps_the_time_limit(secure: tuple[int, ssl.SSLContext]) -> None:
    port, trust = secure
    begun = time.monotonic()
    with pytest.raises(InputError) as error:
        get(f"https://news.example:{port}/slow", Limits(seconds=0.6, allowed=LOCAL, trust=trust), local)
    assert "longer than" in str(error.value)
    assert time.monotonic() - begun < 4


def test_the_next_address_is_tried(server: str) -> None:
    port = server.rpartition(":")[2]
    answer = get(
        f"http://news.example:{port}/page", Limits(allowed=LOCAL), lambda _host, _port: ["127.0.0.9", "127.0.0.1"]
    )
    assert answer.address == "127.0.0.1"


def test_private_addresses_are_refused_unless_named(server: str) -> None:
    with pytest.raises(InputError) as error:
        get(server, Limits())
    assert rule(error) == "address-refused"
    assert "--allow-address 127.0.0.1" in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::",
        "255.255.255.255",
    ],
)
def test_no_private_address_in_any_disguise(address: str) -> None:
    assert refused(ipaddress.ip_address(address), ())
    assert not refused(ipaddress.ip_address("93.184.215.14"), ())
    assert not refused(ipaddress.ip_address("2606:2800:21f:cb07::1"), ())


def test_a_redirect_is_checked_again(server: str) -> None:
    with pytest.raises(InputError) as error:
        get(f"{server}/redirect?http://169.254.169.254/latest", Limits(allowed=LOCAL))
    assert rule(error) == "address-refused"
    with pytest.raises(InputError) as error:
        get(f"{server}/redirect?file:///etc/passwd", Limits(allowed=LOCAL))
    assert rule(error) == "bad-address"


def test_the_connection_goes_to_the_address_that_was_checked(server: str) -> None:
    port = int(server.rpartition(":")[2])
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    answer = get(f"http://news.example:{port}/page", Limits(allowed=LOCAL), rebinding)
    assert answer.address == "127.0.0.1"
    assert asked == ["news.example"]
    with pytest.raises(InputError):  # one private address among public ones refuses the host
        get("http://news.example/", Limits(), lambda _host, _port: ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize(
    ("path", "limits"),
    [
        ("/large", Limits(bytes=1000, allowed=LOCAL)),
        ("/bomb", Limits(bytes=100_000, allowed=LOCAL)),
        ("/slow", Limits(seconds=0.4, allowed=LOCAL)),
        ("/missing", Limits(allowed=LOCAL)),
        ("/redirect?/redirect?/redirect?/redirect?/redirect?/redirect?/redirect?/x", Limits(allowed=LOCAL)),
    ],
)
def test_limits(server: str, path: str, limits: Limits) -> None:
    begun = time.monotonic()
    with pytest.raises(InputError) as error:
        get(server + path, limits)
    assert rule(error) == "fetch-failed"
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "http://",
        "http://user:pw@example.org/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://example.org/\r\nX: y",
        "javascript://x",
        "http://[::1",
        "http://\udcff.org/",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError) as error:
        get(url, Limits(), lambda _host, _port: ["93.184.215.14"])
    assert rule(error) == "bad-address"
    assert "pw" not in str(error.value)


# WARC --------------------------------------------------------------------------------------------------------------


def test_warc_out_and_in() -> None:
    pytest.importorskip("warcio", reason="WARC is an extra")
    out = io.BytesIO()
    when = dt.datetime(2025, 12, 12, tzinfo=dt.UTC)
    records = [(f"https://example.org/{name}", f"page {name}".encode(), "text/plain", when) for name in "ab"]
    assert capture.to_warc(iter(records), out, "x") == 2
    data = out.getvalue()
    assert capture.is_warc(data)
    one = capture.from_warc(data, "x", "https://example.org/b")
    assert (one.data, one.date) == (b"page b", "2025-12-12T00:00:00Z")
    with pytest.raises(InputError) as error:
        capture.from_warc(data, "x")
    assert "holds 2 answers" in str(error.value)
    with pytest.raises(InputError):
        capture.from_warc(data[:40], "x")
    assert not capture.is_warc(b"\x1f\x8bnothing")


# The ledger's file -------------------------------------------------------------------------------------------------

DIGEST = "0" * 64
FILES = [
    "sources:\n  a:\n    type: webpage   # kept\n    tier: primary\n\n  # about b\n  b:\n    type: report\n",
    "# head\r\nsources:\r\n  a:\r\n    type: webpage\r\n    title: T\r\n\r\n  b: {type: report}\r\n",
    "sources:\n  a:\n    type: webpage\n    note: |\n      two\n      lines\n\n  b:\n    x: y\n",
    "sources:\n  a:\n    note: >-\n      folded\n      text\n",
    'sources:\n  a: {type: webpage, title: "T, U"}   # kept\n  b: {type: report}',
    "sources:\n  a: {\n    type: webpage,  # why\n    title: T,\n  }\n",
    "sources:\n  a:\n      author:\n        - {literal: X}\n        - literal: Y\n          given: Z\n  b:\n    x: y\n",
    "\ufeffsources:\n  a:\n    title: 'it''s'",
    "sources: {a: {title: T}, b: {title: U}}\n",
    "x: &x [1, 2]\nsources:\n  a:\n    title: T\n    list: *x\n    # last\nend: 1\n",
    "sources:\n  a:\n    title: T\n    note:\n  b:\n    title: плюс\n",
]


@pytest.mark.parametrize("text", FILES)
def test_the_rest_of_the_ledger_stays_byte_for_byte(text: str) -> None:
    raw = text.encode()
    after = ledgerfile.with_copy(raw, "x.yaml", "a", DIGEST, "2025-12-12")
    entry = f'copy: {{sha256: {DIGEST}, captured: "2025-12-12"}}'.encode()
    assert after.count(entry) == 1
    place = after.index(entry)
    head, tail = after[:place], after[place + len(entry) :]
    # what was put in is the entry with its indent and line break, or with its comma
    assert any(
        head[: len(head) - cut_head] + tail[cut_tail:] == raw
        for cut_head in range(12)
        for cut_tail in range(3)
        if head[len(head) - cut_head :].strip(b" ,\r\n") == b"" and tail[:cut_tail].strip(b"\r\n") == b""
    )
    value = yamlfile.parse(after, "x.yaml").value
    assert value["sources"]["a"]["copy"] == {"sha256": DIGEST, "captured": "2025-12-12"}
    assert ledgerfile.with_copy(after, "x.yaml", "a", DIGEST, "2026-01-01") == after


def test_a_copy_is_replaced_only_when_asked(tmp_path: Path) -> None:
    for form in (
        f'{{sha256: {"1" * 64}, captured: "2024-01-01"}}',
        f"\n      sha256: {'1' * 64}\n      captured: 2024-01-01",
    ):
        raw = f"sources:\n  a:\n    copy: {form}\n    title: T  # kept\n  b:\n    title: U\n".replace(
            ": \n", ":\n"
        ).encode()
        with pytest.raises(UsageError) as error:
            ledgerfile.with_copy(raw, "x.yaml", "a", DIGEST, "2025-12-12")
        assert error.value.problems[0].rule == "copy-exists"
        after = ledgerfile.with_copy(raw, "x.yaml", "a", DIGEST, "2025-12-12", replace=True)
        assert yamlfile.parse(after, "x").value["sources"]["a"] == {
            "copy": {"sha256": DIGEST, "captured": "2025-12-12"},
            "title": "T",
        }
        assert after.endswith(b"    title: T  # kept\n  b:\n    title: U\n")
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a")
    path.chmod(0o640)
    ledgerfile.write_back(path, b"b")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"b", 0o640)


def test_unknown_and_shared_sources_are_refused() -> None:
    with pytest.raises(UsageError) as error:
        ledgerfile.with_copy(FILES[0].encode(), "x.yaml", "c", DIGEST, "2025-12-12")
    assert error.value.problems[0].rule == "unknown-source"
    shared = b"sources:\n  a: &a {title: T}\n  b: *a\n"
    with pytest.raises(InputError) as shared_error:
        ledgerfile.with_copy(shared, "x.yaml", "b", DIGEST, "2025-12-12")
    assert rule(shared_error) == "shared-source"


def test_log_lines_are_json(tmp_path: Path) -> None:
    entry = append(tmp_path / "log", {"source": "ї", "headers": [["A", "b"]]})
    assert json.loads(entry.line) == {"entry": 1, "source": "ї", "headers": [["A", "b"]], "previous": None}
