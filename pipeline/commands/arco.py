"""`hallazgos arco`: what is held on a person, found, handed over, mended, blocked or erased (R33)."""

from pathlib import Path

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, format_option, registry_option, today_option
from pipeline.reloj import Clock

person_argument = click.argument("persona", metavar="[PERSONA]...", nargs=-1)
also_option = click.option(
    "--nombre",
    "also",
    multiple=True,
    help="Otra forma del nombre que también se busca, o el nombre de quien no tiene fila (con al menos dos palabras).",
)
reason_option = click.option("--motivo", "why", required=True, help="Por qué se hace; sin nombres, queda en la bitácora.")


@click.group()
def arco() -> None:
    """Derechos sobre datos personales: acceso, rectificación, cancelación y oposición."""


@arco.command()
@person_argument
@also_option
@format_option
@registry_option
@accepted_today_option
def buscar(persona: tuple[str, ...], also: tuple[str, ...], output_format: str, registro: Path) -> None:
    """Con un nombre, dice qué personas podrían ser y qué textos lo llevan; con sus números, cuánto hay de ellas y dónde.

    Lo incierto (iniciales, apodos, un apellido de menos) se dice aparte, y lo que no es texto se enlista sin leerlo.
    """
    from pipeline.privacy import text

    click.get_current_context().exit(text.show_search(existing_registry(registro), persona, also, output_format))


@arco.command()
@person_argument
@also_option
@click.option(
    "-o", "--salida", "output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Carpeta nueva."
)
@reason_option
@registry_option
@today_option
def exportar(persona: tuple[str, ...], also: tuple[str, ...], output: Path, why: str, registro: Path, now: Clock) -> None:
    """Escribe todo lo que hay de una persona: datos.json y datos.html."""
    from pipeline.privacy import text

    text.export(existing_registry(registro), text.order("exportar", persona, also, why), output, now())


@arco.command()
@click.argument("persona", metavar="PERSONA")
@click.option("--nombre", "name", default="", help="El nombre correcto.")
@click.option("--genero", "gender", default="", help="El género que la persona dice.")
@click.option("--medio", "outlet", default="", help="El medio u organización correcto.")
@reason_option
@registry_option
@today_option
def rectificar(persona: str, name: str, gender: str, outlet: str, why: str, registro: Path, now: Clock) -> None:
    """Escribe el dato correcto de una persona, con su huella en la bitácora; los textos de la prensa siguen como estaban."""
    from pipeline.privacy import text
    from pipeline.registry.arco import Right

    asked = text.order("rectificar", [persona], (), why)
    text.rectify(existing_registry(registro), asked, Right(name, gender, outlet), now())


@arco.command()
@person_argument
@also_option
@reason_option
@registry_option
@today_option
def bloquear(persona: tuple[str, ...], also: tuple[str, ...], why: str, registro: Path, now: Clock) -> None:
    """Oculta a una persona de toda página, exportación, informe y búsqueda; lo que había queda apartado y se puede devolver."""
    from pipeline.privacy import text

    text.erase(existing_registry(registro), text.order("bloquear", persona, also, why), now())


@arco.command()
@click.argument("solicitud", type=int, metavar="SOLICITUD")
@reason_option
@registry_option
@today_option
def desbloquear(solicitud: int, why: str, registro: Path, now: Clock) -> None:
    """Devuelve a su sitio lo que apartó un bloqueo."""
    from pipeline.privacy import text

    text.unblock(existing_registry(registro), solicitud, why, now())


@arco.command()
@person_argument
@also_option
@click.option("--retencion", "hold", default="", help="Por qué se conserva bloqueada la evidencia (un expediente en curso).")
@reason_option
@registry_option
@today_option
def suprimir(persona: tuple[str, ...], also: tuple[str, ...], hold: str, why: str, registro: Path, now: Clock) -> None:
    """Borra a una persona y testa los textos y las capturas que la nombran; no se puede deshacer."""
    from pipeline.privacy import text

    text.erase(existing_registry(registro), text.order("suprimir", persona, also, why, hold), now())


@arco.command()
@click.argument("solicitud", type=int, metavar="SOLICITUD")
@reason_option
@registry_option
@today_option
def liberar(solicitud: int, why: str, registro: Path, now: Clock) -> None:
    """Destruye lo que una solicitud conservaba apartado: terminó la retención, o el bloqueo pasa a supresión."""
    from pipeline.privacy import text

    text.release(existing_registry(registro), solicitud, why, now())


@arco.command()
@format_option
@registry_option
@accepted_today_option
def solicitudes(output_format: str, registro: Path) -> None:
    """Enlista lo que se ha hecho, sin nombres."""
    from pipeline.privacy import text

    text.show_requests(existing_registry(registro), output_format)


@arco.command()
@click.option(
    "--meses-descartados",
    "months",
    type=click.IntRange(min=1),
    default=24,
    show_default=True,
    help="Meses desde que se descartó el último.",
)
@click.option("--aplicar", "really", is_flag=True, help="Lo hace de verdad; sin ella sólo dice a cuántas personas tocaría.")
@click.option(
    "--turno",
    "turn",
    type=click.FloatRange(min=0),
    default=0.5,
    metavar="MINUTOS",
    help="Minutos que se espera a que una corrida deje el candado.",
)
@registry_option
@today_option
def descartados(months: int, really: bool, turn: float, registro: Path, now: Clock) -> None:
    """Cambia por un seudónimo el nombre de quien sólo está en hallazgos descartados hace tiempo; se puede repetir."""
    from pipeline.privacy import text
    from pipeline.privacy.discarded import Discards

    text.pseudonymise(existing_registry(registro), Discards(months, turn * 60), now(), really=really)


@arco.command()
@registry_option
@accepted_today_option
def compactar(registro: Path) -> None:
    """Escribe de nuevo el archivo del registro, para que no quede rastro de lo borrado; lo hace ya cada supresión."""
    from pipeline.privacy import text

    text.compact(existing_registry(registro))
