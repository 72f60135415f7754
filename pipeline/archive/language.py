"""Whether a page, or its text, is Spanish: by the small words that the languages around it do not share.

Two looks: one at the raw page, so that what is plainly not Spanish is not even parsed (most of a world-wide archive), and one
at the text. Both let a doubtful page pass: a missed attack is worse than a page read in vain (principle 9).
"""

import re
from itertools import accumulate

LOOK = 400_000  # bytes of a page
WORDS = 400  # of a text
FEW = 6  # Spanish words in the markup of a page below which no Spanish text of a note can be in it
_OURS = "el la los las y en del al con una por su más pero como fue este esta sus hay lo le se han"
_OTHERS = """
    the of and to is was for with that this it are os as em do da dos das não um uma com ao pelo e o i els les amb dels des du
    et est une dans pour il di che per della sono gli nel und der die das ist den mit
"""
OURS = frozenset(_OURS.split())
OTHERS = frozenset(_OTHERS.split()) - OURS
_RAW = tuple(f" {word} ".encode() for word in ("el", "los", "las", "del", "una", "por", "con"))
_WORD = re.compile(r"[^\W\d_]+")
SHARE = 0.08  # of the words of a text; ordinary Spanish has a quarter


def may_hold_spanish(body: bytes) -> bool:
    """Tell whether a page may hold a text in Spanish, by a look at its bytes."""
    if b"\x00" in body[:200]:
        return True  # UTF-16: too rare to look closer
    found = accumulate(body.count(word, 0, LOOK) for word in _RAW)  # most pages are settled by the first word or two
    return any(count >= FEW for count in found) or len(body) < 2_000


def is_spanish(text: str) -> bool:
    """Tell whether a text is in Spanish rather than in another language; one of a few words passes."""
    words = [word.lower() for word in _WORD.findall(text[: WORDS * 8])][:WORDS]
    if len(words) < 12:
        return True
    ours, others = sum(word in OURS for word in words), sum(word in OTHERS for word in words)
    return ours >= SHARE * len(words) and ours > others
