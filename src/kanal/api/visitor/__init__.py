"""What people call who have no account here: visitors with a form, and the sites that it stands on."""
