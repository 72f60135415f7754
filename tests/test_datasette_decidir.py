"""The address that decides: who may, what it answers, forms without script."""

import pytest
from revisado import ONE, THREE, TWO, findings
from sitio import ask, rows, send

from pipeline.pages.decisions import ACTIONS
from pipeline.pages.serving import build_site

ADDRESS = "/-/revision/decidir"
ANALYST = ["analista"]


@pytest.fixture
def site(tmp_path):
    findings(tmp_path).conn.close()
    return build_site(tmp_path / "registro.db", accounts=True)


def post(site, accion, folio=ONE, *, quien="ana", **body):
    return send(site, ADDRESS, ANALYST, quien, json={"accion": accion, "folio": folio, **body})


def form(site, **fields):
    return send(site, ADDRESS, ANALYST, data={"folio": ONE, "version": version(site), **fields})


def finding(site, folio=ONE):
    return rows(site, f"SELECT * FROM v_hallazgos WHERE folio = '{folio}'")[0]


def version(site, folio=ONE):
    return finding(site, folio)["version"]


@pytest.mark.parametrize("roles", [None, [], ["lectura"]], ids=["nadie", "sin papel", "lectura"])
@pytest.mark.parametrize("accion", [*ACTIONS, "no hay tal"])
def test_only_who_may_review_decides(site, roles, accion):
    before = rows(site, "SELECT * FROM hallazgos")
    answer = send(site, ADDRESS, roles, json={"accion": accion, "folio": ONE, "version": version(site), "motivo": "x"})
    assert (answer.status_code, answer.json()["ok"]) == (403, False)
    assert rows(site, "SELECT * FROM hallazgos") == before


@pytest.mark.parametrize("extra", [{}, {"headers": {"authorization": "Bearer dsat_x"}}], ids=["sin galletas", "Bearer"])
def test_what_passes_without_a_token_has_no_actor_and_is_refused(site, extra):
    body = {"accion": "validar", "folio": ONE, "version": version(site)}
    assert ask(site, ADDRESS, method="post", json=body, **extra).status_code == 403
    assert finding(site)["estado"] == "detectado"


def test_an_account_without_the_token_is_refused(site):
    body = {"accion": "validar", "folio": ONE, "version": version(site)}
    assert ask(site, ADDRESS, ANALYST, method="post", json=body).status_code == 403
    assert finding(site)["estado"] == "detectado"


def test_without_accounts_nothing_is_decided(tmp_path):
    findings(tmp_path).conn.close()
    local = build_site(tmp_path / "registro.db")
    assert send(local, ADDRESS, json={"accion": "validar", "folio": ONE, "version": 2}).status_code == 403


def test_the_address_is_not_read(site):
    assert ask(site, ADDRESS, ANALYST).status_code == 405


def test_a_decision_answers_with_the_new_version_and_state(site):
    at = version(site)
    answer = post(site, "validar", version=at, motivo="dos fuentes")
    assert answer.status_code == 200
    expected = {"ok": True, "folio": ONE, "version": at + 1, "estado": "validado", "mensaje": f"{ONE}: validado."}
    assert answer.json() == expected
    assert rows(site, "SELECT quien, motivo FROM bitacora") == [{"quien": "ana", "motivo": "dos fuentes"}]


def test_the_second_analyst_gets_a_conflict_and_nothing_is_lost(site):
    at = version(site)
    post(site, "validar", version=at, quien="luis")
    answer = post(site, "descartar", version=at, motivo="no es labor")
    assert answer.status_code == 409
    assert (answer.json()["conflicto"], answer.json()["version"]) == (True, at + 1)
    assert "luis cambió el estado" in answer.json()["error"]
    assert finding(site)["estado"] == "validado"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"accion": "validar"}, "falta «version»"),
        ({"accion": "validar", "version": "x"}, "«version» es un número"),
        ({"accion": "volar", "version": 2}, "no hay acción «volar»"),
        ({"accion": "validar", "folio": "H-1", "version": 2}, "no hay tal hallazgo"),
        ({"accion": "descartar", "version": 2}, "motivo"),
        ({"accion": "corregir", "version": 2, "campo": "clase"}, "falta «valor»"),
        ({"accion": "corregir", "version": 2, "campo": "estado", "valor": "x"}, "no es un campo"),
        ({"accion": "separar", "version": 2, "noticias": ["1; DROP"]}, "lista de números"),
        ({"accion": ["validar"]}, "falta «accion»"),
        ({}, "falta «accion»"),
    ],
)
def test_what_is_not_understood_is_said_and_changes_nothing(site, body, said):
    with_version = body | ({"version": version(site)} if body.get("version") == 2 else {})
    answer = send(site, ADDRESS, ANALYST, json={"folio": ONE, **with_version})
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert rows(site, "SELECT count(*) AS n FROM bitacora") == [{"n": 0}]


@pytest.mark.parametrize("body", [b"", b"[1]", b"\xff", b"[" * 100_000, b'{"accion": 1e999'])
def test_a_broken_body_is_refused_whole(site, body):
    assert send(site, ADDRESS, ANALYST, content=body).status_code == 400


def test_union_and_undo_by_their_words(site):
    assert post(site, "fusionar", TWO, version=version(site, TWO), en=ONE).json()["estado"] == "fusionado"
    new = post(site, "separar", version=version(site), noticias=[3]).json()["nuevo"]
    assert finding(site, new)["noticias"] == 1
    assert post(site, "deshacer", version=version(site)).json()["deshecho"] == "separar"
    assert post(site, "mover_nota", version=version(site), noticia_id=4, en=THREE).status_code == 200
    assert finding(site, THREE)["noticias"] == 2
    assert post(site, "aparte", version=version(site), de=THREE).status_code == 200


def test_many_are_discarded_at_once_and_those_that_changed_are_left(site):
    seen = [{"folio": folio, "version": version(site, folio)} for folio in (ONE, TWO, THREE)]
    post(site, "validar", TWO, version=version(site, TWO))
    answer = post(site, "descartar_varios", hallazgos=seen, motivo="fuera de tema").json()
    assert answer["hechos"] == [ONE, THREE]
    assert list(answer["dejados"]) == [TWO]
    assert [row["estado"] for row in rows(site, "SELECT estado FROM hallazgos ORDER BY folio")] == [
        "descartado",
        "validado",
        "descartado",
    ]


def test_desk_work_leaves_the_version(site):
    at = version(site)
    for accion, more in (
        ("comentar", {"texto": "Falta llamar."}),
        ("asignar", {"a_quien": "luis"}),
        ("posponer", {"hasta": "2026-05-12"}),
        ("visto", {}),
    ):
        assert post(site, accion, **more).status_code == 200
    assert version(site) == at
    assert rows(site, "SELECT asignado_a, pospuesto_hasta FROM cola") == [
        {"asignado_a": "luis", "pospuesto_hasta": "2026-05-12"}
    ]
    assert rows(site, "SELECT texto, quien FROM comentarios") == [{"texto": "Falta llamar.", "quien": "ana"}]
    assert "Falta llamar" not in str(rows(site, "SELECT * FROM bitacora"))


def test_an_assignment_is_taken_back_from_the_findings_page(site):
    page = f"/-/hallazgo/{ONE}"
    assert "Deshacer la asignación" not in ask(site, page, ANALYST).text
    post(site, "asignar", a_quien="luis")
    assert "vuelve a quedar sin asignar" in ask(site, page, ANALYST).text
    assert form(site, accion="deshacer_asignacion", de="luis", volver=page).status_code == 303
    text = ask(site, page, ANALYST).text
    assert "deshizo la asignación: queda a cargo de nadie" in text and "Deshacer la asignación" not in text


def test_care_by_its_words(site):
    turn = post(site, "turnar", area="Atención", nota="Llamar.").json()["atencion"]
    assert post(site, "atender", tipo="medida", nota="Botón de pánico.", responde_a=turn).json()["atencion"] == turn + 1
    assert post(site, "acusar").json()["mensaje"] == f"{ONE}: recibido."
    assert post(site, "turnar", area=" ").status_code == 400


def test_a_form_writes_victims_and_acts_row_by_row(site):
    number = rows(site, f"SELECT id FROM victimas WHERE folio = '{ONE}'")[0]["id"]
    first = {"victimas.0.id": number, "victimas.0.nombre": "Renata Olmedo Prieto", "victimas.0.tipo": "periodista"}
    second = {"victimas.1.nombre": "", "victimas.1.cantidad": "2", "victimas.1.tipo": "periodista", "victimas.1.quitar": "1"}
    third = {"victimas.2.nuevo": "1", "victimas.2.nombre": "", "victimas.2.tipo": "periodista"}
    fourth = {"victimas.10.nuevo": "1", "victimas.10.nombre": "Luis Paz", "victimas.10.tipo": "defensora"}
    form(site, accion="victimas", **first, **second, **third, **fourth, **{"victimas.10.anonimato_solicitado": "on"})
    found = rows(site, f"SELECT tipo, anonimato_solicitado FROM victimas WHERE folio = '{ONE}' ORDER BY id")
    assert [tuple(row.values()) for row in found] == [("periodista", 0), ("defensora", 1)]
    act = {"actos.0.modalidad": "ataque_fisico", "actos.0.victima_id": "", "actos.0.agresor": "", "actos.0.confirmado": "1"}
    form(site, accion="actos", **act)
    assert [(row["confirmado"], row["origen"]) for row in rows(site, f"SELECT * FROM actos WHERE folio = '{ONE}'")] == [
        (1, "persona")
    ]


def test_notes_by_their_words(tmp_path):
    findings(tmp_path).conn.close()
    site = build_site(tmp_path / "registro.db", accounts=True, jobs_apart=True)
    told = {"texto": "Llamó una reportera de la zona.", "titulo": "Llamada", "volver": f"/-/hallazgo/{ONE}"}
    assert form(site, accion="nota_a_mano", **told).status_code == 303
    answer = post(site, "nota_por_direccion", folio="", url="https://otro.ejemplo/caso").json()
    assert (answer["ok"], answer["trabajo"]) == (True, 2)
    assert post(site, "nota_por_direccion", url="ftp://otro.ejemplo/caso").status_code == 400
    assert post(site, "nota_a_mano", texto="").status_code == 400
    jobs = rows(site, "SELECT tipo, folio, estado FROM trabajos ORDER BY id")
    assert [tuple(job.values()) for job in jobs] == [
        ("nota_a_mano", ONE, "pendiente"),
        ("nota_por_direccion", None, "pendiente"),
    ]
    assert finding(site)["noticias"] == 3
    page = ask(site, f"/-/hallazgo/{ONE}", ANALYST).text
    assert "Captura a mano" in page and 'href="manual:' not in page


def test_a_form_goes_back_to_its_page_with_the_message(site):
    answer = form(site, accion="validar", volver=f"/-/hallazgo/{ONE}#notas")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/-/hallazgo/{ONE}#notas")
    assert f"{ONE}: validado." in site.unsign(answer.cookies["ds_messages"], "messages")[0]


def test_a_refused_form_is_answered_with_a_page_that_keeps_what_was_typed(site):
    back = f"/-/hallazgo/{ONE}#campo-sitio"
    bad = form(site, accion="corregir", campo="fecha_hecho", valor="ayer <b>", volver=back)
    assert bad.status_code == 400
    assert "ayer &lt;b&gt;" in bad.text
    assert f'href="{back}"' in bad.text
    assert "/-/revision/decidir" not in bad.text
    late = form(site, accion="corregir", campo="sitio", valor="Plaza Mayor", volver=back, version="1")
    assert late.status_code == 409
    assert f'name="version" value="{version(site)}"' in late.text
    assert 'name="valor" value="Plaza Mayor"' in late.text


@pytest.mark.parametrize("volver", ["https://otro.ejemplo/", "//otro.ejemplo/", "/\\otro.ejemplo", "/a\nb", "otro"])
def test_a_form_never_goes_elsewhere(site, volver):
    answer = form(site, accion="validar", volver=volver)
    assert (answer.status_code, answer.headers.get("location")) == (200, None)


def test_a_form_corrects_lists_flags_and_emptied_fields(site):
    form(site, accion="corregir", campo="modalidad", valor=["amenaza", "censura"])
    form(site, accion="corregir", campo="urgente", valor="1")
    form(site, accion="corregir", campo="alcaldia", valor="")
    found = finding(site)
    assert (found["modalidad"], found["urgente"], found["alcaldia"]) == ('["amenaza","censura"]', 1, None)
    form(site, accion="corregir", campo="modalidad", sin_modalidad="1")
    assert finding(site)["modalidad"] == "[]"
    form(site, accion="descorregir", campo="alcaldia")
    assert finding(site)["alcaldia"] == "cuauhtemoc"


@pytest.mark.parametrize("typed", ["2", "000002", "h-2026-000002"])
def test_a_number_alone_is_a_folio_of_the_same_year(site, typed):
    assert post(site, "fusionar", version=version(site), en=typed).json()["en"] == TWO


def test_what_was_merged_is_not_found_by_its_words(site):
    assert TWO in ask(site, "/-/buscar?q=amenaza", ANALYST).text
    post(site, "fusionar", folio=TWO, version=version(site, TWO), en=ONE)
    found = ask(site, "/-/buscar?q=amenaza", ANALYST).text.partition("<h2>Noticias")[0]
    assert f'/-/hallazgo/{TWO}"' not in found


def test_taking_every_modality_away_is_said_twice(site):
    answer = form(site, accion="corregir", campo="modalidad", volver="/")
    assert answer.status_code == 400
    assert "Sin modalidad" in answer.text
    assert finding(site)["modalidad"] != "[]"
    assert form(site, accion="corregir", campo="modalidad", sin_modalidad="1", volver="/").status_code == 303
    assert finding(site)["modalidad"] == "[]"


def test_an_act_says_by_whom_in_words(site):
    assert "por la fuerza pública" in ask(site, f"/-/hallazgo/{ONE}", ANALYST).text
