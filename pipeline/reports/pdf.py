"""The HTML printed to PDF by a Chromium, where one is found."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errores import ErrorDeUso

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Nothing leaves the machine: every name resolves to nothing, and no service of the browser is asked.
OPTIONS = (
    "--headless", "--disable-gpu", "--no-sandbox", "--no-pdf-header-footer", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--generate-pdf-document-outline",
)  # fmt: skip
SECONDS = 120
DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")
FIXED = rb"/\1 (D:20000101000000"
NODES = re.compile(rb"node\d{8}")  # names of the parts; the browser counts on from wherever it was


def browser() -> str:
    """Return the path of a Chromium. Raises `ErrorDeUso` that says what to do without one."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise ErrorDeUso("para escribir PDF hace falta Chromium y no se encontró; pida .docx o .html, que se imprime igual")


def as_pdf(html: bytes) -> bytes:
    """Return the PDF; the same HTML gives the same bytes: its dates are fixed, its parts counted anew. Raises `ErrorDeUso`."""
    program = browser()
    with tempfile.TemporaryDirectory(prefix="hallazgos-informe-") as folder:
        page, target = Path(folder) / "informe.html", Path(folder) / "informe.pdf"
        page.write_bytes(html)
        command = [program, *OPTIONS, f"--user-data-dir={folder}/perfil", f"--print-to-pdf={target}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise ErrorDeUso(f"{program} no terminó el PDF en {SECONDS} s; pida .docx o .html") from error
        if done.returncode or not target.is_file():
            raise ErrorDeUso(f"{program} no pudo escribir el PDF; pida .docx o .html")
        return counted_anew(DATES.sub(FIXED, target.read_bytes()))


def counted_anew(pdf: bytes) -> bytes:
    """Return the PDF with its parts named from one on, in their order; no byte moves."""
    names = {name: b"node%08d" % number for number, name in enumerate(sorted(set(NODES.findall(pdf))), 1)}
    return NODES.sub(lambda found: names[found[0]], pdf)
