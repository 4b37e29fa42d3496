// Condition trees as the builder shows them: groups of rows, each group all or any of them, or not.
import type { Condition, Leaf } from "@/api/routing";
import type { AskedField } from "./asked";

export interface Group {
  match: "all" | "any";
  not: boolean;
  items: Condition[];
}

export const isLeaf = (tree: Condition): tree is Leaf => "field" in tree;

/** Every tree is a group at its top; a single row is a group of one. */
export function groupOf(tree: Condition): Group {
  if (isLeaf(tree)) return { match: "all", not: false, items: [tree] };
  if (isNot(tree)) return negated(tree.not);
  if ("any" in tree) return { match: "any", not: false, items: tree.any as Condition[] };
  return { match: "all", not: false, items: "all" in tree ? (tree.all as Condition[]) : [] };
}

export function treeOf({ match, not, items }: Group): Condition {
  const group = (match === "all" ? { all: items } : { any: items }) as Condition;
  return not ? { not: group } : group;
}

/** Without groups that nothing stands in; a tree in which nothing stands at all always holds. */
export function pruned(tree: Condition): Condition {
  if (isLeaf(tree)) return tree;
  const group = groupOf(tree);
  const items = group.items.map(pruned).filter((item) => isLeaf(item) || groupOf(item).items.length > 0);
  return items.length > 0 ? treeOf({ ...group, items }) : {};
}

/** The single questions of a tree, in order. */
export function questionsOf(tree: Condition): Leaf[] {
  return isLeaf(tree) ? [tree] : groupOf(tree).items.flatMap(questionsOf);
}

/** What has to be typed or chosen beside an operator. */
export function valueShape(operator: string): "none" | "one" | "two" | "many" {
  if (operator === "is_empty" || operator === "is_filled") return "none";
  if (operator === "between") return "two";
  return /_(any|all|none)_of$/.test(operator) ? "many" : "one";
}

/** What a new question on a field begins with. */
export function emptyOf({ type, relative }: Pick<AskedField, "type" | "relative">): unknown {
  if (relative) return { ago: 7, unit: "days" };
  return type === "boolean" ? true : "";
}

/** The row after another operator is chosen: its value stays where it still fits. */
export function withOperator(leaf: Leaf, operator: string): Leaf {
  const { field, value } = leaf;
  const was = valueShape(leaf.operator);
  const shape = valueShape(operator);
  if (shape === "none") return { field, operator };
  if (shape === was) return { field, operator, value };
  if (shape === "many") return { field, operator, value: was === "one" && value ? [value] : [] };
  if (shape === "two") return { field, operator, value: ["", ""] };
  return { field, operator, value: Array.isArray(value) ? (value[0] ?? "") : "" };
}

function isNot(tree: Condition): tree is { not: Condition } {
  return "not" in tree;
}

function negated(inner: Condition): Group {
  const group = groupOf(inner);
  return group.not ? { match: "all", not: true, items: [inner] } : { ...group, not: true };
}
