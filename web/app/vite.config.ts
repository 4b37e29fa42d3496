// Builds the agent app into the server package, which serves it; in development the API comes from a local server.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const apiServer = "http://127.0.0.1:8000";

/** Packages without which no page can do: one file of them packs better than thirty, and outlives our changes. */
const everyPage = packages(
  ["react", "react-dom", "scheduler", "i18next", "react-i18next", "use-sync-external-store", "@floating-ui"],
  ["query-core", "react-query", "router-core", "react-router", "history", "store", "react-store"].map(
    (part) => `@tanstack/${part}`,
  ),
  ["core", "utils"].map((part) => `@mantine/core/esm/${part}`),
  ["ActionIcon", "Button", "CloseButton", "FocusTrap", "Loader", "Overlay", "Popover", "Portal"].map(
    component,
  ),
  ["Tooltip", "Transition", "UnstyledButton"].map(component),
);

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../../src/kanal/server/web",
    emptyOutDir: true,
    // Nothing is inlined as a data: URL, so that the Content-Security-Policy can stay `default-src 'self'`.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "frame", test: everyPage }] } } },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: apiServer, ws: true, changeOrigin: false } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
  },
});

function component(name: string): string {
  return `@mantine/core/esm/components/${name}`;
}

function packages(...folders: string[][]): RegExp {
  return new RegExp(`/node_modules/(${folders.flat().join("|")})/`);
}
