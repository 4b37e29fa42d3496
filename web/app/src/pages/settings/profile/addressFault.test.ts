import type { TFunction } from "i18next";
import { expect, it } from "vitest";
import { entryFault } from "../spam/entryFault";
import { addressFault } from "./addressFault";

const t = ((key: string, values: object = {}) => [key, ...Object.values(values)].join(" ")) as TFunction;

it("says in the reader's language what is wrong with an address or a code", () => {
  expect(addressFault("That is not the code in the mail. You can try 3 times more.", t)).toBe(
    "addresses:fault.wrong 3",
  );
  expect(
    addressFault(
      "This address is in use on this installation: it is the address of the channel “Support”.",
      t,
    ),
  ).toBe("addresses:fault.ofChannel Support");
  expect(addressFault("This address is in use on this installation.", t)).toBe("addresses:fault.inUse");
});

it("shows what it does not know as it came, and nothing where nothing is wrong", () => {
  expect(addressFault("Something new.", t)).toBe("Something new.");
  expect(addressFault(undefined, t)).toBeUndefined();
});

it("does the same for an entry of a list", () => {
  expect(entryFault("write an address (name@shop.example) or a domain (shop.example), not “x”", t)).toBe(
    "spam:settings.fault.entry",
  );
  expect(entryFault("at most 200 characters are possible", t)).toBe("spam:settings.fault.note 200");
});
