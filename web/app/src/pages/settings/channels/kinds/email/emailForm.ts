// Between the forms of a mail channel and the API's settings.
import type { Channel } from "@/api/types";
import { type EmailSettings, emailSettings } from "./settings";

export interface AddressForm {
  address: string;
  name: string;
}

export interface DetailsForm {
  mode: EmailSettings["from_name"]["mode"];
  company: string;
  signature_html: string;
}

export const detailsFields = ["mode", "company", "signature_html"] as const;

export function addressFormOf(channel?: Channel): AddressForm {
  return { address: channel ? emailSettings(channel).address : "", name: channel?.name ?? "" };
}

export function detailsFormOf(channel: Channel | undefined, accountName: string): DetailsForm {
  const settings = channel && emailSettings(channel);
  return {
    mode: settings?.from_name?.mode ?? "agent_company",
    company: settings?.from_name?.company ?? accountName,
    signature_html: settings?.signature_html ?? "",
  };
}

export function detailsSettings(form: DetailsForm): Pick<EmailSettings, "from_name" | "signature_html"> {
  return {
    from_name: { mode: form.mode, company: form.company.trim() },
    signature_html: form.signature_html,
  };
}

/** support@shop.example → "Support"; what people would call the mailbox. */
export function nameFrom(address: string): string {
  const words = (address.split("@")[0] ?? "").split(/[._-]+/).filter(Boolean);
  const name = words.join(" ");
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
