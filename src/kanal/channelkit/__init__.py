"""What the author of a channel kind may import, and nothing else of Kanal: the contract, the desk's port, the
neutral messages that travel between the two, the errors a kind may raise, and the suite that a kind must pass."""
