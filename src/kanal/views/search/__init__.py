"""Search: what a person typed (`parsing`), what it names in this account (`meaning`), the tickets that it finds
(`finding`), and the words around each hit (`marking`). `completing` helps to type it."""
