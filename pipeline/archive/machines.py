"""Dask's workers on many machines, by their scheduler's address; refused where its pages could be seen from outside."""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errores import ErrorDeUso

if TYPE_CHECKING:
    from distributed import Client, Scheduler, Worker

    from pipeline.archive.team import Team

PATIENCE = 10  # seconds to find the scheduler, and a first worker
INSTALL = "instale el extra «archivo»: .venv/bin/pip install -c requirements-dev.txt -e '.[archivo]'"


def check_installed(*, distributed: bool) -> None:
    """Raise `ErrorDeUso` when the extra that reads archives is missing."""
    try:
        import fastwarc  # noqa: F401, PLC0415 - only to see that it is there

        if distributed:
            import distributed as dask  # noqa: F401, PLC0415
    except ImportError as error:
        raise ErrorDeUso(f"falta {error.name} para leer archivos web; {INSTALL}") from error


def people(address: str | None, workers: int | None) -> "AbstractContextManager[Team]":
    """Return who reads: the workers of a scheduler, else so many processes of this machine (one a core if not told)."""
    if address:
        _check_address(address)
    from pipeline.archive.team import local_team  # noqa: PLC0415 - what it needs is only there with the extra

    return dask_team(address) if address else nullcontext(local_team(workers or len(os.sched_getaffinity(0))))


@contextmanager
def dask_team(address: str) -> "Iterator[Team]":
    """Yield the workers of a scheduler (`tcp://HOST:PORT`). Raises `ErrorDeUso` when it cannot be used."""
    from distributed import Client, KilledWorker  # noqa: PLC0415 - a second to import

    from pipeline.archive.team import Team  # noqa: PLC0415

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # its own TimeoutError and CommClosedError are OSErrors
        raise ErrorDeUso(f"{address}: no responde ningún planificador de Dask") from error
    try:
        yield Team(
            partial(client.get_executor, pure=False),  # a span that is tried again is another task, not the one that failed
            _workers(client, address),
            (KilledWorker,),
            _let_go,
            alive=lambda: client.status == "running",
            reopens=False,
        )
    finally:
        with suppress(OSError):
            client.close(timeout=1)


def _check_address(address: str) -> None:
    """Refuse what is no address: Dask would look for it for half a minute, and then speak English."""
    try:
        told = urlsplit(address)
        whole = told.scheme in ("tcp", "tls") and bool(told.hostname) and bool(told.port)
    except ValueError:  # a port that is no number
        whole = False
    if not whole:
        raise ErrorDeUso(f"{address}: el planificador se escribe tcp://SERVIDOR:PUERTO, o tls://SERVIDOR:PUERTO")


def _workers(client: "Client", address: str) -> int:
    """Return how many may read at once, when none of them can be looked at from outside."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        check_doors({"planificador": client.run_on_scheduler(_scheduler_doors), **client.run(_worker_doors)})
        return sum(one["nthreads"] for one in client.scheduler_info(n_workers=-1)["workers"].values())
    except OSError as error:
        raise ErrorDeUso(f"{address}: el planificador de Dask no tiene trabajadores") from error


def _let_go(executor: Executor) -> None:
    executor.shutdown(wait=False)  # Dask's takes back what it had handed out


def check_doors(doors: Mapping[str, Sequence[str]]) -> None:
    """Refuse a scheduler or worker whose pages (tasks, logs, memory) listen on an address that others reach."""
    for who, addresses in doors.items():
        for address in addresses:
            if not ip_address(address).is_loopback:
                advice = "arránquelo con --dashboard-address 127.0.0.1:0"
                raise ErrorDeUso(f"{who}: su tablero de Dask escucha en {address}, a la vista de otros; {advice}")


def _scheduler_doors(dask_scheduler: "Scheduler") -> list[str]:
    return _doors(dask_scheduler)


def _worker_doors(dask_worker: "Worker") -> list[str]:
    return _doors(dask_worker)


def _doors(server: "Scheduler | Worker") -> list[str]:
    """Return the addresses on which a Dask server's pages listen."""
    pages = getattr(server, "http_server", None)
    return [] if pages is None else [one.getsockname()[0] for one in pages._sockets.values()]
