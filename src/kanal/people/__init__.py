"""People: users who sign in, what they may do in each account as its members, their teams, and the proofs of who they
are (passwords, codes, sessions, links, tokens). Requests meet all this in `api.http.signin`."""
