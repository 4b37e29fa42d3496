import { describe, expect, it } from "vitest";
import type { Channel } from "@/api/types";
import { addressFormOf, detailsFormOf, nameFrom, smtpFormOf, smtpSettings, withSecurity } from "./emailForm";

const channel = {
  name: "Support",
  settings: {
    address: "support@shop.example",
    from_name_mode: "company",
    company_name: "Shop",
    signature_html: "",
  },
} as unknown as Channel;

describe("a channel and its forms", () => {
  it("a new channel starts with the account's name as company", () => {
    expect(detailsFormOf(undefined, "Ljus & Form").company_name).toBe("Ljus & Form");
  });

  it("a stored channel fills its forms", () => {
    expect(addressFormOf(channel)).toEqual({ address: "support@shop.example", name: "Support" });
    expect(detailsFormOf(channel, "Other")).toMatchObject({
      from_name_mode: "company",
      company_name: "Shop",
    });
  });

  it("the mailbox suggests a name", () => {
    expect(nameFrom("support@shop.example")).toBe("Support");
    expect(nameFrom("order-desk@shop.example")).toBe("Order desk");
    expect(nameFrom("")).toBe("");
  });
});

describe("the outgoing server", () => {
  const typed = {
    host: " smtp.shop.example ",
    port: 465,
    security: "tls",
    username: "u",
    password: "",
  } as const;

  it("an untouched password is not sent, so that the stored one stays", () => {
    expect(smtpSettings({ ...typed })).toEqual({
      host: "smtp.shop.example",
      port: 465,
      security: "tls",
      username: "u",
    });
    expect(smtpSettings({ ...typed, password: "secret" }).password).toBe("secret");
  });

  it("another encryption brings its usual port, an unusual port stays", () => {
    expect(withSecurity({ ...typed }, "starttls").port).toBe(587);
    expect(withSecurity({ ...typed, port: 2525 }, "starttls").port).toBe(2525);
  });

  it("an empty port is the usual one", () => {
    expect(smtpSettings({ ...typed, port: "" }).port).toBe(465);
  });

  it("a stored server fills the form without its password", () => {
    const stored = { host: "h", port: 587, security: "starttls", username: "u", has_password: true } as const;
    expect(smtpFormOf(stored)).toEqual({
      host: "h",
      port: 587,
      security: "starttls",
      username: "u",
      password: "",
    });
  });
});
