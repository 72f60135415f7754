"""The crawl's ledger kept in the registry: every call is one transaction, and the fates of a run add up at every commit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import body_digest
from crawlers.fechas import MEXICO, utc_text
from crawlers.noticia import UNCHANGED, Destino, Enlace, Lector, Lectura, Noticia, Pedido, Precision
from crawlers.options import CUT_SHORT
from crawlers.outcomes import stand_in
from pipeline.registry import answers, links, noticias
from pipeline.registry.links import PAUSES, LinkRow
from pipeline.registry.tally import Tally
from pipeline.reloj import Clock, mexico_day

SHORTEST_WINDOW = timedelta(days=3)
SECOND_LOOK_WITHIN = timedelta(hours=48)
MOST_SECOND_LOOKS = 2


class RegistryLedger:
    """Implements `crawlers.ledger.Ledger`.

    `since` (`--desde`) overrides the window of every source; `folder` is the one that holds the registry and its captures.
    """

    def __init__(self, db: Database, corrida_id: int, now: Clock, *, since: date | None = None, folder: Path = Path()) -> None:
        self.db = db
        self.tally = Tally(db, corrida_id)
        self.now = now
        self.since = since
        self.folder = folder
        self.cutoffs: dict[str, datetime] = {}

    def conditional(self, fuente_id: str) -> tuple[str | None, str | None]:
        """Return the stored (ETag, Last-Modified) of the source's feed, or Nones when it is to be read whatever it answers."""
        return (None, None) if self.since else answers.validators(self.db, fuente_id, self._cutoff(fuente_id))

    def unchanged(self, fuente_id: str, url: str, huella: str) -> bool:
        """Tell whether this is what the address gave before, with nothing in it to take that was not taken then."""
        return not self.since and answers.is_same(self.db, (fuente_id, url), huella, self._cutoff(fuente_id))

    def pending(self, fuente_id: str) -> list[Enlace]:
        """Return the source's links of earlier runs that are due; all its pending ones count as received in this run."""
        with self.tally.transaction(fuente_id):
            counted = set(self.tally.of_source(fuente_id))
            rows = self._count_pending(fuente_id)
        return [row.enlace for row in rows if row.enlace.url_normalizada not in counted and self._due(row)]

    def brings_news(self, enlaces: Sequence[Enlace]) -> bool:
        """Tell whether one of the links is new, is judged again or asks for a second look."""
        known = links.find_links(self.db, enlaces)
        return any(self._is_news(enlace, known.get(enlace.url_normalizada)) for enlace in enlaces)

    def record_reading(self, reading: Lectura) -> Pedido:
        """Write a row for every new link of the answer, then its ETag and digest; return what to fetch now."""
        source = reading.fuente_id
        self._cutoff(source)
        with self.tally.transaction(source):
            known = links.find_links(self.db, reading.enlaces)
            gap = reading.lector == Lector.FEED and self._gap(reading, known)
            received = (self._receive(enlace, known.get(enlace.url_normalizada)) for enlace in reading.enlaces)
            wanted = [chosen for chosen in received if chosen]
            if gap:
                self.tally.assign(source, "hueco = 1")
            if not reading.motivo and (reading.estado == UNCHANGED or 200 <= reading.estado < 300):
                self._good_read(reading)
                if reading.estado != UNCHANGED:
                    self._remember(reading, known.values(), wanted)
        return Pedido(tuple(wanted), gap)

    def save_noticia(self, enlace: Enlace, noticia: Noticia) -> Destino:
        """Store the article, or a new version of it, and the link's fate; return that fate."""
        with self.tally.transaction(enlace.fuente_id):
            row = self._stored(enlace)
            same = noticias.noticia_by_url(self.db, noticia.url_canonica)
            fate = self._store(enlace, noticia, row.noticia_id or same)
            self._settle(enlace, fate, "")
        return fate

    def record_fate(self, enlace: Enlace, destino: Destino, motivo: str) -> None:
        """Store a link's fate without an article; an `ERROR` becomes `pendiente` again until its three days are over.

        `PENDIENTE`: nothing could be asked, since its site asks to be left alone; after three days of that it is an `ERROR`.
        """
        with self.tally.transaction(enlace.fuente_id):
            row = self._stored(enlace)
            if enlace.revision:
                destino = Destino.CONOCIDA
            elif destino in (Destino.ERROR, Destino.PENDIENTE):
                destino = self._failed(row, motivo, asked=destino == Destino.ERROR)
            self._settle(enlace, destino, motivo)

    def close_source(self, fuente_id: str, motivo: str) -> None:
        """Store why the source ended in this run; it failed when nothing was read, unless the run was cut short."""
        blamed = int(bool(motivo) and motivo not in CUT_SHORT)
        with self.tally.transaction(fuente_id):
            pending = {row.enlace.url_normalizada for row in self._count_pending(fuente_id)}
            for url, fate in list(self.tally.of_source(fuente_id).items()):
                if fate == Destino.PENDIENTE and url not in pending:
                    self.tally.count(fuente_id, url, Destino.CONOCIDA)  # a second look that the run had no time for
            self.tally.assign(fuente_id, "cerrada = 1, motivo = ?, fallida = (lecturas_buenas = 0 AND ?)", motivo, blamed)

    def _count_pending(self, fuente_id: str) -> list[LinkRow]:
        rows = links.pending_links(self.db, fuente_id)
        for row in rows:
            self.tally.count(fuente_id, row.enlace.url_normalizada, Destino.PENDIENTE)
        return rows

    def _due(self, row: LinkRow) -> bool:
        now, after = self.now(), row.proximo_intento
        return after is None or not utc_text(now) < after <= utc_text(now + PAUSES[-1])  # later: the clock was set back

    def _gap(self, reading: Lectura, known: dict[str, LinkRow]) -> bool:
        """Tell whether a feed with items shares none with what this source's feed gave before."""
        return bool(reading.enlaces) and not known and links.has_feed_links(self.db, reading.fuente_id)

    def _receive(self, enlace: Enlace, row: LinkRow | None) -> Enlace | None:
        """Count a link that a reader gave, write its row where needed; return it when it is to be fetched now."""
        source, url = enlace.fuente_id, enlace.url_normalizada
        if url in self.tally.of_source(source):
            return None
        if row is None or self._judge_again(enlace, row):
            fate = Destino.PENDIENTE if self._in_window(source, enlace.fecha, enlace.fecha_precision) else None
            links.store_link(self.db, enlace, self.now(), None if fate else Destino.FUERA_DE_FECHA)
            self.tally.count(source, url, fate or Destino.FUERA_DE_FECHA)
            return enlace if fate else None
        return self._receive_known(enlace, row)

    def _is_news(self, enlace: Enlace, row: LinkRow | None) -> bool:
        if row is None or self._judge_again(enlace, row):
            return True
        return row.enlace.fuente_id == enlace.fuente_id and self._second_look(enlace, row)

    def _judge_again(self, enlace: Enlace, row: LinkRow) -> bool:
        """Tell whether a link left out by its date, or pending at a source that is off now, starts anew with this source."""
        if row.destino == Destino.FUERA_DE_FECHA:
            dated = enlace if enlace.fecha else row.enlace
            return self._in_window(enlace.fuente_id, dated.fecha, dated.fecha_precision)
        return row.destino is None and row.enlace.fuente_id != enlace.fuente_id and not self._active(row.enlace.fuente_id)

    def _receive_known(self, enlace: Enlace, row: LinkRow) -> Enlace | None:
        source, url = enlace.fuente_id, enlace.url_normalizada
        own = row.enlace.fuente_id == source
        if row.destino is None and own:
            self.tally.count(source, url, Destino.PENDIENTE)
            return row.enlace if self._due(row) else None
        if row.destino == Destino.FUERA_DE_FECHA:
            self.tally.count(source, url, Destino.FUERA_DE_FECHA)
            return None
        look = own and self._second_look(enlace, row)
        self.tally.count(source, url, Destino.PENDIENTE if look else Destino.CONOCIDA)
        return replace(enlace, revision=True) if look else None

    def _second_look(self, enlace: Enlace, row: LinkRow) -> bool:
        """Tell whether a stored article may have been edited: another title of the same reader, or a newer lastmod."""
        captured = row.capturada_en
        if captured is None or row.revisiones >= MOST_SECOND_LOOKS:
            return False
        if self.now() - datetime.fromisoformat(captured) > SECOND_LOOK_WITHIN:
            return False
        before = row.enlace
        retitled = bool(enlace.titulo and before.titulo) and enlace.titulo.split() != before.titulo.split()
        if retitled and enlace.lector == before.lector and enlace.lector != Lector.SECCION:
            return True
        return bool(enlace.modificada) and _later(str(enlace.modificada), before.modificada or captured)

    def _store(self, enlace: Enlace, noticia: Noticia, known: int | None) -> Destino:
        """Write the article's row where it is new or changed; return the link's fate."""
        if known is None:
            if not enlace.fecha and not self._in_window(enlace.fuente_id, noticia.publicada_en, noticia.fecha_precision):
                links.keep_page_date(self.db, enlace.url_normalizada, noticia.publicada_en, noticia.fecha_precision)
                return Destino.FUERA_DE_FECHA
            links.tie_link(self.db, enlace.url_normalizada, noticias.insert_noticia(self.db, noticia))
            return Destino.NUEVA
        links.tie_link(self.db, enlace.url_normalizada, known)
        edited = enlace.revision or noticias.stands_in(self.db, known)
        if edited and noticias.differs(self.db, known, noticia):
            noticias.replace_noticia(self.db, known, noticia)
            return Destino.VERSION
        return Destino.CONOCIDA

    def _settle(self, enlace: Enlace, fate: Destino, motivo: str) -> None:
        """Write and count the fate; a second look is counted, but leaves the link's own last fate unless it found a version."""
        if enlace.revision:
            links.note_revision(self.db, enlace)
        if fate == Destino.VERSION or not (enlace.revision or fate == Destino.PENDIENTE):
            links.settle_link(self.db, enlace.url_normalizada, fate, motivo)
        self.tally.count(enlace.fuente_id, enlace.url_normalizada, fate)

    def _failed(self, row: LinkRow, motivo: str, *, asked: bool) -> Destino:
        """Put the link back into the queue; when its three days are over close it, its feed's words kept as a noticia."""
        if links.note_failure(self.db, row, motivo, self.now(), asked=asked):
            return Destino.PENDIENTE
        noticia = stand_in(row.enlace, self.now(), sha256=body_digest(self.folder, row.enlace.captura))
        if noticia and noticias.noticia_by_url(self.db, noticia.url_canonica) is None:
            links.tie_link(self.db, row.enlace.url_normalizada, noticias.insert_noticia(self.db, noticia))
        return Destino.ERROR

    def _good_read(self, reading: Lectura) -> None:
        self.tally.assign(reading.fuente_id, "lecturas_buenas = lecturas_buenas + 1")
        self.db.execute("UPDATE fuentes SET ultima_lectura_buena = ? WHERE id = ?", [utc_text(self.now()), reading.fuente_id])

    def _remember(self, reading: Lectura, known: Iterable[LinkRow], wanted: Sequence[Enlace]) -> None:
        """Keep what tells this answer, unless it may ask for more: a second look cut short, another source's pending link."""
        elsewhere = any(row.destino is None and row.enlace.fuente_id != reading.fuente_id for row in known)
        if reading.huella and not elsewhere and not any(enlace.revision for enlace in wanted):
            answers.keep_answer(self.db, reading, self._cutoff(reading.fuente_id), self.now())
        else:
            answers.forget_answer(self.db, reading)

    def _stored(self, enlace: Enlace) -> LinkRow:
        """Return the link's row; one that no reading gave is written first."""
        row = links.find_link(self.db, enlace.url_normalizada)
        if row is None:
            links.store_link(self.db, enlace, self.now(), None)
            row = links.find_link(self.db, enlace.url_normalizada)
        if row is None:
            raise LookupError(enlace.url_normalizada)
        return row

    def _active(self, fuente_id: str) -> bool:
        row = self.db.execute("SELECT activa FROM fuentes WHERE id = ?", [fuente_id]).fetchone()
        return bool(row and row[0])

    def _cutoff(self, fuente_id: str) -> datetime:
        """Return the moment before which this source's links are out of the window, as it was when the run met it."""
        if fuente_id not in self.cutoffs:
            self.cutoffs[fuente_id] = self._window_start(fuente_id)
        return self.cutoffs[fuente_id]

    def _window_start(self, fuente_id: str) -> datetime:
        if self.since:
            return datetime.combine(self.since, time(0), tzinfo=MEXICO)
        start = self.now() - SHORTEST_WINDOW
        row = self.db.execute("SELECT ultima_lectura_buena FROM fuentes WHERE id = ?", [fuente_id]).fetchone()
        return min(start, datetime.fromisoformat(row[0])) if row and row[0] else start

    def _in_window(self, fuente_id: str, fecha: str | None, precision: Precision) -> bool:
        """Tell whether a date is in the source's window; what has no date is judged later, by its page."""
        if not fecha or precision == Precision.NINGUNA:
            return True
        start = self._cutoff(fuente_id)
        if precision == Precision.DIA:
            return date.fromisoformat(fecha[:10]) >= mexico_day(start)
        return datetime.fromisoformat(fecha) >= start


def _later(given: str, stored: str) -> bool:
    """Compare two stored dates; where one is a bare day, by the day."""
    length = min(len(given), len(stored))
    return given[:length] > stored[:length]
