"""Fixtures that several test files share, and the demand of .ci/run that the browser tests did run."""

import os

import pytest

BROWSER = "navegador"


@pytest.fixture(scope="session")
def nlp():
    """The tagger's pipeline, loaded once."""
    from nlp.tagger import build_nlp

    return build_nlp()


@pytest.fixture(autouse=True)
def no_configuration_of_this_machine(monkeypatch, tmp_path_factory):
    """Keep an operator's `hallazgos.toml` and variables out of the tests."""
    for name in [name for name in os.environ if name.startswith("HALLAZGOS_") and name != "HALLAZGOS_EXIGE_NAVEGADOR"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(tmp_path_factory.getbasetemp() / "no-hay.toml"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """Fail where the browser tests are demanded (`HALLAZGOS_EXIGE_NAVEGADOR`) and none passed."""
    if not os.environ.get("HALLAZGOS_EXIGE_NAVEGADOR") or exitstatus:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    passed = [report for report in reporter.stats.get("passed", []) if BROWSER in report.keywords]
    if not passed:
        reporter.write_line("Las pruebas de navegador no corrieron y aquí se exigen.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
