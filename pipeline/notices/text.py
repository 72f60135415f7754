"""The words of a notice: plain text, codes as their labels, names only where they are handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.notices.news import Finding, News
from pipeline.notices.troubles import Trouble
from pipeline.pages.labels import label
from pipeline.pages.wording import counted, day_text, moment_text

# A message that nobody reads to its end helps nobody, and some channels cut long ones.
MOST_LISTED = 30
NOTHING = "sin novedades desde el último aviso"


@dataclass(frozen=True)
class Message:
    """A title of one line and a body."""

    title: str
    body: str


@dataclass(frozen=True)
class Wording:
    """How findings are told: the base address of the pages ('' for no links), and victims' names by folio (none: none)."""

    base: str = ""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


def listed(news: News) -> tuple[Finding, ...]:
    """Return the findings that the message tells one by one."""
    return news.findings[:MOST_LISTED]


def message(news: News, wording: Wording) -> Message:
    """Return the notice of `news`."""
    parts = [*finding_parts(news, wording), *source_parts("Fuentes con problemas", [trouble_line(t) for t in news.troubles])]
    parts += source_parts("Fuentes que volvieron", news.recovered)
    return Message(f"hallazgos: {headline(news)}", "\n\n".join(parts) or f"{NOTHING.capitalize()}.")


def headline(news: News) -> str:
    """Return what the notice tells in one line, by numbers."""
    urgent = sum(finding.urgente for finding in news.findings)
    told = []
    if news.findings:
        told.append(counted(len(news.findings), "hallazgo nuevo", "hallazgos nuevos"))
    if urgent:
        told[0] += f" ({counted(urgent, 'urgente', 'urgentes')})"
    if news.troubles:
        told.append(counted(len(news.troubles), "fuente con problemas", "fuentes con problemas"))
    return ", ".join(told) or NOTHING


def finding_parts(news: News, wording: Wording) -> list[str]:
    """Return the paragraphs of the findings."""
    if not news.findings:
        return []
    parts = [f"Hallazgos nuevos: {len(news.findings)}", *(finding_text(finding, wording) for finding in listed(news))]
    more = len(news.findings) - MOST_LISTED
    return [*parts, f"Y otros {more}, que se ven en las páginas."] if more > 0 else parts


def finding_text(finding: Finding, wording: Wording) -> str:
    """Return one finding: folio, class, place, day, its summary, and its link where there is an address."""
    place = label("alcaldia", finding.alcaldia) or label("entidad", finding.entidad) or "lugar sin determinar"
    head = [finding.folio, label("clase", finding.clase), place, f"registrado el {day_text(finding.fecha_registro)}"]
    head += ["URGENTE"] * bool(finding.urgente) + ["caso anterior"] * bool(finding.antecedente)
    lines = [" · ".join(head), one_line(finding.resumen)]
    if names := wording.names.get(finding.folio):
        lines.append(f"Víctimas: {one_line('; '.join(names))}")
    if wording.base:
        lines.append(f"{wording.base}/-/hallazgo/{finding.folio}")
    return "\n".join(line for line in lines if line)


def trouble_line(trouble: Trouble) -> str:
    """Return one source in trouble."""
    return f"{one_line(trouble.nombre)} ({trouble.fuente_id}) · {trouble.estado}: {one_line(trouble.detalle)}"


def source_parts(title: str, lines: Sequence[str]) -> list[str]:
    """Return the paragraph of some sources, or nothing."""
    return ["\n".join([f"{title}: {len(lines)}", *lines])] if lines else []


def failure_message(unit: str, now: datetime) -> Message:
    """Return the one line that a unit of the schedule failed."""
    name = one_line(unit)
    return Message(
        f"hallazgos: falló {name}", f"{moment_text(now.isoformat())}: falló {name}. Para ver por qué: journalctl -u {name}"
    )


def one_line(text: str) -> str:
    """Return `text` without line breaks or control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
