"""Evidence files: what is written is read back whole, by reference and in sequence, also after a torn end."""

import stat
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.capture import CaptureError, Captures, Exchange, body_digest, read_record, read_responses

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
PAGES = [
    Exchange("https://diario.ejemplo/a", 200, (("Content-Type", "text/html"),), b"<p>uno</p>" * 50, ip="192.0.2.1"),
    Exchange("https://diario.ejemplo/b", 301, (("Location", "/c"),), b""),
    Exchange("https://diario.ejemplo/c", 200, (("Content-Encoding", "gzip"), ("Content-Length", "7")), b"ya decodificado"),
]


def written(folder, exchanges=PAGES):
    captures = Captures(folder, 7, "hallazgos/0.1.0")
    references = [captures.write_exchange(exchange, NOW) for exchange in exchanges]
    captures.close()
    return captures.path, references


def test_each_answer_is_found_by_its_reference(tmp_path):
    path, references = written(tmp_path)
    assert path == tmp_path / "captura/2026/corrida-000007-20260504T180000Z.warc.gz"
    for exchange, reference in zip(PAGES, references, strict=True):
        assert reference.startswith(f"{path.relative_to(tmp_path)}#")
        found = read_record(tmp_path, reference)
        assert (found.url, found.status, found.body) == (exchange.url, exchange.status, exchange.body)
        assert found.fetched_at == "2026-05-04T18:00:00Z"
        assert body_digest(tmp_path, reference) == found.sha256


def test_the_sequence_gives_the_same_with_offsets(tmp_path):
    path, references = written(tmp_path)
    assert [f"{path.relative_to(tmp_path)}#{found.offset}" for found in read_responses(path)] == references


def test_travel_headers_are_not_kept(tmp_path):
    _, references = written(tmp_path)
    assert {name.lower() for name, _ in read_record(tmp_path, references[2]).headers}.isdisjoint(
        {"content-encoding", "content-length"}
    )


def test_only_the_owner_reads_it_and_an_older_file_is_never_touched(tmp_path):
    first, _ = written(tmp_path)
    before = first.read_bytes()
    second, references = written(tmp_path)
    assert second.name == "corrida-000007-20260504T180000Z-2.warc.gz"
    assert first.read_bytes() == before
    assert stat.S_IMODE(second.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "captura").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "captura/2026").stat().st_mode) == 0o700
    assert read_record(tmp_path, references[0]).url == PAGES[0].url


def test_without_an_answer_there_is_no_file(tmp_path):
    captures = Captures(tmp_path, 1)
    captures.close()
    assert captures.path is None
    assert list(tmp_path.iterdir()) == []


def test_a_file_torn_anywhere_gives_its_whole_records(tmp_path):
    path, references = written(tmp_path)
    whole = path.read_bytes()
    offsets = [int(reference.partition("#")[2]) for reference in references]
    torn = tmp_path / "captura/2026/torn.warc.gz"
    for length in range(0, len(whole), 7):
        torn.write_bytes(whole[:length])
        found = list(read_responses(torn))
        assert [one.url for one in found] == [exchange.url for exchange in PAGES[: len(found)]]
        assert all(one.body == exchange.body for one, exchange in zip(found, PAGES, strict=False))
        assert len(found) >= sum(1 for offset in offsets[1:] if offset <= length)
        for offset in offsets:
            if offset > length:
                with pytest.raises(CaptureError):
                    read_record(tmp_path, f"captura/2026/torn.warc.gz#{offset}")


@pytest.mark.parametrize(
    "reference", ["", "captura/2026/x.warc.gz", "captura/2026/x.warc.gz#1", "../fuera.warc.gz#0", "/etc/passwd#0", "captura#x"]
)
def test_a_wrong_reference_is_refused(tmp_path, reference):
    with pytest.raises(CaptureError):
        read_record(tmp_path, reference)
    assert body_digest(tmp_path, reference) == ""


def test_captures_may_lie_on_another_disk_and_nothing_outside_the_folder_is_read(tmp_path):
    disk, folder = tmp_path / "disco", tmp_path / "datos"
    disk.mkdir()
    folder.mkdir()
    (folder / "captura").symlink_to(disk)
    _, (reference,) = written(folder, [Exchange("https://diario.ejemplo/a", 200, (), b"cuerpo")])
    assert read_record(folder, reference).body == b"cuerpo"
    (disk / "datos").mkdir()
    with pytest.raises(CaptureError, match="inválida"):
        read_record(disk / "datos", f"../{reference.removeprefix('captura/')}")


@settings(max_examples=40, deadline=None)
@given(
    body=st.binary(max_size=400),
    value=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), max_size=30),
    status=st.integers(100, 599),
)
def test_any_body_header_and_status_come_back(tmp_path_factory, body, value, status):
    folder = tmp_path_factory.mktemp("warc")
    exchange = Exchange("https://diario.ejemplo/ñ?q=1", status, (("X-Cosa", value), ("Transfer-Encoding", "chunked")), body)
    _, (reference,) = written(folder, [exchange])
    found = read_record(folder, reference)
    assert (found.url, found.status, found.body) == (exchange.url, status, body)
