// What stands in one list of lines and not in the other.

export function differences(from: readonly string[], to: readonly string[]) {
  return {
    gone: from.filter((line) => !to.includes(line)),
    added: to.filter((line) => !from.includes(line)),
  };
}
