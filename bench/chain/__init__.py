"""The whole chain: the real bot process over HTTP, beside a bare forwarder that stores nothing.

Both talk to the same lean stand-in for the Bot API, which runs in the measuring process and notes when each update was
there to be fetched and when each message came in. An inquiry costs both sides two messages: one to a contact, one back
to whoever wrote. Pacing is off, commits are durable (`synchronous=FULL`).

Example:
    $ .venv/bin/python -m bench.chain
    $ .venv/bin/python -m bench.chain --large 100000 --rounds 2
"""
