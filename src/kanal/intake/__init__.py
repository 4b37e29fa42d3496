"""The way in: `receive` stores what a door took, `drain` takes what waits and has it parsed, `pipeline` makes contacts,
conversations and tickets of it. From the commit on, events carry the news."""
