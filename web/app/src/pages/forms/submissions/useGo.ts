// Changes what the address of the dashboard says; what is not named stays.
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { SubmissionsSearch } from "./search";

export function useGo() {
  const navigate = useNavigate({ from: "/a/$slug/forms/$formId/submissions" });
  return useCallback(
    (change: SubmissionsSearch, { replace = false } = {}) =>
      navigate({ to: ".", search: (now) => ({ ...now, ...change }), replace }),
    [navigate],
  );
}
