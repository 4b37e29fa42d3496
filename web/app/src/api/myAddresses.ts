// My own addresses, each proved by a code that is mailed there.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post } from "./http";
import type { Page } from "./types";

/** Not proved yet while `proved_at` is null: its code can be typed until `expires_at`. */
export type MyAddress = Schemas["MyAddress"];

export const myAddressesQuery = () =>
  queryOptions({
    queryKey: accountKey("my-addresses"),
    queryFn: () => get<Page<MyAddress>>("/me/addresses"),
  });
/** Mails a code; said again, a new one. */
export const addMyAddress = (address: string) => post<MyAddress>("/me/addresses", { address });
export const proveMyAddress = (address: string, code: string) =>
  post<MyAddress>(`/me/addresses/${encodeURIComponent(address)}/proof`, { code });
export const removeMyAddress = (address: string) => del(`/me/addresses/${encodeURIComponent(address)}`);
