// Builds the script of forms, one file without anything of anybody else's, beside the agent app that the server serves.
import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    outDir: "../../src/kanal/server/web/form",
    emptyOutDir: true,
    target: "es2020",
    lib: { entry: "src/main.ts", formats: ["iife"], name: "kanalForm", fileName: () => "form.js" },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
