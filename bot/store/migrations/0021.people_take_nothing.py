"""Shares that people moved themselves were taken by nobody: `inquirer` is no contact's key.

Their page and their file named it among those who had the inquiry.
"""

from __future__ import annotations

from yoyo import step

__depends__ = {"0020.takers"}

steps = [step("UPDATE assignments SET taker = NULL WHERE taker = 'inquirer'")]
