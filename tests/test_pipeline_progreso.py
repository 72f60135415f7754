"""Progress: seen by a person at a terminal on long work, by nobody else, and gone without a trace."""

import io
import json
import signal
import sys
import time
from pathlib import Path

import pytest
from prensa_minima import build
from terminal import ERASE, HIDE_CURSOR, Terminal, at_terminal, is_clean, start_at

from pipeline.cli import hallazgos
from pipeline.progreso import bar, tracked

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    return build(tmp_path_factory.mktemp("minima"))


@pytest.fixture(scope="module")
def day(press, tmp_path_factory):
    """A run at a terminal: its registry, standard output, and what the terminal showed."""
    registro = tmp_path_factory.mktemp("dia") / "registro.db"
    return registro, *at_terminal("-m", "pipeline.cli", "correr", *asked(press, registro), "--cortesia", "0")


def asked(press, registro):
    captures, catalogue = press
    return ["--reproducir", str(captures), "--fuentes", str(catalogue), "--registro", str(registro), "--hoy", "2026-05-10"]


def test_a_run_shows_what_it_is_at_and_leaves_only_its_table(day):
    _, status, out, shown = day
    assert status == 0, shown
    for words in ("Leyendo fuentes", "Etiquetando noticias", "Agrupando noticias", "Copiando evidencia"):
        assert words in shown
    assert "2/2" in shown, "both sources were counted"
    assert "noticias nuevas)" in shown
    assert is_clean(shown)
    assert "\x1b" not in out and "Noticias nuevas:" in out


@pytest.fixture
def watched(monkeypatch):
    """Call a command in this process at a terminal; return what that showed."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*args, status=0):
        terminal = Terminal()
        with open(terminal.line, "w", encoding="utf-8", closefd=False) as line, monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", line)
            with pytest.raises(SystemExit) as ended:
                hallazgos.main(args=[str(arg) for arg in args], prog_name="hallazgos")
        shown = terminal.close()
        assert ended.value.code == status, shown
        return shown

    return call


def notes(path):
    told = [
        {"id": n, "titulo": "", "texto": "Ayer hubo feria en la plaza.", "fecha_publicacion": "2026-05-10"} for n in range(3)
    ]
    path.write_text("\n".join(map(json.dumps, told)) + "\n", "utf-8")
    return path


def test_tagging_a_file_counts_its_notes(watched, tmp_path):
    shown = watched("etiquetar", notes(tmp_path / "n.jsonl"), "-o", tmp_path / "salida.jsonl")
    assert "Etiquetando notas" in shown and "3/3" in shown and is_clean(shown)
    assert len((tmp_path / "salida.jsonl").read_text("utf-8").splitlines()) == 3


def test_bad_lines_are_told_over_the_bar(watched, tmp_path):
    path = notes(tmp_path / "n.jsonl")
    path.write_text("no es nada\n" + path.read_text("utf-8"), "utf-8")
    shown = watched("etiquetar", path, "-o", tmp_path / "salida.jsonl", status=5)
    assert f"{ERASE}{path}: línea 1: no es JSON" in "".join(shown.split("\r\n")), "on a line that the bar had left"


def test_tagging_onto_the_same_terminal_draws_no_bar(watched, tmp_path, monkeypatch):
    class Screen(io.StringIO):
        def isatty(self):
            return True

    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    assert watched("etiquetar", notes(tmp_path / "n.jsonl")) == ""
    assert len(screen.getvalue().splitlines()) == 3


def test_evaluating_and_grouping_count_theirs(watched, tmp_path):
    assert "Etiquetando notas" in watched("evaluar", DATA / "evaluar" / "corpus.jsonl")
    assert watched("evaluar", DATA / "evaluar" / "corpus.jsonl", "--json") == ""
    assert "Etiquetando notas" in watched("agrupar", notes(tmp_path / "n.jsonl"), "-o", tmp_path / "g.jsonl")


def test_operations_on_a_registry_are_watched(watched, day, tmp_path, monkeypatch):
    registro = ("--registro", day[0])
    assert "Comprobando capturas" in watched("evidencia", "verificar", "--todo", *registro)
    backup = tmp_path / "respaldo.tar.gz"
    made = watched("respaldo", "crear", "-o", backup, *registro)
    assert "Copiando el registro" in made and "Copiando capturas" in made and is_clean(made)
    assert "Leyendo el respaldo" in watched("respaldo", "verificar", backup)
    assert "Leyendo el respaldo" in watched("respaldo", "restaurar", backup, "--en", tmp_path / "nuevo")
    totals = tmp_path / "totales.csv"
    totals.write_text("anio,mes,total\n2025,1,3\n2025,2,4\n", "utf-8")
    assert "2/2" in watched("importar", "totales", totals, *registro)
    assert "Quitando capturas" in watched("depurar", "--dias", "30", "--aplicar", "--hoy", "2026-09-01", *registro)


def test_trying_the_sources_is_watched(watched, press, tmp_path):
    captures, catalogue = press
    own = tmp_path / "fuentes.csv"
    own.write_bytes(Path(catalogue).read_bytes())
    order = ("fuentes", "revisar", "--reproducir", captures, "--fuentes", own, "--hoy", "2026-05-10")
    assert watched(*order, "--json") == ""
    shown = watched(*order)
    assert "Probando fuentes" in shown and "2/2" in shown and is_clean(shown)


# A job that a shell starts in the background is born deaf to SIGINT: the programme listens whoever starts the tests.
LONG = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from pipeline.progreso import tracked
for _ in tracked(range(1000), "Trabajo largo"):
    time.sleep(0.05)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_what_ends_it_early_leaves_the_cursor_alone(number):
    terminal = Terminal()
    process = start_at(terminal, "-c", LONG)
    deadline = time.monotonic() + 20
    while b"Trabajo largo" not in terminal.seen and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    process.communicate(timeout=20)
    shown = terminal.close()
    assert "Trabajo largo" in shown and HIDE_CURSOR not in shown
    if number == signal.SIGINT:
        bar_off, _, rest = shown.partition("Traceback")
        assert is_clean(bar_off) and "Trabajo largo" not in rest and "KeyboardInterrupt" in rest


def test_nobody_looking_means_nothing_is_written(capsys):
    with bar("Trabajo", 3) as shown:
        shown.advance()
        shown.say("Otro")
        assert shown.reading(io.BytesIO(b"x")).read() == b"x"
    assert list(tracked(iter("ab"), "Letras")) == ["a", "b"]
    assert capsys.readouterr() == ("", "")
