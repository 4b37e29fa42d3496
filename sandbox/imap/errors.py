"""What a command comes to when it does not come to OK."""


class No(Exception):
    """It cannot be done; the words, perhaps with a response code in brackets, go to the program."""


class Bad(Exception):
    """It makes no sense."""
