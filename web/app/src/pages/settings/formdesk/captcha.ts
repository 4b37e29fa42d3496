// Between the form about the captcha provider and the desk's settings.
import type { DeskSettings, DeskSettingsChange } from "@/api/deskSettings";

export const providers = ["turnstile", "hcaptcha"] as const;

export interface CaptchaForm {
  provider: "none" | (typeof providers)[number];
  site_key: string;
  /** "": the stored one stays. */
  secret: string;
}

export function captchaForm({ captcha }: Pick<DeskSettings, "captcha">): CaptchaForm {
  return { provider: captcha?.provider ?? "none", site_key: captcha?.site_key ?? "", secret: "" };
}

export function captchaSent({ provider, site_key, secret }: CaptchaForm): DeskSettingsChange["captcha"] {
  if (provider === "none") return null;
  return { provider, site_key: site_key.trim(), ...(secret && { secret: secret.trim() }) };
}
