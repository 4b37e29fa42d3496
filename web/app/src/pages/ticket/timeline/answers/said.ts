// What of a filled-in form is its message, and what stands beside it: nothing is shown twice.

export interface Answer {
  label: string;
  value: string;
}
export interface Said {
  /** The words that the form asks for, "" where all there is are answers. */
  text: string;
  answers: Answer[];
}

export function saidOf(message: { text: string; answers: readonly Answer[] }): Said {
  const text = message.text.trim();
  const answers = [...message.answers];
  if (text === listed(answers)) return { text: "", answers };
  const asText = answers.findIndex(({ value }) => value.trim() === text);
  return { text, answers: asText < 0 ? answers : answers.toSpliced(asText, 1) };
}

/** A form that asks for no description is told by all that was answered. */
const listed = (answers: readonly Answer[]) =>
  answers
    .map(({ label, value }) => `${label}: ${value}`)
    .join("\n")
    .trim();
