import { describe, expect, it } from "vitest";
import type { Discovered } from "@/api/channels";
import { Problem } from "@/api/http";
import type { EmailSettings } from "../settings";
import { certificateIn, fingerprintInPairs } from "./certificate";
import { serverFormOf, serverSettings, withHost, withSecurity } from "./servers";
import { missingIn, type SignInForm, signInOf, signInSettings, withFound, withoutSecrets } from "./signIn";

const found: Discovered = {
  method: "imap",
  provider: "Posthus",
  source: "preset",
  note: "",
  settings: {
    plus: true,
    imap: { host: "imap.posthus.example", port: 993, security: "tls", user: "eva", save_sent: false },
    smtp: { host: "smtp.posthus.example", port: 587, security: "starttls", user: "eva" },
  },
};

const typed = (some: Partial<SignInForm> = {}): SignInForm => {
  const form = withFound({ ...signInOf("imap"), address: " support@shop.example " }, found);
  return { ...form, imap: { ...form.imap, password: "secret" }, ...some };
};

const stored = {
  method: "imap",
  address: "support@shop.example",
  imap: { host: "imap.posthus.example", port: 993, security: "tls", user: "eva", has_password: true },
  smtp: { host: "smtp.posthus.example", port: 587, security: "starttls", user: "eva", has_password: true },
} as unknown as EmailSettings;

describe("EML-11: an address finds its servers", () => {
  it("they are filled in, and a password that was typed already stays", () => {
    const form = withFound({ ...typed(), address: "info@shop.example" }, found);
    expect(form.imap).toMatchObject({ host: "imap.posthus.example", user: "eva", password: "secret" });
    expect(form.foundFor).toBe("info@shop.example");
  });

  it("where nothing is known, the address is the user name and servers that were typed stay", () => {
    const own = { ...signInOf("imap"), address: "a@b.example", imap: serverFormOf("imap", { host: "mx" }) };
    const form = withFound(own, { ...found, source: "none", settings: {} });
    expect(form.imap).toMatchObject({ host: "mx", user: "a@b.example" });
  });

  it("what was typed while it was looked for stays", () => {
    const asked = { ...signInOf("imap"), address: "support@shop.example" };
    const now = { ...asked, imap: { ...asked.imap, host: "own.shop.example", password: "secret" } };
    const form = withFound(now, found, asked);
    expect(form.imap).toMatchObject({ host: "own.shop.example", password: "secret" });
    expect(form.smtp.host).toBe("smtp.posthus.example");
  });

  it("what the provider needs besides its servers comes along", () => {
    expect(signInSettings(typed())).toMatchObject({
      method: "imap",
      address: "support@shop.example",
      plus: true,
      imap: { host: "imap.posthus.example", save_sent: false, auth: "password", password: "secret" },
    });
  });
});

describe("outgoing mail", () => {
  it("signs in as incoming mail does, unless somebody says otherwise", () => {
    expect(signInSettings(typed()).smtp).toMatchObject({ user: "eva", password: "secret" });
    const own = { ...typed().smtp, user: "relay", password: "other" };
    const settings = signInSettings(typed({ alike: false, smtp: own }));
    expect(settings.smtp).toMatchObject({ user: "relay", password: "other" });
  });

  it("may leave by the installation's server", () => {
    expect(signInSettings(typed({ sends: "installation" })).smtp).toBeNull();
  });

  it("never gets a token that was given for reading", () => {
    const settings = signInSettings({ ...typed({ auth: "xoauth2", token: "ya29" }) });
    expect(settings.imap).toMatchObject({ auth: "xoauth2", token: "ya29" });
    expect(settings.imap).not.toHaveProperty("password");
    expect(settings.smtp).not.toHaveProperty("token");
    expect(settings.smtp).not.toHaveProperty("password");
  });

  it("of a forwarded address there is nothing to fetch", () => {
    expect(signInSettings({ ...typed(), method: "forwarding" })).not.toHaveProperty("imap");
  });
});

describe("secrets", () => {
  it("are not kept by the browser", () => {
    expect(JSON.stringify(withoutSecrets(typed({ token: "ya29" })))).not.toMatch(/secret|ya29/);
  });

  it("that are stored need not be typed again, unless they would go to another host", () => {
    const form = signInOf("imap", stored);
    expect(missingIn(form, stored)).toEqual([]);
    expect(missingIn({ ...form, imap: withHost(form.imap, "imap.other.example") }, stored)).toEqual([
      "imap.password",
    ]);
    expect(missingIn(signInOf("imap"))).toEqual(["smtp.host", "imap.host", "imap.password"]);
  });
});

describe("a server", () => {
  const server = serverFormOf("smtp", { host: " smtp.shop.example ", user: "u" });

  it("another encryption brings its usual port, an unusual port stays", () => {
    expect(withSecurity("smtp", server, "starttls").port).toBe(587);
    expect(withSecurity("smtp", { ...server, port: 2525 }, "starttls").port).toBe(2525);
    expect(withSecurity("imap", serverFormOf("imap"), "starttls").port).toBe(143);
  });

  it("an empty port is the usual one, and an untouched password is not sent", () => {
    expect(serverSettings("smtp", { ...server, port: "" })).toEqual({
      host: "smtp.shop.example",
      port: 465,
      security: "tls",
      user: "u",
      certificate: "",
    });
  });

  it("a certificate was accepted for one host and no other", () => {
    const trusting = { ...server, certificate: "ab" };
    expect(withHost(trusting, "smtp.shop.example").certificate).toBe("ab");
    expect(withHost(trusting, "smtp.other.example").certificate).toBe("");
  });
});

describe("a certificate that nobody vouches for", () => {
  const shown = {
    fingerprint: "ab12cd",
    subject: "CN=mail",
    issuer: "CN=mail",
    until: "2030-01-01T00:00:00Z",
  };
  const doubted = (field: string) =>
    new Problem(422, {
      type: "/problems/invalid",
      errors: [{ field, message: "Nobody vouches" }],
      certificate: shown,
    });

  it("is shown for the server that has it", () => {
    expect(certificateIn(doubted("imap.certificate"))).toEqual({ ...shown, part: "imap" });
    expect(certificateIn(doubted("smtp.certificate"))?.part).toBe("smtp");
    expect(certificateIn(new Problem(422, { type: "/problems/invalid" }))).toBeNull();
  });

  it("has a fingerprint as other programs write it", () => {
    expect(fingerprintInPairs("ab12cd")).toBe("AB:12:CD");
  });
});
