"""The rules in force: read from their file, compiled or taken as kept, loaded again while the bot runs.

Knows none of the duties.
"""
