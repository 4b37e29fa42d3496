// A field of a settings form names its place in the settings by a path such as `smtp.host`.

export function valueAt(settings: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((here, name) => (here as Record<string, unknown> | null | undefined)?.[name], settings);
}

export function withValue(
  settings: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Record<string, unknown> {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...settings, [name]: value };
  const below = settings[name];
  const inner = below && typeof below === "object" ? (below as Record<string, unknown>) : {};
  return { ...settings, [name]: withValue(inner, rest.join("."), value) };
}

/** Whether a secret is stored: it is never shown again, `has_password` stands in the place of `password`. */
export function isStored(settings: Readonly<Record<string, unknown>>, path: string): boolean {
  const names = path.split(".");
  const last = names.pop();
  return valueAt(settings, [...names, `has_${last}`].join(".")) === true;
}
