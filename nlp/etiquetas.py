"""What the tagger says of one note: the annotation guide's record, with passages, and what the registry needs beyond it."""

from dataclasses import asdict, dataclass, field

VERSION_ETIQUETADOR = "2.3"


@dataclass(frozen=True)
class Nota:
    """A note to be tagged; all but `id` and `texto` may be empty. `fecha_publicacion` is a Mexico City day or None."""

    id: str
    texto: str
    titulo: str = ""
    fecha_publicacion: str | None = None


@dataclass(frozen=True)
class Pasaje:
    """A tagged span: characters `inicio`–`fin` of the `etiqueta`'s text (`parte`: `titulo` or `texto`).

    `campo` and `valor` are the guide's field and value it speaks for; `regla` the rule or model behind it.
    """

    campo: str
    valor: str
    parte: str
    inicio: int
    fin: int
    etiqueta: str
    regla: str


@dataclass(frozen=True)
class Victima:
    """A named victim, as the guide's `victimas`; `genero_origen` says how gender is known (`texto`, `nombre`)."""

    nombre: str
    tipo: str
    genero: str
    genero_origen: str = "texto"
    medio_u_organizacion: str = ""


@dataclass(frozen=True)
class VictimaSinNombre:
    """Unnamed victims told by their number ("dos fotógrafas"); `cantidad` is None where no number is told."""

    tipo: str
    genero: str
    cantidad: int | None = None


@dataclass(frozen=True)
class Lugar:
    """Where the case happened (guide, `lugar`); `sitio` is the most precise place named, with coordinates if known."""

    cdmx: str = "indeterminado"
    alcaldia: str | None = None
    entidad: str | None = None
    sitio: str = ""
    latitud: float | None = None
    longitud: float | None = None


@dataclass(frozen=True)
class Puntaje:
    """How sure the weights are of a value: 0–1."""

    campo: str
    valor: str
    probabilidad: float


@dataclass(frozen=True)
class Etiquetas:
    """The guide's eleven fields in the guide's names, then what goes under `mas`, then the passages."""

    relevante: bool = False
    nota: str = "sin_hecho"
    clase: str | None = None
    victima: tuple[str, ...] = ()
    agresion: tuple[str, ...] = ()
    modalidad: tuple[str, ...] = ()
    agresor: tuple[str, ...] = ()
    movilizacion: bool = False
    lugar: Lugar = field(default_factory=Lugar)
    victimas: tuple[Victima, ...] = ()
    fecha_hecho: str | None = None
    confianza: float = 0.0
    hora_hecho: str | None = None
    victimas_sin_nombre: tuple[VictimaSinNombre, ...] = ()
    urgente: bool = False
    via: str = "sin_determinar"
    vinculo: str = "no_confirmado"
    ambito: str = "por_determinar"
    resumen: str = ""
    pasajes: tuple[Pasaje, ...] = ()
    puntajes: tuple[Puntaje, ...] = ()

    def guide_record(self) -> dict[str, object]:
        """Return the guide's eleven fields as JSON values (`victimas` with name, kind and gender only)."""
        return {
            "relevante": self.relevante,
            "nota": self.nota,
            "clase": self.clase,
            "victima": list(self.victima),
            "agresion": list(self.agresion),
            "modalidad": list(self.modalidad),
            "agresor": list(self.agresor),
            "movilizacion": self.movilizacion,
            "lugar": {"cdmx": self.lugar.cdmx, "alcaldia": self.lugar.alcaldia, "entidad": self.lugar.entidad},
            "victimas": [{"nombre": v.nombre, "tipo": v.tipo, "genero": v.genero} for v in self.victimas],
            "fecha_hecho": self.fecha_hecho,
        }

    def extra_record(self) -> dict[str, object]:
        """Return what goes under `mas`: what the registry needs beyond the guide."""
        return {
            "confianza": self.confianza,
            "hora_hecho": self.hora_hecho,
            "victimas_sin_nombre": [asdict(v) for v in self.victimas_sin_nombre],
            "urgente": self.urgente,
            "via": self.via,
            "vinculo": self.vinculo,
            "ambito": self.ambito,
            "resumen": self.resumen,
            "sitio": self.lugar.sitio,
            "latitud": self.lugar.latitud,
            "longitud": self.lugar.longitud,
        }
