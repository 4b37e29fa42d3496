// Starts the agent app: texts, cache, router, then the first page.
import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/styles/global.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { makeQueryClient, whenSignedOut } from "@/api/queryClient";
import { sessionQuery } from "@/api/session";
import { startI18n } from "@/i18n";
import { NotesPlace } from "@/kit/NotesPlace";
import { loadAnewAfterUpgrade } from "@/kit/upgrade";
import { makeRouter } from "@/router";
import { PageLoading } from "@/shell/PageLoading";
import { cssVariables, theme } from "@/theme";

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

whenSignedOut(() => {
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const next = router.state.location.href;
  if (!next.startsWith("/signin")) router.navigate({ to: "/signin", search: { next } });
});

loadAnewAfterUpgrade();

startI18n().then(() => {
  const place = document.getElementById("root");
  if (!place) throw new Error("no #root");
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <NotesPlace />
          <Suspense fallback={<PageLoading />}>
            <RouterProvider router={router} />
          </Suspense>
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
});
