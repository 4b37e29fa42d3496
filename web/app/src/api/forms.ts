// Forms: what they ask, how they look, their versions, and how a draft of one would look and what is wrong with it.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, type FieldError, get, getAll, patch, post } from "./http";
import type { Condition } from "./routing";

export const fieldTypes = [
  "text",
  "long_text",
  "email",
  "phone",
  "number",
  "date",
  "select",
  "multi_select",
  "checkbox",
  "consent",
  "file",
] as const;
export type FieldType = (typeof fieldTypes)[number];
export type FieldValue = string | number | boolean | string[] | null;
export type FileGroup = "image" | "document" | "audio" | "video" | "archive";

/** Which of these a type has is said by `limitsOf` of the builder. */
export interface Limits {
  min?: number | string | null;
  max?: number | string | null;
  min_length?: number | null;
  max_length?: number | null;
  region?: string | null;
  files?: number | null;
  file_bytes?: number | null;
  file_groups?: FileGroup[];
}

export interface FormField {
  name: string;
  type: FieldType;
  label: string;
  required: boolean;
  hidden: boolean;
  default: FieldValue;
  options: string[];
  /** What a choice is shown as, where that is not the choice itself. */
  labels: Record<string, string>;
  /** `ticket.<key>` or `contact.<key>`; null: an answer for people to read. */
  property: string | null;
  help: string;
  placeholder: string;
  width: "full" | "half";
  limits: Limits;
  /** A condition on earlier fields; null: always shown. */
  show_when: Condition | null;
}

export interface Look {
  accent: string;
  font: "system" | "serif" | "rounded" | "mono";
  corners: "square" | "rounded" | "round";
}

export interface FormOptions {
  language: "en" | "sv";
  look: Look;
  intro: string;
  submit_label: string;
  after: "message" | "redirect";
  thanks: string;
  redirect_url: string;
  closes_at: string | null;
  closed: boolean;
  closed_text: string;
  origins: string[];
  confirm: boolean;
  confirmation_subject: string;
  confirmation_text: string;
  captcha: boolean;
}

export interface FormContents {
  name: string;
  fields: FormField[];
  options: FormOptions;
}

export interface Form extends FormContents {
  id: string;
  key: string;
  version: number;
  /** The hosted page. */
  url: string;
  /** The script tag. */
  embed: string;
  channel: { id: string; name: string; active: boolean } | null;
  /** It has an email field. */
  answerable: boolean;
  submissions: number;
  caught: number;
  waiting_to_hand_in: number;
  handing_in: boolean;
  last_submission_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface FormVersion {
  version: number;
  name: string;
  by: { id: string; name: string } | null;
  created_at: string;
  fields_changed: number;
}

export const formsQuery = () =>
  queryOptions({ queryKey: accountKey("forms", "all"), queryFn: () => getAll<Form>("/forms") });
export const formQuery = (id: string) =>
  queryOptions({ queryKey: accountKey("forms", id), queryFn: () => get<Form>(`/forms/${id}`) });

export interface NewForm {
  name: string;
  /** Without them it starts with the usual ones. */
  fields?: FormField[];
  options?: Partial<FormOptions>;
}
export const createForm = (form: NewForm) => post<Form>("/forms", form);
/** Refused as `form-changed` where `version` is no longer the current one. */
export const updateForm = (id: string, change: Partial<FormContents> & { version?: number }) =>
  patch<Form>(`/forms/${id}`, change);
export const copyForm = (id: string, name: string) => post<Form>(`/forms/${id}/copy`, { name });
export const deleteForm = (id: string, confirmName: string) =>
  del(`/forms/${id}`, { confirm_name: confirmName });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("form-versions", id),
    queryFn: () => getAll<FormVersion>(`/forms/${id}/versions`),
  });
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: accountKey("form-version", id, version),
    queryFn: () => get<FormContents & { version: number }>(`/forms/${id}/versions/${version}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const restoreVersion = (id: string, version: number) =>
  post<Form>(`/forms/${id}/versions/${version}/restore`);

export interface FormPreview {
  html: string;
  css: string;
}
/** The very markup that visitors get. */
export const formPreviewQuery = (contents: FormContents) =>
  queryOptions({
    queryKey: accountKey("form-preview", contents),
    queryFn: ({ signal }) => post<FormPreview>("/forms/preview", contents, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
/** What saving it would be refused for. */
export const formCheckQuery = (contents: FormContents) =>
  queryOptions({
    queryKey: accountKey("form-check", contents),
    queryFn: ({ signal }) => post<{ problems: FieldError[] }>("/forms/check", contents, { signal }),
    retry: false,
    gcTime: 60_000,
  });
