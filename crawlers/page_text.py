"""The article's text: trafilatura on the page without its furniture, the lead put back, justext as a second opinion."""

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from crawlers import furniture
from crawlers.page_dates import is_date_line
from crawlers.page_meta import heading_place, meta
from crawlers.readings import PARSER_FAULTS
from crawlers.text import block_lines, parse_html, squeeze

MAX_TANGLE = 150_000  # the most tangled real page seen has 47,000; three times that is read in two seconds
MAX_LEAD = 1_500  # characters: longer is the story
LOOK = 300  # characters that hold the first eighty letters of a text
SHORT = 300  # characters: below this the other readers are asked too
_LEAD_MARK = re.compile(
    r"(?:^|[-_\s])(?:sub-?headline|sub-?title|sub-?titulo|bajada|sumario|summary|entradilla|standfirst|deck|lede|copete|epigraph|"
    r"balazo|subtit|art-?summary|excerpt|description)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_BLOCK = ("p", "h2", "h3", "h4", "div", "span", "figcaption", "li")


def read_text(tree: lxml_html.HtmlElement, source: str, url: str) -> str:
    """Return the article's text, one paragraph a line ('' when there is none). `tree` is changed; `source` is its HTML."""
    if tangle(tree) > MAX_TANGLE:
        return furniture.clean_lines(_paragraphs(tree))
    furniture.clean(tree)
    text = furniture.clean_lines(_trafilatura(tree, url))
    if len(text) >= SHORT:
        return text
    whole = parse_html(source)
    others = [_justext(source), _trafilatura(whole, url) if whole is not None else ""]
    return max((text, *map(furniture.clean_lines, others)), key=_worth)


def tangle(tree: lxml_html.HtmlElement) -> int:
    """Return the sum of the depths of all elements: what the time to read a page grows with."""
    depth = total = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        total += depth
    return total // 2


def _paragraphs(tree: lxml_html.HtmlElement) -> str:
    """Return the paragraphs of a page that is too tangled for more than a look at each."""
    found = (squeeze("".join(paragraph.itertext())) for paragraph in tree.iter("p"))
    return "\n".join(text for text in found if len(text) >= 80)


def _worth(text: str) -> int:
    """Return how much prose a text holds: the characters of its lines that are sentences."""
    return sum(len(line) for line in text.splitlines() if len(line) >= 60 and re.search(r"[.!?:»”\"]\s*$", line))


def _trafilatura(tree: lxml_html.HtmlElement, url: str) -> str:
    """Return what trafilatura takes for the text."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - loaded by the readers of articles, not by whoever names them

    try:
        document: Any = bare_extraction(tree, url=url, include_comments=False)
    except (etree.LxmlError, *PARSER_FAULTS):
        return ""
    return (document.text or "") if document is not None else ""


def _justext(source: str) -> str:
    """Return what justext takes for the text: it judges paragraphs by length, links and Spanish stop words."""
    import justext  # noqa: PLC0415 - few pages need a second opinion

    try:
        paragraphs = justext.justext(source.encode("utf-8", "replace"), justext.get_stoplist("Spanish"), encoding="utf-8")
    except (etree.LxmlError, justext.core.JustextError, *PARSER_FAULTS):
        return ""
    return "\n".join(squeeze(paragraph.text) for paragraph in paragraphs if not paragraph.is_boilerplate)


def read_lead(tree: lxml_html.HtmlElement, title: str) -> str:
    """Return the lead under the title: the block that says what the page's description says, or is called one; '' if none."""
    told = _letters(meta(tree, "og:description", "description", "twitter:description"))
    order = list(tree.iter("*"))
    heading = heading_place(order, title)
    if heading is None:
        return ""
    for element in order[heading + 1 : heading + 120]:
        if element.tag not in _BLOCK:
            continue
        called = _LEAD_MARK.search(element.get("class") or "") is not None
        if not called and not (len(told) > 40 and _opens_with(element, told[:80])):
            continue
        text = squeeze(" ".join(block_lines(element, MAX_LEAD * 4)))
        if not 40 <= len(text) <= MAX_LEAD or _letters(text) == _letters(title):
            continue
        same = len(told) > 40 and _letters(text).startswith(told[:80])
        if (same or (called and len(text) <= 600)) and furniture.link_share(element) < 0.5:
            return text
    return ""


def _opens_with(element: lxml_html.HtmlElement, letters: str) -> bool:
    """Tell whether an element's text may begin with these letters, by a look at its first words."""
    seen = _letters(" ".join(block_lines(element, LOOK)))
    return seen.startswith(letters) or letters.startswith(seen)


def without_heading(text: str, title: str, author: str, outlet: set[str]) -> str:
    """Return the text without what stands over the story: what precedes the title, the byline, the date line, the outlet.

    The title itself stays where the page repeats it. `outlet` holds the other parts of the page's `<title>`.
    """
    lines = text.splitlines()
    top = next((place for place, line in enumerate(lines) if len(line) > furniture.LONG_LINE), len(lines))
    start = next((place for place, line in enumerate(lines[:top]) if line == title), 0)
    dropped = {_letters(author), _letters(f"por {author}"), *map(_letters, outlet)}
    kept = [line for line in lines[start:top] if not is_date_line(line, others=0)]
    return "\n".join(line for line in [*kept, *lines[top:]] if _letters(line) not in dropped)


def with_lead(lead: str, text: str, title: str) -> str:
    """Return the text with the lead before it, unless it is there already, or is only the title again."""
    start = _letters(lead)[:60]
    if not lead or not text or start in _letters(text) or start in _letters(title):
        return text
    return f"{lead}\n{text}"


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, to compare what two places say."""
    return re.sub(r"\W+", "", text.lower())
