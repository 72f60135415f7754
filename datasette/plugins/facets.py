"""Puts our facet over list columns in the place of Datasette's."""

from collections.abc import Generator
from typing import Any

from datasette import hookimpl
from datasette.facets import ArrayFacet
from pluggy import Result

from pipeline.pages.facets import WholeArrayFacet


@hookimpl(hookwrapper=True)
def register_facet_classes() -> Generator[None, Result[list[list[type[Any]]]], None]:
    """Exchange the class in the list; the others stay."""
    outcome = yield
    swapped = {ArrayFacet: WholeArrayFacet}
    outcome.force_result([[swapped.get(kind, kind) for kind in kinds] for kinds in outcome.get_result()])
