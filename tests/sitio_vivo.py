"""Serves a site of ours from this process, so that a browser can visit it as anybody: the actor's cookie is signed here."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from cuentas import session_cookies
from datasette.app import Datasette


@contextmanager
def served(site: Datasette) -> Iterator[str]:
    """Serve `site` on a free port of this machine; give its address, ended with a slash."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    config = uvicorn.Config(site.app(), host="127.0.0.1", port=port, log_level="error", lifespan="on", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}{site.setting('base_url')}"
    server.should_exit = True
    thread.join(10)


def cookie(site: Datasette, address: str, who: str = "ana", roles: Sequence[str] = ("analista",)) -> dict[str, str]:
    """Return the cookie, as playwright takes it, of somebody who entered; the account is made if need be."""
    ((name, value),) = session_cookies(site, roles, who).items()
    return {"name": name, "value": value, "url": address}
