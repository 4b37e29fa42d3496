// What is said in the form's language where nothing else is written; the server says the same.
import type { FormOptions } from "@/api/forms";

interface Suggestions {
  thanks: string;
  closed: string;
  received: (subject: string) => string;
  greeting: string;
  answer: string;
  youWrote: string;
}

export const suggestions: Record<FormOptions["language"], Suggestions> = {
  en: {
    thanks: "We have received what you wrote.",
    closed: "Nothing more can be sent here.",
    received: (subject) => `We have received: ${subject}`,
    greeting: "Thank you, your message has reached us. We will answer you by email.",
    answer: "If you want to add something, just answer this email.",
    youWrote: "This is what you sent:",
  },
  sv: {
    thanks: "Vi har tagit emot det du skrev.",
    closed: "Det går inte att skicka något mer här.",
    received: (subject) => `Vi har tagit emot: ${subject}`,
    greeting: "Tack, ditt meddelande har kommit fram. Vi svarar dig via e-post.",
    answer: "Vill du lägga till något? Svara på det här mejlet.",
    youWrote: "Det här skickade du:",
  },
};
