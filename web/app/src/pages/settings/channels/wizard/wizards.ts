// The kinds and methods that this app knows how to connect; a kind that is not here is not offered.

export const wizards: Record<string, readonly string[]> = { email: ["forwarding"] };
