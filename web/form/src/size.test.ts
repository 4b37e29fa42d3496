// @vitest-environment node
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test } from "vitest";

test("the script is smaller than 12 KB, packed", async () => {
  const built = await build({ configFile: "vite.config.ts", logLevel: "error", build: { write: false } });
  const [bundle] = built as { output: { code: string }[] }[];
  const sizes = bundle?.output.map(({ code }) => gzipSync(code).length) ?? [];
  expect(sizes).toHaveLength(1);
  expect(sizes[0]).toBeLessThan(12_000);
});
