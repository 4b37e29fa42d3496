"""The kinds of channel that come with Kanal, each self-contained; server/installed.py lists them, and nothing else
imports them."""
