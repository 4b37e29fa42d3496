"""Tools that know nothing of help desks: database, settings, clock, ids, crypto, HTTP, mail, storage, HTML, logs."""
