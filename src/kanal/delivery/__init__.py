"""The way out: `send` writes a reply and its promise in one transaction, `dispatch` hands it to the channel's kind, and
`receipts` notes what became of it."""
