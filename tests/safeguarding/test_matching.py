"""One invented name in every form that a text can hide it in; and texts that must stay silent.

No real child is named here: the names are made of words for "made up", "sample" and "ghost".
"""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.safeguarding import Guard, PrivateList
from advokit.safeguarding.folding import readings
from advokit.safeguarding.names import PrivateName

NAMES = PrivateList((
    PrivateName(given="Орися", family="Вигаданенко", patronymic="Тестівна", short=("Рися",)),
    PrivateName(given="Олена", family="Примарчук"),
    PrivateName(given="Андрій", family="Зразковий-Пробний", alone=("family",)),
    PrivateName(forms=("Lesyk Zirka",)),
    PrivateName(given="Pawel", family="Wzorzec"),
), "digest")
GUARD = Guard(NAMES)


def found(text: str, *, machine: bool = False) -> set[int]:
    return {hit.entry for hit in GUARD.find(text, machine=machine)}


@pytest.mark.parametrize("text", [
    "Орися Вигаданенко", "Вигаданенко Орисі", "з Орисею Вигаданенко", "Рисі Вигаданенко", "ОРИСЯ ВИГАДАНЕНКО",
    "Orysia Vyhadanenko", "Orysja Wyhadanenko", "O. Vyhadanenko", "Vyhadanenko, O.", "Vyhadanenko O.T.", "О. Т. Вигаданенко",
    "Орися Тестівна", "Орися (вона мала) Вигаданенко",
])
def test_a_name_is_found_in_its_forms(text: str) -> None:
    assert found(text) == {1}


@pytest.mark.parametrize("text", [
    "Елены Примарчук", "Elena Primarchuk's", "Helena Prymartschuk", "Ołeny Prymarczuk", "Olena Prymartchouk", "Olena Prymarčuk",
    "O l e n a  P r y m a r c h u k", "Олена При-\nмарчук", "Olena Prymar\nchuk", "Ole\u00adna Pry\u200bmarchuk", "Olеnа Рrуmаrсhuk",
    "olenaprymarchuk", "OlenaPrymarchuk_photo", "Ol%65na%20Prymarchuk", "&#1054;лена Примарчук", "𝓞𝓵𝓮𝓷𝓪 𝓟𝓻𝔂𝓶𝓪𝓻𝓬𝓱𝓾𝓴",
    "Оlena Рrymаrchuk", "0lena Prym4rchuk", "Ｏｌｅｎａ Ｐｒｙｍａｒｃｈｕｋ", "O\u0301lena Prymarchuk", "Olena\u202e Prymarchuk",
])
def test_a_name_is_found_however_it_is_hidden(text: str) -> None:
    assert found(text) == {2}


@pytest.mark.parametrize("text", [
    "https://example.org/story/olena-prymarchuk#x", "https://example.org/#:~:text=Olena%20Prymarchuk", "photoolenaprymarchuk2",
    "oprymarchuk@example.org", "o_prymarchuk.pdf", "prymarchuk-o", "OlenaPrymarchuk.docx", "https://example.org/?q=olena%2520prymarchuk",
    "https://example.org/%D0%9E%D0%BB%D0%B5%D0%BD%D0%B0-%D0%9F%D1%80%D0%B8%D0%BC%D0%B0%D1%80%D1%87%D1%83%D0%BA",
])
def test_a_name_is_found_in_addresses_and_file_names(text: str) -> None:
    assert 2 in found(text, machine=True)


@pytest.mark.parametrize(("text", "entry"), [("Андрею Зразковому", 3), ("Probnyj", 3), ("Lesyka Zirky", 4), ("lesykzirka", 4),
                                             ("Pawła Wzorca", 5), ("Pawłowi Wzorcowi", 5), ("Paweł Wzorzec", 5),
                                             ("Oleny Prymarčukové", 2), ("Oleně Prymarčukové", 2), ("Olenou Prymarčukovou", 2)])
def test_a_part_alone_a_whole_form_and_polish_and_czech_cases(text: str, entry: int) -> None:
    assert found(text) == {entry}


@pytest.mark.parametrize("text", [
    "", "Олена сказала", "Prymarchuk said so", "Орися Тестівна Інша", "the Vyhadanenko law and Olga in a house",
    "Olena Prymar-Jones", "Олена і Марія приїхали. Потім говорив посол.", "A ghost, a sample and a pattern",
])
def test_ordinary_words_and_other_people_are_not_names(text: str) -> None:
    assert found(text) == set()


def test_the_place_is_exact() -> None:
    text = "First line\nthen Olena Prymarchuk went"
    assert GUARD.places(text) == [(2, 2, 6)]
    assert GUARD.places("one\ntwo %4flena-prymarchuk") == [(2, 2, 1)]


def test_nothing_shows_the_list() -> None:
    shown = repr(NAMES) + str(NAMES) + repr(GUARD)
    assert "имар" not in shown
    assert pickle.loads(pickle.dumps(NAMES)).names == NAMES.names


@pytest.mark.parametrize("text", ["unknown key 'Olena Prymarchuk' in x", "a/olena-prymarchuk.md", "x %4flena%20Prymarchuk"])
def test_messages_are_redacted(text: str) -> None:
    told = GUARD.redact(text)
    assert "withheld" in told
    assert found(told, machine=True) == set()
    assert "rymarchuk" not in told


def test_a_message_without_a_name_stays() -> None:
    assert GUARD.redact("there is no source 'council-2026'") == "there is no source 'council-2026'"


@pytest.mark.parametrize("spellings", [
    "Юлія Юлия Yuliia Julija Yulia Ioulia Yuliya Joelia", "Шевченко Shevchenko Schewtschenko Szewczenko Chevtchenko Ševčenko Sjevtsjenko Sjevtjenko",
    "Щербак Shcherbak Schtscherbak Szczerbak Chtcherbak", "Жданов Zhdanov Schdanow Żdanow Jdanov Ždanov",
    "Харченко Kharchenko Chartschenko Charczenko Khartchenko", "Любов Liubov Ljubow Lyubov Lioubov", "Оксана OKCAHA",
    "Михайло Mykhailo Mijailo Mijáilo Mychajło", "Харченко Járchenko", "Маша Masha Mascia Macha",
])
def test_transliterations_of_one_word_share_a_reading(spellings: str) -> None:
    assert set.intersection(*(set(readings(word)) for word in spellings.split()))


@given(st.lists(st.sampled_from(["\u00ad", "\u200b", "\u200d", "\u2060", "\u202a", "\ufeff", "\u0301", "'", ""]), min_size=16, max_size=16))
def test_whatever_invisible_stands_between_letters_the_name_is_found(between: list[str]) -> None:
    text = "".join(letter + sign for letter, sign in zip("Olena Prymarchuk", between, strict=True))
    assert 2 in found(text)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    GUARD.find(text)
    GUARD.find(text, machine=True)
    assert not found(GUARD.redact(text), machine=True)


@given(st.sampled_from(["Олена Примарчук", "Olena Prymarchuk", "Prymarchuk Olena"]), st.text(alphabet=" .,\n;:«»()", max_size=20))
def test_signs_around_a_name_do_not_hide_it(name: str, around: str) -> None:
    assert 2 in found(f"{around} {name}{around} ")
