"""Scrapy's settings, each with its reason."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from crawlers.options import HarvestOptions

TRANSFERS = 100  # at once, over all sites: 30 dead ones at 30 s each never hold a place that a living one waits for
LONGEST_DELAY = 30.0  # seconds AutoThrottle may put between two requests to a site that answers slowly


def software() -> str:
    """Return name and version as given in requests and evidence."""
    try:
        return f"hallazgos/{version('hallazgos')}"
    except PackageNotFoundError:
        return "hallazgos"


def user_agent(contact: str) -> str:
    """Return the honest name under which sites are asked, with the operator's contact if there is one."""
    return f"{software()} (+{contact})" if contact else software()


def request_headers(options: HarvestOptions) -> tuple[tuple[str, str], ...]:
    """Return the headers of every request."""
    return (
        ("User-Agent", user_agent(options.contact)),
        ("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"),
        ("Accept-Language", "es-MX,es;q=0.9,en;q=0.3"),
    )


def scrapy_settings(options: HarvestOptions) -> dict[str, Any]:
    """Return the settings of one harvest."""
    settings = {**_manners(options), **_limits(options), **_quiet(), **_parts()}
    # Given as a class: Scrapy looks its modules through when it loads one by name inside the engine, half a second each run.
    handler = "crawlers.replay.ReplayHandler" if options.replay else HTTP11DownloadHandler
    settings["DOWNLOAD_HANDLERS"] = {"http": handler, "https": handler, "ftp": None, "file": None, "data": None, "s3": None}
    if options.replay is not None:
        settings["HALLAZGOS_REPLAY"] = str(options.replay)
    return settings


def _manners(options: HarvestOptions) -> dict[str, Any]:
    delay = 0.0 if options.replay else options.delay
    return {
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # one stream per site (slots are registrable domains)
        "DOWNLOAD_DELAY": delay,
        "DOWNLOAD_DELAY_JITTER": 0.0,  # the delay is a floor, not an average
        "AUTOTHROTTLE_ENABLED": delay > 0,  # slows down with a site that slows down
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": max(LONGEST_DELAY, delay),
    }


def _limits(options: HarvestOptions) -> dict[str, Any]:
    return {
        "CONCURRENT_REQUESTS": TRANSFERS,
        "DOWNLOAD_TIMEOUT": options.download_timeout,  # whole answer: a body that drips is cut
        "DOWNLOAD_MAXSIZE": options.max_body,  # as sent and as unpacked: gzip bombs end here
        "DOWNLOAD_WARNSIZE": 0,
        # Small outlets and public bodies serve broken certificate chains; losing them for it is worse (principle 9), and no
        # secret of ours is sent.
        "DOWNLOAD_VERIFY_CERTIFICATES": False,
        "DNS_TIMEOUT": 15,
        "DNSCACHE_ENABLED": True,
        "REACTOR_THREADPOOL_MAXSIZE": 30,  # name look-ups of many sites at the start
        "TWISTED_DNS_RESOLVER": (
            "scrapy.resolver.CachingThreadedResolver" if options.allow_local else "crawlers.resolver.PublicResolver"
        ),
    }


def _quiet() -> dict[str, Any]:
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "TELNETCONSOLE_ENABLED": False,  # no door into the process
        "LOG_INSTALL_ROOT_HANDLER": False,  # the command decides where lines go
        "LOG_VERSIONS": [],
        "LOG_LEVEL": "WARNING",  # our own lines tell the run
    }


def _parts() -> dict[str, Any]:
    """Name the parts of Scrapy that take part, and no others: what its own lists name is imported even when it is off.

    That took a third of a second each run, and every request passed through what was on.
    """
    return {
        "EXTENSIONS_BASE": {"scrapy.extensions.throttle.AutoThrottle": 0},
        "SPIDER_MIDDLEWARES_BASE": {},  # the spider yields nothing
        "DOWNLOADER_MIDDLEWARES_BASE": {
            # No robots.txt: obeyed in `fetch.py`, as Scrapy's own takes a broken one for permission. No redirects: followed
            # there, each step checked, asked of robots.txt and kept as evidence; what redirects by page is a consent wall. No
            # retries: later runs do them, with growing pauses (the registry is the queue). No cookies: we are nobody's
            # returning visitor; a site that loops without them is told as an error. No proxy: it would resolve names unseen.
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
        },
    }
