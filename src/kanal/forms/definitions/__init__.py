"""Forms as people build them: which fields a new one has, what is wrong with one, and its versions. What is saved here
is shown by `forms.pages` and filled in through `forms.filling`."""
