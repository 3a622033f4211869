"""The project itself: settings by environment, addresses, the day that counts as today, how it is served."""
