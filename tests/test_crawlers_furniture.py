"""What stands in an article without being of it: cases for and against, by phrase and by name."""

import tomllib

import pytest

from crawlers.furniture import clean, clean_lines
from crawlers.phrases import FILE, pattern
from crawlers.text import block_lines, parse_html

STORY = "La reportera denunció ante la fiscalía que dos hombres la siguieron desde el mercado hasta su casa y la amenazaron."


@pytest.mark.parametrize(
    "line",
    [
        "LEE TAMBIÉN: Cierran la avenida por obras de drenaje",
        "Lee también",
        "Te puede interesar: Suben las tarifas",
        "Notas relacionadas",
        "Más información:",
        "Síguenos en nuestras redes sociales",
        "Suscríbete a nuestro boletín",
        "Únete a nuestro canal de WhatsApp",
        "Sigue nuestro canal",
        "Compartir en Facebook",
        "Publicidad",
        "Temas",
        "Etiquetas: prensa, desalojo",
        "Hazte miembro y apoya",
        "Escríbenos a redaccion@pregonero.ejemplo",
        "© 2026 El Pregonero",
        "Todos los derechos reservados",
    ],
)
def test_labels_and_pleas_are_dropped(line):
    assert clean_lines(f"{STORY}\n{line}\n{STORY} Así fue.") == f"{STORY}\n{STORY} Así fue."


@pytest.mark.parametrize(
    "line",
    [
        "Mira que te vamos a matar, le dijeron al reportero",
        "Lee y escribe desde los cuatro años, contó su madre a este diario",
        "Ve la fiscalía indicios de tortura contra el activista",
        "Comparte la colectiva su preocupación por la ola de ataques a la prensa",
        "Anuncios de desplegados pagados contra la periodista",
        "Publicidad oficial, la otra forma de censura, señalan",
        "Recomendados por la ONU, dos relatores visitarán la capital",
        "Siguen en la calle las familias desalojadas",
        "Temas como la seguridad de la prensa quedaron fuera",
        "En portada, el diario llamó “vendida” a la defensora",
        "Sin detenidos.",
    ],
)
def test_lines_of_the_story_that_only_begin_alike_stay(line):
    assert line in clean_lines(f"{STORY}\n{line}\n{STORY}")


def test_a_list_of_other_notes_at_the_end_goes_whole():
    text = f"{STORY}\nSin detenidos.\nOtras notas\nCierran la avenida\nSuben las tarifas del agua"
    assert clean_lines(text) == f"{STORY}\nSin detenidos."


def test_such_a_heading_amid_the_story_takes_only_itself():
    assert clean_lines(f"{STORY}\nNotas relacionadas\n{STORY * 2}") == f"{STORY}\n{STORY * 2}"


@pytest.mark.parametrize(
    "attributes",
    [
        'class="related-posts"',
        'class="td-share-bar"',
        'id="comentarios"',
        'class="pie-de-foto"',
        'role="navigation"',
        'style="display: none"',
        "hidden",
        'class="d-none"',
        'class="newsletter-box"',
        'class="te-puede-interesar"',
    ],
)
def test_blocks_called_otherwise_are_taken_out(attributes):
    page = f"<body><div><p>{STORY}</p><p>{STORY} Fin.</p><div {attributes}>Cierran la avenida</div></div></body>"
    tree = parse_html(page)
    clean(tree)
    assert block_lines(tree) == [STORY, f"{STORY} Fin."]


@pytest.mark.parametrize(
    "attributes", ['class="elementor-widget-text-editor"', 'class="shared-columns"', 'class="nota tag-prensa"', 'id="radios"']
)
def test_names_that_only_sound_alike_stay(attributes):
    paragraphs = "".join(f"<div {attributes}><p>{STORY} {n}.</p></div>" for n in range(6))
    tree = parse_html(f"<body>{paragraphs}</body>")
    clean(tree)
    assert len(block_lines(tree)) == 6


def test_what_holds_the_story_stays_whatever_it_is_called():
    tree = parse_html(
        f'<body><div class="widget-area promo">{f"<p>{STORY}</p>" * 4}</div><div class="promo">Oferta</div></body>'
    )
    clean(tree)
    assert block_lines(tree) == [STORY] * 4


def test_every_phrase_compiles():
    phrases = tomllib.loads(FILE.read_text("utf-8"))
    for table, lists in phrases.items():
        for name in lists:
            assert pattern(table, name).flags
