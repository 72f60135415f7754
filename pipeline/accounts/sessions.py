"""Sessions: what the signed cookie says, and whether it still holds against the file of accounts as it is now."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.accounts.file import Account

COOKIE = "ds_actor"
NAMESPACE = "sesion"  # not Datasette's own: its reader of this cookie, which trusts the roles in it, never takes ours
HOURS = 10  # a day's work; then everybody enters again


def opened(name: str, account: Account, now: float) -> dict[str, Any]:
    """Return what the cookie of a new session says, to be signed; no role: that is looked up at each request."""
    return {"id": name, "sello": account.sello, "sesion": secrets.token_hex(8), "hasta": int(now) + HOURS * 3600}


def holder(said: object, accounts: Mapping[str, Account], now: float) -> str | None:
    """Return whose session an unsigned cookie tells, or None when it ended, was left, or its account is not the one it was."""
    if not isinstance(said, dict) or not {"id", "sello", "sesion", "hasta"} <= said.keys():
        return None
    account = accounts.get(said["id"])
    if account is None or said["hasta"] <= now:
        return None
    stands = secrets.compare_digest(account.sello, str(said["sello"])) and said["sesion"] not in account.cerradas
    return str(said["id"]) if stands else None


def left(account: Account, said: Mapping[str, Any], now: float) -> Account:
    """Return the account after one session was left; those that have ended by themselves are forgotten."""
    kept = {key: until for key, until in account.cerradas.items() if until > now}
    return replace(account, cerradas=kept | {str(said["sesion"]): int(said["hasta"])})
