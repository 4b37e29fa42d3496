import { expect, it } from "vitest";
import english from "@/i18n/en/forwarding.json";
import { hostOf, hosts } from "./hosts";

it("EML-8: for each host there are steps, and what was found out leads to them", () => {
  for (const host of hosts) expect(english[host].steps.length).toBeGreaterThan(1);
  expect(hostOf("Google")).toBe("google");
  expect(hostOf("Nobody")).toBeNull();
});
