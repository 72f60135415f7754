"""Our side with the tagger left out: `python -m bench.ours REGISTRO CATALOGO` crawls, extracts, keeps evidence and rows."""

import sys
from contextlib import closing
from pathlib import Path


def main(registro: Path, catalogue: Path) -> None:
    """Do what `hallazgos correr` does until the texts are stored."""
    # As in the commands: the readers' processes import this module again, and must not load all that with it.
    from crawlers.fuente import read_catalogue  # noqa: PLC0415 - a child process loads what its side needs
    from crawlers.harvest import harvest  # noqa: PLC0415 - a child process loads what its side needs
    from pipeline.registry.connection import open_registry  # noqa: PLC0415 - a child process loads what its side needs
    from pipeline.registry.ledger import RegistryLedger  # noqa: PLC0415 - a child process loads what its side needs
    from pipeline.registry.runs import close_run, open_run, sync_sources  # noqa: PLC0415 - a child process loads what its side needs
    from pipeline.reloj import clock  # noqa: PLC0415 - a child process loads what its side needs
    from pipeline.run import RunOrder  # noqa: PLC0415 - a child process loads what its side needs

    order = RunOrder(registro, read_catalogue(catalogue), clock(), delay=0.0, allow_local=True)
    sources = order.sources()
    with closing(open_registry(registro)) as db:
        sync_sources(db, order.catalogue, order.now())
        run_id = open_run(db, order.now(), mode=order.mode(), version="bench")
        harvest(sources, RegistryLedger(db, run_id, order.now, folder=registro.parent), order.options(run_id))
        close_run(db, run_id, order.now(), expected=[source.id for source in sources], findings=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
