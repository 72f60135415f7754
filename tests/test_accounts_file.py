"""The file of accounts and the site's secret: private, whole, and read anew when they change."""

import json
import stat
import threading
from pathlib import Path

import pytest
from cuentas import add_account

from pipeline.accounts.file import accounts_path, changing, read_accounts
from pipeline.accounts.guesses import BY_ACCOUNT, BY_ADDRESS, MOST_KEYS, WINDOW, Guesses
from pipeline.accounts.live import LiveAccounts
from pipeline.accounts.secret import secret_path, site_secret
from pipeline.accounts.sessions import HOURS, holder, left, opened
from pipeline.errores import ErrorDeUso


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_is_private_and_comes_back_as_it_was(tmp_path: Path) -> None:
    account = add_account(tmp_path / "r.db", "ana", ("analista",))
    path = accounts_path(tmp_path / "r.db")
    assert (mode(path), read_accounts(path)) == (0o600, {"ana": account})
    assert [each.name for each in tmp_path.iterdir()] == ["r.db.cuentas"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"formato": 1}', '{"formato": 1, "cuentas": {"ana": {"roles": []}}}', "\x00"]
)
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(ErrorDeUso, match="no es un archivo de cuentas"):
        read_accounts(tmp_path / "x")


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text(json.dumps({"formato": 2, "cuentas": {}}))
    with pytest.raises(ErrorDeUso, match="versión posterior"):
        read_accounts(tmp_path / "x")


def test_a_change_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    account = add_account(tmp_path / "r.db")
    path = accounts_path(tmp_path / "r.db")
    with pytest.raises(ZeroDivisionError), changing(path) as accounts:
        accounts.clear()
        raise ZeroDivisionError
    assert read_accounts(path) == {"ana": account}


def test_changes_at_once_wait_for_each_other(tmp_path: Path) -> None:
    registro = tmp_path / "r.db"
    names = [f"cuenta{number}" for number in range(12)]
    threads = [threading.Thread(target=add_account, args=(registro, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(read_accounts(accounts_path(registro))) == sorted(names)


def test_a_site_sees_each_change_and_once_closed_stays_closed(tmp_path: Path) -> None:
    path = accounts_path(tmp_path / "r.db")
    live = LiveAccounts(path)
    assert (live.asked(), live.present()) == (False, {})
    add_account(tmp_path / "r.db", "ana", ("lectura",))
    assert (live.asked(), live.present()["ana"].roles) == (True, ("lectura",))
    add_account(tmp_path / "r.db", "ana", ("analista",))
    assert live.present()["ana"].roles == ("analista",)
    path.write_text("no es nada")
    assert (live.asked(), live.present()) == (True, {})
    path.unlink()
    assert (live.asked(), live.present()) == (True, {})


def test_the_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = site_secret(tmp_path / "r.db")
    assert len(first) == 64 and site_secret(tmp_path / "r.db") == first
    assert mode(secret_path(tmp_path / "r.db")) == 0o600
    assert site_secret(tmp_path / "otro.db") != first


def test_a_secret_that_others_read_or_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    site_secret(tmp_path / "r.db")
    path = secret_path(tmp_path / "r.db")
    path.chmod(0o640)
    with pytest.raises(ErrorDeUso, match="otros pueden leerlo"):
        site_secret(tmp_path / "r.db")
    path.chmod(0o600)
    path.write_text("")
    with pytest.raises(ErrorDeUso, match="está dañado"):
        site_secret(tmp_path / "r.db")


def test_a_session_holds_until_its_hour_its_seal_or_its_end(tmp_path: Path) -> None:
    account = add_account(tmp_path / "r.db")
    said = opened("ana", account, 1000)
    assert holder(said, {"ana": account}, 1000 + HOURS * 3600 - 1) == "ana"
    assert holder(said, {"ana": account}, 1000 + HOURS * 3600) is None
    assert holder(said, {}, 1001) is None
    assert holder(said | {"sello": "otro"}, {"ana": account}, 1001) is None
    assert holder(said, {"ana": left(account, said, 1001)}, 1002) is None
    assert "roles" not in said


@pytest.mark.parametrize("said", [None, "ana", [], {}, {"id": "ana"}, {"a": {"id": "ana", "roles": ["administracion"]}}])
def test_what_is_no_session_is_nobodys(tmp_path: Path, said: object) -> None:
    assert holder(said, {"ana": add_account(tmp_path / "r.db")}, 0) is None


def test_sessions_that_were_left_are_forgotten_once_they_would_have_ended(tmp_path: Path) -> None:
    account = add_account(tmp_path / "r.db")
    account = left(account, opened("ana", account, 0), 1)
    account = left(account, opened("ana", account, 0), 2)
    assert len(account.cerradas) == 2
    assert len(left(account, opened("ana", account, HOURS * 3600 + 1), HOURS * 3600 + 2).cerradas) == 1


def test_guesses_are_limited_by_account_and_by_address() -> None:
    guesses = Guesses()
    for turn in range(BY_ACCOUNT):
        assert guesses.wait("ana", f"10.0.0.{turn}", 1000) == 0
        guesses.tried("ana", f"10.0.0.{turn}", 1000)
    assert guesses.wait("ana", "10.0.1.1", 1000) == WINDOW + 1
    assert guesses.wait("eva", "10.0.0.1", 1000) == 0
    assert guesses.wait("ana", "10.0.1.1", 1000 + WINDOW) == 0
    for turn in range(BY_ADDRESS):
        guesses.tried(f"nadie{turn}", "10.9.9.9", 2000)
    assert guesses.wait("eva", "10.9.9.9", 2001) == WINDOW
    assert guesses.wait("eva", "10.9.9.8", 2001) == 0


def test_entering_forgets_the_accounts_failures_but_not_the_addresses() -> None:
    guesses = Guesses()
    for turn in range(BY_ADDRESS - 1):
        guesses.tried(f"nadie{turn}", "10.0.0.1", 0)
    guesses.tried("ana", "10.0.0.1", 0)
    assert guesses.wait("eva", "10.0.0.1", 1) > 0
    guesses.succeeded("ana", "10.0.0.1")
    assert guesses.wait("eva", "10.0.0.1", 1) == 0
    guesses.tried("eva", "10.0.0.1", 1)
    assert guesses.wait("eva", "10.0.0.1", 1) > 0


def test_another_password_starts_anew_and_an_address_goes_on_waiting() -> None:
    guesses = Guesses()
    for _ in range(BY_ACCOUNT):
        guesses.tried("ana", "10.0.0.1", 0, sello="primero")
    assert guesses.wait("ana", "10.0.0.1", 1, sello="primero") == WINDOW
    assert (guesses.wait("ana", "10.0.0.1", 1, sello="segundo"), guesses.wait_here("10.0.0.1", 1)) == (0, 0)
    for turn in range(BY_ADDRESS):
        guesses.tried(f"nadie{turn}", "10.0.0.1", 1)
    assert guesses.wait("ana", "10.0.0.1", 2, sello="segundo") == guesses.wait_here("10.0.0.1", 2) > 0


def test_guesses_from_elsewhere_do_not_keep_out_who_entered_before() -> None:
    guesses = Guesses()
    guesses.tried("ana", "10.0.0.1", 0)
    guesses.succeeded("ana", "10.0.0.1")
    for turn in range(BY_ACCOUNT):
        guesses.tried("ana", f"10.6.6.{turn}", 1)
    assert guesses.wait("ana", "10.6.6.6", 2) > 0
    assert guesses.wait("ana", "10.0.0.1", 2) == 0
    for _ in range(BY_ACCOUNT):
        guesses.tried("ana", "10.0.0.1", 3)
    assert guesses.wait("ana", "10.0.0.1", 4) > 0


def test_the_memory_of_failures_is_bounded() -> None:
    guesses = Guesses()
    for turn in range(MOST_KEYS):
        guesses.tried(f"nadie{turn}", f"10.0.{turn}", 0)
    assert len(guesses.failures) == MOST_KEYS


def test_failures_outlive_a_restart(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "registro.db.cuentas.intentos"
    guesses = Guesses.kept(path)
    guesses.tried("eva", "10.0.0.1", 0)
    guesses.succeeded("eva", "10.0.0.1")
    for turn in range(BY_ACCOUNT):
        guesses.tried("ana", f"10.0.0.{turn}", 1000, sello="uno")
        guesses.tried("eva", f"10.6.6.{turn}", 1000)
    again = Guesses.kept(path)
    assert (again.wait("ana", "10.0.1.1", 1001, sello="uno"), again.wait("ana", "10.0.1.1", 1001)) == (WINDOW, 0)
    assert (again.wait("eva", "10.6.6.1", 1001) > 0, again.wait("eva", "10.0.0.1", 1001)) == (True, 0)
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("[", "utf-8")
    assert Guesses.kept(path).wait("ana", "10.0.1.1", 1001, sello="uno") == 0
    assert "se cuentan desde ahora" in caplog.text
