// All that the palette knows: what is mounted on the screen, places, views, members' tickets, and what search finds.
import { useDebouncedValue } from "@mantine/hooks";
import {
  IconActivity,
  IconForms,
  IconMail,
  IconSearch,
  IconSettings,
  IconTicket,
  IconUser,
} from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { peopleQuery } from "@/api/people";
import { type Found, searchQuery } from "@/api/search";
import { viewsQuery } from "@/api/views";
import { isOn, type Key, useMounted, writtenKeys } from "@/kit/keys";
import { groups as settings } from "@/pages/settings/SettingsNav";
import { useViewName, viewIcon } from "@/pages/tickets/views";
import { viewKeys } from "../useGoKeys";
import type { Entry } from "./entries";

const typingPause = 150;

export function useEntries(slug: string, typed: string): { entries: Entry[]; busy: boolean } {
  const here = useHere();
  const places = usePlaces(slug);
  const views = useViews(slug);
  const members = useMembers(slug);
  const found = useFound(slug, typed);
  const entries = useMemo(
    () => [...here, ...found.entries, ...views, ...places, ...members],
    [here, found.entries, views, places, members],
  );
  return { entries, busy: found.busy };
}

/** The innermost of those that share an id or a key is the one that the key would mean. */
function useHere(): Entry[] {
  const mounted = useMounted();
  return useMemo(() => {
    const taken = new Set<string>();
    const isFirst = (key: Key) => {
      const names = [key.id, ...writtenKeys(key).map((written) => `key ${written}`)];
      if (names.some((name) => taken.has(name))) return false;
      for (const name of names) taken.add(name);
      return true;
    };
    return [...mounted]
      .reverse()
      .filter(({ scope }) => scope !== "dialog")
      .flatMap(({ keys }) => keys)
      .filter((key) => isOn(key) && (key.run || key.choices) && isFirst(key) && !key.unlisted)
      .map((key): Entry => {
        const keys = writtenKeys(key)[0];
        return { ...key, id: `key ${key.id}`, group: "here", ...(keys ? { keys } : {}) } as Entry;
      });
  }, [mounted]);
}

function usePlaces(slug: string): Entry[] {
  const { t } = useTranslation(["keys", "settings", "shell"]);
  const navigate = useNavigate();
  const { can } = useMe();
  return useMemo(() => {
    const go = (path: string) => () => navigate({ to: `/a/${slug}${path}` });
    const pages: Entry[] = [
      { id: "spam", group: "go", label: t("shell:spam"), icon: IconMail, run: go("/spam") },
      ...(can.lead
        ? [
            {
              id: "team",
              group: "go" as const,
              label: t("shell:teamNow"),
              icon: IconActivity,
              run: go("/team"),
            },
          ]
        : []),
      ...(can.manage_forms
        ? [{ id: "forms", group: "go" as const, label: t("shell:forms"), icon: IconForms, run: go("/forms") }]
        : []),
      { id: "settings", group: "go", label: t("shell:settings"), icon: IconSettings, run: go("/settings") },
    ];
    const inSettings = settings.flatMap(({ items }) =>
      items.map(
        ({ key, to, Icon }): Entry => ({
          id: `settings ${key}`,
          group: "go",
          label: t(`settings:nav.${key}`),
          detail: t("shell:settings"),
          words: `${t("shell:settings")} ${t(`settings:nav.${key}`)}`,
          icon: Icon,
          run: () => navigate({ to: to.replace("$slug", slug) }),
        }),
      ),
    );
    return [...pages, ...inSettings];
  }, [t, navigate, slug, can]);
}

function useViews(slug: string): Entry[] {
  const navigate = useNavigate();
  const nameOf = useViewName();
  const views = useQuery(viewsQuery()).data?.items;
  return useMemo(
    () =>
      (views ?? []).map(
        (view): Entry => ({
          id: `view ${view.key}`,
          group: "view",
          label: nameOf(view),
          icon: viewIcon(view.key),
          ...keysOf(view.key),
          run: () =>
            navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view: view.key as never } }),
        }),
      ),
    [views, nameOf, navigate, slug],
  );
}

function keysOf(view: string): { keys?: string } {
  const keys = viewKeys.find(([key]) => key === view)?.[1];
  return keys ? { keys } : {};
}

function useMembers(slug: string): Entry[] {
  const { t } = useTranslation("keys");
  const navigate = useNavigate();
  const people = useQuery(peopleQuery()).data?.items;
  return useMemo(
    () =>
      (people ?? []).map(
        (member): Entry => ({
          id: `member ${member.id}`,
          group: "member",
          label: t("palette.ticketsOf", { name: member.name }),
          icon: IconUser,
          run: () =>
            navigate({
              to: "/a/$slug/search",
              params: { slug },
              search: { q: `assignee:${member.email} is:open ` },
            }),
        }),
      ),
    [people, t, navigate, slug],
  );
}

/** Tickets, and the contacts of these whose name is what was typed; the last line is the search itself. */
function useFound(slug: string, typed: string): { entries: Entry[]; busy: boolean } {
  const { t } = useTranslation("keys");
  const navigate = useNavigate();
  const [settled] = useDebouncedValue(typed.trim(), typingPause);
  const asked = settled.length >= 2 || /^#?\d+$/.test(settled) ? settled : "";
  const answer = useInfiniteQuery({ ...searchQuery(asked), placeholderData: keepPreviousData });
  const found = asked ? answer.data?.pages[0]?.items : undefined;
  const number = /^#?(\d{1,15})$/.exec(typed.trim())?.[1];
  const entries = useMemo(() => {
    // At once, for whoever knows the number types faster than the server answers.
    const known: Entry[] = number
      ? [
          {
            id: "number",
            group: "ticket",
            label: t("palette.goTo", { number }),
            icon: IconTicket,
            found: true,
            run: () => navigate({ to: "/a/$slug/tickets/$number", params: { slug, number } }),
          },
        ]
      : [];
    const tickets = (found ?? []).slice(0, 7).map(
      ({ ticket, hit }): Entry => ({
        id: `ticket ${ticket.id}`,
        group: "ticket",
        label: `#${ticket.number} ${ticket.subject}`,
        detail: ticket.contact?.name ?? "",
        found: true,
        run: () =>
          navigate({
            to: "/a/$slug/tickets/$number",
            params: { slug, number: String(ticket.number) },
            search: hit.message_id ? { at: hit.message_id } : {},
          }),
      }),
    );
    const contacts = contactsOf(found ?? [], asked).map(
      (contact): Entry => ({
        id: `contact ${contact.id}`,
        group: "contact",
        label: contact.name || contact.email || "",
        ...(contact.email && { detail: contact.email }),
        icon: IconUser,
        found: true,
        run: () => navigate({ to: "/a/$slug/contacts/$contactId", params: { slug, contactId: contact.id } }),
      }),
    );
    const all: Entry = {
      id: "search for",
      group: "ticket",
      label: t("palette.searchFor", { text: asked }),
      icon: IconSearch,
      found: true,
      run: () => navigate({ to: "/a/$slug/search", params: { slug }, search: { q: asked } }),
    };
    return asked ? [...known, ...contacts, ...tickets, all] : known;
  }, [number, found, asked, t, navigate, slug]);
  return { entries, busy: asked !== "" && answer.isFetching };
}

function contactsOf(found: Found[], typed: string) {
  const wanted = typed.toLowerCase();
  const contacts = found.flatMap(({ ticket }) => (ticket.contact ? [ticket.contact] : []));
  return contacts
    .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
    .filter((contact, at, all) => all.findIndex(({ id }) => id === contact.id) === at)
    .slice(0, 3);
}
