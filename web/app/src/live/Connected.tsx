// What every page of an account stands on: the live line, and what waits to be sent over it.
import type { ReactNode } from "react";
import type { LiveEvent } from "@/api/types";
import { LiveProvider } from "./LiveProvider";
import { OutboxProvider } from "./outbox/useOutbox";

interface Props {
  slug: string;
  onEvents?: (events: LiveEvent[]) => void;
  children: ReactNode;
}

export function Connected({ slug, onEvents, children }: Props) {
  return (
    <LiveProvider slug={slug} onEvents={onEvents}>
      <OutboxProvider slug={slug}>{children}</OutboxProvider>
    </LiveProvider>
  );
}
