// The mail hosts whose way to forward we can tell, and which of them a provider is that was found out.

export const hosts = [
  "google",
  "group",
  "microsoft",
  "outlook",
  "onecom",
  "loopia",
  "ionos",
  "ovh",
  "zoho",
  "fastmail",
  "icloud",
  "proton",
  "yahoo",
  "gmx",
  "cpanel",
  "other",
] as const;
export type Host = (typeof hosts)[number];

const byProvider: Record<string, Host> = {
  Google: "google",
  "Microsoft 365": "microsoft",
  "one.com": "onecom",
  Loopia: "loopia",
  IONOS: "ionos",
  OVHcloud: "ovh",
  Zoho: "zoho",
  Fastmail: "fastmail",
  iCloud: "icloud",
  Proton: "proton",
  Yahoo: "yahoo",
  AOL: "yahoo",
  GMX: "gmx",
  "WEB.DE": "gmx",
};

/** null where it is not known, or not told how. */
export const hostOf = (provider: string): Host | null => byProvider[provider] ?? null;
