// Reads the board again when something happened that it shows, at most once a second however much happens.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { teamNowQuery } from "@/api/teamNow";
import type { LiveEvent } from "@/api/types";
import { useLive } from "@/live/LiveProvider";

const atMostEvery = 1000;
const subjects = new Set(["ticket", "message", "member", "team", "role", "channel", "hand_over", "skill"]);

export const concernsTeamNow = (event: LiveEvent) => subjects.has(event.name.split(".")[0] ?? "");

export function useTeamNowLive(): void {
  const queryClient = useQueryClient();
  const { listen } = useLive();
  useEffect(() => {
    const again = throttled(
      () => queryClient.invalidateQueries({ queryKey: teamNowQuery().queryKey }),
      atMostEvery,
    );
    const stop = listen((events) => {
      if (events.some(concernsTeamNow)) again.call();
    });
    return () => {
      stop();
      again.stop();
    };
  }, [listen, queryClient]);
}

/** At once, then no sooner than `pause` after the last time; what comes between is done once, at the end of it. */
export function throttled(act: () => void, pause: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const rest = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!asked) return;
      asked = false;
      act();
      rest();
    }, pause);
  };
  return {
    call: () => {
      if (timer !== undefined) {
        asked = true;
        return;
      }
      act();
      rest();
    },
    stop: () => clearTimeout(timer),
  };
}
