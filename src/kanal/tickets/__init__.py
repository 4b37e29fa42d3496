"""Numbered work: pipelines and statuses, who has it, and how it changes when somebody writes or acts."""
