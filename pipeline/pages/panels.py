"""The dashboard's panels: each a chart, the table of the very figures drawn, and the view that they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline.charts.bars import bars
from pipeline.charts.boroughs import boroughs
from pipeline.charts.chart import Chart
from pipeline.charts.months import month_by_month
from pipeline.figures.breakdowns import UNITS, Conteo, Desglose
from pipeline.figures.m1 import UNCOVERED, Cuenta, Fecha
from pipeline.pages.dashboard import Board
from pipeline.pages.labels import label
from pipeline.periodos import Periodo, month_end

# panel → whether it stands over the page's whole width
PANELS = {"mensual": True, "agresion": False, "agresor": False, "alcaldias": True, "clase": False, "fuentes": False}
SHOWN = {"hallazgos": "hallazgos", "publicaciones": "publicaciones", "actos": "actos", "victimas": "víctimas"}
BREAKDOWNS = ("agresion", "agresor", "clase")


@dataclass(frozen=True)
class Panel:
    """One panel: `filas` are the cells of its table (None: not known), `vista` and `filtro` the view's page that has them."""

    grafica: Chart
    ancho: bool
    encabezados: tuple[str, ...]
    filas: Sequence[tuple[str | int | None, ...]]
    vista: str
    filtro: str
    nota: str = ""


def chart_of(board: Board, name: str, *, narrow: bool = False) -> Chart:
    """Return one of `PANELS` drawn over the board's figures. Raises `KeyError` for any other name."""
    if name == "mensual":
        return month_by_month(board.meses, board.anio, narrow=narrow, what=board.que)
    period = board.periodo.etiqueta
    if name == "alcaldias":
        rows = [{"alcaldia": row.valor, "registros": unit(board, row.actual)} for row in board.desgloses["alcaldia"].renglones]
        return boroughs(rows, period, narrow=narrow, what=board.que)
    if name == "fuentes":
        counts = [(label("estado", row["estado"]), row["fuentes"]) for row in board.fuentes]
        return bars("fuentes", "Fuentes por estado, hoy", counts, narrow=narrow)
    if name not in BREAKDOWNS:
        raise KeyError(name)
    table = board.desgloses[name]
    counts = [(row.etiqueta, unit(board, row.actual)) for row in table.renglones]
    return bars(name, f"{board.que[0].upper()}{board.que[1:]} {lower(table.titulo)}, {period}", counts, narrow=narrow)


def panels(board: Board) -> list[Panel]:
    """Return the panels in their order."""
    return [panel(board, name, wide) for name, wide in PANELS.items()]


def panel(board: Board, name: str, wide: bool) -> Panel:
    """Return one panel with its table and its link."""
    chart = chart_of(board, name)
    if name == "mensual":
        rows = [row for row in board.meses if row["anio"] == board.anio]
        told = [
            (row["periodo"], told_or(row["registros"]), told_or(row["registros_anterior"]), row["por_revisar"], row["marcas"])
            for row in rows
        ]
        months = ("mes", board.que, f"{board.que}, año anterior", "por revisar", "marcas")
        return Panel(chart, wide, months, told, *where_months(board))
    if name == "fuentes":
        found = [(label("estado", row["estado"]), row["fuentes"], row["atencion"]) for row in board.fuentes]
        return Panel(chart, wide, ("estado", "fuentes", "necesitan a una persona"), found, "v_salud_fuentes", "")
    table = board.desgloses["alcaldia" if name == "alcaldias" else name]
    view, query = where(board.periodo, table.clave) if board.cuenta.fecha is Fecha.REGISTRO else ("v_conteo", "")
    others = [name for name in UNITS if name != board.cuenta.column]
    heads = ("", board.que, f"{board.que}, año anterior", "hallazgos por revisar", *(SHOWN[name] for name in others))
    return Panel(chart, wide, heads, cells(table, board.cuenta.column, others), view, query, table.nota)


def unit(board: Board, counted: Conteo) -> int:
    """Return what the board counts of a row."""
    return int(getattr(counted, board.cuenta.column))


def where_months(board: Board) -> tuple[str, str]:
    """Return (view, its page's filter) that holds what the months count: the comparison, or the days by that date."""
    if board.cuenta == Cuenta():
        return "v_comparativo_anual", urlencode({"anio": board.anio, "tipo": "mes"})
    return "v_serie_diaria", urlencode({"fecha": board.cuenta.fecha, "dia__gte": f"{board.anio}-01-01"})


def told_or(registros: int | None) -> int | str:
    """Return a whole month's registros, or that nobody covered it: only then is it not known."""
    return UNCOVERED if registros is None else registros


def cells(table: Desglose, chosen: str, others: Sequence[str]) -> list[tuple[str | int | None, ...]]:
    """Return a breakdown's rows: the chosen unit now and in the same days of the year before, what waits, and the others."""
    return [
        (
            row.etiqueta,
            getattr(row.actual, chosen),
            getattr(row.anterior, chosen) if row.anterior else None,
            row.actual.por_revisar,
            *(getattr(row.actual, name) for name in others),
        )
        for row in table.renglones
    ]


def where(period: Periodo, breakdown: str) -> tuple[str, str]:
    """Return (view, its page's filter) that holds a breakdown of a period: by year, by month or by day."""
    first, last = period.inicio, period.fin
    asked: Sequence[tuple[str, object]]
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        view, asked = "v_desglose_anual", [("anio", first.year)]
    elif first.day == 1 and last == month_end(last):
        view, asked = "v_desglose_mensual", [("mes__gte", f"{first:%Y-%m}"), ("mes__lte", f"{last:%Y-%m}")]
    else:
        view, asked = "v_desglose_diario", [("dia__gte", first), ("dia__lte", last)]
    return view, urlencode([("desglose", breakdown), *asked])


def lower(title: str) -> str:
    """Return a title to go on with inside a sentence."""
    return title[:1].lower() + title[1:]
