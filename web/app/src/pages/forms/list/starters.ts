// What a new form can start from, in both languages; the first one is left to the server, which has the usual fields.
import type { FormField, FormOptions, NewForm } from "@/api/forms";
import { nameFrom } from "../builder/draft";
import { plainField } from "../builder/newField";
import { wordsOf } from "../builder/words";

type Language = FormOptions["language"];
export const starters = ["blank", "contact", "return", "problem"] as const;
export type Starter = (typeof starters)[number];

export function formFrom(starter: Starter, name: string, language: Language): NewForm {
  const options = { language };
  if (starter === "blank") return { name, options };
  const { intro, submit_label, thanks, fields } = contents[starter](texts[language], language);
  return {
    name,
    options: { ...options, intro, submit_label, thanks },
    fields: [...fields, ...placing(language)],
  };
}

interface Contents {
  intro: string;
  submit_label: string;
  thanks: string;
  fields: FormField[];
}

/** Where tickets go is set by hidden fields, which say nothing until the settings do (FRM-3, FRM-4). */
function placing(language: Language): FormField[] {
  const { properties } = wordsOf[language];
  return (["pipeline", "status"] as const).map((key) => {
    const property = `ticket.${key}`;
    return { ...plainField(key, "select", properties[property] ?? key), hidden: true, property };
  });
}

const field = (type: FormField["type"], label: string, part: Partial<FormField> = {}): FormField => ({
  ...plainField(nameFrom(part.name ?? label, []), type, label),
  ...part,
});

const who = (language: Language): FormField[] => {
  const { properties } = wordsOf[language];
  return [
    field("text", properties["contact.name"] ?? "", {
      name: "name",
      property: "contact.name",
      width: "half",
    }),
    field("email", properties["contact.email"] ?? "", {
      name: "email",
      property: "contact.email",
      required: true,
      width: "half",
    }),
  ];
};
const subject = (label: string): FormField =>
  field("text", label, { name: "subject", property: "ticket.subject", required: true });
const description = (label: string, help = ""): FormField =>
  field("long_text", label, { name: "description", property: "ticket.description", required: true, help });

const contents: Record<Exclude<Starter, "blank">, (t: Texts, language: Language) => Contents> = {
  contact: (t, language) => ({
    intro: t.contact.intro,
    submit_label: t.contact.send,
    thanks: t.contact.thanks,
    fields: [
      ...who(language),
      field("phone", t.contact.phone, { name: "phone", help: t.contact.phoneHelp, limits: { region: "SE" } }),
      field("select", t.contact.about, { name: "about", required: true, options: t.contact.topics }),
      subject(t.contact.subject),
      description(t.contact.message),
      field("file", t.contact.file, { name: "files", limits: { files: 3 } }),
    ],
  }),
  return: (t, language) => ({
    intro: t.return.intro,
    submit_label: t.return.send,
    thanks: t.return.thanks,
    fields: [
      ...who(language),
      field("text", t.return.order, {
        name: "order",
        required: true,
        help: t.return.orderHelp,
        width: "half",
      }),
      field("date", t.return.bought, { name: "bought", width: "half" }),
      field("select", t.return.what, { name: "what", required: true, options: t.return.whats }),
      field("select", t.return.reason, {
        name: "reason",
        options: t.return.reasons,
        show_when: { field: "what", operator: "is", value: t.return.whats[0] },
      }),
      field("multi_select", t.return.wrong, {
        name: "wrong",
        options: t.return.wrongs,
        show_when: { field: "what", operator: "is", value: t.return.whats[1] },
      }),
      subject(t.return.subject),
      description(t.return.message),
      field("file", t.return.photos, {
        name: "photos",
        help: t.return.photosHelp,
        limits: { files: 5, file_groups: ["image"] },
      }),
      field("consent", wordsOf[language].types.consent, { name: "consent" }),
    ],
  }),
  problem: (t, language) => ({
    intro: t.problem.intro,
    submit_label: t.problem.send,
    thanks: t.problem.thanks,
    fields: [
      ...who(language),
      subject(t.problem.subject),
      field("select", t.problem.impact, { name: "impact", required: true, options: t.problem.impacts }),
      description(t.problem.message, t.problem.messageHelp),
      field("text", t.problem.where, { name: "where", placeholder: "https://" }),
      field("file", t.problem.shots, { name: "screenshots", limits: { files: 3 } }),
    ],
  }),
};

type Texts = (typeof texts)["en"];

const texts = {
  en: {
    contact: {
      intro: "Write to us and we will answer by email.",
      send: "Send",
      thanks: "Thank you! We have got your message and will answer by email.",
      phone: "Phone",
      phoneHelp: "If you would rather be called",
      about: "What is it about?",
      topics: ["My order", "A product", "An invoice", "Something else"],
      subject: "Subject",
      message: "Your message",
      file: "Files that help us understand",
    },
    return: {
      intro: "Tell us what you want to return or what is wrong, and we will sort it out.",
      send: "Send",
      thanks: "Thank you! We will look into it and write to you within two working days.",
      order: "Order number",
      orderHelp: "You find it in your receipt",
      bought: "Bought on",
      what: "What do you want to do?",
      whats: ["Return something", "Make a complaint"],
      reason: "Why do you return it?",
      reasons: ["Wrong size", "Not as described", "Changed my mind", "Another reason"],
      wrong: "What is wrong?",
      wrongs: ["It is broken", "A part is missing", "It does not work", "Something else"],
      subject: "Which item is it about?",
      message: "Tell us more",
      photos: "Photos",
      photosHelp: "Show us what is wrong",
    },
    problem: {
      intro: "Something does not work? The more you tell us, the sooner we can mend it.",
      send: "Report the problem",
      thanks: "Thank you! We are on it and will write to you.",
      subject: "What does not work?",
      impact: "How much does it stop you?",
      impacts: ["I cannot work at all", "I can work around it", "It is only annoying"],
      message: "What did you do, and what happened?",
      messageHelp: "Also what you expected instead",
      where: "On which page?",
      shots: "Screenshots",
    },
  },
  sv: {
    contact: {
      intro: "Skriv till oss så svarar vi med e-post.",
      send: "Skicka",
      thanks: "Tack! Vi har fått ditt meddelande och svarar med e-post.",
      phone: "Telefon",
      phoneHelp: "Om du hellre vill bli uppringd",
      about: "Vad gäller det?",
      topics: ["Min beställning", "En produkt", "En faktura", "Något annat"],
      subject: "Ämne",
      message: "Ditt meddelande",
      file: "Filer som hjälper oss att förstå",
    },
    return: {
      intro: "Berätta vad du vill returnera eller vad som är fel, så löser vi det.",
      send: "Skicka",
      thanks: "Tack! Vi tittar på det och skriver till dig inom två arbetsdagar.",
      order: "Ordernummer",
      orderHelp: "Du hittar det på kvittot",
      bought: "Köpt den",
      what: "Vad vill du göra?",
      whats: ["Returnera något", "Reklamera något"],
      reason: "Varför returnerar du det?",
      reasons: ["Fel storlek", "Inte som beskrivet", "Ångrat mig", "Annat skäl"],
      wrong: "Vad är fel?",
      wrongs: ["Det är trasigt", "En del saknas", "Det fungerar inte", "Något annat"],
      subject: "Vilken vara gäller det?",
      message: "Berätta mer",
      photos: "Bilder",
      photosHelp: "Visa oss vad som är fel",
    },
    problem: {
      intro: "Är det något som inte fungerar? Ju mer du berättar, desto fortare kan vi laga det.",
      send: "Anmäl felet",
      thanks: "Tack! Vi arbetar med det och hör av oss.",
      subject: "Vad fungerar inte?",
      impact: "Hur mycket hindrar det dig?",
      impacts: ["Jag kan inte arbeta alls", "Jag kan komma runt det", "Det är bara irriterande"],
      message: "Vad gjorde du, och vad hände?",
      messageHelp: "Och vad du väntade dig i stället",
      where: "På vilken sida?",
      shots: "Skärmbilder",
    },
  },
};
