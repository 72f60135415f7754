"""Passwords: what is refused, how one is made up, and the hashes of datasette-auth-passwords (PBKDF2, 480,000 rounds)."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from datasette_auth_passwords.utils import hash_password, verify_password

SHORTEST = 12
LONGEST = 200  # a longer one only costs time
FEWEST = 5  # different characters
# What common passwords are made of, without accents: NIST SP 800-63B asks to refuse them, and words of the context.
COMMON_WORDS = Path(__file__).with_name("comunes.txt")
RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
DISGUISE = str.maketrans("013457@$!", "oieastasi")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is read as a digit


def weakness(password: str, name: str) -> str:
    """Say in Spanish why a password is refused for the account `name`; empty: it is taken."""
    return next((why for refused, why in _rules(password, _folded(password), _folded(name)) if refused), "")


def _rules(password: str, plain: str, name: str) -> Iterator[tuple[bool, str]]:
    """Yield (whether the password breaks it, what to say) of each rule; `plain` and `name` are folded."""
    yield len(password) < SHORTEST, f"debe tener al menos {SHORTEST} caracteres"
    yield len(password) > LONGEST, f"debe tener a lo más {LONGEST} caracteres"
    repeated = any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, 5))
    yield len(set(plain)) < FEWEST or repeated, "repite siempre lo mismo"
    yield any(plain in run or plain[::-1] in run for run in (each * 2 for each in RUNS)), "es una serie de teclas"
    yield name in plain and len(plain) - len(name) < SHORTEST - 4, "se parece demasiado al nombre de la cuenta"
    core = re.sub(r"[\W_]*\d{0,4}[\W_]*$", "", plain)  # without the year and the signs that are put at the end
    letters = {re.sub(r"[^a-z]", "", text) for text in (plain, core.translate(DISGUISE))}
    yield any(_common(text) for text in letters), "es de las más usadas, o de las primeras que alguien probaría aquí"


def made_up() -> str:
    """Return a new password of 20 letters and digits in groups that can be read aloud: 99 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def hashed(password: str) -> str:
    """Return the hash to be kept; an accent typed in one sign or in two is the same."""
    return str(hash_password(unicodedata.normalize("NFC", password)))


def matches(password: str, kept: str | None) -> bool:
    """Say whether a password is the one of a kept hash.

    Without one it takes as long, so that nobody learns which accounts exist.
    """
    right = bool(verify_password(unicodedata.normalize("NFC", password), kept or _nobodys()))
    return right and kept is not None


def _folded(text: str) -> str:
    """Return a text in lower case without accents; not `nlp.plegado.fold`, which remembers what it was given."""
    return "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))


def _common(letters: str) -> bool:
    """Say whether the letters of a password are a common word, or two of them put together."""
    words = _common_words()
    return letters in words or any(letters[:cut] in words and letters[cut:] in words for cut in range(3, len(letters) - 2))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(COMMON_WORDS.read_text("ascii").split())


@cache
def _nobodys() -> str:
    return hashed(secrets.token_hex(16))
