"""Imported once by the server that forks the readers' processes: each of them starts with everything loaded."""

from crawlers import feeds, sections, sitemaps
from crawlers.article import warm_up

READERS = (feeds, sections, sitemaps)
warm_up()
