import { afterAll, beforeAll, expect, it } from "vitest";
import { i18n } from "@/i18n";
import { faultWords } from "./faultWords";

/** As the server says them, each hole filled with a 7. */
const said = [
  "They work in other accounts too; only they themselves can change their name.",
  "Another role has that name.",
  "Every role needs `read`: without it nothing can be opened.",
  "A team is named twice.",
  "One of these teams does not exist.",
  "Somebody is named twice.",
  "One of these people is no member of the account.",
  "They are not at work here: only an active member can be available.",
  "No region 7 is known; those of 7 are 7.",
  "No holidays are known of 7; use a country's two letters, such as SE.",
  "Choose a year from 7 to 7.",
  "The period has begun: say whether they are available or away from now on.",
  "The period has to end after it begins.",
  "The period is over already; choose an end that is still to come.",
  "Choose an end within the next five years.",
  "At most 7 characters are possible.",
  "It overlaps the period from 7 to 7 UTC; ",
  "Choose from 1 to 7 days, or none for no limit.",
  "There is no such role.",
  "You cannot give what you may not do yourself: 7.",
  "It holds characters that cannot be shown.",
  "It cannot be empty.",
  "Set a limit in total or limits by sort of work, not both.",
  "A whole number from 0 to 7 is needed.",
  "A language keeps its name and its category; add a skill of your own beside it.",
  "A skill is named twice.",
  "One of these skills does not exist any more; choose again.",
  "There is no such category; choose another or make one.",
  "Languages are chosen from the list; put skills of your own elsewhere.",
  "There is one called 7 already.",
  "Between 1 and 7 names are needed.",
  "Name at least one language.",
  "7 is no language of our list; use two letters, such as sv.",
  "7 is no day; the days are 7.",
  "A day has at most 7 intervals.",
  "There is no time zone 7. 7",
  "7 is no time of day; write it as 09:00, up to 24:00.",
  "7-7 does not end after it begins. 7",
  "It overlaps 7-7; make one of the two.",
  "a condition may ask 7 questions; this one asks 7",
  "groups may stand 7 deep in each other; take some of them apart",
  "write an object with all, any, not, or field, operator and value",
  "write one of all, any, not, or field, operator and value",
  "write a list of conditions",
  "add a condition; of none, none can hold",
  "there is no field 7; choose another one",
  "write one of 7",
  "a question has a field, an operator and a value, and no more",
  "write the lowest and the highest",
  "the highest is lower than the lowest",
  "choose between one and 7 values",
];

beforeAll(() => i18n.changeLanguage("sv"));
afterAll(() => i18n.changeLanguage("en"));

it.each(said)("%s is said in Swedish", (sentence) => {
  const words = faultWords(sentence, i18n.t);
  expect(words).not.toBe(sentence);
  expect(words).not.toMatch(/\{\{|^fault\./);
});
