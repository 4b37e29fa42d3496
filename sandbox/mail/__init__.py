"""Customers' mailboxes and the mail hosts behind them.

Mail from Kanal comes in by `arriving`, mail to Kanal leaves through `carrier`; `post_office` stands between.
"""
