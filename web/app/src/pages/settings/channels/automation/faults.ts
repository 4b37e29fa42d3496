// What the server says is wrong with a routing, kept by the rule and the person it is about, so that it stays with
// them when rules are moved.
import type { FieldError } from "@/api/http";
import type { Routing } from "@/api/routing";

export class Faults {
  private readonly said: ReadonlyMap<string, string>;

  /**
   * `routing` is the one that was complained about: `rules.2.to.users.0` is looked up in it. What has been changed since,
   * in `now`, is no longer held against anybody.
   */
  constructor(errors: readonly FieldError[], routing: Routing, now: Routing = routing) {
    const said = errors.map((error) => [named(error.field, routing), error.message] as const);
    this.said = new Map(said.filter(([path]) => same(valueAt(path, routing), valueAt(path, now))));
  }

  at(path: string): string | undefined {
    return this.said.get(path);
  }

  get count(): number {
    return this.said.size;
  }

  /** Everything at or below a path, such as a whole rule. */
  under(path: string): string[] {
    return [...this.said].filter(([at]) => at === path || at.startsWith(`${path}.`)).map(([, said]) => said);
  }

  /** What stands at none of these paths and so has no place in the form. */
  outside(paths: readonly string[]): string[] {
    return [...this.said]
      .filter(([at]) => !paths.some((path) => at === path || at.startsWith(`${path}.`)))
      .map(([, said]) => said);
  }

  /** What is said of each one in a list, such as the users of `to`. */
  each(path: string): Record<string, string> {
    return Object.fromEntries(
      [...this.said]
        .filter(([at]) => at.startsWith(`${path}.`))
        .map(([at, said]) => [at.slice(path.length + 1), said]),
    );
  }
}

/** `routing.rules.2.to.users.0` → `rules.<id of the rule>.to.users.<id of the user>` */
function named(field: string, routing: Routing): string {
  const path = field.split(".");
  if (path[0] === "routing") path.shift();
  let here: unknown = routing;
  const names = path.map((part) => {
    const next = (here as Record<string, unknown> | null | undefined)?.[part];
    const name = Array.isArray(here) ? nameOf(next, part) : part;
    here = next;
    return name;
  });
  return names.join(".");
}

function nameOf(item: unknown, index: string): string {
  if (typeof item === "string") return item;
  const id = (item as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" && id ? id : index;
}

/** What stands at a path made by `named`. */
function valueAt(path: string, routing: Routing): unknown {
  return path.split(".").reduce<unknown>((here, part) => {
    if (!Array.isArray(here)) return (here as Record<string, unknown> | null | undefined)?.[part];
    return here.find((item, index) => nameOf(item, String(index)) === part);
  }, routing);
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
