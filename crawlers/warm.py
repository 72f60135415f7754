"""Imported once by the server that forks the readers' processes: each of them starts with everything loaded."""

import gc

from crawlers import feeds, sections, sitemaps
from crawlers.article import warm_up

READERS = (feeds, sections, sitemaps)
warm_up()
gc.collect()
gc.freeze()  # what is loaded is never looked through for garbage again, so the readers go on sharing its memory
