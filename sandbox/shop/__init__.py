"""A shop on an origin of its own, as customers of the help desk have one: its contact page brings a form by a script
tag, another page sends one without any script. Starts in `pages`."""
