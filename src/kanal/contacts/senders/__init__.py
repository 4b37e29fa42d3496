"""Senders that are always believed and senders that never are: the account's allow and deny lists, and whom somebody
blocked. intake asks here whether a message is spam, and whether what somebody hands on is believed."""
