import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import type { LiveEvent } from "@/api/types";
import { touchedBy } from "@/live/freshen";
import { reasonInWords } from "./reason";

const t = ((key: string, holes: object) => [key, ...Object.values(holes)].join(" ")) as unknown as TFunction;

describe("a mail to a member that was not sent", () => {
  it("says why in the reader's words, with the mail server's code", () => {
    expect(reasonInWords("the mail server refused the recipient: 550", t)).toBe("mails:reason.recipient 550");
    expect(
      reasonInWords("the mail server cannot be reached or does not answer: ConnectionRefusedError", t),
    ).toBe("mails:reason.unreachable");
  });

  it("shows a reason that is not known here as it came", () => {
    expect(reasonInWords("the moon is full", t)).toBe("the moon is full");
  });

  it("is read again when another one fails or is sent again", () => {
    for (const name of ["member_mail.failed", "member_mail.retried"])
      expect(touchedBy({ name } as LiveEvent)).toEqual([{ read: "member-mails" }]);
  });
});
