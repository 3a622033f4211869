"""Foster carers, children's homes and the authority itself: what is known of them, what is owed, what is recorded."""
