"""What people can do: skills in categories, languages among them, and who has which (ROUTE-19). Routing requires them
of those it gives tickets to."""
