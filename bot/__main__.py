"""Lets `python -m bot` start the commands."""

from bot.cli import main

main()
