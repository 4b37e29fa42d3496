/** The text with a token in the place of what is selected, and where the cursor stands after it. */
export function withToken(text: string, token: string, from: number, to: number) {
  const typed = `{{${token}}}`;
  return { text: text.slice(0, from) + typed + text.slice(to), cursor: from + typed.length };
}
