"""The rules of the return, by subject; each module declares a list RULES."""
