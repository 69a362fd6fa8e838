"""Pages without a log-in: a notice to register by, and one resident's own page."""
