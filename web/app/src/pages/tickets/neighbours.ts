// The tickets around one, as the list on the screen has them; what was read from an earlier list is remembered, so that
// one that has just left it still knows what came after it.

export interface Neighbours {
  next: number | undefined;
  before: number | undefined;
}

let known: ReadonlyMap<number, Neighbours> = new Map();

export function tellNeighbours(numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  const told = new Map<number, Neighbours>(
    numbers.map((number, at) => [number, { next: numbers[at + 1], before: numbers[at - 1] }]),
  );
  // Of the list before only what has left it, and only where what it led to is still there.
  for (const [number, { next }] of known)
    if (!told.has(number) && next !== undefined && told.has(next))
      told.set(number, { next, before: undefined });
  known = told;
}

export const neighbours = (number: number): Neighbours =>
  known.get(number) ?? { next: undefined, before: undefined };
