import { describe, expect, it } from "vitest";
import type { Folder } from "@/api/channels";
import { dayOf } from "./days";
import { fetchingOf, listed, messagesIn, sentFolder } from "./fetching";

const folders: Folder[] = [
  { name: "INBOX", role: "inbox", messages: 4500 },
  { name: "Kunder", role: "", messages: 312 },
  { name: "Skickat", role: "sent", messages: 900 },
  { name: "Utkast", role: "drafts", messages: 3 },
];

describe("what is fetched", () => {
  it("a new channel reads the inbox, and nothing from before", () => {
    expect(fetchingOf()).toEqual({ folders: ["INBOX"], sent_folder: "", history_from: null });
  });

  it("sent mail and drafts are no folders of customers' mail", () => {
    expect(listed(folders, ["INBOX"]).map((folder) => folder.name)).toEqual(["INBOX", "Kunder"]);
    expect(sentFolder(folders)).toBe("Skickat");
  });

  it("a folder that is chosen and gone can still be let go", () => {
    expect(listed(folders, ["INBOX", "Old"]).map((folder) => folder.name)).toContain("Old");
  });

  it("how much there is at most is counted in the chosen folders", () => {
    expect(messagesIn(folders, ["INBOX", "Kunder"])).toBe(4812);
  });

  it("a day is the reader's own", () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 30))).toBe("2026-01-05");
  });
});
