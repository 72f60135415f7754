"""Reads command lines of `hallazgos` as they are written down, and says whether the real command line takes them."""

import shlex

import click

from pipeline.cli import hallazgos


def parses(line: str, *, whole: bool = True) -> bool:
    """Whether `hallazgos …` (given the words after it) exists and takes its options and their values; nothing is run.

    Not `whole`: a command that is only named may lack what it demands.
    """
    words = shlex.split(line, comments=True)
    command: click.Command = hallazgos
    ctx = click.Context(hallazgos)
    while isinstance(command, click.Group):
        if not words:
            return not whole
        found = command.get_command(ctx, words.pop(0))
        if found is None:
            return False
        command = found
        ctx = click.Context(command, parent=ctx)
    try:
        command.make_context(command.name, words, parent=ctx.parent)
    except click.MissingParameter:
        return not whole
    except click.UsageError:
        return False
    return True
