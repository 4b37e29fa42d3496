import { afterAll, describe, expect, it } from "vitest";
import { i18n } from "@/i18n";
import { faultWords } from "./faultWords";

describe("what the server says is wrong", () => {
  afterAll(() => i18n.changeLanguage("en"));

  it("is a sentence, with what it names", () => {
    expect(faultWords("write at most 2 decimals", i18n.t)).toBe("Write at most 2 decimals.");
    expect(faultWords("tickets of this pipeline skip no status; after New comes Packed", i18n.t)).toBe(
      "Tickets of this pipeline skip no status: after New comes Packed.",
    );
  });

  it("is in the reader's language", async () => {
    await i18n.changeLanguage("sv");
    expect(faultWords("the highest is 5", i18n.t)).toBe("Det högsta är 5.");
    expect(faultWords("the highest is lower than the lowest", i18n.t)).toBe(
      "Det högsta är lägre än det lägsta.",
    );
  });

  it("is shown as it came where it is not known", () => {
    expect(faultWords("something new", i18n.t)).toBe("something new");
  });
});
