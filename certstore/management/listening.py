"""Where `serve` listens: sockets, the addresses to print, and a sentence for what cannot be."""

import errno
import fcntl
import ipaddress
import socket
import struct
from dataclasses import dataclass

BACKLOG = 2048
SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of an interface
INTERFACE_NAME = 15
LOOPBACK = "127.0.0.1"

REASONS = {
    errno.EADDRINUSE: "Port {port} on {host} is in use. Stop what uses it, or take another with --port.",
    errno.EACCES: "Port {port} needs more rights than you have. Choose one above 1023 with --port.",
    errno.EADDRNOTAVAIL: "{host} is no address of this machine.",
}


class CannotListen(Exception):
    """Its text is the sentence to print."""


@dataclass(frozen=True, slots=True)
class Place:
    """One address this machine listens on."""

    host: str  # as it was given, without brackets
    socket: socket.socket

    @property
    def port(self) -> int:
        """The real port, also where any was wanted."""
        port: int = self.socket.getsockname()[1]
        return port

    @property
    def is_everywhere(self) -> bool:
        """Whether it listens on every address of the machine."""
        return ipaddress.ip_address(self.socket.getsockname()[0]).is_unspecified

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return ipaddress.ip_address(self.socket.getsockname()[0]).is_loopback


def listen(host: str, port: int) -> Place:
    """Listen now, so that nobody else takes the port while the database is made ready.

    In: a name or an address of this machine, a port (0: any free one). Raises CannotListen.
    """
    if not 0 <= port <= 65535:
        raise CannotListen(f"{port} is no port: a port is a number from 1 to 65535.")
    host = host.strip("[]")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        one = socket.socket(family, kind)
    except (OSError, UnicodeError) as error:
        raise CannotListen(f"{host!r} is no address of this machine.") from error
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(address)
        one.listen(BACKLOG)
    except OSError as error:
        one.close()
        reason = REASONS.get(error.errno or 0, "Cannot listen on {host}, port {port}: {text}.")
        raise CannotListen(reason.format(host=host, port=port, text=error.strerror)) from error
    return Place(host, one)


def places(host: str, port: int) -> list[Place]:
    """Where to listen: on the host, and on the loopback address too if the host alone left that out.

    The sign-in address that is printed works from this very machine only, hence over loopback.
    """
    first = listen(host, port)
    if first.is_loopback or first.is_everywhere:
        return [first]
    try:
        return [first, listen(LOOPBACK, first.port)]
    except CannotListen:
        first.socket.close()
        raise


def network_hosts() -> list[str]:
    """The IPv4 addresses of this machine's interfaces but loopback, without asking anybody."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(one, SIOCGIFADDR, struct.pack("256s", name.encode()[:INTERFACE_NAME]))
            except OSError:  # an interface without an IPv4 address, or a system with another number for this
                continue
            address = socket.inet_ntoa(answer[20:24])
            if not ipaddress.ip_address(address).is_loopback and address not in found:
                found.append(address)
    return found


def url(host: str, port: int) -> str:
    """The address to type for a host and a port."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
