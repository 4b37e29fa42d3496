"""What would have gone elsewhere: changed rules over the tickets of the last 30 days, with availability, load and
skills as they stood at each arrival. `actions` asks for it, `jobs` works through what was asked for, `run` compares."""
