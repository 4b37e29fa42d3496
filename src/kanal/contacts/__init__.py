"""The people who write to us, and their handles: one address each on one kind. An unknown sender becomes a contact."""
