"""What members are told: notices made from events (somebody gave me a ticket, a customer answered), in the app, on the
desktop and by mail, as each prefers. Mails are rows of `member_mails`, worded and sent by `mailer`."""
