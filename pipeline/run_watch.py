"""What a run tells while it goes: a line of the log for every reading, link and source; sources and notes on the bar."""

import logging

from crawlers.noticia import UNCHANGED, Destino, Enlace, Lector, Lectura, Noticia, Pedido
from pipeline.progreso import Bar
from pipeline.registry.ledger import RegistryLedger

log = logging.getLogger(__name__)
READERS = {Lector.FEED: "canal", Lector.SECCION: "sección", Lector.MAPA: "mapa"}


class WatchedLedger(RegistryLedger):
    """The registry's ledger; every event is told once its row is there. `bar` counts the sources."""

    bar = Bar()
    new = 0

    def record_reading(self, reading: Lectura) -> Pedido:
        """Store the reading and tell it."""
        order = super().record_reading(reading)
        unchanged = "sin cambios" if reading.estado == UNCHANGED else ""
        counted = f"{len(reading.enlaces)} enlaces, {len(order.enlaces)} por pedir"
        fate = reading.motivo or unchanged or counted
        log.info("%s %s %s %s", reading.fuente_id, READERS[reading.lector], reading.url, fate)
        return order

    def save_noticia(self, enlace: Enlace, noticia: Noticia) -> Destino:
        """Store the article and tell the link's fate."""
        fate = super().save_noticia(enlace, noticia)
        self._tell(enlace, fate, "")
        if fate == Destino.NUEVA:
            self.new += 1
            self.bar.say(f"Leyendo fuentes ({self.new} noticias nuevas)")
        return fate

    def record_fate(self, enlace: Enlace, destino: Destino, motivo: str) -> None:
        """Store the fate and tell the one the link got: what failed may be tried again."""
        super().record_fate(enlace, destino, motivo)
        self._tell(enlace, self.tally.of_source(enlace.fuente_id)[enlace.url_normalizada], motivo)

    def close_source(self, fuente_id: str, motivo: str) -> None:
        """Close the source and tell it."""
        super().close_source(fuente_id, motivo)
        log.info("%s fuente %s", fuente_id, motivo or "leída")
        self.bar.advance()

    def _tell(self, enlace: Enlace, fate: Destino, reason: str) -> None:
        log.info("%s enlace %s %s", enlace.fuente_id, enlace.url, f"{fate}: {reason}" if reason else fate)
