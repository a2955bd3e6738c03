"""The services: what the bot does, a file per duty. The pure deciders are asked here, and their steps carried out.

Three modules are entrances: `dialogue` for what comes in, `sweeper` for what falls due, `undeliverable` for what could
not be sent. What they stand on is ordered in floors; an import contract in `pyproject.toml` draws them.

Everything a person or the office notices is a row written in the caller's transaction (`Turn`); nothing here talks to a
network. May import `bot.store` and what is below it, no channel.

Example:
    >>> async with database.transaction() as tx:
    ...     await dialogue.handle(tx, event)
"""
