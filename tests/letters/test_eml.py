"""Drafts of e-mail: no header can be smuggled in, whatever names and addresses hold."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advokit.compose import Composed
from advokit.problems import OutputError
from advokit.render.eml import one_line, render_eml
from tests.workspaces import blank, composed

HEADERS = {"X-Unsent", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Content-Language"}


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    return composed(blank(tmp_path_factory.mktemp("eml")), "letter")


def test_a_draft_holds_text_sources_and_the_senders_address(letter: Composed) -> None:
    raw = render_eml(letter, to_name="Óscar Ejemplo", to_email="oscar@example.org", from_name="Ann, Lee",
                     from_email="ann@example.org", address=("1 Road", "Oxton"))
    draft = message_from_bytes(raw, policy=default)
    assert draft["X-Unsent"] == "1"
    assert draft["To"].addresses[0].display_name == "Óscar Ejemplo"
    assert draft["From"].addresses[0].addr_spec == "ann@example.org"
    assert (draft["Date"], draft["Message-ID"]) == (None, None)
    text = draft.get_content().replace("\r\n", "\n")
    assert text.startswith("Dear Leader of the Council")
    assert "1 Road\nOxton" in text
    assert "[1] " in text
    assert "Town Hall" not in text
    assert raw == render_eml(letter, to_name="Óscar Ejemplo", to_email="oscar@example.org", from_name="Ann, Lee",
                             from_email="ann@example.org", address=("1 Road", "Oxton"))


@settings(max_examples=80, deadline=None)
@given(name=st.text(max_size=60) | st.sampled_from(["A\r\nBcc: x@example.org", "A\nX-Y: 1", "\u2028B", "=?utf-8?q?x?=",
                                                    '"quoted" <x@y.z>', "\udc80", "名" * 300]))
def test_no_name_adds_a_header(letter: Composed, name: str) -> None:
    raw = render_eml(letter, to_name=name, to_email="kim@example.org")
    draft = message_from_bytes(raw, policy=default)
    assert set(draft.keys()) == HEADERS
    assert [one.addr_spec for one in draft["To"].addresses] == ["kim@example.org"]
    assert raw.isascii()


@given(st.text(max_size=80))
def test_a_header_is_one_line(text: str) -> None:
    assert one_line(text).isprintable() or not one_line(text)


@pytest.mark.parametrize("address", ["", "https://example.org/form", "a@b", "a@example.org\r\nBcc: x@example.org",
                                     "a@example.org, b@example.org"])
def test_no_address_no_draft(letter: Composed, address: str) -> None:
    with pytest.raises(OutputError, match=r"web form: https://example\.org/f"):
        render_eml(letter, to_name="Kim Example", to_email=address, web_form="https://example.org/f")


def test_an_address_beyond_ascii_is_refused(letter: Composed) -> None:
    with pytest.raises(OutputError, match="none that mail can carry"):
        render_eml(letter, to_name="Kim", to_email="ким@example.org").decode("ascii")
