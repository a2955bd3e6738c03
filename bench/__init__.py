"""Benchmarks: how fast routing is, beside other ways to find keywords in a text, all in one run; and the whole bot.

Apart from the product; may import all of it. The other ways are libraries that only `make bench` installs.

Example:
    $ make bench
    $ .venv/bin/python -m bench --texts messages.jsonl --factors 1,10
    $ .venv/bin/python -m bench.chain                        # the whole bot beside a bare forwarder
    $ .venv/bin/python -m bench.crash --inquiries 2000 --kills 50
"""
