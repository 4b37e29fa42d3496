"""Forms: what visitors of a site fill in comes in as messages, and answers leave by mail. The flow: the desk's forms
hand a submission over, parse.py reads it, and confirmation.py says what its sender gets back."""
