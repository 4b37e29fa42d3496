// How a form is used from elsewhere, written out with its own fields.
import type { Form, FormField } from "@/api/forms";
import { wordsOf } from "../words";

type Published = Pick<Form, "url" | "fields" | "options">;

/** A plain page of one's own: it works without any script. */
export function htmlExample({ url, fields, options }: Published): string {
  const files = fields.some((field) => field.type === "file" && !field.hidden);
  const send = options.submit_label || wordsOf[options.language].send;
  return [
    `<form action="${escaped(url)}" method="post"${files ? ' enctype="multipart/form-data"' : ""}>`,
    ...shown(fields)
      .flatMap(control)
      .map((line) => `  ${line}`),
    `  <button>${escaped(send)}</button>`,
    "</form>",
  ].join("\n");
}

export function curlExample({ url, fields }: Published): string {
  const body = JSON.stringify(bodyOf(fields), null, 2).replaceAll("'", "'\\''");
  return [`curl ${url} \\`, "  -H 'Content-Type: application/json' \\", `  -d '${body}'`].join("\n");
}

/** An address that fills in what is known already. */
export function prefillExample({ url, fields }: Published): string {
  const field = fields.find(
    (each) => each.type !== "file" && !isPlace(each) && each.property !== "contact.email",
  );
  return field ? `${url}?${field.name}=${encodeURIComponent(String(sample(field)))}` : url;
}

const isPlace = (field: FormField) =>
  field.property === "ticket.pipeline" || field.property === "ticket.status";
const shown = (fields: FormField[]) => fields.filter((field) => !field.hidden);

function control(field: FormField): string[] {
  const name = `name="${field.name}"`;
  const required = field.required ? " required" : "";
  const label = escaped(field.label);
  switch (field.type) {
    case "long_text":
      return [`<label>${label} <textarea ${name}${required}></textarea></label>`];
    case "select":
      return [
        `<label>${label}`,
        `  <select ${name}${required}>`,
        '    <option value=""></option>',
        ...field.options.map((option) => `    ${optionTag(option, field.labels[option])}`),
        "  </select>",
        "</label>",
      ];
    case "multi_select":
      return [
        `<fieldset><legend>${label}</legend>`,
        ...field.options.map(
          (option) =>
            `  <label><input type="checkbox" ${name} value="${escaped(option)}"> ${escaped(field.labels[option] ?? option)}</label>`,
        ),
        "</fieldset>",
      ];
    case "checkbox":
    case "consent":
      return [`<label><input type="checkbox" ${name} value="true"${required}> ${label}</label>`];
    case "file":
      return [
        `<label>${label} <input type="file" ${name}${(field.limits.files ?? 1) > 1 ? " multiple" : ""}${required}></label>`,
      ];
    default:
      return [`<label>${label} <input type="${inputs[field.type] ?? "text"}" ${name}${required}></label>`];
  }
}

const inputs: Partial<Record<FormField["type"], string>> = {
  email: "email",
  phone: "tel",
  number: "number",
  date: "date",
};

function optionTag(option: string, label: string | undefined): string {
  return label === undefined
    ? `<option>${escaped(option)}</option>`
    : `<option value="${escaped(option)}">${escaped(label)}</option>`;
}

function bodyOf(fields: FormField[]): Record<string, unknown> {
  const answered = shown(fields).filter((field) => field.type !== "file");
  return Object.fromEntries(answered.map((field) => [field.name, sample(field)]));
}

function sample(field: FormField): unknown {
  switch (field.type) {
    case "email":
      return "kim@kund.example";
    case "phone":
      return "+46 70 123 45 67";
    case "number":
      return typeof field.limits.min === "number" ? field.limits.min : 1;
    case "date":
      return "2026-05-31";
    case "select":
      return field.options[0] ?? "";
    case "multi_select":
      return field.options.slice(0, 1);
    case "checkbox":
    case "consent":
      return true;
    default:
      return field.property === "contact.name" ? "Kim Kund" : "…";
  }
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
