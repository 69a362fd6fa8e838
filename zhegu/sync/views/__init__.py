"""Office pages about phones, the page of trust, and the phone app's own files."""
