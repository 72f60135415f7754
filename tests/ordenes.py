"""Reads command lines of `hallazgos` as they are written down, and says whether the real command line takes them."""

import shlex

import click

from pipeline.cli import hallazgos


def parses(line: str) -> bool:
    """Whether `hallazgos …` (given the words after it) exists and takes its options and their values; nothing is run."""
    words = shlex.split(line)
    command: click.Command = hallazgos
    ctx = click.Context(hallazgos)
    while isinstance(command, click.Group):
        found = command.get_command(ctx, words.pop(0)) if words else None
        if found is None:
            return False
        command = found
        ctx = click.Context(command, parent=ctx)
    try:
        command.make_context(command.name, words, parent=ctx.parent)
    except click.UsageError:
        return False
    return True
