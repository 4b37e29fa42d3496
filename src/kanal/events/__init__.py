"""The spine: one table of facts, numbered without gaps per account. Screens, notices, webhooks and automation follow
from events and read nothing else."""
