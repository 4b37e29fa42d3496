// What was filled into a form, its figures, and everything between a contact and us.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { fileUrl } from "./files";
import { del, get, post, queryString } from "./http";
import type { Page } from "./types";

export type Submission = Schemas["Submission"];
export type SubmissionSource = Submission["source"];
export type SubmissionState = "accepted" | "caught";
export type Answer = Schemas["SubmissionAnswer"];
export type SubmittedFile = Schemas["SubmissionFile"];
export type FormDay = Schemas["FormDay"];
export type Totals = Schemas["FormTotals"];

export interface SubmissionFilter {
  state: SubmissionState;
  q?: string;
  /** Moments, the second one without it. */
  from?: string;
  until?: string;
  source?: SubmissionSource;
  contact?: string;
}

const aPage = 50;

export const submissionsQuery = (formId: string, filter: SubmissionFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("submissions", formId, "list", filter),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Submission>>(`/forms/${formId}/submissions`, {
        query: { ...filter, limit: aPage, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** How many there are, whatever state the list shows; up to 10,000 of each. */
export const submissionCountsQuery = (formId: string, { state, ...filter }: SubmissionFilter) =>
  queryOptions({
    queryKey: accountKey("submissions", formId, "counts", filter),
    queryFn: () => get<Schemas["SubmissionCounts"]>(`/forms/${formId}/submissions/counts`, { query: filter }),
    placeholderData: keepPreviousData,
  });

export const submissionQuery = (formId: string, id: string) =>
  queryOptions({
    queryKey: accountKey("submissions", formId, "one", id),
    queryFn: () => get<Submission>(`/forms/${formId}/submissions/${id}`),
  });

export const figuresQuery = (formId: string, range: { from: string; until: string }) =>
  queryOptions({
    queryKey: accountKey("form-figures", formId, range),
    queryFn: () => get<Schemas["FormFigures"]>(`/forms/${formId}/figures`, { query: range }),
    placeholderData: keepPreviousData,
  });

export const deleteSubmission = (formId: string, id: string) => del(`/forms/${formId}/submissions/${id}`);
export const releaseSubmission = (formId: string, id: string) =>
  post<Submission>(`/forms/${formId}/submissions/${id}/release`);
export const deleteSubmissionsOf = (contactId: string) =>
  del<Schemas["DeletedSubmissions"]>(`/contacts/${contactId}/submissions`);
/** `left`: how many are still to be made into tickets. */
export const makeTickets = (formId: string) => post<Schemas["HandingIn"]>(`/forms/${formId}/make-tickets`);

export const submittedFileUrl = (formId: string, submissionId: string, fileId: string) =>
  fileUrl(`/api/v1/forms/${formId}/submissions/${submissionId}/files/${fileId}`);
/** What the list shows, as a file. */
export const exportUrl = (formId: string, format: "csv" | "json", filter: SubmissionFilter) =>
  fileUrl(`/api/v1/forms/${formId}/export${queryString({ format, ...filter })}`);
