"""What we write into our own mail so that we know it when it comes back."""

MARKER = "X-Kanal-Message"
"""Header with the id of the message, in every mail that we send."""
