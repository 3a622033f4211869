"""A chronology chosen for a purpose: picked from the record, reasons given, locked, printed."""
