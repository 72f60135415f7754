"""A press of two outlets and a few articles as a folder of captures, with its catalogue: enough for a whole run."""

import csv
from pathlib import Path

CASES = (
    "La reportera Renata Olmedo Prieto fue golpeada ayer por policías en la alcaldía Cuauhtémoc cuando cubría un desalojo. "
    "Los agentes le rompieron la cámara y la retuvieron una hora, denunció su medio ante la comisión de derechos humanos.",
    "El defensor del agua Tomás Arce Luna recibió amenazas de muerte por teléfono en Tlalpan, informó el colectivo al que "
    "pertenece. Un hombre le dijo que dejara de oponerse al pozo o lo iban a matar. Presentó una denuncia.",
    "El cabildo aprobó el presupuesto de parques y jardines para el año próximo. Habrá más bancas, más árboles y un reloj "
    "nuevo en la plaza, que lleva once años detenido a las cuatro y cuarto de la tarde.",
    "La selección ganó por dos goles y el portero se lució con tres atajadas en el segundo tiempo, ante un estadio lleno.",
)
FILLER = (
    "La nota se publicó en la edición de la mañana junto con el pronóstico del tiempo, la cartelera, los avisos del municipio "
    "y la columna de los lunes, que esta semana trata de la historia del mercado y de quienes lo levantaron hace cien años."
)
PAGE = """<html lang="es"><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="article:published_time" content="2026-05-0{day}T09:00:00-06:00"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{host}</title><link>https://{host}/</link>
{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{url}</link><pubDate>Sat, 0{day} May 2026 09:00:00 -0600</pubDate></item>"
HOSTS = ("faro.ejemplo", "voz.ejemplo")


def build(folder: Path) -> tuple[Path, Path]:
    """Write the press; return the folder of captures and the catalogue."""
    press, catalogue = folder / "prensa", folder / "fuentes.csv"
    press.mkdir(parents=True)
    index: list[tuple[str, ...]] = []
    for host in HOSTS:
        items = []
        for number, case in enumerate(CASES):
            day = 8 if number % 2 else 9
            url, title = f"https://{host}/nota-{number}", f"{case.split('.')[0][:60]} ({host[:4]})"
            paragraphs = "".join(
                f"<p>{part}</p>" for part in (case, FILLER, f"Así lo contó {host} en su edición de la mañana.")
            )
            (press / f"{host}-{number}.html").write_text(
                PAGE.format(title=title, url=url, paragraphs=paragraphs, day=day), "utf-8"
            )
            index.append((url, f"{host}-{number}.html", "text/html; charset=utf-8", "200"))
            items.append(ITEM.format(title=title, url=url, day=day))
        (press / f"{host}.xml").write_text(RSS.format(host=host, items="".join(items)), "utf-8")
        index.append((f"https://{host}/rss.xml", f"{host}.xml", "application/rss+xml", "200"))
    write(press / "indice.csv", [("url", "archivo", "tipo", "estado"), *index])
    header = ("id", "nombre", "tipo", "sitio", "rss", "seccion_url", "sitemap", "activa", "alta", "verificada_en", "notas")
    rows = [
        (host[:4].rstrip("."), host, "medio_local", f"https://{host}/", f"https://{host}/rss.xml", "", "", "1", "", "", "")
        for host in HOSTS
    ]
    write(catalogue, [header, *rows])
    return press, catalogue


def write(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
