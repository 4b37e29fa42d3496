import { describe, expect, it } from "vitest";
import type { Channel } from "@/api/types";
import { addressFormOf, detailsFormOf, detailsSettings, nameFrom } from "./emailForm";

const channel = {
  name: "Support",
  settings: {
    address: "support@shop.example",
    from_name: { mode: "company", company: "Shop" },
    signature_html: "<p>Shop</p>",
  },
} as unknown as Channel;

describe("a channel and its forms", () => {
  it("EML-13: a new channel starts with who answers, and the account's name as company", () => {
    expect(detailsFormOf(undefined, "Ljus & Form")).toEqual({
      mode: "agent_company",
      company: "Ljus & Form",
      signature_html: "",
    });
  });

  it("EML-21: a stored channel fills its forms, and they make its settings again", () => {
    expect(addressFormOf(channel)).toEqual({ address: "support@shop.example", name: "Support" });
    expect(detailsSettings(detailsFormOf(channel, "Other"))).toEqual({
      from_name: { mode: "company", company: "Shop" },
      signature_html: "<p>Shop</p>",
    });
  });

  it("the mailbox suggests a name", () => {
    expect(nameFrom("support@shop.example")).toBe("Support");
    expect(nameFrom("order-desk@shop.example")).toBe("Order desk");
    expect(nameFrom("")).toBe("");
  });
});
