"""Tables of cases, one or more for each duty: what a practitioner could check, and what the reference pages print."""
