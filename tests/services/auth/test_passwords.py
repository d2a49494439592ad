"""Passwords of every length and script: none breaks anything, and every byte counts (T33)."""

from __future__ import annotations

import pytest

from cleanit_app.services import input_validation
from cleanit_app.services.auth.passwords import check_password, hash_password, password_matches

LETTERS = {"latin": "a", "devanagari": "क", "emoji": "🧹", "nul": "\x00", "half a character": "\ud83e", "space": " "}


@pytest.mark.row("SEC-07")
@pytest.mark.parametrize("kind", LETTERS)
def test_lengths_from_8_to_200_bytes_raise_nothing_and_match_only_themselves(kind: str) -> None:
    letter = LETTERS[kind]
    size = len(letter.encode("utf-8", "surrogatepass"))
    for length in (8, 24, 71, 72, 73, 128, 200):
        password = letter * max(1, length // size)
        stored = hash_password(password, rounds=4)
        assert password_matches(password, stored)
        assert not password_matches(password + letter, stored)
        assert not password_matches(password[:-1] + "x", stored)


@pytest.mark.row("SEC-07")
@pytest.mark.parametrize("first", ["a" * 72, "क" * 24, "🧹" * 18, "\x00" * 72])
def test_passwords_that_are_equal_in_72_bytes_are_two(first: str) -> None:
    assert len(first.encode()) == 72
    stored = hash_password(first + "one", rounds=4)
    assert password_matches(first + "one", stored)
    assert not password_matches(first + "two", stored)
    assert not password_matches(first, stored)


@pytest.mark.row("SEC-07")
def test_the_same_letters_typed_in_another_way_are_the_same() -> None:
    assert password_matches("cafe\u0301-cafe\u0301", hash_password("caf\u00e9-caf\u00e9", rounds=4))


@pytest.mark.row("SEC-07")
def test_twelve_rounds_unless_a_test_asks_for_fewer() -> None:
    assert hash_password("nine-clean-lanes").startswith("sha256$$2b$12$")


@pytest.mark.row("SEC-07")
@pytest.mark.parametrize("common", ["password", "12345678", "Iloveyou", "QWERTYUIOP", "1qaz2wsx"])
def test_what_many_people_use_is_refused(common: str) -> None:
    form = input_validation.Form()
    check_password(form, common)
    assert form.problems["password"].key == "password_common"


@pytest.mark.row("SEC-07")
@pytest.mark.parametrize("own", ["nine-clean-lanes", "गली नंबर चार", "Aminabad 226018 lane"])
def test_what_is_ones_own_is_taken(own: str) -> None:
    form = input_validation.Form()
    check_password(form, own)
    assert form.problems == {}
