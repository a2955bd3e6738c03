"""What is stored, as a record that can be handed out: to the person it is about, and for the official file.

Collected from the store when it is asked for, never kept: a copy of somebody's data that lies about is one more thing
to delete. `collect` gathers, `coverage` says what of each table is in it, `own_page` and `file_page` write it for
people to read, `papers` makes the files the bot sends.
"""
