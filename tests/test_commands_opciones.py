"""What every command that uses the registry accepts alike."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import hallazgos

# It writes the path into hallazgos.toml and opens no registry.
ONLY_NAMES_IT = ("iniciar",)


def leaves(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield (words of the command line, command) of everything that can be run."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            child = command.get_command(click.Context(command), name)
            assert child is not None
            yield from leaves(child, *path, name)
    else:
        yield path, command


def options(command: click.Command) -> set[str]:
    return {name for param in command.params for name in param.opts}


WITH_REGISTRY = [
    path for path, command in leaves(hallazgos) if "--registro" in options(command) and not set(path) & set(ONLY_NAMES_IT)
]


def test_the_commands_that_use_the_registry_are_found():
    known = {("correr",), ("indicador",), ("exportar", "comparativo"), ("exportar", "hallazgos"), ("importar", "totales")}
    assert set(WITH_REGISTRY) >= known


@pytest.mark.parametrize("path", WITH_REGISTRY, ids=" ".join)
def test_a_command_with_a_registry_accepts_today(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = CliRunner().invoke(hallazgos, [*path, "--hoy", "ayer"])
    assert (out.exit_code, "«ayer» no es un día AAAA-MM-DD" in out.output) == (2, True), out.output
    assert list(tmp_path.iterdir()) == []
