"""Composed → a draft of an e-mail (RFC 5322, RFC 2047): plain text in UTF-8 that mail programs open to be sent.

In: a composed letter, the recipient's address, the sender's. Out: bytes. Whatever names hold, no header can be added:
control characters are taken out and everything beyond ASCII becomes encoded words. No date and no message id: both are
the mail program's, when the sender sends it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import lxml.html

from advokit.compose.composed import Composed
from advokit.people import is_mail
from advokit.problems import OutputError, Problem
from advokit.render.txt import render_txt

#: What stands on paper and not in mail.
_ON_PAPER = ("letterhead", "window", "place-date", "subject", "mark", "imprint")


def render_eml(composed: Composed, *, to_name: str, to_email: str, web_form: str = "", from_name: str = "",
               from_email: str = "", address: Sequence[str] = ()) -> bytes:
    """Write one letter as a draft; raises OutputError where the recipient has no e-mail address."""
    if not is_mail(to_email):
        hint = f"Write through the web form: {web_form}" if web_form else \
            "Add it to the table of people in the column 'email', or send the letter on paper."
        raise OutputError([Problem(composed.text, 0, 0, "error", "no-email",
                                   f"{to_name or 'the recipient'} has no e-mail address in the table of people", hint)])
    root = lxml.html.document_fromstring(composed.html)
    subject = " ".join(node.text_content() for node in root.find_class("subject")) or composed.title
    for node in [node for name in _ON_PAPER for node in root.find_class(name)]:
        node.drop_tree()
    for signature in root.find_class("signature"):
        for line in address:
            signature.append(lxml.html.Element("br"))
            signature[-1].tail = one_line(line)
    text = render_txt(replace(composed, html=lxml.html.tostring(root, encoding="unicode"))).decode()
    message = EmailMessage(policy=SMTP.clone(max_line_length=78))
    message["X-Unsent"] = "1"
    if is_mail(from_email) and from_email.isascii():
        message["From"] = _address(from_name, from_email)
    try:
        message["To"] = _address(to_name, to_email)
    except (ValueError, HeaderParseError):
        raise OutputError([Problem(composed.text, 0, 0, "error", "no-email",
                                   f"the e-mail address of {to_name or 'the recipient'} is none that mail can carry",
                                   "Mend it in the table of people.")]) from None
    message["Subject"] = one_line(subject)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = composed.language
    return message.as_bytes()


def one_line(text: str) -> str:
    """Make a text safe for a header: one line, nothing invisible, no sign that turns the direction of writing."""
    kept = "".join(" " if character.isspace() else character for character in text
                   if character.isspace() or unicodedata.category(character)[0] != "C")
    return re.sub(r" {2,}", " ", kept).strip()[:200]


def _address(name: str, email: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=email)
