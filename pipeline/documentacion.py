"""Writes `docs/comandos.md` from the commands' own `--help` (`make docs`); a test asks that it is up to date."""

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli import GROUPS, hallazgos, in_spanish

TARGET = Path(__file__).parents[1] / "docs" / "comandos.md"
INTRO = "# Órdenes de `hallazgos`\n\nHecho con `make docs` a partir de la ayuda de cada orden; no se edita a mano.\n"


def help_of(command: click.Command, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (full name, help text) of a command and of those under it."""
    ctx: click.Context | None = None
    for name in names[:-1]:
        ctx = click.Context(hallazgos, info_name=name, parent=ctx, max_content_width=100)
    here = click.Context(command, info_name=names[-1], parent=ctx, terminal_width=100, max_content_width=100)
    yield " ".join(names), command.get_help(here)
    if isinstance(command, click.Group) and command is not hallazgos:
        for child in command.commands.values():
            yield from help_of(child, (*names, child.name or ""))


def render() -> str:
    """Return the whole page."""
    in_spanish(hallazgos)
    parts = [INTRO]
    for title, commands in GROUPS.items():
        parts.append(f"## {title}\n")
        for name in commands:
            command = hallazgos.get_command(click.Context(hallazgos), name)
            if command:
                parts.extend(f"### `{full}`\n\n```\n{text}\n```\n" for full, text in help_of(command, ("hallazgos", name)))
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(render(), "utf-8")
