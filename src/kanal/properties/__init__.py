"""The registry of typed properties of tickets and contacts, built in and custom: what fields there are, what a value
may be, and what conditions may ask of them."""
