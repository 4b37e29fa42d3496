"""Development scripts; none is part of the product."""
