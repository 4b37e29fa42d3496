import { expect, it } from "vitest";
import { saidOf } from "./said";

const name = { label: "Name", value: "Elin Berg" };
const description = { label: "How can we help?", value: "The lamp flickers.\nSince Monday." };

it("the description is the message, and does not stand among the answers again", () => {
  const message = { text: "The lamp flickers.\nSince Monday.", answers: [name, description] };
  expect(saidOf(message)).toEqual({ text: message.text, answers: [name] });
});

it("a form without description is its answers, and nothing beside them", () => {
  const message = {
    text: "Name: Elin Berg\nHow can we help?: Well",
    answers: [name, { label: "How can we help?", value: "Well" }],
  };
  expect(saidOf(message)).toEqual({ text: "", answers: message.answers });
});

it("a text that is no answer stays whole", () => {
  expect(saidOf({ text: "Something else", answers: [name] })).toEqual({
    text: "Something else",
    answers: [name],
  });
});
