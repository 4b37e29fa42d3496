// Renders a piece of the app with what every piece stands on: theme, cache, and me.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { meQuery } from "@/api/desk";
import { setAccount } from "@/api/http";
import type { Me } from "@/api/types";
import { theme } from "@/theme";

export const me: Me = {
  member_id: "me",
  name: "Maja",
  email: "maja@demo.example",
  role: "agent",
  has_seat: true,
  can: {
    read: true,
    answer: true,
    manage_forms: false,
    manage_channels: false,
    see_raw: true,
    manage_members: false,
    edit_routing: false,
    manage_availability: false,
    manage_desk: false,
    lead: false,
  },
  permissions: ["read", "answer", "see_raw"],
  sees: "channels",
  chat_name: "",
  title: "",
  photo_url: null,
  availability: {
    state: "available",
    why: "start",
    since: "2026-03-02T08:00:00Z",
    set_by: null,
    back_at: null,
  },
  outgoing_mail_ready: true,
  account: { id: 1, slug: "demo", name: "Demo" },
  public_url: "https://desk.example",
  mail_domain: "desk.example",
  mail_domain_is_loopback: false,
  unread_notices: 0,
  live_cursor: 1,
};

export function renderInApp(piece: ReactNode) {
  setAccount("demo");
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  queryClient.setQueryData(meQuery().queryKey, me);
  return render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} env="test">
        {piece}
      </MantineProvider>
    </QueryClientProvider>,
  );
}
