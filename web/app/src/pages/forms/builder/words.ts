// What new fields are called, in the form's own language, which need not be the reader's.
import type { FieldType, FormOptions } from "@/api/forms";

type Language = FormOptions["language"];
interface Words {
  types: Record<FieldType, string>;
  /** Of built-in properties, by path. */
  properties: Record<string, string>;
  priorities: Record<string, string>;
  /** As the form itself says it. */
  required: string;
  choose: string;
  send: string;
  choice: (number: number) => string;
  copy: (name: string) => string;
}

export const wordsOf: Record<Language, Words> = {
  en: {
    types: {
      text: "Short answer",
      long_text: "Long answer",
      email: "Email",
      phone: "Phone",
      number: "Number",
      date: "Date",
      select: "Choose one",
      multi_select: "Choose any",
      checkbox: "Yes, please",
      consent: "I agree that my answers are stored and used to help me.",
      file: "Files",
    },
    properties: {
      "contact.name": "Name",
      "contact.email": "Email",
      "ticket.subject": "Subject",
      "ticket.description": "How can we help?",
      "ticket.priority": "How urgent is it?",
      "ticket.pipeline": "Pipeline",
      "ticket.status": "Status",
    },
    priorities: { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" },
    required: "required",
    choose: "Choose …",
    send: "Send",
    choice: (number) => `Choice ${number}`,
    copy: (name) => `${name} (copy)`,
  },
  sv: {
    types: {
      text: "Kort svar",
      long_text: "Långt svar",
      email: "E-post",
      phone: "Telefon",
      number: "Tal",
      date: "Datum",
      select: "Välj ett",
      multi_select: "Välj ett eller flera",
      checkbox: "Ja, tack",
      consent: "Jag godkänner att mina svar sparas och används för att hjälpa mig.",
      file: "Filer",
    },
    properties: {
      "contact.name": "Namn",
      "contact.email": "E-post",
      "ticket.subject": "Ämne",
      "ticket.description": "Vad kan vi hjälpa till med?",
      "ticket.priority": "Hur bråttom är det?",
      "ticket.pipeline": "Pipeline",
      "ticket.status": "Status",
    },
    priorities: { low: "Låg", normal: "Normal", high: "Hög", urgent: "Brådskande" },
    required: "obligatoriskt",
    choose: "Välj …",
    send: "Skicka",
    choice: (number) => `Val ${number}`,
    copy: (name) => `${name} (kopia)`,
  },
};
