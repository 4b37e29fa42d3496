// Every route of the app, and who may see it; pages are fetched when first opened.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { meQuery } from "@/api/desk";
import { setAccount } from "@/api/http";
import { isLane, type Lane } from "@/api/inboxes";
import { sessionQuery } from "@/api/session";
import { viewsQuery } from "@/api/views";
import { changeLocale, i18n } from "@/i18n";
import { isShownKind, type ShownKind } from "@/pages/contact/timeline/kinds";
import { type BuilderTab, isBuilderTab } from "@/pages/forms/builder/tabs";
import { submissionsSearch } from "@/pages/forms/submissions/search";
import { type FateState, isFate } from "@/pages/settings/incoming/fates";
import { isMemberTab, type MemberTab } from "@/pages/settings/members/member/tabs";
import { spamSearch } from "@/pages/spam/search";
import { isId, viewKey } from "@/pages/tickets/views";
import { ErrorPage } from "@/shell/ErrorPage";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { Shell } from "@/shell/Shell";

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ErrorPage,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    const account = session?.accounts[0];
    if (!account) throw redirect({ to: "/signin" });
    throw redirect({ to: "/a/$slug/tickets", params: { slug: account.slug } });
  },
});

const signin = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import("@/pages/signin"), "SignInPage"),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("@/pages/signin"), "WelcomePage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("@/pages/signin"), "InvitationPage"),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  component: lazyRouteComponent(() => import("@/pages/signin"), "ResetPage"),
});

export const accountRoute = createRoute({
  getParentRoute: () => root,
  path: "/a/$slug",
  beforeLoad: async ({ context, params, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/signin", search: { next: location.href } });
    if (session.user.locale !== i18n.language) await changeLocale(session.user.locale);
    setAccount(params.slug);
  },
  loader: ({ context }) => {
    // Every page shows them; none waits for them.
    context.queryClient.prefetchQuery(viewsQuery());
    return context.queryClient.ensureQueryData(meQuery());
  },
  component: Shell,
  errorComponent: ErrorPage,
  notFoundComponent: NotFound,
});

const accountHome = createRoute({
  getParentRoute: () => accountRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/a/$slug/tickets", params });
  },
});

/** The list stays on the screen while tickets open beside it, so a ticket is a child of the list. */
export const ticketsRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: "/tickets",
  validateSearch: (search: Record<string, unknown>): { view?: string; pipeline?: string } => ({
    ...(viewKey(search.view) && { view: viewKey(search.view) }),
    ...(isId(search.pipeline) && { pipeline: search.pipeline }),
  }),
  search: { middlewares: [retainSearchParams(["pipeline"])] },
  component: lazyRouteComponent(() => import("@/pages/tickets/TicketsPage"), "TicketsPage"),
});
export const ticketRoute = createRoute({
  getParentRoute: () => ticketsRoute,
  path: "$number",
  validateSearch: (search: Record<string, unknown>): { at?: string } =>
    isId(search.at) ? { at: search.at } : {},
  component: lazyRouteComponent(() => import("@/pages/ticket/TicketPage"), "TicketPage"),
});

export const inboxRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: "/inbox/$inboxId",
  validateSearch: (search: Record<string, unknown>): { lane?: Lane } =>
    isLane(search.lane) ? { lane: search.lane } : {},
  component: lazyRouteComponent(() => import("@/pages/inbox/InboxPage"), "InboxPage"),
});
const conversation = createRoute({
  getParentRoute: () => inboxRoute,
  path: "$conversationId",
  component: lazyRouteComponent(() => import("@/pages/inbox/ConversationPage"), "ConversationPage"),
});
const search = createRoute({
  getParentRoute: () => accountRoute,
  path: "/search",
  validateSearch: ({ q }: Record<string, unknown>): { q?: string } =>
    typeof q === "string" || typeof q === "number" ? { q: String(q) } : {},
  component: lazyRouteComponent(() => import("@/pages/search/SearchPage"), "SearchPage"),
});

const contact = createRoute({
  getParentRoute: () => accountRoute,
  path: "/contacts/$contactId",
  validateSearch: (search: Record<string, unknown>): { kind?: ShownKind } =>
    isShownKind(search.kind) ? { kind: search.kind } : {},
  component: lazyRouteComponent(() => import("@/pages/contact/ContactPage"), "ContactPage"),
});

const write = createRoute({
  getParentRoute: () => accountRoute,
  path: "/write",
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === "string" && search.to ? { to: search.to } : {},
  component: lazyRouteComponent(() => import("@/pages/write/WritePage"), "WritePage"),
});

const newTicket = createRoute({
  getParentRoute: () => accountRoute,
  path: "/new-ticket",
  component: lazyRouteComponent(() => import("@/pages/newticket/NewTicketPage"), "NewTicketPage"),
});

const teamNow = createRoute({
  getParentRoute: () => accountRoute,
  path: "/team",
  component: lazyRouteComponent(() => import("@/pages/teamnow/TeamNowPage"), "TeamNowPage"),
});

const spam = createRoute({
  getParentRoute: () => accountRoute,
  path: "/spam",
  validateSearch: spamSearch,
  component: lazyRouteComponent(() => import("@/pages/spam/SpamPage"), "SpamPage"),
});

const forms = createRoute({
  getParentRoute: () => accountRoute,
  path: "/forms",
  component: lazyRouteComponent(() => import("@/pages/forms/list/FormsPage"), "FormsPage"),
});
const form = createRoute({
  getParentRoute: () => accountRoute,
  path: "/forms/$formId",
  validateSearch: (search: Record<string, unknown>): { tab?: BuilderTab; connect?: 1 } => ({
    ...(isBuilderTab(search.tab) && { tab: search.tab }),
    ...(search.connect === 1 && { connect: search.connect }),
  }),
  component: lazyRouteComponent(() => import("@/pages/forms/builder/BuilderPage"), "BuilderPage"),
});
const submissions = createRoute({
  getParentRoute: () => accountRoute,
  path: "/forms/$formId/submissions",
  validateSearch: submissionsSearch,
  component: lazyRouteComponent(() => import("@/pages/forms/submissions"), "SubmissionsPage"),
});

const settings = createRoute({
  getParentRoute: () => accountRoute,
  path: "/settings",
  component: settingsPage("SettingsPage"),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  component: settingsPage("SettingsHome"),
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: settingsPage("ProfilePage"),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: "/members",
  component: settingsPage("MembersPage"),
});
const memberMails = createRoute({
  getParentRoute: () => settings,
  path: "/members/mails",
  component: settingsPage("MailsPage"),
});
const member = createRoute({
  getParentRoute: () => settings,
  path: "/members/$memberId",
  validateSearch: (search: Record<string, unknown>): { tab?: MemberTab } =>
    isMemberTab(search.tab) ? { tab: search.tab } : {},
  component: settingsPage("MemberPage"),
});
const roles = createRoute({
  getParentRoute: () => settings,
  path: "/roles",
  component: settingsPage("RolesPage"),
});
const teams = createRoute({
  getParentRoute: () => settings,
  path: "/teams",
  component: settingsPage("TeamsPage"),
});
const skills = createRoute({
  getParentRoute: () => settings,
  path: "/skills",
  component: settingsPage("SkillsPage"),
});
const channels = createRoute({
  getParentRoute: () => settings,
  path: "/channels",
  component: settingsPage("ChannelsPage"),
});
const intoInbox = (search: Record<string, unknown>): { inbox?: string } =>
  isId(search.inbox) ? { inbox: search.inbox } : {};
const inboxes = createRoute({
  getParentRoute: () => settings,
  path: "/inboxes",
  component: settingsPage("InboxesPage"),
});
const newChannel = createRoute({
  getParentRoute: () => settings,
  path: "/channels/new",
  validateSearch: intoInbox,
  component: settingsPage("KindsPage"),
});
const newChannelOfKind = createRoute({
  getParentRoute: () => settings,
  path: "/channels/new/$kind",
  validateSearch: intoInbox,
  search: { middlewares: [retainSearchParams(["inbox"])] },
  component: settingsPage("MethodsPage"),
});
const newChannelWizard = createRoute({
  getParentRoute: () => settings,
  path: "/channels/new/$kind/$method",
  validateSearch: (search: Record<string, unknown>): { step?: string; form?: string; inbox?: string } => ({
    ...(typeof search.step === "string" && { step: search.step }),
    ...(isId(search.form) && { form: search.form }),
    ...intoInbox(search),
  }),
  search: { middlewares: [retainSearchParams(["inbox"])] },
  component: settingsPage("NewChannelPage"),
});
interface ChannelSearch {
  tab?: "automation" | "mailbox";
  rule?: string;
  /** What the mailbox's list is narrowed to. */
  state?: string;
  folder?: string;
}
const channelSearch = ({ tab, rule, state, folder }: Record<string, unknown>): ChannelSearch => ({
  ...((tab === "automation" || tab === "mailbox") && { tab }),
  ...(typeof rule === "string" && { rule }),
  ...(typeof state === "string" && { state }),
  ...(typeof folder === "string" && { folder }),
});
const channel = createRoute({
  getParentRoute: () => settings,
  path: "/channels/$channelId",
  validateSearch: channelSearch,
  component: settingsPage("ChannelPage"),
});
const connectChannel = createRoute({
  getParentRoute: () => settings,
  path: "/channels/$channelId/connect",
  validateSearch: (search: Record<string, unknown>): { step?: string } =>
    typeof search.step === "string" ? { step: search.step } : {},
  component: settingsPage("GoOnPage"),
});
const incoming = createRoute({
  getParentRoute: () => settings,
  path: "/incoming",
  validateSearch: (search: Record<string, unknown>): { state?: FateState; channel?: string } => ({
    ...(isFate(search.state) && { state: search.state }),
    ...(typeof search.channel === "string" && { channel: search.channel }),
  }),
  component: settingsPage("IncomingPage"),
});
const macros = createRoute({
  getParentRoute: () => settings,
  path: "/macros",
  component: settingsPage("MacrosPage"),
});
const spamSettings = createRoute({
  getParentRoute: () => settings,
  path: "/spam",
  component: settingsPage("SpamSettingsPage"),
});
const formDesk = createRoute({
  getParentRoute: () => settings,
  path: "/forms",
  component: settingsPage("FormDeskPage"),
});
const pipelines = createRoute({
  getParentRoute: () => settings,
  path: "/pipelines",
  component: settingsPage("PipelinesPage"),
});
const properties = createRoute({
  getParentRoute: () => settings,
  path: "/properties",
  component: settingsPage("PropertiesPage"),
});
const settingsElsewhere = createRoute({ getParentRoute: () => settings, path: "$", component: NotFound });

function settingsPage(name: keyof typeof import("@/pages/settings")) {
  return lazyRouteComponent(() => import("@/pages/settings"), name);
}

const routeTree = root.addChildren([
  home,
  signin,
  welcome,
  invitation,
  reset,
  accountRoute.addChildren([
    accountHome,
    ticketsRoute.addChildren([ticketRoute]),
    inboxRoute.addChildren([conversation]),
    search,
    contact,
    write,
    newTicket,
    teamNow,
    spam,
    forms,
    form,
    submissions,
    settings.addChildren([
      settingsHome,
      profile,
      members,
      memberMails,
      member,
      roles,
      teams,
      skills,
      channels,
      inboxes,
      newChannel,
      newChannelOfKind,
      newChannelWizard,
      channel,
      connectChannel,
      incoming,
      macros,
      spamSettings,
      formDesk,
      pipelines,
      properties,
      settingsElsewhere,
    ]),
  ]),
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPendingComponent: PageLoading,
    defaultPendingMs: 300,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** What was looked for where this ticket was found. */
    search?: string;
  }
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
