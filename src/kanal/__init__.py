"""Kanal: a self-hosted help desk. ARCHITECTURE.md has the map and the path of one message, in and out."""
