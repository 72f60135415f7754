"""Fixtures that several test files share."""

import pytest


@pytest.fixture(scope="session")
def nlp():
    """The tagger's pipeline, loaded once."""
    from nlp.tagger import build_nlp

    return build_nlp()
