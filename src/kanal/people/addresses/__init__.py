"""Members' own addresses, proved by a code that was mailed there. Mail from one that answers a thread of ours becomes
an internal comment of theirs (K19); no channel can claim it (EML-3). Reading such mailboxes is not part of this."""
