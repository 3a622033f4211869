"""Papers for people: figures, words and charts."""
