"""A mail server on loopback, just enough SMTP to receive what `hallazgos aviso` sends."""

import asyncio
import email
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default


@dataclass
class Mailbox:
    """Where it listens, and what it received; with `refuse` it takes no message."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    refuse: bool = False

    @property
    def address(self) -> str:
        """The channel that delivers here; its password is a canary that no message may show."""
        return f"mailto://127.0.0.1:{self.port}?from=monitor@hallazgos.ejemplo&to=ana@ejemplo.mx&mode=insecure"

    def body(self, number: int = -1) -> str:
        part = self.messages[number].get_body(("plain", "html"))
        assert part is not None
        return part.get_content()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client: greeting, commands, one or more messages."""
        writer.write(b"220 buzon\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 sigue\r\n")
                content = await reader.readuntil(b"\r\n.\r\n")
                self.messages.append(email.message_from_bytes(content[:-5], _class=EmailMessage, policy=default))
            refused = self.refuse and word == b"MAIL"
            writer.write(b"550 no se admite\r\n" if refused else b"221 adios\r\n" if word == b"QUIT" else b"250 bien\r\n")
            if word == b"QUIT":
                break
        writer.close()


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mailbox that listens in a thread of its own until the block ends."""
    box, ready, loop = Mailbox(), threading.Event(), asyncio.new_event_loop()

    async def listen() -> asyncio.Server:
        server = await asyncio.start_server(box.talk, "127.0.0.1", 0)
        box.port = server.sockets[0].getsockname()[1]
        ready.set()
        return server

    def run() -> None:
        server = loop.run_until_complete(listen())
        loop.run_forever()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
