"""Office pages of arrivals, notices and building sites."""
