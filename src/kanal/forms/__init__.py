"""Forms: their fields and looks in versions, the pages that show them, and what was submitted. A form exists by
itself; a channel that carries it makes tickets of its submissions."""
