// Everything between a contact and us, newest first.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get } from "./http";
import type { Page } from "./types";

export type ContactSubmission = Schemas["ContactSubmission"];
export type ContactMessage = Schemas["ContactMessage"];
export type ContactTicketEvent = Schemas["ContactTicketEvent"];
export type ContactEvent = ContactSubmission | ContactMessage | ContactTicketEvent | Schemas["ContactMade"];
export type ContactEventKind = ContactEvent["kind"];

const aPage = 40;

export const contactTimelineQuery = (contactId: string, kind?: ContactEventKind) =>
  infiniteQueryOptions({
    queryKey: accountKey("contact-timeline", contactId, kind ?? "all"),
    queryFn: ({ pageParam, signal }) =>
      get<Page<ContactEvent>>(`/contacts/${contactId}/timeline`, {
        query: { kind, limit: aPage, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
