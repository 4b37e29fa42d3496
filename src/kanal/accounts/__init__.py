"""Accounts: the organisations of this installation. Everything else belongs to one of them; people sign in to them next
door, in `people`."""
