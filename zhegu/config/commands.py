"""`zhegu serve` and `zhegu work`."""

import argparse
import os
import sys
from pathlib import Path


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    serve = subparsers.add_parser("serve", help="the office pages and the phones' door")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="", help="address to listen on (default: this computer only)")
    serve.add_argument("--lan", action="store_true", help="for phones on the local network: own name and https")
    serve.add_argument("--trust-port", type=int, help="plain http, to install the authority (default: port + 1)")
    serve.add_argument("--cert", type=Path, help="an operator's own certificate chain (PEM)")
    serve.add_argument("--key", type=Path, help="its key (PEM)")
    serve.set_defaults(handler=serve_pages, bare=True)
    work = subparsers.add_parser("work", help="lets the wiring react to what is journalled")
    work.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    work.add_argument("--once", action="store_true", help="until nothing is left, then end")
    work.set_defaults(handler=work_on)
    beacon = subparsers.add_parser("beacon", help="the server's name and the page of trust, for `serve --lan`")
    beacon.add_argument("--port", type=int, required=True)
    beacon.add_argument("--trust-port", type=int, required=True)
    beacon.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    beacon.set_defaults(handler=shine, bare=True)
    tables = subparsers.add_parser("makemigrations", help="for whoever changes tables: the steps from the last ones")
    tables.add_argument("apps", nargs="*", metavar="APP")
    tables.add_argument("--name", help="of the new step")
    tables.add_argument("--check", action="store_true", help="1 where a step is missing")
    tables.add_argument("--dry-run", action="store_true", help="say it, write nothing")
    tables.set_defaults(handler=make_migrations, bare=True)


def _begin() -> None:
    from zhegu.config import start

    start.begin()
    start.ready()


def _address(args: argparse.Namespace):
    """Where to listen; environment first, since the settings read it when they are loaded."""
    from zhegu.config.serving import Address

    if args.lan:
        return _on_local_network(args)
    tls = bool(args.cert and args.key)
    if tls:
        os.environ["ZHEGU_TLS"] = "1"
    host = args.host or "127.0.0.1"
    name = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104
    shown = f"{'https' if tls else 'http'}://{name}:{args.port}/"
    return Address(host, args.port, shown, args.cert if tls else None, args.key if tls else None)


def _on_local_network(args: argparse.Namespace):
    from zhegu.config.serving import Address

    os.environ.update(ZHEGU_LAN="1", ZHEGU_TLS="1", ZHEGU_TRUST_PORT=str(args.trust_port or args.port + 1))
    _begin()
    from django.conf import settings

    from zhegu.lib import clock
    from zhegu.lib.scope import Scope
    from zhegu.places import queries as places
    from zhegu.sync.outside import authority, lan

    first = places.communities(Scope.everything("the server is named after its community")).first()
    host = lan.fixed_host(settings.DATA, first.code if first else "")
    kept = authority.certificates(settings.DATA, host, lan.addresses(), clock.now())
    os.environ["ZHEGU_ADDRESS"] = f"https://{host}:{args.port}"
    return Address(args.host or "0.0.0.0", args.port, f"https://{host}:{args.port}/", kept.chain, kept.key)  # noqa: S104


def serve_pages(args: argparse.Namespace) -> int:
    """Serves until stopped; 4 where the port is taken."""
    from zhegu.config import serving

    address = _address(args)
    if not serving.is_free(address.host, address.port):
        print(f"port {address.port} is in use; choose another with --port", file=sys.stderr)
        return 4
    _begin()
    beside = [["work"]]
    if args.lan:
        beside.append(["beacon", "--port", str(args.port), "--trust-port", os.environ["ZHEGU_TRUST_PORT"]])
    serving.serve(address, beside)
    return 0


def work_on(args: argparse.Namespace) -> int:
    """Lets the wiring react, for ever or until nothing is left; while it rests it does the night's work, once a day, and sends figures up."""
    from zhegu.config.serving import repeat
    from zhegu.config.statistics import Hourly
    from zhegu.journal.worker import work
    from zhegu.upkeep.nights import Watch
    from zhegu.upward.sending import Watch as Sending
    from zhegu.wiring import wiring

    reactions = wiring()
    if args.once:
        while work(reactions):
            pass
        return 0
    night, hour, sending = Watch(), Hourly(), Sending()
    repeat(lambda: bool(work(reactions)) or night() or hour() or sending(), args.parent)
    return 0


def shine(args: argparse.Namespace) -> int:
    """The name on the local network and the page of trust on plain http."""
    os.environ.update(ZHEGU_LAN="1", ZHEGU_TRUST_PORT=str(args.trust_port))
    _begin()
    from django.conf import settings

    from zhegu.config.local_network import serve_trust, stand_by
    from zhegu.sync.outside import lan

    serve_trust(args.trust_port)
    stand_by(settings.DATA, lan.fixed_host(settings.DATA, ""), args.port, args.parent)
    return 0


def make_migrations(args: argparse.Namespace) -> int:
    """Writes what tables need to become what the models say; 1 where `--check` finds a step missing."""
    from django.core.management import call_command

    from zhegu.config import start

    start.begin()
    try:
        call_command("makemigrations", *args.apps, name=args.name, check_changes=args.check, dry_run=args.dry_run)
    except SystemExit as told:
        return int(told.code or 0)
    return 0
