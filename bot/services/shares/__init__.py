"""Each field's share of an inquiry: who has it, until when it is due, and what happens if nobody answers.

A share is what the model calls an `Assignment`. What the inquirer is told of it is here, too.
"""
