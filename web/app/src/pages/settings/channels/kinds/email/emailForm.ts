// Between the forms of a mail channel and the API's settings.
import type { Channel } from "@/api/types";
import { type EmailSettings, emailSettings, type SmtpSettings } from "./settings";

export interface AddressForm {
  address: string;
  name: string;
}

export interface DetailsForm {
  from_name_mode: EmailSettings["from_name_mode"];
  company_name: string;
  signature_html: string;
}

export interface SmtpForm {
  host: string;
  port: number | "";
  security: SmtpSettings["security"];
  username: string;
  /** Empty: the stored one stays. */
  password: string;
}

export const addressFields = ["address", "name"] as const;
export const detailsFields = ["from_name_mode", "company_name", "signature_html"] as const;
export const smtpFields = ["host", "port", "security", "username", "password"] as const;

export function addressFormOf(channel?: Channel): AddressForm {
  return { address: channel ? emailSettings(channel).address : "", name: channel?.name ?? "" };
}

export function detailsFormOf(channel: Channel | undefined, accountName: string): DetailsForm {
  const settings = channel && emailSettings(channel);
  return {
    from_name_mode: settings?.from_name_mode ?? "agent_company",
    company_name: settings?.company_name ?? accountName,
    signature_html: settings?.signature_html ?? "",
  };
}

export function detailsSettings(form: DetailsForm): DetailsForm {
  return { ...form, company_name: form.company_name.trim() };
}

export const usualPorts: Record<SmtpSettings["security"], number> = { tls: 465, starttls: 587, none: 25 };

export function smtpFormOf(smtp: SmtpSettings | null | undefined): SmtpForm {
  return {
    host: smtp?.host ?? "",
    port: smtp?.port ?? usualPorts.tls,
    security: smtp?.security ?? "tls",
    username: smtp?.username ?? "",
    password: "",
  };
}

/** Another encryption brings its usual port along, unless an unusual one was typed. */
export function withSecurity(form: SmtpForm, security: SmtpForm["security"]): SmtpForm {
  const usual = form.port === "" || Object.values(usualPorts).includes(form.port);
  return { ...form, security, port: usual ? usualPorts[security] : form.port };
}

export function smtpSettings(form: SmtpForm): SmtpSettings {
  return {
    host: form.host.trim(),
    port: form.port === "" ? usualPorts[form.security] : form.port,
    security: form.security,
    username: form.username.trim(),
    ...(form.password && { password: form.password }),
  };
}

/** support@shop.example → "Support"; what people would call the mailbox. */
export function nameFrom(address: string): string {
  const words = (address.split("@")[0] ?? "").split(/[._-]+/).filter(Boolean);
  const name = words.join(" ");
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
