import { expect, it } from "vitest";
import { captchaForm, captchaSent } from "./captcha";

it("no provider is none, and takes the keys away", () => {
  expect(captchaForm({ captcha: null })).toEqual({ provider: "none", site_key: "", secret: "" });
  expect(captchaSent({ provider: "none", site_key: "k", secret: "" })).toBeNull();
});

it("a stored secret stays when none is typed", () => {
  const stored = { captcha: { provider: "turnstile" as const, site_key: "k", has_secret: true } };
  expect(captchaSent({ ...captchaForm(stored), site_key: " k2 " })).toEqual({
    provider: "turnstile",
    site_key: "k2",
  });
});

it("a secret that was typed is sent", () => {
  expect(captchaSent({ provider: "hcaptcha", site_key: "k", secret: "s " })).toEqual({
    provider: "hcaptcha",
    site_key: "k",
    secret: "s",
  });
});
