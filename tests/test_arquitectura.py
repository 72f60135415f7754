"""The architecture of the design, held over the code's own syntax: who imports whom, and the proportions."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "crawlers": {"crawlers"},
    "nlp": {"nlp"},
    "pipeline": {"crawlers", "nlp", "pipeline"},
    "datasette": {"pipeline"},
    "demo": {"crawlers", "nlp", "pipeline", "demo"},
    "bench": {"crawlers", "nlp", "pipeline", "demo", "bench"},
}
# The only door from the product to the demonstration.
EXCEPTIONS = {("pipeline/commands/demo.py", "demo")}


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Return the full dotted names that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("folder", ALLOWED)
def test_each_folder_imports_only_what_the_design_allows(folder: str) -> None:
    ours = set(ALLOWED) - {"datasette"}
    wrong = [
        (where, top)
        for path in files(folder)
        for top in {name.split(".")[0] for name in imports(path)} & ours
        if top not in ALLOWED[folder] and ((where := path.relative_to(ROOT).as_posix()), top) not in EXCEPTIONS
    ]
    assert wrong == []


def test_only_nlp_knows_spacy() -> None:
    assert [p for p in files("crawlers", "pipeline", "datasette") if any(n.split(".")[0] == "spacy" for n in imports(p))] == []


def test_only_harvest_starts_scrapy() -> None:
    starters = {
        path.relative_to(ROOT).as_posix()
        for path in files("crawlers", "nlp", "pipeline", "datasette")
        if "twisted.internet.reactor" in imports(path) or "CrawlerProcess(" in path.read_text("utf-8")
    }
    assert starters == {"crawlers/harvest.py"}


def test_only_the_registry_writes_rows() -> None:
    verbs = ("INSERT ", "UPDATE ", "DELETE ", "REPLACE ")
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in files("crawlers", "nlp", "pipeline", "datasette")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().upper().startswith(verbs)
    }
    assert {w for w in writers if not w.startswith("pipeline/registry/")} == set()


def test_our_datasette_folder_never_shadows_the_library() -> None:
    assert not (ROOT / "datasette" / "__init__.py").exists()
    outside = [p for p in files("datasette") if p.parent.name != "plugins"]
    assert outside == []
    where = [sys.executable, "-c", "import datasette; print(datasette.__file__)"]
    found = subprocess.run(where, cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).parent != ROOT / "datasette"


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", node)
        for path in files(*ALLOWED)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_files_and_functions_keep_their_proportions() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files(*ALLOWED)}
    assert {name: n for name, n in lengths.items() if n > 300} == {}
    assert statistics.median(lengths.values()) <= 120
    sizes = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert {name: n for name, n in sizes.items() if n > 40} == {}
    assert sorted(sizes.values())[int(0.9 * len(sizes))] <= 25


def test_functions_take_at_most_five_arguments_before_the_star() -> None:
    counts = {name: len([a for a in node.args.args if a.arg not in {"self", "cls"}]) for name, node in functions()}
    # A command's arguments are its options: click passes them by name.
    assert {name: n for name, n in counts.items() if n > 5 and not name.startswith("pipeline/commands/")} == {}
