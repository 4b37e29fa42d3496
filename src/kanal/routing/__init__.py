"""Who gets a ticket, and why: rules of a channel, candidates, the queue of work that waits, and the reason of each
decision. intake hands over what arrived; `queue` gives out later what nobody could take."""
