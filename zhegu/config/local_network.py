"""What runs beside a server on a local network: its name, its certificate, and the page on plain http
from which phones install the authority before they can trust the server."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from zhegu.config.serving import is_orphan
from zhegu.lib import clock
from zhegu.sync.outside import authority, lan

LOOK_EVERY = 10.0
OPEN_ON_HTTP = ("/trust/", "/static/")


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nobody reads it, and it holds addresses."""


def only_trust(application: Callable) -> Callable:
    """The application, but on plain http only the page of trust; everything else leads there."""

    def guarded(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ.get("REQUEST_METHOD") in ("GET", "HEAD") and environ["PATH_INFO"].startswith(OPEN_ON_HTTP):
            return application(environ, start_response)
        start_response("302 Found", [("Location", "/trust/"), ("Content-Length", "0")])
        return [b""]

    return guarded


def serve_trust(port: int) -> WSGIServer:
    """Serves the page of trust on plain http in a thread."""
    from zhegu.config.wsgi import application

    server = make_server("0.0.0.0", port, only_trust(application), _Threads, _Silent)  # noqa: S104
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def stand_by(data: Path, host: str, port: int, parent: int | None) -> None:
    """Says the name, and when addresses change says the new ones and has the certificate renewed."""
    known: list[str] = []
    beacon: lan.Beacon | None = None
    while not is_orphan(parent):
        now = lan.addresses()
        if now != known:
            renew(data, host, now, parent)
            if beacon:
                beacon.close()
            beacon = lan.Beacon(host, port)
            beacon.say(now or ["127.0.0.1"])
            known = now
        time.sleep(LOOK_EVERY)


def renew(data: Path, host: str, addresses: list[str], parent: int | None) -> bool:
    """Whether the certificate had to be renewed; the server then shows the new one without stopping."""
    chain = data / "keys" / "lan-server.crt"
    before = chain.read_bytes() if chain.exists() else b""
    kept = authority.certificates(data, host, addresses, clock.now())
    changed = kept.chain.read_bytes() != before
    if changed and before and parent:
        os.kill(parent, signal.SIGHUP)
    return changed
