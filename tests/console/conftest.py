"""The commands are tried on the same stage as the services."""

from tests.services.conftest import stage

__all__ = ["stage"]
