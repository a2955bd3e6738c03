"""Speaking with the service manager, and the watchdog that goes with it.

The protocol is a datagram to the socket named in NOTIFY_SOCKET (sd_notify(3)); ten lines, and the libraries for it are
as old as they are small. Without that socket nothing is told, and the watchdog still ends a process that is stuck.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

from bot.operation.supervisor import PartEndedError, Supervisor
from bot.services.delivery.waiting import Bell

log = logging.getLogger(__name__)

# Without a service manager that names an interval; short beside what counts as stuck.
LOOK_EVERY_S = 10.0


class ServiceManager:
    """What to tell systemd; silent where there is none."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # A leading @ stands for the zero byte of Linux's names without a file.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        mine = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        limit_us = environment.get("WATCHDOG_USEC", "") if mine else ""
        # Half of what is allowed, as sd_watchdog_enabled(3) recommends.
        self.interval_s = min(LOOK_EVERY_S, int(limit_us) / 2_000_000) if limit_us.isdecimal() else LOOK_EVERY_S

    def ready(self, status: str) -> None:
        """Say that the start is over."""
        self._tell(f"READY=1\nSTATUS={status}")

    def status(self, status: str) -> None:
        """Say in a sentence what is going on."""
        self._tell(f"STATUS={status}")

    def alive(self) -> None:
        """Say that all parts make progress."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._tell("STOPPING=1\nSTATUS=stopping")

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as speaker:
                speaker.setblocking(False)
                speaker.sendto(words.encode(), self._address)
        except OSError as error:
            log.warning("the service manager cannot be told %r (%s)", words.partition("\n")[0], error.strerror)


class Watchdog:
    """Tells the service manager that the process lives, for as long as every part comes round. Run it as one task."""

    def __init__(self, manager: ServiceManager, supervisor: Supervisor) -> None:
        self._manager = manager
        self._supervisor = supervisor
        self._bell = Bell()

    def stop(self) -> None:
        """Tell no more."""
        self._bell.close()

    async def run(self) -> None:
        """Look until stopped.

        Raises:
            PartEndedError: a part is stuck.
        """
        while not self._bell.is_closed:
            self.look()
            await self._bell.rest(self._manager.interval_s)

    def look(self) -> None:
        """Look once.

        Raises:
            PartEndedError: a part is stuck; nothing is told, so that the service manager ends what does not end itself.
        """
        stuck = self._supervisor.stuck()
        if stuck:
            names = ", ".join(f"{name} for {seconds:.0f} s" for name, seconds in stuck.items())
            raise PartEndedError(f"no progress: {names}. The process ends; start it again.")
        self._manager.alive()
