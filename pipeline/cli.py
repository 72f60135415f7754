"""`hallazgos …`: the command line, grouped by who uses what. Commands are imported only when called."""

import gettext
import importlib
import os
from pathlib import Path

import click

from pipeline.config import default_map, option_key

# group shown in --help → command → module that holds it (attribute: the command's name with _ for -)
GROUPS: dict[str, dict[str, str]] = {
    "Día a día": {"correr": "correr", "vigilar": "vigilar", "servir": "servir", "aviso": "aviso", "demo": "demo"},
    "Consulta": {"indicador": "indicador", "plan": "plan", "exportar": "exportar", "informe": "informe", "salud": "salud"},
    "Movilizaciones": {"movilizacion": "movilizacion", "base": "base"},
    "Herramientas": {"leer": "leer", "etiquetar": "etiquetar", "agrupar": "agrupar", "evaluar": "evaluar"},
    "Operación": {
        "iniciar": "iniciar",
        "fuentes": "fuentes",
        "usuarios": "usuarios",
        "importar": "importar",
        "entrenar": "entrenar",
        "segunda-lectura": "segunda_lectura",
        "evidencia": "evidencia",
        "reetiquetar": "reetiquetar",
        "archivo": "archivo",
        "respaldo": "respaldo",
        "depurar": "depurar",
    },
    "Publicación y privacidad": {"publicar": "publicar", "arco": "arco", "inventario": "inventario"},
}
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}


def speak_spanish() -> None:
    """Give click's own messages in Spanish, whatever the system's language is."""
    os.environ["LANGUAGE"] = "es"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "idioma"))


speak_spanish()  # before any command is imported: click names its types when they are made

# click's own words for what an option takes
METAVARS = {"text": "TEXTO", "integer": "N", "integer range": "N", "float": "N", "float range": "N", "filename": "ARCHIVO"}


def in_spanish(command: click.Command) -> click.Command:
    """Return `command` with the parts of its usage line that click does not translate."""
    command.options_metavar = "[OPCIONES]"
    for option in command.params:
        if isinstance(option, click.Option) and option.metavar is None and not option.is_flag:
            option.metavar = METAVARS.get(option.type.name)
    if isinstance(command, click.Group):
        command.subcommand_metavar = "ORDEN [ARGUMENTOS]..."
        for child in command.commands.values():
            in_spanish(child)
    return command


def with_variables(command: click.Command) -> click.Command:
    """Let every option be given as `HALLAZGOS_…` too, by its long name."""
    for option in command.params:
        if isinstance(option, click.Option) and option.envvar is None:
            option.envvar = f"HALLAZGOS_{option_key(option).upper()}"
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        with_variables(child)
    return command


class GroupedCommands(click.Group):
    """A click group that lists its commands by role and imports each only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command in the order of `GROUPS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return with_variables(in_spanish(command))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section a role."""
        for title, names in GROUPS.items():
            rows = [(name, command.get_short_help_str(80)) for name in names if (command := self.get_command(ctx, name))]
            with formatter.section(title):
                formatter.write_dl(rows)


@click.group(
    cls=GroupedCommands,
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
)
@click.version_option(package_name="hallazgos", message="%(version)s", help="Muestra la versión y termina.")
@click.pass_context
def hallazgos(ctx: click.Context) -> None:
    """Monitor de fuentes abiertas: agresiones contra periodistas y personas defensoras de derechos humanos."""
    named = {name: command for name in COMMANDS if (command := hallazgos.get_command(ctx, name))}
    ctx.default_map = default_map(named)


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave the process with its status; the entry point of the installed `hallazgos`."""
    in_spanish(hallazgos)
    hallazgos.main(args=args, prog_name="hallazgos")


if __name__ == "__main__":
    main()
