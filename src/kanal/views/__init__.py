"""What members see: lists, counts, one ticket, its timeline, contacts. Every read starts from `visible`; api/agent
shows what comes out."""
