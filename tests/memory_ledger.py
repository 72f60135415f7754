"""A ledger in memory, for crawling tests without a registry: picklable, so that it goes through a process and comes back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crawlers.noticia import Destino, Enlace, Lector, Lectura, Noticia, Pedido


@dataclass
class MemoryLedger:
    """Keeps what the harvest says, in the order in which it says it."""

    etags: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    links: dict[str, Enlace] = field(default_factory=dict)
    fates: dict[str, tuple[Destino, str]] = field(default_factory=dict)
    noticias: dict[str, Noticia] = field(default_factory=dict)
    readings: list[Lectura] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)
    gap: bool = False
    calls: list[str] = field(default_factory=list)

    def conditional(self, fuente_id: str) -> tuple[str | None, str | None]:
        return self.etags.get(fuente_id, (None, None))

    def unchanged(self, fuente_id: str, url: str, huella: str) -> bool:
        return self.marks.get((fuente_id, url)) == huella

    def pending(self, fuente_id: str) -> list[Enlace]:
        self.calls.append(f"pending {fuente_id}")
        return [link for key, link in self.links.items() if link.fuente_id == fuente_id and key not in self.fates]

    def brings_news(self, enlaces: Sequence[Enlace]) -> bool:
        return any(link.url_normalizada not in self.links for link in enlaces)

    def record_reading(self, reading: Lectura) -> Pedido:
        self.calls.append(f"reading {reading.lector}")
        self.readings.append(reading)
        new = [link for link in reading.enlaces if link.url_normalizada not in self.links]
        unique = {link.url_normalizada: link for link in new}
        self.links |= unique
        if not reading.motivo and reading.estado != 304 and reading.huella:
            self.marks[reading.fuente_id, reading.url] = reading.huella
        if reading.lector == Lector.FEED and not reading.motivo and reading.estado != 304:
            self.etags[reading.fuente_id] = (reading.etag, reading.ultima_modificacion)
        return Pedido(tuple(unique.values()), self.gap and reading.lector == Lector.FEED)

    def save_noticia(self, enlace: Enlace, noticia: Noticia) -> Destino:
        fate = Destino.CONOCIDA if noticia.url_canonica in self.noticias else Destino.NUEVA
        self.noticias.setdefault(noticia.url_canonica, noticia)
        self._settle(enlace, fate, "")
        return fate

    def record_fate(self, enlace: Enlace, destino: Destino, motivo: str) -> None:
        if destino == Destino.ERROR:
            self.calls.append(f"error {enlace.url} {motivo}")
            self.links[enlace.url_normalizada] = replace(enlace, intentos=enlace.intentos + 1)
            return
        if destino == Destino.PENDIENTE:
            self.calls.append(f"pendiente {enlace.url} {motivo}")
            return
        self._settle(enlace, destino, motivo)

    def close_source(self, fuente_id: str, motivo: str) -> None:
        self.closed.append((fuente_id, motivo))

    def _settle(self, enlace: Enlace, destino: Destino, motivo: str) -> None:
        assert enlace.url_normalizada not in self.fates, f"two fates for {enlace.url}"
        self.fates[enlace.url_normalizada] = (destino, motivo)
        self.calls.append(f"{destino} {enlace.url}")

    def fate(self, url: str) -> tuple[str, str]:
        """Return (fate, reason) of an address, ('pendiente', '') while it has none."""
        from crawlers.urls import normalise

        found = self.fates.get(normalise(url))
        return (found[0].value, found[1]) if found else ("pendiente", "")

    def count(self, fuente_id: str) -> Counter[str]:
        """Return how many links of a source have each fate."""
        return Counter(
            self.fates[key][0].value if key in self.fates else "pendiente"
            for key, link in self.links.items()
            if link.fuente_id == fuente_id
        )
