"""The whole registry as a file, for who administers: a copy made at that moment, sent, and removed."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.utils.asgi import asgi_send_file

from pipeline.partial import scratch
from pipeline.registry.snapshot import copy_registry


@dataclass(frozen=True)
class RegistryCopy:
    """An answer: the registry at `registro` as it stands, also while others write (a bare file would be half of one)."""

    registro: Path
    status: int = 200

    async def asgi_send(self, send: Any) -> None:  # noqa: ANN401 - ASGI's own callable, untyped in Datasette
        """Copy, send and remove; the copy lies, private, beside the registry meanwhile."""
        with scratch(self.registro.parent, self.registro.name) as copy:
            await asyncio.to_thread(copy_registry, self.registro, copy)
            await asgi_send_file(send, copy, filename="registro.db", content_type="application/octet-stream")
