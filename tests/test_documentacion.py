"""What is written about the product stays true: help, the commands' page, the README's commands and glossary."""

import re
from pathlib import Path

import click
import pytest
from ordenes import parses

from crawlers.fuente import read_catalogue, shipped_catalogue
from pipeline.cli import COMMANDS, hallazgos
from pipeline.documentacion import TARGET, render
from pipeline.idioma.compilar import FOLDER, compiled

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def every_command() -> list[tuple[str, click.Command]]:
    found = []
    for name in COMMANDS:
        command = hallazgos.get_command(click.Context(hallazgos), name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found.extend((f"{name} {child}", sub) for child, sub in command.commands.items())
    return found


@pytest.mark.parametrize(("name", "command"), every_command())
def test_every_command_and_option_has_help_in_words(name: str, command: click.Command) -> None:
    assert command.help, name
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_commands_page_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == render(), "corra `make docs`"


def test_spanish_messages_are_compiled() -> None:
    assert (FOLDER / "messages.mo").read_bytes() == compiled(), "corra `make idioma`"


def readme_commands() -> set[str]:
    return {m.group(1).strip() for m in re.finditer(r"`?hallazgos ((?:[a-z]+)(?: [a-z-]+)?)", README)}


def test_readme_names_at_most_seven_commands_and_only_such_as_exist() -> None:
    existing = {name for name, _ in every_command()}
    named = {next((c for c in (text, text.split()[0]) if c in existing), text) for text in readme_commands()}
    assert named <= existing
    assert len(named) <= 7


DOCS = sorted((ROOT / "docs").glob("*.md"))
CALLED = re.compile(r"^(?:.*&& )?(?:sudo -u hallazgos )?(?:\S*/bin/)?hallazgos (?=[a-z])(.+)$", re.MULTILINE)


def commands_in(page: Path) -> list[tuple[str, bool]]:
    """What a page names: the words after `hallazgos`, and whether they stand in a block to be typed whole."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    typed = [(words, True) for block in blocks for words in CALLED.findall(block)]
    return typed + [(words, False) for words in re.findall(r"`(?:\S*/bin/)?hallazgos ([^`]+)`", page.read_text("utf-8"))]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_every_command_that_the_docs_name_exists(page: Path) -> None:
    assert [words for words, whole in commands_in(page) if not parses(words, whole=whole)] == []


def test_the_operators_guide_names_commands() -> None:
    assert len(commands_in(ROOT / "docs" / "operacion.md")) > 10


def test_a_page_that_names_an_unknown_command_would_be_told(tmp_path: Path) -> None:
    page = tmp_path / "p.md"
    page.write_text("Con `hallazgos volar` y\n```sh\ncd x && sudo -u hallazgos /a/bin/hallazgos correr --alto\n```\n", "utf-8")
    assert [(words, parses(words, whole=whole)) for words, whole in commands_in(page)] == [
        ("correr --alto", False),
        ("volar", False),
    ]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_every_picture_of_the_docs_exists_is_described_and_weighs_little(page: Path) -> None:
    for told, name in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", page.read_text("utf-8")):
        assert len(told) > 20, name
        assert (page.parent / name).stat().st_size <= 120_000, name


def test_no_picture_is_left_that_no_page_shows() -> None:
    shown = {name for page in DOCS for name in re.findall(r"\((imagenes/[^)]+)\)", page.read_text("utf-8"))}
    assert {f"imagenes/{path.name}" for path in (ROOT / "docs" / "imagenes").iterdir()} == shown


GLOSSARY = "fuente enlace noticia etiquetas pasaje captura hallazgo registro acto movilización corrida"


@pytest.mark.parametrize("word", GLOSSARY.split())
def test_readme_holds_the_glossary(word: str) -> None:
    assert re.search(rf"^\| \*{word}\* \|", README, re.MULTILINE)


def test_readme_opens_with_the_two_commands() -> None:
    opening = README[:1500]
    assert opening.index("make demo") < opening.index("make test")


def test_readme_tells_how_many_shipped_sources_are_verified() -> None:
    sources = read_catalogue(shipped_catalogue())
    verified = sum(bool(source.verificada_en) for source in sources)
    assert f"De las {len(sources)} fuentes incluidas hay {verified} verificadas" in README
