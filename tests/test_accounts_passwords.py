"""Which passwords are taken, and how they are kept."""

import re
import time
import unicodedata

import pytest

from pipeline.accounts.passwords import SHORTEST, hashed, made_up, matches, weakness


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("corta", "al menos 12"),
        ("x7" * 150, "a lo más 200"),
        ("abababababab", "repite"),
        ("aaaaaaaaaaaaa", "repite"),
        ("abcdabcdabcdab", "repite"),
        ("123456789012", "serie de teclas"),
        ("210987654321", "serie de teclas"),
        ("qwertyuiopasdf", "serie de teclas"),
        ("contraseña2026", "más usadas"),
        ("C0ntr4s3ñ4-2026!", "más usadas"),
        ("periodistas2026", "más usadas"),
        ("hallazgos-2026!!", "más usadas"),
        ("holamexico2026", "más usadas"),
        ("Derechos Humanos 26", "más usadas"),
        ("ana.lopez2026", "nombre de la cuenta"),
        ("Ana.López1234", "nombre de la cuenta"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused(password: str, why: str) -> None:
    assert why in weakness(password, "ana.lopez")


@pytest.mark.parametrize("password", ["tres tristes tinteros", "Xochimilco-lunes-07", "ñandúes y ajolotes", "0f9c2e71b44d"])
def test_a_long_one_is_taken(password: str) -> None:
    assert weakness(password, "ana.lopez") == ""


def test_one_that_is_made_up_is_taken_and_never_the_same() -> None:
    made = {made_up() for _ in range(200)}
    assert len(made) == 200
    assert {weakness(each, "ana") for each in made} == {""}
    assert all(re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", each) and len(each) >= SHORTEST for each in made)


def test_only_a_salted_hash_is_kept() -> None:
    first, second = hashed("tres tristes tinteros"), hashed("tres tristes tinteros")
    assert first != second and first.startswith("pbkdf2_sha256$480000$")
    assert matches("tres tristes tinteros", first)
    assert not matches("tres tristes tintero", first)


def test_an_accent_in_one_sign_or_in_two_is_the_same() -> None:
    kept = hashed(unicodedata.normalize("NFC", "ñandúes y ajolotes"))
    assert matches(unicodedata.normalize("NFD", "ñandúes y ajolotes"), kept)


def test_without_an_account_the_answer_takes_as_long() -> None:
    kept = hashed("tres tristes tinteros")
    matches("otra", None)  # the hash that stands in is made once

    def fastest(stored: str | None) -> float:
        found = []
        for _ in range(3):
            begun = time.perf_counter()
            assert not matches("otra contraseña", stored)
            found.append(time.perf_counter() - begun)
        return min(found)

    known, unknown = fastest(kept), fastest(None)
    assert known / 3 < unknown < known * 3
