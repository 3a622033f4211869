"""How well the promises are kept: measures, one engine, comparators, disclosure control."""
