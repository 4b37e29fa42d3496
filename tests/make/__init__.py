"""What tests stand on: accounts, members, channels and mail, made through the real actions."""
