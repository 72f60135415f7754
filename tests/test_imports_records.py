"""Records of earlier years: a foreign table through a mapping, whole or not at all, by key, undone without a trace."""

import json

import openpyxl
import pytest
from click.testing import CliRunner
from contados import corregir, registro

from pipeline.cli import hallazgos
from pipeline.registry.connection import open_registry

HEADER = "Folio,Fecha,Estado,Municipio,Tipo,Perpetrador,Nombre,Cargo,Medio"
ROWS = (
    '7,05/03/2019,Ciudad de México,Tlalpan,"Ataque físico, Bloqueo, alteración o remoción",Policía,'
    '"Ema Prueba, Se reserva, Ema Prueba","Reportera, Reportero, Reportera",El Faro',
    "8,06/03/2019,Quintana Roo,Benito Juárez,Amenaza,Alguien,Medio Prueba,Medio,Medio Prueba",
    "9,25/05/2919,Puebla,Puebla,Amenaza,Alguien,N/A,N/A,N/A",
    "10,07/03/2019,Puebla,Puebla,Amenaza,Alguien,Otra Persona,Funcionaria de casilla,",
)
MAPPING = """
nombre = "b19"
[campos.clave]
columna = "Folio"
[campos.fecha_hecho]
columna = "Fecha"
formatos = ["%d/%m/%Y"]
[campos.entidad]
columna = "Estado"
[campos.alcaldia]
columna = "Municipio"
otros = "omitir"
[campos.modalidad]
columna = "Tipo"
valores = { "Bloqueo, alteración o remoción" = "obstruccion" }
[campos.agresor]
columna = "Perpetrador"
otros = "no_identificado"
valores = { "Policía" = "fuerza_publica" }
[campos.nombre]
columna = "Nombre"
reservados = ["Se reserva", "N/A"]
[campos.genero]
columna = "Cargo"
otros = "indeterminado"
valores = { "Reportera" = "mujer", "Reportero" = "hombre", "Medio" = "colectivo" }
[campos.medio_u_organizacion]
columna = "Medio"
[campos.tipo_victima]
fijo = "periodista"
[omitir]
"Cargo" = ["Funcionaria de casilla"]
"""
MENDED = '[cambios]\n"9" = { "Fecha" = "25/05/2019" }\n'
TABLES = (
    "hallazgos", "victimas", "actos", "personas", "hallazgos_modalidad", "hallazgos_agresion", "hallazgos_agresor",
    "hallazgos_tipo_victima", "hallazgos_importados",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    registro(tmp_path).close()
    (tmp_path / "t.csv").write_text("\n".join((HEADER, *ROWS)), "utf-8")
    (tmp_path / "m.toml").write_text(MAPPING + MENDED, "utf-8")
    return tmp_path


def run(folder, *args):
    return CliRunner().invoke(hallazgos, ["importar", *map(str, args), "--registro", str(folder / "registro.db")])


def taken(folder, *more, file="t.csv"):
    return run(folder, "registros", folder / file, "--columnas", folder / "m.toml", *more)


def rows(folder, *tables):
    with open_registry(folder / "registro.db") as db:
        return {table: list(map(tuple, db.execute(f"SELECT * FROM {table}").fetchall())) for table in tables or TABLES}


def shown(folder, sql):
    with open_registry(folder / "registro.db") as db:
        return list(db.query(sql))


def test_a_foreign_table_becomes_validated_findings(folder):
    out = taken(folder)
    assert (out.exit_code, "nuevos: 3; cambiados: 0; iguales: 0" in out.output, "fuera: 1" in out.output) == (0, True, True)
    city, outside, mended = shown(folder, "SELECT * FROM v_hallazgos ORDER BY fecha_registro")
    assert (city["fecha_registro"], city["estado"], city["origen"]) == ("2019-03-05", "validado", "importado")
    assert json.loads(city["modalidad"]) == ["ataque_fisico", "obstruccion"]
    assert (json.loads(city["agresion"]), city["clase"]) == (["fisica", "verbal"], "agresion")
    assert (city["ambito"], city["alcaldia"], city["agresor"]) == ("hecho_en_cdmx", "tlalpan", '["fuerza_publica"]')
    assert (outside["ambito"], outside["alcaldia"], outside["agresor"]) == ("fuera", None, '["no_identificado"]')
    assert mended["fecha_hecho"] == "2019-05-25"
    assert "Prueba" not in city["resumen"] and city["resumen"]
    of_first = "v.folio = (SELECT min(folio) FROM hallazgos)"
    columns = "p.nombre, v.genero, v.cantidad, v.medio_u_organizacion"
    people = shown(folder, f"SELECT {columns} FROM victimas v LEFT JOIN personas p ON p.id = v.persona_id WHERE {of_first}")
    assert [tuple(row.values()) for row in people] == [("Ema Prueba", "mujer", None, "El Faro"), (None, "hombre", 1, "")]


def test_the_same_file_again_doubles_nothing_and_a_changed_row_updates(folder):
    taken(folder)
    before = rows(folder)
    assert "nuevos: 0; cambiados: 0; iguales: 3" in taken(folder).output
    assert rows(folder) == before
    text = (folder / "t.csv").read_text("utf-8").replace("Tlalpan", "Coyoacán")
    (folder / "t.csv").write_text(text, "utf-8")
    assert "b19:7 (H-2019-000001): alcaldia: tlalpan → coyoacan" in taken(folder, "--simular").output
    assert "nuevos: 0; cambiados: 1; iguales: 2" in taken(folder).output
    assert shown(folder, "SELECT alcaldia FROM v_hallazgos WHERE cdmx = 'si'") == [{"alcaldia": "coyoacan"}]


def test_a_persons_word_stays_on_top_of_a_later_import(folder):
    taken(folder)
    with open_registry(folder / "registro.db") as db:
        corregir(db, "H-2019-000001", "alcaldia", '"iztapalapa"')
    text = (folder / "t.csv").read_text("utf-8").replace("Tlalpan", "Coyoacán")
    (folder / "t.csv").write_text(text, "utf-8")
    taken(folder)
    assert shown(folder, "SELECT alcaldia FROM v_hallazgos WHERE cdmx = 'si'") == [{"alcaldia": "iztapalapa"}]


def test_a_rehearsal_writes_nothing(folder):
    before = rows(folder, *TABLES, "importaciones", "bitacora", "contadores")
    out = taken(folder, "--simular")
    assert "nuevos: 3" in out.output and "no se escribió nada" in out.output
    assert rows(folder, *TABLES, "importaciones", "bitacora", "contadores") == before


def test_a_bad_cell_refuses_the_whole_file_with_row_and_column(folder):
    (folder / "m.toml").write_text(MAPPING, "utf-8")
    text = (folder / "t.csv").read_text("utf-8").replace("Quintana Roo", "Atlántida")
    (folder / "t.csv").write_text(text + "\n7,05/03/2019,Puebla,,Amenaza,,,,\n11,,Puebla,,Amenaza,,,,", "utf-8")
    out = taken(folder)
    assert out.exit_code == 2
    assert "línea 3, columna estado: «Atlántida» no está entre los valores que se esperan" in out.output
    assert "línea 4, columna fecha: «25/05/2919» no es un día que haya llegado" in out.output
    assert "línea 2: la clave «7» está vacía o repetida" in out.output
    assert rows(folder, "hallazgos") == {"hallazgos": []}


def test_an_import_is_undone_without_a_trace_and_in_order(folder):
    empty = rows(folder)
    taken(folder)
    first = rows(folder)
    text = (folder / "t.csv").read_text("utf-8").replace("Ema Prueba", "Ema Otra")
    (folder / "t.csv").write_text(text, "utf-8")
    taken(folder)
    assert "otra importación lo cambió después" in run(folder, "deshacer", 1).output
    assert run(folder, "deshacer", 2).exit_code == 0
    names = "SELECT p.nombre FROM victimas JOIN personas AS p ON p.id = persona_id ORDER BY 1"
    assert {row["nombre"] for row in shown(folder, names)} == {"Ema Prueba", "Medio Prueba"}
    assert rows(folder, "hallazgos_modalidad", "actos").keys() <= first.keys()
    assert rows(folder, "hallazgos_modalidad")["hallazgos_modalidad"] == first["hallazgos_modalidad"]
    assert run(folder, "deshacer", 1).exit_code == 0
    assert rows(folder) == empty
    assert shown(folder, "SELECT folio FROM hallazgos_fts WHERE hallazgos_fts MATCH 'H'") == []
    assert "ya se deshizo" in run(folder, "deshacer", 1).output
    taken(folder)
    assert min(row["folio"] for row in shown(folder, "SELECT folio FROM hallazgos")) == "H-2019-000004"  # never given again


def test_what_a_person_decided_on_is_not_undone(folder):
    taken(folder)
    before = rows(folder)
    with open_registry(folder / "registro.db") as db, db.atomic():
        db.execute("INSERT INTO bitacora (cuando, quien, accion, tabla, clave) VALUES ('', 'ana', 'corregir', 'hallazgos',"
                   " 'H-2019-000002')")  # fmt: skip
    out = run(folder, "deshacer", 1)
    assert (out.exit_code, "H-2019-000002: una persona ya decidió" in out.output) == (2, True)
    assert rows(folder) == before


def test_totals_are_undone_too(folder):
    file = folder / "totales.csv"
    for total in (4, 5):
        file.write_text(f"anio,mes,total\n2018,5,{total}\n", "utf-8")
        assert "importar deshacer" in run(folder, "totales", file).output
    assert "ya es otro" in run(folder, "deshacer", 1).output
    run(folder, "deshacer", 2)
    assert shown(folder, "SELECT total FROM lineas_base") == [{"total": 4}]
    run(folder, "deshacer", 1)
    assert shown(folder, "SELECT total FROM lineas_base") == []


def test_a_workbook_gives_the_same_as_the_csv(folder):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([7, "05/03/2019", "Ciudad de México", "Tlalpan", "Amenaza", "", "Ema Prueba", "Reportera", "El Faro"])
    book.save(folder / "t.xlsx")
    assert "nuevos: 1" in taken(folder, file="t.xlsx").output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nombre = 'x'", "[campos.clave]"),
        ("nombre = 'x'\n[campos.clave]\ncolumna = 'a'", "[campos.fecha_publicacion]"),
        ("[campos.color]\ncolumna = 'a'", "no es un campo"),
        ("[campos.clave]\ncolumna = 'a'\nfijo = 'b'", "uno de los dos"),
        ("[campos.clase]\nfijo = 'delito'", "«delito» no es uno de"),
        ("nombre = ", "m.toml: al final: no es TOML válido"),
        ("nombre = x", "m.toml: línea 1, columna 10: no es TOML válido"),
    ],
)
def test_a_mapping_that_cannot_be_is_named(folder, text, said):
    (folder / "m.toml").write_text(text, "utf-8")
    out = taken(folder)
    assert (out.exit_code, said in out.output) == (2, True), out.output


def test_a_mapping_in_another_encoding_is_told_in_spanish(folder):
    (folder / "m.toml").write_bytes("nombre = 'bitácora'".encode("latin-1"))
    out = taken(folder)
    assert (out.exit_code, out.output) == (2, f"Error: {folder / 'm.toml'}: no se puede leer: no está en UTF-8\n")
