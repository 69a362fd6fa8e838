"""The local network: which addresses this computer has, and saying its name there (mDNS, RFC 6762)."""

import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ifaddr
from zeroconf import IPVersion, ServiceInfo, Zeroconf

from zhegu.vault.keyring import key_folder

SERVICE = "_https._tcp.local."


def addresses() -> list[str]:
    """IPv4 addresses of this computer, sorted, without loopback: cable, wireless, its own hotspot."""
    found = {
        str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4
    }  # fmt: skip
    return sorted(one for one in found if not one.startswith("127."))


def fixed_host(data: Path, community: str) -> str:
    """The name phones know this server by; chosen once, then kept, whatever else changes."""
    kept = key_folder(data) / "lan-host"
    if not kept.exists():
        kept.write_text(f"zhegu-{community.lower()}.local" if community else "zhegu.local")
    return kept.read_text().strip()


class Beacon:
    """Answers on the local network to the fixed host name, with the addresses of the moment."""

    def __init__(self, host: str, port: int, interfaces: Any = None):
        self.host, self.port = host, port
        self.zeroconf = Zeroconf(interfaces=interfaces or [*addresses(), "127.0.0.1"], ip_version=IPVersion.V4Only)
        self.info: ServiceInfo | None = None

    def say(self, known: Iterable[str]) -> None:
        """From now on the name resolves to these addresses."""
        packed = [socket.inet_aton(one) for one in known]
        info = ServiceInfo(
            SERVICE, f"{self.host.removesuffix('.local')}.{SERVICE}", port=self.port, addresses=packed,
            server=f"{self.host}.",
        )
        if self.info is None:
            self.zeroconf.register_service(info, allow_name_change=False)
        else:
            self.zeroconf.update_service(info)
        self.info = info

    def close(self) -> None:
        self.zeroconf.close()
