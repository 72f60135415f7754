"""What a reader asks to be counted (`--indicador`, `--fecha`, `--unidad`), at the shell and on the pages: checked once."""

from pipeline.errores import ErrorDeUso
from pipeline.figures.indicator_text import DATES, UNITS
from pipeline.figures.m1 import INDICATOR, INDICATORS, Cuenta, Fecha, Unidad


def counting(indicator: str = "", by_date: str = "", unit: str = "", breakdown: str | None = None) -> Cuenta:
    """Return what is counted; an empty text is what is usual. Raises `ErrorDeUso` for what an indicator does not have."""
    indicator = known("indicador", indicator or INDICATOR, tuple(INDICATORS))
    by_date = known("fecha", by_date or Fecha.REGISTRO, tuple(Fecha))
    unit = known("unidad", unit or Unidad.HALLAZGO, tuple(Unidad))
    if indicator != INDICATOR and unit != Unidad.HALLAZGO:
        raise ErrorDeUso(f"unidad {unit}: la del indicador {indicator} es una sola; déjela sin decir")
    if indicator == "1.5.1" and (breakdown or by_date != Fecha.REGISTRO):
        told = f"desglose {breakdown}" if breakdown else f"fecha {by_date}"
        raise ErrorDeUso(f"{told}: el indicador 1.5.1 cuenta registros de la Base por su hora, no hallazgos")
    return Cuenta(Fecha(by_date), Unidad(unit), indicador=indicator)


def known(name: str, value: str, choices: tuple[str, ...]) -> str:
    """Return a value that is one of the choices. Raises `ErrorDeUso`."""
    if value not in choices:
        raise ErrorDeUso(f"{name} «{value}»: se conocen {', '.join(choices)}")
    return value


def wording(cuenta: Cuenta) -> str:
    """Return what a chart of it counts: `registros`, `víctimas (fecha del hecho)`."""
    what = "registros" if cuenta.unidad is Unidad.HALLAZGO else UNITS[cuenta.unidad]
    return what if cuenta.fecha is Fecha.REGISTRO else f"{what} ({DATES[cuenta.fecha]})"
