"""The shipped mapping files: one takes a table shaped as organisations publish theirs, told here in our own words."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from contados import registro

from pipeline.cli import hallazgos
from pipeline.imports.mapping import read_mapping
from pipeline.registry.connection import open_registry

DOCS = Path(__file__).parent.parent / "docs"
MAPPING = DOCS / "importar_agresiones.toml"
HEADER = (
    "fila", "Nombre", "Medio/Colectivo", "Cargo", "Perpetrador", "Estado", "Municipio", "Dirección específica", "Fecha", "Hora",
    "Tipo de agresión", "Agresión específica", "Hechos", "Día y hora de verificación", "Alerta de A19", "Subido a mapa",
    "Montado a postal", "Folio", "Versión", "Número de agresiones a contabilizar", "Lugar", "Marcador",
)  # fmt: skip
ROWS = (
    {
        "Nombre": "Ema Prueba, Se reserva, SE RESERVA , Ema Prueba",
        "Medio/Colectivo": "El Faro, ser reserva, El Faro , El Faro",
        "Cargo": "Reportera, reportero, Camarógrafo , Reportera", "Perpetrador": "Funcionario público, undefined",
        "Estado": "Ciudad de México", "Municipio": "Tlalpan", "Fecha": "07/03/2018", "Hora": "08:50", "Folio": "71",
        "Tipo de agresión": "Ataque físico, Bloqueo, alteración o remoción de información",
        "Hechos": "Les quitaron la cámara.\nDespués, los empujaron; «nadie graba», dijeron.",
        "Número de agresiones a contabilizar": "3",
    },
    {
        "Nombre": "Medio Prueba", "Medio/Colectivo": "Medio Prueba", "Cargo": "Medio", "Perpetrador": "Se desconoce",
        "Estado": "Quintana Roo", "Municipio": "Benito Juárez", "Fecha": "08/03/2018", "Hora": "", "Folio": "72",
        "Tipo de agresión": "Ataque a redes, comunicaciones digitales y sistemas informáticos",
    },
    {
        "Nombre": "Otra Persona", "Cargo": "Funcionaria de casilla", "Perpetrador": "Partido político", "Estado": "Puebla",
        "Municipio": "Puebla", "Fecha": "09/03/2018", "Hora": "10:00", "Folio": "73", "Tipo de agresión": "Amenaza",
    },
    {
        "Nombre": "Colectivo", "Medio/Colectivo": "Colectivo", "Cargo": "colectivo", "Perpetrador": "Partido político",
        "Estado": "Estado de México", "Municipio": "Toluca", "Fecha": "10/03/2918", "Hora": "9:40", "Folio": "74",
        "Tipo de agresión": "Intimidación y hostigamiento, Amenaza",
    },
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    registro(tmp_path).close()
    with (tmp_path / "t.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, HEADER, restval="")
        table.writeheader()
        table.writerows({"fila": n, "Marcador": "19.43,-99.13", **row} for n, row in enumerate(ROWS))
    return tmp_path


def taken(folder, mapping):
    given = ["importar", "registros", folder / "t.csv", "--columnas", mapping, "--registro", folder / "registro.db"]
    return CliRunner().invoke(hallazgos, list(map(str, given)))


def shown(folder, sql):
    with open_registry(folder / "registro.db") as db:
        return db.execute(sql).fetchall()


def with_change(folder):
    """The shipped file with the mended cell that its last lines speak of."""
    changed = folder / "m.toml"
    changed.write_text(MAPPING.read_text("utf-8") + '\n[cambios]\n"74" = { "Fecha" = "10/03/2018" }\n', "utf-8")
    return changed


@pytest.mark.parametrize("path", sorted(DOCS.glob("importar*.toml")), ids=lambda path: path.stem)
def test_every_shipped_mapping_can_be_read(path):
    assert read_mapping(path).nombre


def test_one_bad_cell_is_named_and_nothing_is_taken(folder):
    out = taken(folder, MAPPING)
    assert out.exit_code == 2
    assert out.output.strip().endswith("t.csv: línea 6, columna fecha: «10/03/2918» no es un día que haya llegado")
    assert shown(folder, "SELECT count(*) FROM hallazgos") == [(0,)]


def test_the_rest_is_taken_with_the_row_left_out_or_mended_twice_and_undone(folder):
    left_out = folder / "sin.toml"
    left_out.write_text(MAPPING.read_text("utf-8").replace("[omitir]\n", '[omitir]\n"Fecha" = ["10/03/2918"]\n'), "utf-8")
    assert "nuevos: 2; cambiados: 0; iguales: 0" in taken(folder, left_out).output
    mended = with_change(folder)
    assert "nuevos: 1; cambiados: 0; iguales: 2" in taken(folder, mended).output
    assert "nuevos: 0; cambiados: 0; iguales: 3" in taken(folder, mended).output
    for number in ("2", "1"):
        undo = ["importar", "deshacer", number, "--registro", str(folder / "registro.db")]
        assert CliRunner().invoke(hallazgos, undo).exit_code == 0
    tables = ("hallazgos", "victimas", "personas", "actos", "hallazgos_modalidad", "hallazgos_importados")
    assert {shown(folder, f"SELECT count(*) FROM {table}")[0] for table in tables} == {(0,)}


def test_each_row_is_read_as_its_words_say(folder):
    out = taken(folder, with_change(folder))
    assert (out.exit_code, "deja fuera: 1" in out.output) == (0, True), out.output
    columns = "fecha_registro, hora_hecho, ambito, entidad, alcaldia, modalidad, agresor, victimas, clase"
    city, media, group = shown(folder, f"SELECT {columns} FROM v_hallazgos ORDER BY fecha_registro")
    assert city[:5] == ("2018-03-07", "08:50", "hecho_en_cdmx", "cdmx", "tlalpan")
    assert [json.loads(cell) for cell in city[5:7]] == [
        ["ataque_fisico", "obstruccion"],
        ["autoridad_civil", "no_identificado"],
    ]
    assert (city[7], city[8]) == (3, "agresion")  # Ema once, and two who are not named
    assert media[2:] == ("fuera", "quintana_roo", None, '["ataque_digital"]', '["no_identificado"]', 1, "agresion")
    assert group[1:4] == ("09:40", "fuera", "mexico")
    people = "SELECT p.nombre, v.genero, v.cantidad FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id"
    assert shown(folder, f"{people} WHERE v.folio = 'H-2018-000001' ORDER BY v.id") == [
        ("Ema Prueba", "mujer", None), (None, "hombre", 2),
    ]  # fmt: skip
    assert shown(folder, f"{people} WHERE v.genero = 'colectivo' ORDER BY v.id") == [
        ("Medio Prueba", "colectivo", None), (None, "colectivo", 1),
    ]  # fmt: skip
    assert "19.43" not in str(shown(folder, "SELECT * FROM hallazgos"))
