// Whether a text could be a mailbox; the server decides.

export const looksLikeAddress = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text.trim());
