"""How things end: by silence, by the lengths of time in the rules, and what goes with them from chats."""
