"""Whether people are there for work: by their weekly hours, the holidays of their country, out-of-office periods and by
hand. How it stands is a row from/to, kept up by `jobs.timekeeper`; routing reads it by `queries.standings`. Whether
somebody has a page open is another thing, see realtime."""
