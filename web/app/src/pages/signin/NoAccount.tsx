// Signed in, but a member of no account: says what to do about it.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sessionQuery, signOut } from "@/api/session";
import { toastError } from "@/kit/toast";
import { SignedOutFrame } from "./SignedOutFrame";

export function NoAccount({ email }: { email: string }) {
  const { t } = useTranslation("signin");
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => queryClient.setQueryData(sessionQuery.queryKey, null),
    onError: toastError,
  });
  return (
    <SignedOutFrame title={t("noAccount.title")} lead={t("noAccount.lead", { email })}>
      <Button mt="lg" variant="default" fullWidth loading={leave.isPending} onClick={() => leave.mutate()}>
        {t("noAccount.signOut")}
      </Button>
    </SignedOutFrame>
  );
}
