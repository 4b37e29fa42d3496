"""Small kinds that differ as much as kinds can, to see that the contract fits them before they are built."""
