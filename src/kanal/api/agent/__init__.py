"""The agents' API under /api/v1: thin handlers, one file a resource, on top of the domain's queries and actions."""
