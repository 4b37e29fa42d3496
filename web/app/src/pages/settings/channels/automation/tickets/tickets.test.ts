import { beforeAll, describe, expect, it } from "vitest";
import type { Action } from "@/api/automations";
import { Problem } from "@/api/http";
import type { ConditionField } from "@/api/routing";
import { i18n } from "@/i18n";
import { withToken } from "../tokens/withToken";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { forServer, isAddress, newAction, newDraft, whatOf, whats } from "./draft";
import { ruleErrors } from "./ruleErrors";
import { whyWords } from "./whyWords";
import { actionsWords } from "./words";

beforeAll(() => i18n.loadNamespaces(["automation", "routing", "settings"]));

const ann = "11111111-1111-7111-8111-111111111111";
const status: ConditionField = {
  field: "ticket.status",
  label: "Status",
  group: "ticket",
  type: "select",
  operators: [],
  relative: false,
  options: [{ value: "closed", label: "Closed", archived: false }],
};
const names = {
  field: (name: string) => (name === "ticket.status" ? status : undefined),
  member: (id: string) => (id === ann ? { id, name: "Ann" } : undefined),
  team: () => undefined,
  pipelines: [],
} as unknown as Names;
const catalogue = {
  words: (key: string, value: unknown) => ({ name: key, value: String(value ?? "") }),
} as unknown as Catalogue;
const said = (...actions: Action[]) => actionsWords(actions, names, catalogue, i18n.t);

describe("what a rule does, in words", () => {
  it("names people, statuses and tags", () => {
    expect(
      said(
        { do: "set", property: "priority", value: "high" },
        { do: "status", status: "closed" },
        { do: "assign", member: ann },
        { do: "tag", name: "VIP" },
        { do: "mail", to: "contact", subject: "", text: "Thanks" },
      ),
    ).toBe(
      "set priority to high, set the status to Closed, assign to Ann, add the tag VIP, mail the contact",
    );
  });

  it("says of whom is gone that they are", () => {
    expect(said({ do: "assign", member: "22222222-2222-7222-8222-222222222222" })).toBe(
      "assign to somebody who is gone",
    );
    expect(said({ do: "assign", member: null })).toBe("take it from whoever has it");
  });
});

describe("an action", () => {
  it("is what it was made as", () => {
    expect(whats.map((what) => whatOf(newAction(what)))).toEqual(whats);
  });

  it("mails an address where that is no person of ours", () => {
    expect(["contact", "assignee", ann, "", "a@b.example"].map(isAddress)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

it("a rule is kept without groups in which nothing stands", () => {
  const kept = forServer({ ...newDraft, name: " Lamps ", condition: { all: [{ any: [] }] } });
  expect([kept.name, kept.condition]).toEqual(["Lamps", {}]);
});

describe("what the server says", () => {
  it("stands at its field", () => {
    const errors = [{ field: "actions.1.member", message: "there is no such member; choose another one" }];
    const found = ruleErrors(new Problem(422, { errors }), i18n.t);
    expect([found.at("actions.1.member"), found.above]).toEqual([
      "There is no such person any more; choose another one.",
      null,
    ]);
    expect(found.under("actions")).toHaveLength(1);
  });

  it("is in the reader's language, also where one sentence stands in another", () => {
    expect(whyWords("it would set itself off again", i18n.t)).toBe("It would set itself off again.");
    expect(
      whyWords("its condition cannot be asked: there is no field 'ticket.x'; choose another one", i18n.t),
    ).toBe("Its condition cannot be asked: A field it asks about is gone ('ticket.x'); choose another one.");
  });
});

it("a token stands where the cursor was", () => {
  expect(withToken("Hi , thanks", "contact.first_name", 3, 3)).toEqual({
    text: "Hi {{contact.first_name}}, thanks",
    cursor: 25,
  });
});
