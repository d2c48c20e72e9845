"""The use cases, as plain verbs: facts in, what happened out. They never print or read a clock."""
