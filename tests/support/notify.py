"""A service manager's ear: the socket a process speaks to (sd_notify(3))."""

from __future__ import annotations

import socket


class Ear:
    """Hears what is told; an address that begins with a zero byte is a name without a file."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)

    def heard(self) -> list[str]:
        """Return what was told since the last time."""
        told = []
        try:
            while True:
                told.append(self._socket.recv(4096).decode())
        except BlockingIOError:
            return told

    def close(self) -> None:
        self._socket.close()
