// Tokens in a signature: they stand for the name of whoever answers, and are filled in when a mail is written.

export const tokens = ["agent.full_name", "agent.first_name", "agent.last_name"] as const;
export type Token = (typeof tokens)[number];

export const written = (token: Token) => `{{${token}}}`;
export const tokenPattern = /\{\{\s*agent\.(?:full|first|last)_name\s*\}\}/g;
