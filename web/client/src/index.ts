// A typed client of Kanal's API. Paths and shapes come from schema.d.ts, which is made from openapi.json.
import createFetchClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema";

export type { components, operations, paths } from "./schema";

export type Schemas = components["schemas"];
/** Every error (RFC 9457); `type` is stable, such as `/problems/not-found`, and some types have further members. */
export type Problem = Schemas["Problem"];
export type KanalClient = Client<paths>;

interface Server {
  /** Where Kanal is, without `/api/v1`. */
  baseUrl: string;
  fetch?: (request: Request) => Promise<Response>;
}
/** A program: `kanal token create` prints a token, which belongs to one account. */
interface WithToken extends Server {
  token: string;
  account?: never;
}
/** A page of Kanal's own origin, where somebody is signed in: `account` is the slug in the page's path. */
interface WithSession extends Server {
  account: string;
  token?: never;
}
export type ClientOptions = WithToken | WithSession;

export function createClient({ baseUrl, fetch, token, account }: ClientOptions): KanalClient {
  const headers = token === undefined ? { "Kanal-Account": account } : { Authorization: `Bearer ${token}` };
  return createFetchClient<paths>({ baseUrl, fetch, headers });
}
