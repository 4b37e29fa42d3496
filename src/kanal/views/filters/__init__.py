"""What the filter of a view may ask of tickets, and how that stands in the database. `kit/conditions_sql` puts the two
together, `questions` asks it beside the rest."""
