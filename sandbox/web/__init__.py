"""What every stand-in's pages share: markup, the page around them, problems, the look. No stand-in is named here."""
