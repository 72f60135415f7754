"""Imported once by the server that forks the readers' processes: each of them starts with the readers of links loaded.

What reads articles is loaded by a process at its first one: most runs of a day find nothing new.
"""

import gc

import feedparser

from crawlers import feeds, sections, sitemaps

READERS = (feeds, feedparser, sections, sitemaps)
gc.collect()
gc.freeze()  # what is loaded is never looked through for garbage again, so the readers go on sharing its memory
