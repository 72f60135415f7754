"""Demonstrations announced in a note: the lists of the day, and what its sentences announce."""

from datetime import date

from nlp.plegado import even_fold
from pipeline.demonstrations.announcement import Announcement
from pipeline.demonstrations.days import days_to_come
from pipeline.demonstrations.lists import is_list, read_list
from pipeline.demonstrations.sentences import read_sentences
from pipeline.demonstrations.words import SIEVE

LONGEST = 60_000  # characters of a text that are read


def announced(title: str, text: str, published: date) -> list[Announcement]:
    """Return what a note of that Mexico City day announces, nothing for most notes."""
    text = text[:LONGEST]
    if not SIEVE.search(title) and not SIEVE.search(text):
        return []
    if is_list(title, text):
        days = days_to_come(even_fold(f"{title}. {text[:600]}"), published)
        found = read_list(text, days[0][1] if days else published)
        if found:
            return found
    return read_sentences(title, text, published)
