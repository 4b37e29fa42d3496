// Where one goes after closing the ticket that is open: as each person likes it, in this browser.
import { useLocalStorage } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useCallback } from "react";
import { neighbours } from "./neighbours";

export const afterClosings = ["stay", "next", "list"] as const;
export type AfterClosing = (typeof afterClosings)[number];

export const useAfterClosing = () =>
  useLocalStorage<AfterClosing>({
    key: "kanal.afterClosing",
    defaultValue: "stay",
    getInitialValueInEffect: false,
  });

/** To be called when a ticket was closed, snoozed or deleted by its reader; `number` is that ticket's. */
export function useGoOn(): (number: number) => void {
  const [after] = useAfterClosing();
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  return useCallback(
    (number: number) => {
      if (after === "stay") return;
      const next = after === "next" ? neighbours(number).next : undefined;
      if (next === undefined)
        navigate({ to: "/a/$slug/tickets", params: { slug }, search: (now) => now as object });
      else
        navigate({
          to: "/a/$slug/tickets/$number",
          params: { slug, number: String(next) },
          search: (now) => now as object,
        });
    },
    [after, navigate, slug],
  );
}
