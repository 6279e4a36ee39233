"""Takes a copy: a file or a web address in, its bytes, its text and where it came from out.

Plain text is kept as it is; HTML (lxml), PDF (pypdfium2) and WARC (ISO 28500, warcio) are turned into text. From the
web: http and https only, the address of the server is checked before connecting and the connection goes to the address
that was checked (no second look-up that could answer otherwise), each redirect is checked anew, size and time
are limited. Private, loopback and link-local addresses are refused unless the command line names them.
"""

from __future__ import annotations

import datetime as dt
import gzip
import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from charset_normalizer import from_bytes

from advokit.problems import InputError, Problem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[[str, int], Sequence[str]]

MAX_BYTES = 32 * 1024 * 1024
MAX_SECONDS = 60.0
MAX_REDIRECTS = 5
MAX_PAGES = 3000
AGENT = "advokit (copy of a source for a campaign; no crawler)"
#: NAT64 and 6to4: IPv6 addresses that carry an IPv4 address, which is checked as well.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Plain:
    """The text of a document, and how it was made."""

    text: str
    data: bytes
    """The text as it is kept: the document's own bytes where it is UTF-8 text."""
    suffix: str
    """What the original is: .txt, .html, .pdf."""
    made_by: str
    """How the text was made, for the log."""


@dataclass(frozen=True)
class Fetched:
    """What a web server answered."""

    data: bytes
    url: str
    """The address asked for."""
    final_url: str
    """The address that answered, after redirects."""
    address: str
    """The internet address connected to."""
    status: int
    headers: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...] = ()
    date: str = ""
    """For a WARC record: when it was taken."""


@dataclass(frozen=True)
class Limits:
    """How much a fetch may take, and which addresses it may reach beside public ones."""

    bytes: int = MAX_BYTES
    seconds: float = MAX_SECONDS
    allowed: tuple[Network, ...] = ()
    trust: ssl.SSLContext | None = field(default=None, compare=False)


def _fail(shown: str, rule: str, message: str, hint: str = "") -> InputError:
    return InputError([Problem(shown, 0, 0, "error", rule, message, hint)])


# Bytes to text -----------------------------------------------------------------------------------------------------


def text_of(data: bytes, shown: str, content_type: str = "", name: str = "") -> Plain:
    """Turn a document into text; raises InputError for what cannot be read."""
    kind, charset = _content_type(content_type)
    low = name.lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(data, shown)
    if (
        kind in {"text/html", "application/xhtml+xml"}
        or low.endswith((".html", ".htm", ".xhtml"))
        or head.startswith((b"<!doctype html", b"<html"))
        or (head.startswith(b"<?xml") and b"<html" in head)
    ):
        return _html(data, shown, charset)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise _fail(
            shown, "unreadable-copy", "this is no text, HTML or PDF", "Save it as PDF or plain text and add that."
        )
    text = _decode(data, charset, shown)
    utf8 = data.decode("utf-8", "ignore").encode() == data
    return Plain(text, data if utf8 else text.encode(), ".txt", "kept as it is" if utf8 else "re-encoded as UTF-8")


def _content_type(value: str) -> tuple[str, str | None]:
    kind, _, rest = value.partition(";")
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return kind.strip().lower(), found[1] if found else None


def _decode(data: bytes, charset: str | None, shown: str) -> str:
    for name in ("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", charset):
        try:
            text = data.decode(name) if name else None
        except (UnicodeDecodeError, LookupError):
            continue
        if text is not None and "\0" not in text:
            return text
    best = from_bytes(data[:200_000]).best()
    try:
        text = data.decode(best.encoding, "strict") if best else None
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        raise _fail(
            shown, "unreadable-copy", "this is no text, HTML or PDF", "Save it as PDF or plain text and add that."
        )
    return text


_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
        "caption",
        "option",
    ]
)
_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "object", "iframe", "canvas", "select", "button"]
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _html(data: bytes, shown: str, charset: str | None) -> Plain:
    from lxml import etree, html

    if not charset:
        found = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", data[:4096], re.IGNORECASE)
        charset = found[1].decode("ascii", "ignore") if found else None
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decode(data, charset, shown))
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise _fail(shown, "unreadable-copy", "the HTML has no text", "Open the page and save its text.") from None
    parts: list[str] = []
    _walk(root, parts)
    plain = re.sub(r"[ \t\r\f\v]*\n\s*", "\n", re.sub(r"[ \t\r\f\v]+", " ", "".join(parts))).strip() + "\n"
    if not plain.strip():
        raise _fail(shown, "unreadable-copy", "the HTML has no text", "Open the page and save its text.")
    return Plain(plain, plain.encode(), ".html", f"text of HTML, by lxml {etree.__version__}")


def _walk(root: Any, parts: list[str]) -> None:
    """Write the text of an element as a reader sees it: blocks on lines of their own, raised digits raised."""
    from lxml import etree

    skipping, raised = 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = (
            tag in _SKIPPED
            or element.get("hidden") is not None
            or bool(re.search(r"display\s*:\s*none", element.get("style") or "", re.IGNORECASE))
        )
        if event == "start":
            skipping += hidden
            raised += tag == "sup"
            if skipping:
                continue
            parts.append("\n" if tag in _BLOCKS else "\t" if tag in {"td", "th"} else "")
            content = element.text or ""
            content = content if tag == "pre" else content.replace("\n", " ")
            parts.append(content.translate(_RAISED) if raised else content)
            continue
        skipping -= hidden
        raised -= tag == "sup"
        if skipping:
            continue
        parts.append("\n" if tag in _BLOCKS else "")
        tail = (element.tail or "").replace("\n", " ") if element is not root else ""
        parts.append(tail.translate(_RAISED) if raised else tail)


def _pdf(data: bytes, shown: str) -> Plain:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise _fail(
            shown,
            "unreadable-copy",
            "the PDF cannot be opened; it is damaged or asks for a password",
            "Print it to a new PDF and add that.",
        ) from None
    try:
        if len(document) > MAX_PAGES:
            raise _fail(
                shown, "unreadable-copy", f"the PDF has more than {MAX_PAGES:,} pages", "Add the part you quote."
            )
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    text = "\n".join(pages).replace("\r\n", "\n").replace("\r", "\n")
    # PDFium writes U+FFFE where a line ends in a hyphen of division
    text = re.sub(r"[\ufffe\x02]\n?", "\u00ad", text).replace("\0", "").strip() + "\n"
    if not text.strip():
        raise _fail(
            shown,
            "unreadable-copy",
            "the PDF holds no text, perhaps only pictures of pages",
            "Run text recognition over it, read it against the pages, and add that.",
        )
    return Plain(text, text.encode(), ".pdf", f"text of PDF, by PDFium {pypdfium2.PDFIUM_INFO}")


# The web -----------------------------------------------------------------------------------------------------------


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def refused(address: Address, allowed: Sequence[Network]) -> str:
    """Say why an address may not be connected to; nothing where it may."""
    inner: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        embedded = (
            address.ipv4_mapped
            or address.sixtofour
            or (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
        )
        inner += [embedded] if embedded else []
    if any(address in network for network in allowed if network.version == address.version):
        return ""
    for item in inner:
        for kind in ("loopback", "link_local", "multicast", "unspecified", "private", "reserved"):
            if getattr(item, f"is_{kind}"):
                return kind.replace("_", "-")
        if not item.is_global and address not in _NAT64:
            return "not public"
    return ""


def fetch(url: str, limits: Limits, resolve: Resolver, clock: Callable[[], float]) -> Fetched:
    """Get a web address; raises InputError. `clock` counts seconds (`time.monotonic`)."""
    end = clock() + limits.seconds
    seen: list[str] = []
    here = url
    while True:
        answer = _once(here, limits, resolve, clock, end)
        location = next((value for name, value in answer.headers if name.lower() == "location"), "")
        if answer.status not in {301, 302, 303, 307, 308} or not location:
            break
        seen.append(here)
        if len(seen) > MAX_REDIRECTS:
            raise _fail(
                url,
                "fetch-failed",
                f"the server redirects more than {MAX_REDIRECTS} times",
                "Open the page in a browser and add its final address.",
            )
        here = urljoin(here, location)
    if answer.status != 200:
        raise _fail(
            url,
            "fetch-failed",
            f"the server answered {answer.status}, not 200",
            "Open the page in a browser; save it and add the file where the server refuses programs.",
        )
    return Fetched(answer.data, url, here, answer.address, answer.status, answer.headers, tuple(seen))


def _once(url: str, limits: Limits, resolve: Resolver, clock: Callable[[], float], end: float) -> Fetched:
    """Ask once, at an address that was checked."""
    host, port, secure, target = _parts(url)
    addresses = _checked(url, host, port, limits, resolve)
    line = _Line(end - clock())
    try:
        address = line.open(addresses, port, (limits.trust or ssl.create_default_context()) if secure else None, host)
        response = _ask(line.wire, host, port, target, default=443 if secure else 80)
        headers = tuple(
            (name, value) for name, value in response.getheaders() if name.lower() not in {"set-cookie", "set-cookie2"}
        )
        data = _body(response, url, limits) if response.status == 200 else b""
        if line.late.is_set():  # an answer without a length ends quietly when we hang up: half a page is no copy
            raise _late(url, limits)
        return Fetched(data, url, url, address, response.status, headers)
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        if line.late.is_set() or clock() >= end - 0.05:
            raise _late(url, limits) from None
        what, hint = "the server cannot be reached or breaks off", "Check address and connection; or save the page"
        if isinstance(error, ssl.SSLError):
            what, hint = "the server's certificate is not valid, or it speaks no TLS", "Check the address in a browser"
        raise _fail(url, "fetch-failed", what, f"{hint} and add the file.") from None
    finally:
        line.close()


def _ask(wire: socket.socket, host: str, port: int, target: str, *, default: int) -> http.client.HTTPResponse:
    """Send the request over a connection that stands."""
    connection = http.client.HTTPConnection(host, port)
    connection.sock = wire
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if port == default else f"{shown}:{port}",
        "User-Agent": AGENT,
        "Accept": "text/html, application/pdf, text/plain, */*;q=0.1",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request("GET", target, headers=headers)
    return connection.getresponse()


class _Line:
    """A connection with one clock for all of it, so that a server that sends a byte a minute cannot hold us."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.late = threading.Event()
        self.wire = socket.socket()
        self.timer = threading.Timer(max(seconds, 0.001), self._shut)
        self.timer.daemon = True
        self.timer.start()

    def open(self, addresses: Sequence[str], port: int, trust: ssl.SSLContext | None, host: str) -> str:
        """Connect to the first address that answers, and give it; the certificate must be that of `host`."""
        for last, address in enumerate(addresses, 1 - len(addresses)):
            self.wire.close()
            try:
                self.wire = socket.create_connection((address, port), timeout=max(min(self.seconds, 20), 0.001))
            except OSError:
                if last == 0 or self.late.is_set():
                    raise
                continue
            if trust:
                secured = trust.wrap_socket(self.wire, server_hostname=host, do_handshake_on_connect=False)
                self.wire = secured
                secured.do_handshake()
            return address
        raise OSError("no address")

    def _shut(self) -> None:
        self.late.set()
        try:
            # not SSLSocket.shutdown: that takes the TLS away under the thread that reads
            socket.socket.shutdown(self.wire, socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        """Hang up and stop the clock."""
        self.timer.cancel()
        self.wire.close()


def _late(url: str, limits: Limits) -> InputError:
    return _fail(
        url,
        "fetch-failed",
        f"the server took longer than {limits.seconds:g} seconds",
        "Try later, or save the page and add the file.",
    )


def _parts(url: str) -> tuple[str, int, bool, str]:
    """Cut an address into host, port, whether it is https, and what to ask for."""
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise _fail(
            repr(url)[1:-1],
            "bad-address",
            "the address holds a space, a backslash or a control character",
            "Copy it again from the browser.",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (
            (parts.hostname or "").encode("idna").decode("ascii")
            if not _literal(parts.hostname)
            else str(parts.hostname)
        )
    except (ValueError, UnicodeError):
        raise _fail(url, "bad-address", "this is no web address", "It begins with https:// or http://.") from None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise _fail(url, "bad-address", "only http and https addresses are read", "It begins with https:// or http://.")
    if parts.username or parts.password:
        raise _fail(
            url.replace(parts.netloc, parts.netloc.rpartition("@")[2]),
            "bad-address",
            "the address holds a user name or password",
            "Save the page and add the file.",
        )
    secure = parts.scheme.lower() == "https"
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|") if parts.query else ""
    )
    return host, port or (443 if secure else 80), secure, target


def _literal(host: str | None) -> bool:
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def _checked(url: str, host: str, port: int, limits: Limits, resolve: Resolver) -> list[str]:
    """Look a host up once and give the addresses that may be connected to; one bad address refuses the host."""
    try:
        found = [host] if _literal(host) else list(resolve(host, port))
        addresses = [ipaddress.ip_address(item.partition("%")[0]) for item in found]
    except (OSError, UnicodeError, ValueError):
        addresses = []
    if not addresses:
        raise _fail(url, "fetch-failed", f"no server is known under '{host}'", "Check the spelling of the address.")
    for address in addresses:
        why = refused(address, limits.allowed)
        if why:
            raise _fail(
                url,
                "address-refused",
                f"'{host}' leads to {address}, a {why} address",
                f"If you mean a server of your own, name it: --allow-address {address}",
            )
    return [str(address) for address in dict.fromkeys(addresses)][:4]


def _body(response: http.client.HTTPResponse, url: str, limits: Limits) -> bytes:
    """Read the answer up to the limit, unpacking what was packed although we asked for it plain."""
    declared = response.getheader("Content-Length") or ""
    packed = (response.getheader("Content-Encoding") or "identity").strip().lower()
    chunks: list[bytes] = []
    size = 0
    unpack = zlib.decompressobj(47) if packed in {"gzip", "x-gzip", "deflate"} else None
    if packed not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise _fail(
            url, "fetch-failed", f"the server packs its answer as '{packed}'", "Save the page and add the file."
        )
    too_large = _fail(
        url,
        "fetch-failed",
        f"the document has more than {limits.bytes:,} bytes",
        "Save the part that you quote and add the file.",
    )
    if declared.isdigit() and int(declared) > limits.bytes:
        raise too_large
    while chunk := response.read(64 * 1024):
        chunk = unpack.decompress(chunk, limits.bytes - size + 1) if unpack else chunk
        size += len(chunk)
        chunks.append(chunk)
        if size > limits.bytes or (unpack and unpack.unconsumed_tail):
            raise too_large
    if (unpack and not unpack.eof) or (declared.isdigit() and not unpack and size < int(declared)):
        raise http.client.IncompleteRead(b"")
    return b"".join(chunks)


# WARC --------------------------------------------------------------------------------------------------------------


def _warcio(shown: str) -> Any:
    try:
        import warcio
    except ImportError:
        raise _fail(
            shown, "missing-extra", "WARC files need the package warcio", "Install it: pip install 'advokit[warc]'"
        ) from None
    return warcio


def is_warc(data: bytes) -> bool:
    """Tell whether bytes begin like a WARC file, packed or not."""
    if data[:2] == b"\x1f\x8b":
        try:
            return gzip.GzipFile(fileobj=io.BytesIO(data)).read(5) == b"WARC/"
        except (OSError, EOFError, zlib.error):
            return False
    return data[:5] == b"WARC/"


def from_warc(data: bytes, shown: str, url: str | None = None) -> Fetched:
    """Take the one answer out of a WARC file, or the one of `url`; raises InputError."""
    _warcio(shown)
    from warcio.archiveiterator import ArchiveIterator

    found: list[Fetched] = []
    try:
        for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
            if record.rec_type not in {"response", "resource"}:
                continue
            body = record.content_stream().read(MAX_BYTES + 1)
            headers = (
                tuple(record.http_headers.headers)
                if record.http_headers
                else (("Content-Type", record.content_type or ""),)
            )
            status = int(record.http_headers.get_statuscode()) if record.http_headers else 200
            address = record.rec_headers.get_header("WARC-IP-Address") or ""
            target = record.rec_headers.get_header("WARC-Target-URI") or ""
            when = record.rec_headers.get_header("WARC-Date") or ""
            if status == 200 and len(body) <= MAX_BYTES and (url is None or target == url):
                found.append(Fetched(body, target, target, address, status, headers, date=when))
    except Exception as error:  # noqa: BLE001 - warcio raises several unrelated types for a damaged file
        raise _fail(
            shown, "unreadable-copy", f"the WARC file is damaged ({type(error).__name__})", "Make it again."
        ) from None
    if len(found) == 1:
        return found[0]
    if not found:
        raise _fail(
            shown,
            "unreadable-copy",
            "the WARC file holds no answer" + (f" from '{url}'" if url else ""),
            "Its records of type 'response' with status 200 are read.",
        )
    some = ", ".join(item.url for item in found[:4])
    raise _fail(shown, "unreadable-copy", f"the WARC file holds {len(found)} answers", f"Name one with --url: {some}")


def to_warc(records: Iterator[tuple[str, bytes, str, dt.datetime]], out: io.BufferedIOBase, shown: str) -> int:
    """Write documents as WARC resource records (address, bytes, media type, moment); gives how many."""
    _warcio(shown)
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=True)
    count = 0
    for address, data, kind, when in records:
        date = when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        writer.write_record(
            writer.create_warc_record(
                address,
                "resource",
                payload=io.BytesIO(data),
                length=len(data),
                warc_content_type=kind,
                warc_headers_dict={"WARC-Date": date},
            )
        )
        count += 1
    return count
