// Set-up of every test: English texts are loaded before anything renders.
import { beforeAll } from "vitest";
import { i18n, startI18n } from "@/i18n";

beforeAll(async () => {
  await startI18n("en");
  await i18n.loadNamespaces(["common", "shell", "tickets", "ticket", "composer"]);
});
