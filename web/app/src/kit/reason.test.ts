import { expect, it } from "vitest";
import { i18n } from "@/i18n";
import { reasonText } from "./reason";

it("our own reasons are in the reader's language, a mail server's words stay as they are", async () => {
  await i18n.changeLanguage("sv");
  expect(reasonText("The channel was deleted.", i18n)).toBe("Kanalen togs bort.");
  expect(reasonText("550 5.1.1 no such user", i18n)).toBe("550 5.1.1 no such user");
  await i18n.changeLanguage("en");
});
