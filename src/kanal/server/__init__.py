"""The composition root: puts the parts together for each process, knows the kinds, and binds the port by which they
speak to the desk."""
