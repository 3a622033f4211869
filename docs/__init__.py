"""The reference pages and what prints them."""
