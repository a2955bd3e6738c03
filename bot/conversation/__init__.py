"""The dialogue as a state machine: a situation and an event in, the step to take out. Pure, like routing.

Says nothing and stores nothing: `bot.services` gathers the situation, carries the step out and finds the words.
May import `bot.model` and `bot.errors`.

Example:
    >>> decide_message(Situation(noticed=False), message, decision)
    HoldForNotice()
"""
