"""What is typed of a day."""

LONGEST_NOTE = 150
"""Of its problems, and of its plan: both fit into the chat text beside the weightiest figures."""
