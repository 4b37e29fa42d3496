"""What every route shares: the application, sign-in, errors as problem documents, idempotency, headers, logs, metrics,
the API's description and the files of the agent app. Start reading at `app.build`."""
