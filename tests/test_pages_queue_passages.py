"""The sentences of a card: those whose passages decide, in the order of the text, marked, cut when long, always escaped."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.pages.queue_passages import MOST, WIDEST, deciding, opening, sentences

TEXT = "Hubo feria. Golpearon a la reportera en la plaza. Llovió <b>mucho</b>. La policía, dijo, fue. Fin"


def passage(text, words, campo="modalidad", valor="ataque_fisico"):
    start = text.index(words)
    return {"campo": campo, "valor": valor, "inicio": start, "fin": start + len(words), "regla": "r", "parte": "texto"}


def test_the_weightiest_sentences_come_in_the_order_of_the_text():
    spans = [
        passage(TEXT, "La policía", "agresor", "fuerza_publica"),
        passage(TEXT, "Golpearon"),
        passage(TEXT, "feria", "otro"),
    ]
    found = deciding(TEXT, spans)
    assert [str(one).split("<mark")[0] for one in found] == ["", ""]
    assert ">Golpearon</mark> a la reportera en la plaza." in found[0]
    assert ">La policía</mark>, dijo, fue." in found[1]


def test_a_sentence_without_a_passage_that_decides_is_left_out_and_markup_of_the_text_is_shown():
    assert deciding(TEXT, []) == []
    (only,) = deciding(TEXT, [passage(TEXT, "mucho")])
    assert "&lt;b&gt;" in only
    assert "<b>" not in only


def test_a_long_sentence_is_cut_around_its_first_mark():
    text = "Primero nada, " * 60 + "la golpearon, " + "y luego nada, " * 60
    (only,) = deciding(text, [passage(text, "golpearon")])
    assert only.startswith("…")
    assert only.endswith("…")
    assert "golpearon</mark>" in only
    assert len(only.striptags()) <= WIDEST + 2


def test_the_same_value_twice_in_a_sentence_counts_once():
    text = "La golpearon y la patearon. La golpearon los policías."
    spans = [passage(text, "golpearon"), passage(text, "patearon"), passage(text, "policías", "agresor", "fuerza_publica")]
    many = text + " Nada." * 3
    assert "policías" in deciding(many, spans)[-1]


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="aé .!?\n¿A<&…", max_size=400),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 60), st.sampled_from(["modalidad", "lugar.alcaldia", "x"])), max_size=8
    ),
)
def test_any_text_and_spans_give_few_whole_pieces(text, places):
    spans = [{"campo": c, "valor": "v", "inicio": a, "fin": a + n, "regla": "r"} for a, n, c in places]
    found = deciding(text, spans)
    assert len(found) <= MOST
    assert all("<A" not in one and one.count("<mark") == one.count("</mark>") for one in found)
    for start, end in sentences(text):
        assert text[start:end].strip()
        assert "\n" not in text[start:end]


def test_an_opening_is_cut_at_a_space():
    assert opening("uno dos tres", 8) == "uno dos…"
    assert opening("uno\n\ndos") == "uno dos"
    assert opening("<i>", 10) == "&lt;i&gt;"
