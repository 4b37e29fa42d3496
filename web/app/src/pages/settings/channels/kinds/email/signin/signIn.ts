// How mail comes and goes: what is typed, what was found out about the mailbox's provider, and the settings they make.
import type { Discovered } from "@/api/channels";
import type { EmailSettings, Imap, MailServer } from "../settings";
import { type Part, type ServerForm, serverFormOf, serverSettings } from "./servers";

export interface SignInForm {
  method: EmailSettings["method"];
  address: string;
  imap: ServerForm;
  auth: Imap["auth"];
  /** For XOAUTH2; empty: the stored one stays. */
  token: string;
  smtp: ServerForm;
  /** Outgoing mail signs in with the same user and password. */
  alike: boolean;
  /** By which server answers leave. */
  sends: "own" | "installation";
  found: Discovered | null;
  /** The address that was asked about last. */
  foundFor: string;
}

const servers: readonly Part[] = ["imap", "smtp"];
export const signInFields = [
  "address",
  ...servers.flatMap((part) =>
    ["host", "port", "security", "user", "password", "certificate"].map((field) => `${part}.${field}`),
  ),
  "imap.auth",
  "imap.token",
] as const;

export function signInOf(method: EmailSettings["method"], settings?: EmailSettings): SignInForm {
  const { imap, smtp } = settings ?? {};
  return {
    method,
    address: settings?.address ?? "",
    imap: serverFormOf("imap", imap),
    auth: imap?.auth ?? "password",
    token: "",
    smtp: serverFormOf("smtp", smtp),
    alike: method === "imap" && (!settings || (smtp?.user ?? "") === (imap?.user ?? "")),
    sends: settings && !smtp ? "installation" : "own",
    found: null,
    foundFor: "",
  };
}

/** What was found out fills the servers in, unless they were typed since it was `asked` for; passwords stay. */
export function withFound(form: SignInForm, found: Discovered, asked = form): SignInForm {
  const { imap, smtp } = found.settings as { imap?: Partial<MailServer>; smtp?: Partial<MailServer> };
  const fill = (part: Part, server?: Partial<MailServer>): ServerForm =>
    server?.host && form[part].host === asked[part].host
      ? { ...serverFormOf(part, { user: form.address.trim(), ...server }), password: form[part].password }
      : { ...form[part], user: form[part].user || form.address.trim() };
  return {
    ...form,
    imap: fill("imap", imap),
    smtp: fill("smtp", smtp),
    found,
    foundFor: form.address.trim(),
  };
}

/** The settings that are tried out and stored. What the provider needs besides servers comes along as it was found. */
export function signInSettings(form: SignInForm): Record<string, unknown> {
  const { imap: aboutImap, smtp: _, ...about } = (form.found?.settings ?? {}) as Record<string, unknown>;
  const smtp = form.sends === "own" ? smtpSettings(form) : null;
  const both = { ...about, method: form.method, address: form.address.trim(), smtp };
  if (form.method === "forwarding") return both;
  return { ...both, imap: { ...(aboutImap as object | undefined), ...imapSettings(form) } };
}

function imapSettings(form: SignInForm): object {
  const { password, ...server } = serverSettings("imap", form.imap);
  if (form.auth === "xoauth2")
    return { ...server, auth: form.auth, ...(form.token && { token: form.token }) };
  return { ...server, auth: form.auth, ...(password && { password }) };
}

/** A token signs in to fetch; sending takes a password of its own. */
export const isAlike = ({ alike, auth, method }: SignInForm) =>
  alike && auth === "password" && method === "imap";

function smtpSettings(form: SignInForm): object {
  const server = serverSettings("smtp", form.smtp);
  if (!isAlike(form)) return server;
  const { password: _, ...rest } = server;
  return {
    ...rest,
    user: form.imap.user.trim(),
    ...(form.imap.password && { password: form.imap.password }),
  };
}

/** What may be kept by the browser: everything but secrets. */
export const withoutSecrets = (form: SignInForm): SignInForm => ({
  ...form,
  token: "",
  imap: { ...form.imap, password: "" },
  smtp: { ...form.smtp, password: "" },
});

/** What has to be typed before it makes sense to try, by field; `stored` secrets need not be. */
export function missingIn(form: SignInForm, stored?: EmailSettings): string[] {
  const missing = form.sends === "own" && !form.smtp.host.trim() ? ["smtp.host"] : [];
  if (form.method === "forwarding") return missing;
  if (!form.imap.host.trim()) missing.push("imap.host");
  if (form.auth === "xoauth2" && !form.token && !stored?.imap?.has_token) missing.push("imap.token");
  // What is stored goes to the host that it was typed for, and to no other.
  const known = stored?.imap?.has_password && stored.imap.host === form.imap.host.trim();
  if (form.auth === "password" && !form.imap.password && !known) missing.push("imap.password");
  return missing;
}
