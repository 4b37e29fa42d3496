// Makes forms for tests; what a test cares about it says itself.
import type { FormContents, FormField } from "@/api/forms";

export function makeField(part: Partial<FormField> = {}): FormField {
  return {
    name: "topic",
    type: "text",
    label: "Topic",
    required: false,
    hidden: false,
    default: null,
    options: [],
    labels: {},
    property: null,
    help: "",
    placeholder: "",
    width: "full",
    limits: {},
    show_when: null,
    ...part,
  };
}

export function makeContents(fields: FormField[] = [makeField()]): FormContents {
  return {
    name: "Contact us",
    fields,
    options: {
      language: "en",
      look: { accent: "#3b5bdb", font: "system", corners: "rounded" },
      intro: "",
      submit_label: "",
      after: "message",
      thanks: "",
      redirect_url: "",
      closes_at: null,
      closed: false,
      closed_text: "",
      origins: [],
      confirm: true,
      confirmation_subject: "",
      confirmation_text: "",
      captcha: false,
    },
  };
}
