// What a mail channel is set to; the API's description leaves the settings of a kind open.
import type { Channel } from "@/api/types";

export interface EmailSettings {
  address: string;
  forwarding_address?: string;
  method: "forwarding";
  from_name_mode: "agent_company" | "company";
  company_name: string;
  signature_html: string;
  smtp: SmtpSettings | null;
}
export interface SmtpSettings {
  host: string;
  port: number;
  security: "tls" | "starttls" | "none";
  username: string | null;
  has_password?: boolean;
  password?: string;
}

export const emailSettings = (channel: Channel) => channel.settings as unknown as EmailSettings;
