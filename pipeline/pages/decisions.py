"""What each `accion` of `/-/revision/decidir` does: the request's arguments, the decision, the line for the person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from pipeline import review
from pipeline.pages.asked import Asked
from pipeline.pages.finding_trail import told_changes
from pipeline.pages.wording import day_text
from pipeline.registry import erased, novedades
from pipeline.registry.care import Attention, waits_for_notice
from pipeline.registry.decisions import state_of
from pipeline.registry.written_people import victim_people
from pipeline.review import Hand, ReviewError
from pipeline.review.second import leave


@dataclass(frozen=True)
class Done:
    """What a decision gave: a line for the person, and what the page may want to know beyond folio, version and state."""

    mensaje: str
    mas: Mapping[str, Any] = field(default_factory=dict)


FOLIO_DIGITS = 6
Action = Callable[[Database, str, Asked, Hand], Done]


def _validate(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    review.validate(db, folio, hand, motivo=asked.text("motivo", default=""))
    reminder = " Es un peligro vigente y nadie ha acusado recibo." if waits_for_notice(db, folio) else ""
    return Done(f"{folio}: validado.{reminder}")


def _discard(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    review.discard(db, folio, hand, motivo=asked.text("motivo", default=""))
    return Done(f"{folio}: descartado.")


def _reopen(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    review.reopen(db, folio, hand, motivo=asked.text("motivo", default=""))
    return Done(f"{folio}: vuelve a la cola.")


def _correct(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    campo = asked.text("campo")
    valor = asked.value(campo)
    if campo == "modalidad" and valor == [] and not asked.text("sin_modalidad", default=""):
        raise ReviewError(f"{folio}: sin modalidad no queda ningún acto; si es así, marque «Sin modalidad» y guarde")
    review.correct(db, folio, campo, valor, hand)
    return Done(f"{folio}: corregido.")


def _uncorrect(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    review.uncorrect(db, folio, asked.text("campo"), hand)
    return Done(f"{folio}: vuelve el valor de la máquina.")


def _merge(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    into = near(asked.text("en"), folio)
    review.merge(db, folio, into, hand)
    return Done(f"{folio}: fusionado en {into}.", {"en": into})


def near(typed: str, folio: str) -> str:
    """Return the folio that was typed; a number alone is one of the year of the finding at hand: `18` → `H-2026-000018`."""
    text = typed.strip().upper()
    number = text.isdecimal() and len(text.lstrip("0")) <= FOLIO_DIGITS
    return f"{folio.rpartition('-')[0]}-{int(text):0{FOLIO_DIGITS}}" if number else text


def _split(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    before = _shown(db, folio)
    new = review.split(db, folio, asked.numbers("noticias"), hand)
    return Done(f"{folio}: las noticias separadas forman {new}.{_what_left(db, folio, before)}", {"nuevo": new})


def _shown(db: Database, folio: str) -> dict[str, object]:
    """Return the codes of a finding and how many victims it has; none for a folio that there is not."""
    if state_of(db, folio) is None:
        return {}
    return novedades.shown(db, folio) | {"victimas": len(victim_people(db, folio))}


def _what_left(db: Database, folio: str, before: dict[str, object]) -> str:
    told = told_changes(before, _shown(db, folio))
    return f" En {folio} cambió con ellas: {told}. Revíselo." if told else ""


def _move(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    into = near(asked.text("en"), folio)
    before = _shown(db, folio)
    review.move_note(db, asked.needed_number("noticia_id"), into, hand)
    return Done(f"La noticia pasó a {into}.{_what_left(db, folio, before)}", {"en": into})


def _apart(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    other = asked.text("de").strip().upper()
    review.keep_apart(db, folio, other, hand)
    return Done(f"{folio} y {other} son distintos: no se volverán a proponer juntos.")


def _victims(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    rows = [row for row in asked.rows("victimas") if not _emptied(row)]
    ids = review.edit_victims(db, folio, rows, hand)
    refused = erased.told_refused(db, [str(row.get("nombre") or "") for row in rows])
    return Done(f"{folio}: víctimas guardadas.{refused}", {"victimas": ids})


def _acts(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    review.edit_acts(db, folio, [row for row in asked.rows("actos") if not _emptied(row)], hand)
    return Done(f"{folio}: actos guardados.")


def _emptied(row: Mapping[str, Any]) -> bool:
    """Tell whether a form's row is to go (`quitar`), or is the empty one for what may be added (`nuevo`)."""
    if row.get("quitar"):
        return True
    return bool(row.get("nuevo")) and not any(row.get(name) for name in ("nombre", "cantidad", "modalidad"))


def _undo(db: Database, folio: str, _asked: Asked, hand: Hand) -> Done:
    return Done(f"{folio}: se deshizo el último cambio.", {"deshecho": review.undo(db, folio, hand)})


def _comment(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    return Done("Comentario guardado.", {"comentario": review.comment(db, folio, asked.text("texto"), hand)})


def _assign(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    person = asked.text("a_quien", default="")
    review.assign(db, folio, person, hand)
    return Done(f"{folio}: a cargo de {person.strip()}." if person.strip() else f"{folio}: sin asignar.")


def _unassign(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    person = review.undo_assign(db, folio, asked.text("de", default=""), hand)
    return Done(f"{folio}: vuelve a cargo de {person}." if person else f"{folio}: vuelve a quedar sin asignar.")


def _leave_reading(db: Database, folio: str, _asked: Asked, hand: Hand) -> Done:
    leave(db, folio, hand)
    return Done(f"{folio}: la segunda lectura queda para otra persona; usted ya puede ver sus códigos.")


def _postpone(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    day = asked.text("hasta", default="")
    review.postpone(db, folio, day, hand)
    return Done(f"{folio}: pospuesto hasta el {day_text(day)}." if day else f"{folio}: vuelve a la cola.")


def _seen(db: Database, folio: str, _asked: Asked, hand: Hand) -> Done:
    review.mark_seen(db, folio, hand)
    return Done(f"{folio}: novedades vistas.")


def _discard_many(db: Database, _folio: str, asked: Asked, hand: Hand) -> Done:
    seen = [(str(row.get("folio")), _version(row.get("version"))) for row in asked.rows("hallazgos")]
    done = review.discard_many(db, seen, hand, motivo=asked.text("motivo", default=""))
    message = f"{len(done.hechos)} descartados" + (f"; {len(done.dejados)} sin tocar" if done.dejados else "")
    return Done(f"{message}.", {"hechos": done.hechos, "dejados": done.dejados})


def _version(value: object) -> int:
    if not str(value).isdigit():
        raise ReviewError("falta «version»")
    return int(str(value))


def _hand_over(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    area = asked.text("area")
    number = review.hand_over(
        db, folio, hand, area=area, a_quien=asked.text("a_quien", default=""), nota=asked.text("nota", default="")
    )
    return Done(f"{folio}: turnado a {area.strip()}.", {"atencion": number})


def _attend(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    tipo, area, a_quien, nota = (asked.text(name, default="") for name in ("tipo", "area", "a_quien", "nota"))
    entry = Attention(tipo, area, a_quien, nota, asked.number("responde_a"))
    return Done(f"{folio}: registrado.", {"atencion": review.attend(db, folio, hand, entry)})


def _acknowledge(db: Database, folio: str, _asked: Asked, hand: Hand) -> Done:
    review.acknowledge(db, folio, hand)
    return Done(f"{folio}: recibido.")


def _note_by_hand(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    texts = {name: asked.text(name, default="") for name in ("texto", "titulo", "url", "sha256", "publicada_en", "autor")}
    added = review.add_note_by_hand(db, folio or None, review.HandNote(**texts), hand)
    return Done("Noticia guardada; se está etiquetando.", {"noticia_id": added.noticia_id, "trabajo": added.trabajo})


def _note_by_address(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    job = review.request_note_by_url(db, folio or None, asked.text("url"), hand)
    return Done("Se está leyendo la dirección; en menos de un minuto estará.", {"trabajo": job})


def _try_again(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    number = asked.needed_number("trabajo")
    review.try_job_again(db, folio, number, hand)
    return Done("Se intenta otra vez; en menos de un minuto estará.", {"trabajo": number})


def _drop_job(db: Database, folio: str, asked: Asked, hand: Hand) -> Done:
    review.drop_job(db, folio, asked.needed_number("trabajo"), hand)
    return Done(f"{folio}: aviso quitado.")


def _accept(db: Database, _folio: str, asked: Asked, hand: Hand) -> Done:
    folio = review.accept_refused(db, asked.needed_number("noticia_id"), hand)
    return Done(f"La noticia quedó en {folio}.", {"en": folio})


def _confirm(db: Database, _folio: str, asked: Asked, hand: Hand) -> Done:
    review.confirm_refused(db, asked.needed_number("noticia_id"), hand)
    return Done("Anotado: no era hallazgo.")


def _reconsider(db: Database, _folio: str, asked: Asked, hand: Hand) -> Done:
    review.reconsider_refused(db, asked.needed_number("noticia_id"), hand)
    return Done("La noticia vuelve a estar por leer.")


# By the word that a page sends as `accion`.
ACTIONS: dict[str, Action] = {
    "validar": _validate,
    "descartar": _discard,
    "descartar_varios": _discard_many,
    "reabrir": _reopen,
    "corregir": _correct,
    "descorregir": _uncorrect,
    "fusionar": _merge,
    "separar": _split,
    "mover_nota": _move,
    "aparte": _apart,
    "victimas": _victims,
    "actos": _acts,
    "deshacer": _undo,
    "comentar": _comment,
    "asignar": _assign,
    "deshacer_asignacion": _unassign,
    "dejar_lectura": _leave_reading,
    "posponer": _postpone,
    "visto": _seen,
    "turnar": _hand_over,
    "atender": _attend,
    "acusar": _acknowledge,
    "nota_a_mano": _note_by_hand,
    "nota_por_direccion": _note_by_address,
    "reintentar_nota": _try_again,
    "quitar_aviso": _drop_job,
    "aceptar_rechazada": _accept,
    "confirmar_rechazada": _confirm,
    "reconsiderar_rechazada": _reconsider,
}
