"""`hallazgos servir`: the analyst's pages, on this machine only."""

from pathlib import Path

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, registry_option
from pipeline.errores import ErrorDeUso

# First words of our own addresses: under a base like one of them Datasette would take it for the address itself.
TAKEN = {"registro", "-", "estatico"}


def slashed(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the base path with a slash at both ends."""
    parts = value.strip("/").split("/")
    if parts == [""]:
        return "/"
    if not all(part and part not in (".", "..") for part in parts) or parts[0] in TAKEN:
        raise ErrorDeUso(f"--base-url: «{value}» no sirve; use una ruta como /monitor/")
    return f"/{'/'.join(parts)}/"


def how_one_enters(registro: Path) -> str:
    """Return the line that tells whether accounts are asked for. Raises `ErrorDeUso` when their file is damaged."""
    from pipeline.accounts.file import accounts_path, read_accounts

    accounts = read_accounts(accounts_path(registro))
    if accounts_path(registro).exists():
        return f"Se entra con cuenta; hay {len(accounts)}."
    return "Sin cuentas: sólo desde este equipo y sin cambiar nada; `hallazgos usuarios alta` hace la primera."


def serve_publication(folder: Path, port: int, base_url: str) -> None:
    """Serve a public version; the registry is not opened."""
    from pipeline.pages.serving import check_port
    from pipeline.publication.editions import check_whole
    from pipeline.publication.site import serve_public

    check_port(port)
    check_whole(folder)
    click.echo(f"Versión pública abierta en http://127.0.0.1:{port}{base_url}\nCtrl-C la cierra.")
    serve_public(folder, port=port, base_url=base_url)


@click.command()
@registry_option
@accepted_today_option
@click.option("--puerto", "port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Puerto local.")
@click.option(
    "--base-url", callback=slashed, default="/", show_default=True, help="Ruta bajo la que se publica, como /monitor/."
)
@click.option("--https", is_flag=True, help="Las publica un intermediario con TLS: las sesiones no viajan sin cifrar.")
@click.option(
    "--pedidos",
    "jobs",
    type=click.Choice(["aqui", "aparte", "solo"]),
    default="aqui",
    show_default=True,
    help="Quién lee las notas que se piden en las páginas: esta orden, otro servicio, o sólo eso sin abrir páginas.",
)
@click.option(
    "--publico",
    "public",
    type=click.Path(file_okay=False, path_type=Path),
    help="Sirve esa versión pública, y nada del registro.",
)
def servir(registro: Path, port: int, base_url: str, https: bool, jobs: str, public: Path | None) -> None:
    """Abre las páginas del registro en http://127.0.0.1; con cuentas puede publicarlas un intermediario de este equipo."""
    if public:
        serve_publication(public, port, base_url)
        return
    existing_registry(registro)
    if jobs == "solo":
        from pipeline.jobs.waiting import do_waiting

        click.echo(f"Pedidos atendidos: {do_waiting(registro)}")
        return
    from pipeline.jobs.start import take_up
    from pipeline.pages.serving import check_port, prepare, serve

    check_port(port)
    prepare(registro)
    entering = how_one_enters(registro)
    take_up(registro, apart=jobs == "aparte")
    click.echo(f"Registro abierto en http://127.0.0.1:{port}{base_url}")
    click.echo(entering)
    click.echo("Ctrl-C lo cierra.")
    serve(registro, port=port, base_url=base_url, https=https, jobs_apart=jobs == "aparte")
