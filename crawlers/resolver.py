"""Names are resolved to public addresses only: what a connection is opened to is what was looked at."""

from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawlers.guards import is_public

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.defer import Deferred

PRIVATE = "dirección local o privada"


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver (IPv4, with a time limit), refusing names that lead to private addresses."""

    def getHostByName(self, name: str, timeout: "Sequence[int]" = ()) -> "Deferred[str]":
        """Return the address of `name`; fails with `DNSLookupError` when it is not a public one."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer.addCallback(_only_public)


def _only_public(address: str) -> str:
    if not is_public(address):
        raise DNSLookupError(PRIVATE)
    return address
