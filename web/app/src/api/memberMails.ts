// Mails to members that could not be sent, for those who manage members.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Page } from "./types";

export type MemberMail = Schemas["MemberMail"];

/** The most that are read at once; there are more only while nothing leaves at all. */
export const mostMails = 200;

export const failedMailsQuery = () =>
  queryOptions({
    queryKey: accountKey("member-mails", "failed"),
    queryFn: () => get<Page<MemberMail>>("/member-mails", { query: { state: "failed", limit: mostMails } }),
  });

export const sendMailAgain = (id: string) => post<void>(`/member-mails/${id}/retry`);
