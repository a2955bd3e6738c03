"""What the process tells those who keep it running: health pages, figures, the service manager; and its web server.

Above the channels, so that it may look at everything that runs; nothing below knows of it. No id, no name and no words
of anybody appear here: these pages are made to be collected elsewhere.

Example:
    A monitoring asks `GET /readyz` and gets 200, or 503 with the reason in words.
"""
