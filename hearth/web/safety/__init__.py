"""Safety: missing episodes, exploitation, allegations, offending."""
