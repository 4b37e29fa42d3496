"""Tags: words of the account's own on tickets. People and rules put them there; lists and conditions read them."""
