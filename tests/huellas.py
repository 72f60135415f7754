"""Where the words of an invented name stand in the bytes of a folder's files."""

import gzip
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

WORDS = ("zulema", "quetzalli", "tlacuilo")


def traces(folder: Path, besides: str = "") -> list[str]:
    """Return where a word of the name stands in the files of a folder, gzipped ones unpacked."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if besides and besides in path.parts:
            continue
        contents = [path.read_bytes()]
        if path.suffix == ".gz":
            contents += [gzip.decompress(contents[0])]
        for content in contents:
            found += [f"{path.name}: {word}" for word in WORDS if word.encode() in content.lower()]
    return found


def told(registro: Path) -> list[str]:
    """Return the tables whose rows hold a word of the name, and the words by which the search still finds something."""
    with closing(Database(registro)) as db:
        tables = [name for name in db.table_names() if "_fts" not in name]
        rows = {name: str(db.execute(f"SELECT * FROM {name}").fetchall()).lower() for name in tables}
        found = [f"{name}: {word}" for name, said in rows.items() for word in WORDS if word in said]
        search = "SELECT count(*) FROM noticias_fts WHERE noticias_fts MATCH ?"
        return found + [word for word in WORDS if db.execute(search, [word]).fetchone()[0]]


def in_files(folder: Path) -> list[str]:
    """Return where a word of the name stands in files but the registry's own and what is kept sealed."""
    return [line for line in traces(folder, besides="reservado") if not line.startswith("registro.db")]
