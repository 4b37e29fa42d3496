// Forms: what they ask, how they look, their versions, and how a draft of one would look and what is wrong with it.
import type { Schemas } from "@kanal/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, type FieldError, get, getAll, patch, post } from "./http";
import type { Condition } from "./routing";
import type { Page } from "./types";

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
export type FormField = Omit<Schemas["FormFieldOut"], "show_when" | "limits"> & {
  limits: Limits;
  /** A condition on earlier fields; null: always shown. */
  show_when: Condition | null;
};
export type FieldType = FormField["type"];
export type FieldValue = FormField["default"];
/** Which of these a type has is said by the builder's `limitsOf`. */
export type Limits = Partial<Schemas["FormFieldLimitsOut"]>;
export type FileGroup = Schemas["FormFieldLimitsOut"]["file_groups"][number];
export type FormOptions = Schemas["FormOptionsOut"];
export type Look = FormOptions["look"];

export interface FormContents {
  name: string;
  fields: FormField[];
  options: FormOptions;
}
export type Form = Omit<Schemas["FormOut"], "fields"> & FormContents;
export type FormVersion = Schemas["FormVersionOut"];

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
    queryFn: () => get<Page<FormVersion>>(`/forms/${id}/versions`),
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
