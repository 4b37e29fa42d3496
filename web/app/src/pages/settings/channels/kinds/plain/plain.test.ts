import { describe, expect, it } from "vitest";
import { type AskedField, sentOf, startOf } from "./asked";
import { isStored, valueAt, withValue } from "./paths";

const asked = (name: string, type: AskedField["type"], more: Partial<AskedField> = {}): AskedField => ({
  name,
  type,
  label: name,
  required: false,
  help: "",
  placeholder: "",
  options: [],
  ...more,
});

const fields = [
  asked("number", "text"),
  asked("api.secret", "password"),
  asked("api.port", "number"),
  asked("greets", "switch"),
  asked("region", "select", { required: true, options: ["eu", "us"] }),
];

describe("settings that a kind asks for", () => {
  it("start empty, with the first choice where one is needed", () => {
    expect(startOf(fields)).toEqual({
      number: "",
      api: { secret: "", port: "" },
      greets: false,
      region: "eu",
    });
  });

  it("start with what is stored", () => {
    expect(startOf(fields, { number: "+46", greets: true, api: { port: 25 } })).toMatchObject({
      number: "+46",
      greets: true,
      api: { secret: "", port: 25 },
    });
  });

  it("leave a secret alone that was not typed, and take away a number that was emptied", () => {
    expect(sentOf(fields, { ...startOf(fields), number: " +46 " })).toEqual({
      number: "+46",
      api: { port: null },
      greets: false,
      region: "eu",
    });
    expect(valueAt(sentOf(fields, withValue(startOf(fields), "api.secret", "s")), "api.secret")).toBe("s");
  });

  it("tell a secret that is stored by what stands in its place", () => {
    expect(isStored({ api: { has_secret: true } }, "api.secret")).toBe(true);
    expect(isStored({ api: {} }, "api.secret")).toBe(false);
  });
});
