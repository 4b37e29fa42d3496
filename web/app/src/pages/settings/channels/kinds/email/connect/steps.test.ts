import { describe, expect, it } from "vitest";
import { imapStepAt, imapStepOf } from "./steps";

const all = { accepted: true, signedIn: true };

describe("the steps of the wizard", () => {
  it("EML-10: nobody signs in before they have agreed", () => {
    expect(imapStepAt("signIn", { accepted: false, signedIn: false })).toBe("terms");
    expect(imapStepAt("routing", { ...all, accepted: false })).toBe("terms");
  });

  it("after a reload the password is asked for again, and nothing else", () => {
    expect(imapStepAt("details", { accepted: true, signedIn: false })).toBe("signIn");
    expect(imapStepAt("terms", { accepted: true, signedIn: false })).toBe("terms");
  });

  it("the address names the step otherwise", () => {
    expect(imapStepAt("details", all)).toBe("details");
    expect(imapStepAt("nonsense", all)).toBe("terms");
  });
});

describe("what the server has against it leads to its step", () => {
  const at = (field: string) => imapStepOf([{ field, message: "No." }]);

  it("the sign-in, the folders, the details", () => {
    expect(at("settings.imap.password")).toBe("signIn");
    expect(at("address")).toBe("signIn");
    expect(at("imap.folders")).toBe("mailbox");
    expect(at("from_name.company")).toBe("details");
    expect(at("name")).toBe("details");
  });
});
