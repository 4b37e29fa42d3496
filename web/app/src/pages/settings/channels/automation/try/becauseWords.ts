// Why a rule fits or not, question by question. The server answers in English and in the order of the condition, so
// each answer is laid beside its question and said in the reader's language.
import type { TFunction } from "i18next";
import type { Rule } from "@/api/routing";
import { questionsOf } from "@/kit/condition/conditions";
import type { Names } from "../useNames";
import { conditionWords } from "../words";

const answer = /: (?<so>yes|no)(?:, it is (?<found>.*))?$/s;

export function becauseWords(
  because: readonly string[],
  rule: Rule | undefined,
  names: Names,
  t: TFunction,
): string[] {
  const questions = rule ? questionsOf(rule.when) : [];
  if (rule && !rule.active) return [t("routing:preview.switchedOff")];
  if (rule && questions.length === 0) return [t("routing:preview.noCondition")];
  if (questions.length !== because.length) return [...because];
  return because.map((said, index) => {
    const found = answer.exec(said)?.groups;
    const question = questions[index];
    if (!found || !question) return said;
    return t(`routing:preview.because.${keyOf(found)}`, {
      question: conditionWords(question, names, t),
      found: found.found,
    });
  });
}

function keyOf({ so, found }: Record<string, string | undefined>): "yes" | "no" | "empty" | "found" {
  if (so === "yes") return "yes";
  if (found === "empty") return "empty";
  return found ? "found" : "no";
}
