"""The two files that a Base gives, which ask nothing outside: the form for a phone without network, the log to be printed."""

import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from pipeline.bases.entries import KINDS, LONGEST, MOST_INITIALS, PERSONS
from pipeline.bases.log import Log
from pipeline.bases.received import FORMAT, VERSION
from pipeline.errores import ErrorDeUso, reason
from pipeline.pages import labels, wording
from pipeline.pages.serving import SITE_FOLDER
from pipeline.partial import whole_file

STATIC = SITE_FOLDER / "static"
SCRIPTS = ("base_cola.js", "base_sin_red.js")
MODULE_WORDS = re.compile(r"^import .*?;\n|^export (?=const|function|class|async)", re.MULTILINE | re.DOTALL)


def choices() -> dict[str, Any]:
    """Return what the fields of the form offer and how much they take."""
    return {"tipos": KINDS, "personas": PERSONS, "letras": MOST_INITIALS, "caracteres": LONGEST}


def offline_form(base: dict[str, Any]) -> str:
    """Return the form of one Base as one HTML file."""
    about = {"formato": FORMAT, "version": VERSION, "base": base["id"], "movilizacion": base["movilizacion_uid"]}
    context = {"base": base, "sobre": _in_script(about), "estilo": _style("base.css"), "guion": _script(), **choices()}
    return _templates().get_template("base_offline.html").render(context)


def printed_log(log: Log, when: str) -> str:
    """Return the log of a Base as one HTML file; `when` is the stored moment that stands on it."""
    context = {"log": log, "impresa": when, "estilo": _style("base_bitacora.css")}
    return _templates().get_template("base_log.html").render(context)


def write(path: Path, text: str) -> None:
    """Write a file whole, readable by its owner only. Raises `ErrorDeUso`."""
    try:
        with whole_file(path) as part:
            part.write_text(text, "utf-8")
    except OSError as error:
        raise ErrorDeUso(f"{path}: {reason(error)}") from error


def _templates() -> Environment:
    found = Environment(loader=FileSystemLoader(SITE_FOLDER / "templates"), autoescape=True)
    found.filters.update({"dia": wording.day_text, "momento": wording.moment_text, "hora": wording.hour_text})
    found.globals.update({"etiqueta": labels.label, "contado": wording.counted})
    return found


def _style(name: str) -> Markup:
    return Markup((STATIC / name).read_text("utf-8"))


def _script() -> Markup:
    """Return the scripts one after another, without the words that join modules: a file opened by itself may import nothing."""
    return Markup("\n".join(MODULE_WORDS.sub("", (STATIC / name).read_text("utf-8")) for name in SCRIPTS))


def _in_script(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
