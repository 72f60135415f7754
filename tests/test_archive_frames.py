"""Where records begin and end in whole and in spoilt archives; read in any ranges, each is met once."""

import gzip
from itertools import pairwise

import pytest
from archivos_web import CASE, ENGLISH, ORDINARY, Archive, page
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive import frames as frames_module
from pipeline.archive.asked import Asked
from pipeline.archive.fates import Destino
from pipeline.archive.frames import Frame, frames, refusal
from pipeline.archive.language import is_spanish, may_hold_spanish
from pipeline.archive.pages import Page, judge

NOTES = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("archivos")


@pytest.fixture(scope="module", params=[".warc.gz", ".warc"])
def made(request, folder):
    archive = Archive(folder / f"todos{request.param}")
    for number in range(NOTES):
        archive.add(f"https://faro.ejemplo/2019/nota-{number}", page(ORDINARY) + b"<!-- %d -->" % number)
    archive.close()
    return archive


def read(path, start=0, end=None):
    return list(frames(path, start, end or path.stat().st_size))


def whole(found):
    return [one.offset for one in found if one.record is not None]


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(1, 20_000), max_size=4))
def test_ranges_meet_every_record_once_whatever_their_cuts(made, cuts):
    size = made.path.stat().st_size
    edges = [0, *sorted({cut % size for cut in cuts} - {0}), size]
    found = [one for start, end in pairwise(edges) for one in read(made.path, start, end)]
    assert whole(found) == [0, *made.places] and len(found) == NOTES + 1


def spoilt(folder, made, change):
    path = folder / f"estropeado{''.join(made.path.suffixes)}"
    path.write_bytes(change(made.path.read_bytes(), made.places))
    return path


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda raw, at: raw[: at[3]] + b"\x00basura" * 90 + raw[at[3] :], NOTES),
        (lambda raw, at: raw[: at[3] + 40] + raw[at[4] :], NOTES - 1),
        (lambda raw, at: raw[: (at[3] + at[4]) // 2] + b"\xff" * 60 + raw[(at[3] + at[4]) // 2 + 60 :], NOTES - 1),
        (lambda raw, at: raw[: at[7] + 50], NOTES - 1),
    ],
    ids=["garbage between", "torn in the middle", "bytes changed", "cut at the end"],
)
def test_what_is_spoilt_costs_its_own_records_only(folder, made, change, left):
    found = read(spoilt(folder, made, change))
    fates = [judge(one, Asked()) for one in found]
    assert sum(fate == Destino.CRIBADA for fate in fates) == left
    assert sum(fate == Destino.DANADA for fate in fates) == 1
    assert len(found) == left + 2


def test_a_record_that_lies_about_its_length_costs_itself(folder):
    archive = Archive(folder / "largo.warc.gz")
    for number in range(3):
        archive.add(f"https://faro.ejemplo/nota-{number}", page(ORDINARY))
    raw, (first, second, third) = archive.close().read_bytes(), archive.places
    lie = gzip.decompress(raw[second:third]).replace(b"Content-Length: ", b"Content-Length: 1", 1)
    archive.path.write_bytes(raw[:second] + gzip.compress(lie) + raw[third:])
    assert [judge(one, Asked()) for one in read(archive.path)][1:] == [Destino.CRIBADA, Destino.DANADA, Destino.CRIBADA]
    assert first == archive.places[0]


def test_a_plain_record_that_lies_about_its_length_costs_itself(folder):
    archive = Archive(folder / "largo.warc")
    for number in range(3):
        archive.add(f"https://faro.ejemplo/nota-{number}", page(ORDINARY))
    raw, (_, second, third) = archive.close().read_bytes(), archive.places
    for lie in (b"Content-Length: 1", b"Content-Length: 99999999999", b"Content-Length: menos "):
        archive.path.write_bytes(raw[:second] + raw[second:third].replace(b"Content-Length: ", lie, 1) + raw[third:])
        fates = [judge(one, Asked()) for one in read(archive.path)][1:]
        assert fates == [Destino.CRIBADA, Destino.DANADA, Destino.CRIBADA], lie


def test_a_member_that_holds_no_record_costs_itself(folder):
    archive = Archive(folder / "ajeno.warc.gz")
    archive.add("https://faro.ejemplo/nota-1", page(ORDINARY)).add("https://faro.ejemplo/nota-2", page(ORDINARY))
    raw, (_, second) = archive.close().read_bytes(), archive.places
    archive.path.write_bytes(raw[:second] + gzip.compress(b"no es un registro" * 9) + gzip.compress(b"") + raw[second:])
    fates = [judge(one, Asked()) for one in read(archive.path)][1:]
    assert [one for one in fates if one != Destino.DANADA] == [Destino.CRIBADA, Destino.CRIBADA]
    assert fates.count(Destino.DANADA) == 2


def test_a_bomb_is_refused_in_bounded_memory_and_the_next_record_is_read(folder, monkeypatch):
    archive = Archive(folder / "bomba.warc.gz")
    archive.add("https://faro.ejemplo/bomba", gzip.compress(b"<p>hola</p>" * 4_000_000), Content_Encoding="gzip")
    archive.add("https://faro.ejemplo/nota", page(ORDINARY))
    inside = read(archive.close())
    assert [judge(one, Asked()) for one in inside][1:] == [Destino.RECHAZADA, Destino.CRIBADA]
    monkeypatch.setattr(frames_module, "MAX_RECORD", 3_000)
    assert [judge(one, Asked()) for one in read(archive.path)][1:] == [Destino.RECHAZADA, Destino.CRIBADA]


def test_a_changed_block_is_known_by_its_digest(made):
    (frame, *_) = read(made.path, made.places[0])
    changed = Frame(frame.offset, frame.size, frame.record.replace(b"museo", b"muse0"))
    assert judge(frame, Asked()) == Destino.CRIBADA
    assert judge(changed, Asked()) == Destino.DANADA


def test_an_encoded_answer_is_read_and_kept_as_it_came(folder):
    archive = Archive(folder / "gzip.warc.gz")
    archive.add("https://faro.ejemplo/caso", gzip.compress(page(CASE)), Content_Encoding="gzip")
    found = judge(read(archive.close())[1], Asked())
    assert isinstance(found, Page) and "golpeada ayer por policías" in found.noticia.texto
    assert gzip.decompress(found.miembro) == read(archive.path)[1].record


def test_what_is_no_archive_of_records_is_refused_with_its_reason(folder):
    for name, raw, said in (
        ("a.warc.gz", gzip.compress(b"hola"), "no es un archivo WARC"),
        ("b.warc", b"hola", "no es un archivo WARC"),
        ("c.warc.gz", gzip.compress(b"WARC/1.0\r\nContent-Length: 2\r\n\r\nab\r\n\r\n" * 2), "registro por registro"),
    ):
        (folder / name).write_bytes(raw)
        assert said in refusal(folder / name)


def test_languages_are_told_apart():
    spanish, english = " ".join(ORDINARY[1]), " ".join(ENGLISH[1])
    other = "O museu do bairro abriu uma mostra de cartazes para ver até o fim do mês, com entrada livre para todos."
    assert [is_spanish(text) for text in (spanish, english, other, "Sin palabras")] == [True, False, False, True]
    assert may_hold_spanish(page(ORDINARY)) and not may_hold_spanish(page(ENGLISH) * 8)
