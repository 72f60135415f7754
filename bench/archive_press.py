"""The records of the archives that are measured: a crawl of news, of which a part is notes that are asked for.

An archive is dealt by shares of its records, mixed up by a fixed seed; everything in it is invented and ours.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from bench.pages import Site, page, sites
from bench.texts import Story, stories

OUTLETS = 10  # of each kind of site
CASES = 0.01  # of the notes that are asked for
# Of the ordinary ones begin with a text whose theme is near: so many that the strict sieve lets pass as large a part of them
# as of real ordinary notes (one in seven).
NEAR = 0.2
HTML = "text/html; charset=utf-8"
SEED = 9
HEADLINES = 25  # of a front page
# Shares of the records by kind. `rastreador`: a crawl of news in several countries as it was kept; `prensa`: the same once
# somebody has set apart the notes of the sites that are asked for, which leaves the filters nothing to save.
MIXES: Mapping[str, Mapping[str, float]] = {
    "rastreador": {"nota": 0.25, "ajena": 0.25, "idioma": 0.30, "idioma_propio": 0.05, "portada": 0.10, "sin_pagina": 0.05},
    "prensa": {"nota": 1.0},
}
TOLD = {
    "rastreador": (
        "25 % notas en español de los sitios pedidos, 25 % de otros sitios, 35 % en inglés o portugués (5 % de los pedidos), "
        "10 % portadas, 5 % imágenes y avisos de error"
    ),
    "prensa": "sólo notas en español de los sitios pedidos",
}
OTHERS = (
    (
        "The council of the old town said that the works on the bridge will be done before the end of the month.",
        "There was music in the square, and the families of the valley came with bread, cheese and flowers.",
        "The price of the tickets is the same as it was last year, and there are places for about {n} people.",
        "It is one of the oldest markets of the coast, with {n} stalls that sell fish, wool and apples.",
        "The team won the match with two goals that were made in the last minutes of a slow and cold game.",
        "The library will open on Sundays, and this was asked for by the students of the school near the river.",
        "For the next season the farmers are waiting for more rain than the {n} litres of the spring.",
        "The train that goes to the north will stop at the new station, which cost {n} coins and took a year.",
    ),
    (
        "A câmara da vila disse que as obras da ponte terminam antes do fim do mês, com uma festa para as famílias.",
        "O preço dos bilhetes é o mesmo do ano passado e há lugares para cerca de {n} pessoas na praça do mercado.",
        "As escolas do vale foram ao museu dos barcos, onde está uma mostra com {n} fotografias da pesca.",
        "A equipa ganhou o jogo com dois golos nos últimos minutos de uma tarde fria e com pouco público.",
        "Os agricultores esperam mais chuva do que os {n} litros da primavera para a colheita das maçãs.",
        "A biblioteca abre aos domingos, como pediram os alunos da escola que fica ao pé do rio.",
        "O comboio que vai para o norte para na estação nova, que custou {n} moedas e um ano de trabalho.",
        "Não há data para a segunda etapa, mas a direção do teatro quer mais uma sala com {n} cadeiras.",
    ),
)


@dataclass(frozen=True)
class Record:
    """An answer as an archive keeps it."""

    url: str
    body: bytes
    status: str = "200 OK"
    kind: str = HTML


def asked() -> frozenset[str]:
    """Return the sites that are asked for."""
    return frozenset(_host("medio", number) for number in range(OUTLETS))


def records(count: int, mix: str) -> Iterator[Record]:
    """Yield the records of an archive; `mix` is one of `MIXES`."""
    many = {kind: round(count * share) for kind, share in MIXES[mix].items()}
    chance = random.Random(SEED)
    press = {kind: _press(kind, many.get(kind, 0), chance) for kind in ("nota", "ajena", "idioma", "idioma_propio")}
    order = [kind for kind, share in many.items() for _ in range(share)]
    chance.shuffle(order)
    taken = dict.fromkeys(many, 0)
    for kind in order:
        number, taken[kind] = taken[kind], taken[kind] + 1
        if kind in press:
            site, place = press[kind][number % OUTLETS], number // OUTLETS
            yield Record(site.articles[place].url, page(site, place))
        else:
            yield _front(number, chance) if kind == "portada" else _no_page(number)


def _press(kind: str, count: int, chance: random.Random) -> list[Site]:
    """Return the sites of a kind with at least `count` notes in all."""
    whole = -(-count // OUTLETS) * OUTLETS
    own = kind in ("nota", "idioma_propio")
    origins = [f"http://{_host('medio' if own else 'ajeno', number)}" for number in range(OUTLETS)]
    origins = [f"{origin}/{kind}" if kind.startswith("idioma") else origin for origin in origins]
    if kind.startswith("idioma"):
        told = [_foreign(chance) for _ in range(whole)]
    else:
        told = stories(whole, near_share=NEAR, findings=CASES)
    return sites(origins, told, datetime(2026, 11, 30, tzinfo=UTC))


def _host(kind: str, number: int) -> str:
    return f"{kind}{number:02d}.invalid"


def _foreign(chance: random.Random) -> Story:
    sentences = chance.choice(OTHERS)
    told = [" ".join(chance.sample(sentences, 3)).format(n=chance.randrange(100, 9_000)) for _ in range(8)]
    return Story(told[0].split(".")[0], tuple(told))


def _front(number: int, chance: random.Random) -> Record:
    """Return a front page: headlines of other notes, one after another; every other one of a site that is asked for."""
    titles = [escape(one.titulo) for one in stories(HEADLINES, seed=number, near_share=0, findings=0)]
    items = "".join(
        f'<article class="tarjeta"><img src="/img/{place}.jpg" alt=""><h2><a href="/ciudad/{chance.randrange(10**6)}.html">'
        f"{title}</a></h2></article>\n"
        for place, title in enumerate(titles)
    )
    origin = f"http://{_host(('medio', 'ajeno')[number % 2], number % OUTLETS)}"
    head = '<meta charset="utf-8"><title>Diario Ensayo</title><meta property="og:type" content="website">'
    body = f"<main>{items}</main>"
    return Record(f"{origin}/portada/{number}", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def _no_page(number: int) -> Record:
    origin = f"http://{_host('medio', number % OUTLETS)}"
    if number % 2:
        return Record(f"{origin}/no-esta/{number}", b"<html><body>No existe</body></html>", "404 Not Found")
    return Record(
        f"{origin}/img/{number}.jpg", b"\xff\xd8\xff\xe0" + random.Random(number).randbytes(20_000), kind="image/jpeg"
    )
