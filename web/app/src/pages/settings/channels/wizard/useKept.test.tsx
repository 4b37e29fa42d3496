import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, it } from "vitest";
import { meQuery } from "@/api/desk";
import { me } from "@/test/render";
import { useKept } from "./useKept";

interface Draft {
  address: string;
  password: string;
}
const start = (): Draft => ({ address: "", password: "" });
const keepable = (draft: Draft): Draft => ({ ...draft, password: "" });
const wizard = () => renderHook(() => useKept("email/imap", start, keepable), { wrapper: SignedIn }).result;

function SignedIn({ children }: { children: ReactNode }) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queryClient.setQueryData(meQuery().queryKey, me);
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}

beforeEach(() => sessionStorage.clear());

it("what was typed is there again after a reload, its secrets are not", () => {
  const before = wizard();
  act(() => before.current.set({ address: "support@shop.example", password: "secret" }));
  expect(before.current.value.password).toBe("secret");
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("secret");
  expect(wizard().current.value).toEqual({ address: "support@shop.example", password: "" });
});

it("what was called off is forgotten", () => {
  const before = wizard();
  act(() => before.current.set({ address: "support@shop.example" }));
  act(() => before.current.forget());
  expect(wizard().current.value.address).toBe("");
});

it("a change may build on what is there at that moment", () => {
  const typing = wizard();
  act(() => typing.current.set({ address: "a" }));
  act(() => typing.current.set((draft) => ({ address: `${draft.address}b` })));
  expect(typing.current.value.address).toBe("ab");
});
