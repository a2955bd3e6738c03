"""Carrying words to and fro as they were written: to contacts, the inquirer and colleagues; and which have arrived."""
