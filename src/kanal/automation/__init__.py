"""Ticket automation: rules of a channel that act when something happened to one of its tickets (EML-24). They follow
from events like notices do: `consumer` reads the events, `running` asks a rule, `doing` does what it says, and every
run is kept with its reason."""
