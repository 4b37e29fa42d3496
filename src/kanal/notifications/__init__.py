"""Notices for members, made from events: somebody gave me a ticket, a customer answered, my reply did not arrive."""
