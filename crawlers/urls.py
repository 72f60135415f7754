"""Addresses as identities: the same article has one normalised URL, whoever gave it; and which site an address is of."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

import tldextract

DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say where the reader came from, never what is read. Names are compared in lower case.
_TRACKING_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid _ga _gl _hsenc _hsmi partner
    ref_src ref_url rss_id ncid cmpid smid sr_share ito ocid taid __twitter_impression spm xtor guccounter guce_referrer
    guce_referrer_sig wt_mc mkt_tok oly_enc_id vero_id rb_clickid s_cid
"""
TRACKING = frozenset(_TRACKING_NAMES.split())
TRACKING_PREFIXES = ("utm_", "at_", "mtm_", "pk_", "hsa_", "itm_", "stm_")
_IGNORED = re.compile(r"[\x00-\x1f\x7f]")
_BREAKS = re.compile(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))  # what browsers drop at both ends of an address
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_REPEATS = 8  # a text whose cleaning never settles within this is left as it is
# The list that comes with tldextract: no network, no cache folder. Blogs of one host (`x.blogspot.com`) are sites apart.
_SUFFIXES = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(maxsize=8192)  # one page's address is asked for some five times on its way
def normalise(url: str) -> str:
    """Return the address that stands for `url` in the registry; never raises, `normalise(normalise(x)) == normalise(x)`.

    Lower case for scheme and host only; default port, credentials, fragment, tracking parameters and the slash at the end of
    the path are dropped; parameters are sorted by name (repeated ones keep their order, blank ones stay); dot segments are
    resolved; percent escapes are written one way. Path case, `www.`, `amp` and the scheme stay: they may lead elsewhere.
    What is no http(s) address comes back trimmed.
    """
    text = _IGNORED.sub("", url).strip()
    for _ in range(_REPEATS):
        again = _once(text)
        if again == text:
            break
        text = again
    return text


def _once(text: str) -> str:
    try:
        parts = urlsplit(text)
        host = _host(parts)
    except ValueError:
        return text
    if parts.scheme not in DEFAULT_PORTS or not host:
        return text
    query = _query(parts.query)
    return f"{parts.scheme}://{host}{_path(parts.path)}{'?' + query if query else ''}"


def _host(parts: SplitResult) -> str:
    """Return the host in lower case and ASCII, with its port unless it is the scheme's own. Raises ValueError."""
    name = (parts.hostname or "").rstrip(".")
    if not name.isascii():
        name = name.encode("idna").decode("ascii").lower()
    if ":" in name:
        name = f"[{name}]"
    elif not re.fullmatch(r"[a-z0-9._~-]+", name):
        return ""
    port = parts.port
    return name if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{port}"


def _path(path: str) -> str:
    kept: list[str] = []
    for segment in re.split(r"[/\\]", path):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(_escaped(segment, safe="!$&'()*+,;=:@"))
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    pieces = [_escaped(piece, safe="!$'()*+,;=:@/?[]|") for piece in query.split("&") if piece]
    kept = [piece for piece in pieces if not _is_tracking(piece.partition("=")[0].lower())]
    return "&".join(sorted(kept, key=lambda piece: piece.partition("=")[0]))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _escaped(piece: str, safe: str) -> str:
    """Return a piece with escapes in upper case, unreserved characters bare, and everything else outside `safe` escaped."""
    raw = piece.encode("utf-8", "surrogatepass").decode("latin-1")
    bare = _PERCENT.sub(_bare, raw)
    return quote(bare.encode("latin-1"), safe=safe + "%") if _PERCENT.search(bare) else quote(bare.encode("latin-1"), safe=safe)


def _bare(match: re.Match[str]) -> str:
    byte = unquote_to_bytes(match.group())
    return byte.decode("ascii") if byte[0] in _UNRESERVED else match.group().upper()


def untracked(url: str) -> str:
    """Return an address as it is to be asked for: as given, without fragment and tracking parameters."""
    address, _, query = url.partition("#")[0].partition("?")
    kept = [piece for piece in query.split("&") if not _is_tracking(piece.partition("=")[0].lower())]
    return address + ("?" + "&".join(kept) if any(kept) else "")


def web_address(href: str, base: str = "") -> str:
    """Return what `href` leads to from `base` as an absolute http(s) address with a usable host, or ''.

    As browsers do, line breaks are dropped; what cannot be printed or would hide is escaped, so that it can stand in a log.
    """
    said = _BREAKS.sub("", href).strip(_ENDS)
    try:
        whole = urljoin(base, said) if said else ""
        parts = urlsplit(whole)
        if parts.scheme not in DEFAULT_PORTS or not _host(parts):
            return ""
    except ValueError:
        return ""
    if whole.isascii() and whole.isprintable() and " " not in whole:
        return whole
    return "".join(char if char.isprintable() and char != " " else quote(char, errors="replace") for char in whole)


def is_web_address(text: str) -> bool:
    """Tell whether `text` is an absolute http(s) address with a host."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s<>\"']", text) and "@" not in parts.netloc


def host_of(url: str) -> str:
    """Return the host of an address in lower case, or '' (also for what is no address)."""
    try:
        return (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Return `scheme://host[:port]`, the reach of one robots.txt, or ''."""
    try:
        parts = urlsplit(normalise(url))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in DEFAULT_PORTS else ""


def is_front_page(url: str) -> bool:
    """Tell whether the address is a site's front page: no path and no parameters."""
    try:
        parts = urlsplit(normalise(url))
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query


@lru_cache(maxsize=4096)
def _site_of_host(host: str) -> str:
    found = _SUFFIXES(host)
    if found.top_domain_under_public_suffix or found.suffix or found.ipv4 or found.ipv6:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])  # the list's own rule for an ending that it does not name


def site_of(url: str) -> str:
    """Return the registrable domain (`jornada.com.mx`), the host itself where there is none (an IP address), or ''."""
    return _site_of_host(host_of(url))


def same_site(a: str, b: str) -> bool:
    """Tell whether two addresses are of one site; what has no host is of none."""
    site = site_of(a)
    return bool(site) and site == site_of(b)
