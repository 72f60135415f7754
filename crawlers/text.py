"""Bytes → text → plain text: the charset a body really has, markup and entities resolved, sizes bounded."""

import codecs
import html
import re
import zlib

from lxml import etree
from lxml import html as lxml_html

MAX_BODY = 10_000_000  # characters or bytes that any reader looks at: the largest real front page seen has 4 MB
GZIP = b"\x1f\x8b"
MAX_FRAGMENT = 400_000  # of one feed item's markup: a long read has 60 kB
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"<[!/?A-Za-z]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,20});", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufeff\u200b\u2060\u00ad\ufffe\uffff\ud800-\udfff]")
BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_SILENT = {"script", "style", "noscript", "template", "iframe", "svg", "object", "head"}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _known(charset: str) -> str:
    """Return the codec to use for a declared charset ('' if unknown); Latin-1 means cp1252, as browsers read it."""
    name = charset.strip().lower()
    if name in {"iso-8859-1", "latin-1", "latin1", "iso8859-1", "us-ascii", "ascii", "windows-1252"}:
        return "cp1252"
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def declared_charset(body: bytes, content_type: str = "") -> str:
    """Return the codec that the HTTP header, else the document's own head, declares; '' if none is known."""
    for source in (content_type.encode("utf-8", "replace"), body[:4096]):
        found = _DECLARED.search(source)
        if found and (codec := _known(found[1].decode("ascii"))):
            return codec
    return ""


def _utf8(body: bytes) -> str | None:
    """Return the text if `body` is UTF-8: whole, cut in the last character, or with few bad bytes among many good ones."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = body[: error.start]
        if error.start >= len(body) - 3 and not whole.isascii():
            return whole.decode("utf-8")
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if ord(char) > 127) - bad
    return text if bad * 10 < good else None


def decode(body: bytes, content_type: str = "") -> str:
    """Return the body's text: BOM, real UTF-8, then what is declared, then cp1252. Never fails; at most `MAX_BODY` bytes."""
    body = body[:MAX_BODY]
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) if codec == "utf-8" else 0 :].decode(codec, "replace")
    if (text := _utf8(body)) is not None:
        return text
    codec = declared_charset(body, content_type)
    if codec and not codec.startswith("utf-"):
        try:
            return body.decode(codec)
        except (UnicodeError, ValueError):
            pass
    return body.decode("cp1252", "replace")


def squeeze(text: str) -> str:
    """Return `text` on one line: invisible characters dropped, runs of blanks made one space."""
    text = text.replace("\n", " ")
    if not text.isprintable():  # nearly every text is: what is invisible is not printable
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def parse_html(text: str) -> lxml_html.HtmlElement | None:
    """Return the tree of an HTML text, or None when there is nothing in it. Depth and size are bounded by libxml2."""
    if not text.replace("\n", "").replace("\t", "").replace("\r", "").isprintable():
        text = _INVISIBLE.sub(" ", text)
    raw = text.encode("utf-8", "replace")
    if not raw.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        tree = lxml_html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, lxml_html.HtmlElement) else None


def block_lines(root: etree._Element, limit: int = MAX_BODY) -> list[str]:
    """Return the visible text of an element, one line a block; it is read no further than about `limit` characters."""
    lines: list[str] = [""]
    silent = done = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if done + len(lines[-1]) > limit:
            break
        if event in ("comment", "pi"):
            lines[-1] += (element.tail or "") if not silent else ""
            continue
        tag = element.tag
        if event == "start":
            silent += tag in _SILENT
            if tag in BLOCKS:
                done += len(lines[-1])
                lines.append("")
            lines[-1] += (element.text or "") if not silent else ""
            continue
        silent -= tag in _SILENT
        if tag in BLOCKS:
            done += len(lines[-1])
            lines.append("")
        if element is not root:
            lines[-1] += (element.tail or "") if not silent else ""
    return [line for line in map(squeeze, lines) if line]


def plain(fragment: str | None) -> str:
    """Return a feed's markup as plain text, one line a block: tags dropped, entities resolved (also those escaped twice)."""
    text = (fragment or "")[:MAX_FRAGMENT]
    if _TAG.search(text):
        tree = parse_html(f"<div>{text}</div>")
        text = "\n".join(block_lines(tree)) if tree is not None else ""
    if _ENTITY.search(text):
        text = html.unescape(text)
    if _ENTITY.search(text):
        text = html.unescape(text)
    return "\n".join(line for line in map(squeeze, text.splitlines()) if line)


def one_line(fragment: str | None) -> str:
    """Return a feed's title or author as one plain line."""
    return squeeze(plain(fragment))


def gunzip(body: bytes, limit: int = MAX_BODY) -> bytes:
    """Return the unpacked body if it is gzip (once, all its members), else the body; at most `limit` bytes.

    A torn or damaged file gives what comes before the damage.
    """
    if not body.startswith(GZIP):
        return body[:limit]
    whole = b""
    while body.startswith(GZIP) and len(whole) < limit:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            whole += unpacker.decompress(body, limit - len(whole))
        except zlib.error:
            break
        body = unpacker.unused_data
    return whole
