// What a mail channel is set to; the API's description leaves the settings of a kind open.
import type { Channel } from "@/api/types";

export type Security = "tls" | "starttls" | "none";

/** A mail server and how to sign in there; a stored secret is never shown, `has_password` stands in its place. */
export interface MailServer {
  host: string;
  port: number;
  security: Security;
  user: string;
  password?: string;
  has_password?: boolean;
  /** SHA-256 of a certificate that nobody vouches for and that a person accepted; "" for none. */
  certificate?: string;
}
export interface Imap extends MailServer {
  auth: "password" | "xoauth2";
  token?: string;
  has_token?: boolean;
  folders: string[];
  sent_folder: string;
  save_sent: boolean;
  history_from: string | null;
  /** Whose word about a sender is believed. */
  authserv: string;
}
export interface EmailSettings {
  method: "imap" | "forwarding";
  address: string;
  forwarding_address?: string;
  from_name: { mode: "agent_company" | "company"; company: string };
  signature_html: string;
  quoting: boolean;
  plus?: boolean;
  smtp: MailServer | null;
  imap: Imap | null;
}

export const emailSettings = (channel: Channel) => channel.settings as unknown as EmailSettings;
