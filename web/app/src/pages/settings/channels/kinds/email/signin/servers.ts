// The fields about one mail server, between the screen and the API's settings.
import type { MailServer, Security } from "../settings";

export type Part = "imap" | "smtp";

export interface ServerForm {
  host: string;
  port: number | "";
  security: Security;
  user: string;
  /** Empty: the stored one stays. */
  password: string;
  /** The certificate that a person accepted for this server. */
  certificate: string;
}

export const securities = ["tls", "starttls", "none"] as const;
export const usualPorts: Record<Part, Record<Security, number>> = {
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 25 },
};

export function serverFormOf(part: Part, server?: Partial<MailServer> | null): ServerForm {
  const security = server?.security ?? "tls";
  return {
    host: server?.host ?? "",
    port: server?.port ?? usualPorts[part][security],
    security,
    user: server?.user ?? "",
    password: "",
    certificate: server?.certificate ?? "",
  };
}

/** Another encryption brings its usual port along, unless an unusual one was typed. */
export function withSecurity(part: Part, form: ServerForm, security: Security): ServerForm {
  const usual = form.port === "" || Object.values(usualPorts[part]).includes(form.port);
  return { ...form, security, port: usual ? usualPorts[part][security] : form.port };
}

/** A certificate was accepted for one server; another host has to show its own. */
export function withHost(form: ServerForm, host: string): ServerForm {
  return { ...form, host, certificate: host.trim() === form.host.trim() ? form.certificate : "" };
}

export function serverSettings(part: Part, form: ServerForm): MailServer {
  return {
    host: form.host.trim(),
    port: form.port === "" ? usualPorts[part][form.security] : form.port,
    security: form.security,
    user: form.user.trim(),
    certificate: form.certificate,
    ...(form.password && { password: form.password }),
  };
}

/** `imap.shop.example:993`, as people read it. */
export const whereOf = (part: Part, { host, port, security }: ServerForm) =>
  `${host.trim()}:${port || usualPorts[part][security]}`;
