"""`/-/revision`: who gets in, what each tab holds in which order, what is counted; every reading is written down."""

import asyncio
import html
import re
from datetime import UTC, datetime

import pytest
from candidatos import DAY, add_candidate, morning
from datasette.app import Datasette
from sembrado import add_runs, insert
from sitio import ask, rows

from pipeline.pages import queue
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry

QUEUE = "/-/revision"
ANALYST = ["analista"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    return build_site(morning(tmp_path_factory.mktemp("cola") / "r.db"))


def folios(text: str) -> list[str]:
    return re.findall(r'<article class="tarjeta[^>]* id="(H-[^"]+)"', text)


@pytest.mark.parametrize("path", [QUEUE, "/-/revision/tarjetas", "/-/revision/tarjetas?folio=H-2026-000001"])
@pytest.mark.parametrize(
    ("roles", "status"), [(None, 403), ([], 403), (["lectura"], 403), (ANALYST, 200), (["administracion"], 200)]
)
def test_only_who_may_review_gets_in(site: Datasette, path: str, roles: list[str] | None, status: int) -> None:
    answer = ask(site, path, roles)
    assert answer.status_code == status
    assert ("Ximena" in answer.text) <= (status == 200)


def test_without_accounts_nobody_reviews(tmp_path) -> None:
    open_site = build_site(morning(tmp_path / "r.db", 2))
    assert ask(open_site, QUEUE).status_code == 403
    assert "/-/revision" not in ask(open_site, "/").text


def test_the_menu_leads_to_the_queue_for_who_may_review(site: Datasette) -> None:
    assert 'href="/-/revision"' in ask(site, "/", ANALYST).text
    assert "/-/revision" not in ask(site, "/", ["lectura"]).text


def test_the_urgent_come_first_then_the_newest_and_the_next_lot_goes_on_where_the_last_ended(site: Datasette) -> None:
    first = ask(site, QUEUE, ANALYST).text
    shown = folios(first)
    assert len(shown) == queue.PAGE
    assert shown[:3] == ["H-2026-000031", "H-2026-000009", "H-2026-000060"]
    (place,) = re.findall(r'data-sigue="([^"]+)"', first)
    second = folios(ask(site, f"/-/revision/tarjetas?desde={place}", ANALYST).text)
    everything = rows(site, "SELECT folio FROM v_cola WHERE pestania = 'ciudad'")
    assert shown + second == [row["folio"] for row in everything]
    assert len(second) == 30


def test_a_queue_of_which_nothing_is_assigned_or_put_off_counts_none_of_it(tmp_path) -> None:
    path = morning(tmp_path / "r.db", 2)
    db = open_registry(path)
    with db.atomic():
        db.execute("DELETE FROM cola")
    db.conn.close()
    text = ask(build_site(path), QUEUE, ANALYST).text
    whose = text.split('class="filtro-cola"')[1].split("</p>")[0]
    assert re.findall(r'class="cuantos"[^>]*>([^<]+)<', whose) == ["2", "0", "2", "0"]


def test_each_tab_holds_its_own_with_its_count(site: Datasette) -> None:
    text = ask(site, QUEUE, ANALYST).text
    assert re.findall(r'class="cuantos"[^>]*>(\d+)<', text)[:4] == ["60", "1", "1", "1"]
    undetermined = ask(site, f"{QUEUE}?pestania=sin_determinar", ANALYST).text
    assert folios(undetermined) == ["H-2026-000901"]
    assert undetermined.count('data-tipo="rechazada"') == 2
    assert "y 2 rechazadas</span>" in text
    assert "Rechazada por la criba" in undetermined
    assert folios(ask(site, f"{QUEUE}?pestania=resto", ANALYST).text) == ["H-2026-000902"]
    followed = ask(site, f"{QUEUE}?pestania=seguimientos", ANALYST).text
    assert folios(followed) == ["H-2026-000903"]
    assert "Trae agresor: Particular; fecha del hecho: 19 nov 2026; víctimas: nombra a 2 más" in html.unescape(followed)
    assert "volvió a amenazar" in followed


def test_a_card_says_it_in_one_sentence_with_the_deciding_passage_the_notes_and_what_stands_beside(site: Datasette) -> None:
    text = html.unescape(ask(site, "/-/revision/tarjetas?folio=H-2026-000012", ANALYST).text)
    assert (
        "<strong>Obstrucción contra la periodista Brígida Prueba Ensayo en Iztapalapa, el 23 de noviembre de 2026</strong>; "
        in text
    )
    assert re.search(r"Un <mark[^>]*>grupo de policías</mark> <mark[^>]*>impidió grabar</mark>", text)
    assert "hubo una protesta de comerciantes" not in text
    assert text.count("https://") == 2
    assert 'rel="noopener noreferrer external"' in text
    assert 'data-accion="fusionar" data-en="H-2026-000001"' in text
    assert "El Faro de Prueba" in text
    assert re.search(r"Antes, sobre la misma persona.*H-2026-000060.*y 10 hallazgos más", text, re.DOTALL)


def test_a_correction_moves_a_candidate_to_the_tab_where_it_belongs(tmp_path) -> None:
    path = morning(tmp_path / "r.db", 2)
    with open_registry(path) as db, db.atomic():
        insert(
            db, "correcciones", folio="H-2026-000001", campo="ambito", valor='"fuera"', quien="ana", cuando=f"{DAY}T12:00:00Z"
        )
    site = build_site(path)
    assert folios(ask(site, QUEUE, ANALYST).text) == ["H-2026-000002"]
    assert folios(ask(site, f"{QUEUE}?pestania=resto", ANALYST).text) == ["H-2026-000001", "H-2026-000902"]


def test_what_is_put_off_or_of_others_stays_out_until_its_day(tmp_path) -> None:
    path = tmp_path / "r.db"
    with open_registry(path) as db, db.atomic():
        add_runs(db)
        mine, others, nobodys, later, back = (add_candidate(db, number) for number in range(1, 6))
        cola = {"quien": "ana", "cuando": f"{DAY}T12:00:00Z"}
        insert(db, "cola", folio=mine, asignado_a="ana", **cola)
        insert(db, "cola", folio=others, asignado_a="beto", **cola)
        insert(db, "cola", folio=later, pospuesto_hasta="9999-01-01", **cola)
        insert(db, "cola", folio=back, pospuesto_hasta="2026-01-01", **cola)
    site = build_site(path)
    wanted = {"todos": {mine, others, nobodys, back}, "mios": {mine}, "nadie": {nobodys, back}, "pospuestos": {later}}
    text = ask(site, QUEUE, ANALYST).text
    for whose, expected in wanted.items():
        assert set(folios(ask(site, f"{QUEUE}?de={whose}", ANALYST).text)) == expected, whose
        assert re.search(rf'de={whose}"[^>]*>[^<]*<span class="cuantos"[^>]*>{len(expected)}<', text), whose
    assert "A cargo de beto" in text
    assert f"{QUEUE}?pestania=ciudad&amp;de=mios" in text


def test_an_address_that_asks_for_anything_gets_a_page(site: Datasette) -> None:
    for query in (
        "pestania=x&de=y",
        "desde=1~2",
        "desde=~~~",
        "pestania=seguimientos&desde=-1",
        "pestania=seguimientos&desde=abc",
    ):
        assert ask(site, f"{QUEUE}?{query}", ANALYST).status_code == 200, query
        assert ask(site, f"{QUEUE}/tarjetas?{query}", ANALYST).status_code == 200, query
    assert folios(ask(site, "/-/revision/tarjetas?folio=H-1999-000001", ANALYST).text) == []


def test_who_opened_which_cards_is_written_down(site: Datasette) -> None:
    ask(site, "/-/revision/tarjetas?folio=H-2026-000005", ANALYST)
    last = rows(site, "SELECT quien, ruta, folios FROM lecturas ORDER BY id DESC LIMIT 1")
    assert last == [{"quien": "ana", "ruta": "/-/revision/tarjetas", "folios": '["H-2026-000005"]'}]


def test_nothing_of_a_text_becomes_markup(tmp_path) -> None:
    path = tmp_path / "r.db"
    nasty = "<img src=x onerror=alert(1)>\"'&"
    with open_registry(path) as db, db.atomic():
        add_runs(db)
        folio = add_candidate(db, 1, sitio=nasty)
        db.execute("UPDATE noticias SET titulo = ?, texto = texto || ?", [nasty, nasty])
        db.execute("UPDATE personas SET nombre = ?", [nasty])
        insert(db, "comentarios", folio=folio, texto=nasty, quien=nasty, cuando=f"{DAY}T12:00:00Z")
        insert(db, "cola", folio=folio, asignado_a=nasty, quien=nasty, cuando=f"{DAY}T12:00:00Z")
    text = ask(build_site(path), QUEUE, ANALYST).text
    assert "<img" not in text
    assert re.findall(r"<script[^>]*>", text) == ['<script type="module" src="/estatico/revision.js">']
    assert "style=" not in text
    assert nasty in html.unescape(text)


def test_an_anonymous_or_erased_person_has_no_name_on_a_card(tmp_path) -> None:
    path = tmp_path / "r.db"
    with open_registry(path) as db, db.atomic():
        add_runs(db)
        add_candidate(db, 1)
        add_candidate(db, 2)
        db.execute("UPDATE victimas SET anonimato_solicitado = 1 WHERE folio = 'H-2026-000001'")
        db.execute("UPDATE personas SET suprimida_en = ? WHERE id = 2", [f"{DAY}T12:00:00Z"])
    text = ask(build_site(path), QUEUE, ANALYST).text
    said = re.findall(r"<strong>(.*?)</strong>;", text)
    assert len(said) == 2
    assert all("una periodista" in one for one in said)


def test_what_was_done_today_is_counted_once_a_finding_and_not_when_it_was_undone(tmp_path) -> None:
    path = tmp_path / "r.db"
    today = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with open_registry(path) as db, db.atomic():
        add_runs(db)
        states = ("validado", "validado", "fusionado", "detectado", "validado")
        told = [add_candidate(db, number, estado=state) for number, state in enumerate(states, 1)]
        add_candidate(db, 9, scope="resto", estado="descartado")
        for who, folio, campo, when in (
            ("beto", told[0], "estado", today),
            ("ana", told[0], "estado", today),  # on second thoughts: hers
            ("beto", told[1], "estado", today),
            ("ana", told[2], "fusionado_en", today),
            ("ana", told[3], "estado", today),  # undone since
            ("ana", told[4], "estado", "2026-01-01T12:00:00Z"),
            ("ana", told[4], "sitio", today),
            ("ana", "H-2026-000009", "estado", today),
        ):
            line = {"cuando": when, "quien": who, "accion": "x", "tabla": "hallazgos", "clave": folio, "campo": campo}
            insert(db, "bitacora", **line)
    text = ask(build_site(path), QUEUE, ANALYST).text
    assert re.search(r'id="hechos">3</span> de <span id="total">4<', text)
    assert re.search(r'id="mios">3</span> por usted, <span id="todos">4<', text)


def test_the_queue_of_a_big_registry_is_read_by_index(site: Datasette) -> None:
    asked = queue.Asked("ciudad", "todos", "ana", DAY)

    async def plans() -> list[str]:
        found = []
        for sql, params in ((queue.WAITING, asked.params()), (queue.COUNTS, asked.params()), (queue.DONE, (DAY,))):
            result = await site.get_database("registro").execute(f"EXPLAIN QUERY PLAN {sql}", params)
            found += [row["detail"] for row in result.rows]
        return found

    steps = asyncio.run(plans())
    assert [step for step in steps if re.match(r"SCAN (h|b|q|correcciones|bitacora)\b", step)] == []
    assert any("bitacora_decisiones" in step for step in steps)
    assert any("hallazgos_estado" in step for step in steps)
