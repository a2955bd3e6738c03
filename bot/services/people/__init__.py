"""Who people are to the bot: where they are reached, what they are called, which language they read, who stands in."""
