"""`hallazgos publicar`: what the folder holds and never holds, the same bytes, whole or not there."""

import csv
import hashlib
import json
import re
import shutil
import sqlite3
from datetime import date

import pytest
from canarios import SECRETS, planted
from click.testing import CliRunner
from contados import cubrir, hallazgo, registro
from publicado import invented, published, shown
from sqlite_utils import Database

from pipeline.cli import hallazgos
from pipeline.descriptions import restricted_tables
from pipeline.errores import ErrorDeUso
from pipeline.publication.editions import SUMS
from pipeline.publication.tables import TOTAL, tables

K = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("publica")
    with invented(made, (2025,)) as db:
        published(db, made / "publico", contacto="correcciones@institucion.ejemplo")
    return made


def run(*args, **env):
    return CliRunner().invoke(hallazgos, [*map(str, args)], env=env)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_form_of_a_table_says_the_same_and_nothing_small_is_shown(folder):
    db = sqlite3.connect(folder / "publico" / "publico.db")
    figures = shown(folder / "publico")
    assert any(value is None for value in figures.values())
    assert any(value is not None for value in figures.values())
    for name in tables():
        from_json = json.loads((folder / "publico" / "cuadros" / f"{name}.json").read_text("utf-8"))[name]
        from_db = db.execute(f"SELECT anio, periodo, orden, renglon, etiqueta, valor, situacion FROM {name}").fetchall()
        assert sorted(map(str, from_db)) == sorted(str(tuple(row.values())) for row in from_json)
        text = (folder / "publico" / "cuadros" / f"{name}.csv").read_text("utf-8-sig")
        assert [row["valor"] for row in csv.DictReader(text.splitlines())] == [
            "" if row["valor"] is None else str(row["valor"]) for row in from_json
        ]
    assert {key: value for key, value in figures.items() if value is not None and value < K} == {}
    db.close()


def test_the_folder_tells_what_it_is_and_its_digests_are_right(folder):
    found = files(folder / "publico")
    listed = {line[66:]: line[:64] for line in found.pop(SUMS).decode().splitlines()}
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    readme = found["LEAME.md"].decode()
    assert all(word in readme for word in ("correcciones@institucion.ejemplo", "2026-11", "CC BY 4.0", "edición 1"))
    assert "programación lineal" in found["METODO.md"].decode()
    meta = json.loads(found["metadata.json"])
    assert set(meta["databases"]["publico"]["tables"]) == set(tables())
    db = sqlite3.connect(folder / "publico" / "publico.db")
    for query in meta["databases"]["publico"]["queries"].values():
        db.execute(query["sql"])
    assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    db.close()


def test_no_day_no_folio_no_name_in_any_byte(folder):
    for name, data in files(folder / "publico").items():
        assert not re.search(rb"H-\d{4}-\d", data), name
        assert not re.search(rb"\d{4}-\d\d-\d\d", data), name
        assert b"Persona Inventada" not in data, name


def plant(db, table):
    """Put a canary in every column of a table that takes any; return the columns that take none, and why."""
    if not db.table(table).count:
        kinds = {column.name: column.type for column in db.table(table).columns}
        db.table(table).insert({name: f"canarito-{table}-{name}" if kind == "TEXT" else 1 for name, kind in kinds.items()})
        return {}
    refused = {}
    for column in (one.name for one in db.table(table).columns):
        mark = f"canarito-{table}-{column}"
        try:
            with db.atomic():
                db.execute(
                    f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT max(rowid) FROM {table})",
                    [json.dumps(mark) if table == "correcciones" else mark],
                )
        except sqlite3.IntegrityError as error:
            refused[column] = str(error)
    return refused


def test_a_canary_in_every_restricted_column_appears_nowhere(tmp_path):
    db = Database(planted(tmp_path / "r.db"))
    db.execute("UPDATE hallazgos SET estado = 'validado'")
    db.conn.commit()
    db.execute("PRAGMA foreign_keys = off")
    db.execute("PRAGMA ignore_check_constraints = on")
    tables = sorted(table for table in restricted_tables() & set(db.table_names()) if "_fts" not in table)
    refused = {(table, column): why for table in tables for column, why in plant(db, table).items()}
    assert len(tables) >= 20
    assert {where: why for where, why in refused.items() if "mismatch" not in why} == {}  # only a row's number takes none
    for day in (date(2026, 11, 30), date(2026, 12, 31)):
        published(db, tmp_path / "publico", k=2, corte=day)
    db.conn.close()
    assert b"canarito" in (tmp_path / "r.db").read_bytes()
    found = files(tmp_path / "publico")
    assert not [name for name in found if name.endswith(("-wal", "-shm", "-journal"))]
    for name, data in found.items():
        for secret in (*SECRETS, "canarito", "sin_nombre@"):
            assert not any(secret.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")), (name, secret)


def test_the_same_registry_gives_the_same_bytes_even_over_itself(folder, tmp_path):
    first = files(folder / "publico")
    for target in (tmp_path / "otra", folder / "publico"):
        out = run(
            "publicar", "-o", target, "--registro", folder / "registro.db", "--contacto", "correcciones@institucion.ejemplo"
        )
        assert out.exit_code == 0, out.output
        assert files(target) == first
    assert sorted(path.name for path in folder.iterdir()) == ["publico", "registro.db"]


def test_the_totals_are_those_of_the_signed_report(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2024-01-01", "2024-01-02")
        cubrir(db, "2025-12-31")
        for year, many in ((2024, 6), (2025, 9)):
            for n in range(many):
                hallazgo(db, f"{year}-02-1{n}", clase="riesgo" if n < 4 else "agresion")
    path = tmp_path / "registro.db"
    out = run("informe", "--periodo", "2025", "--cerrar", "-o", tmp_path / "i.html", "--registro", path, "--hoy", "2026-02-01")
    assert out.exit_code == 0, out.output
    out = run("publicar", "-o", tmp_path / "p", "--registro", path)
    assert out.exit_code == 0, out.output
    with Database(path) as db:
        signed = json.loads(db.execute("SELECT cifras FROM cierres").fetchone()[0])
    figures, record = shown(tmp_path / "p"), signed["indicadores"]["1.4"]
    assert figures["registros_anuales", "2025", TOTAL] == record["registros"] == 9
    assert figures["registros_anuales", "2024", TOTAL] == record["registros_anterior"] == 6
    assert figures["indicador_firmado", "2025", "registros"] == record["registros"]
    assert figures["indicador_firmado", "2025", "m1"] == record["m1"]
    classes = next(table for table in signed["cuadros"] if table["titulo"] == "Registros por clase")
    told = {row[0]: row[1] for row in classes["filas"]}
    assert figures["anio_clase", "2025", "agresion"] in (told["Agresión"], None)


def test_a_registry_with_next_to_nothing_publishes_no_figure(tmp_path):
    with registro(tmp_path) as db:
        hallazgo(db, "2025-02-10")
        hallazgo(db, "2025-02-12")
        done = published(db, tmp_path / "p", corte=date(2025, 2, 28))
    assert done.publicadas == 0
    assert set(shown(tmp_path / "p").values()) == {None}
    assert "reservado" in (tmp_path / "p" / "CAMBIOS.md").read_text("utf-8")


def test_it_refuses_what_it_did_not_make_and_leaves_it_alone(folder, tmp_path):
    mine = tmp_path / "mio"
    mine.mkdir()
    (mine / "tesis.txt").write_text("mía")
    (tmp_path / "archivo").write_text("x")
    for target in (mine, tmp_path / "archivo", tmp_path / "no" / "hay"):
        out = run("publicar", "-o", target, "--registro", folder / "registro.db")
        assert (out.exit_code, out.output.count("\n")) == (2, 1), out.output
        assert str(target) in out.output
    assert files(tmp_path) == {"mio/tesis.txt": "mía".encode(), "archivo": b"x"}


def test_a_cut_before_everything_or_not_yet_come_is_refused(folder, tmp_path):
    for cut, said in (("2020-01-01", "no hay nada que publicar"), ("2027-01-31", "no ha llegado")):
        asked = ("publicar", "-o", tmp_path / "p", "--corte", cut, "--hoy", "2026-12-01")
        out = run(*asked, "--registro", folder / "registro.db")
        assert (out.exit_code, out.output.count("\n"), said in out.output) == (2, 1, True), out.output
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{}"], ids=["huellas", "marca"])
def test_an_edition_that_cannot_be_read_is_told_in_one_line(folder, tmp_path, content):
    copy = shutil.copytree(folder / "publico", tmp_path / "copia")
    if content == b"{}":
        (copy / "publicacion.json").write_text('{"programa": "hallazgos publicar"}')
    else:
        (copy / SUMS).write_bytes(content)
    orders = (
        ("publicar", "-o", tmp_path / "p", "--anterior", copy, "--registro", folder / "registro.db"),
        ("servir", "--publico", copy, "--puerto", "48391"),
        ("informe", "--periodo", "2025", "--version-publica", "--edicion", copy, "-o", tmp_path / "i.html"),
    )
    for order in orders:
        out = run(*order)
        assert (out.exit_code, out.output.count("\n"), str(copy) in out.output) == (2, 1, True), out.output


def test_an_earlier_edition_that_was_touched_is_refused(folder, tmp_path):
    with invented(tmp_path, (2025,), 8) as db:
        published(db, tmp_path / "antes")
        (tmp_path / "antes" / "LEAME.md").write_text("otra cosa")
        with pytest.raises(ErrorDeUso, match="no es como se publicó"):
            published(db, tmp_path / "p", tmp_path / "antes")
        with pytest.raises(ErrorDeUso, match="no es una versión pública"):
            published(db, tmp_path / "p", tmp_path)
    assert not (tmp_path / "p").exists()


def test_changes_are_told_in_totals_and_the_editions_are_carried_along(tmp_path):
    with registro(tmp_path) as db:
        for _ in range(5):
            hallazgo(db, "2025-02-10")
        published(db, tmp_path / "p", corte=date(2025, 12, 31))
        for _ in range(4):
            hallazgo(db, "2025-02-11")
        done = published(db, tmp_path / "p", corte=date(2025, 12, 31))
    assert done.edicion == 2
    assert "| 2025 | 5 | 9 |" in (tmp_path / "p" / "CAMBIOS.md").read_text("utf-8")
    assert len(json.loads((tmp_path / "p" / "ediciones.json").read_text("utf-8"))) == 2
