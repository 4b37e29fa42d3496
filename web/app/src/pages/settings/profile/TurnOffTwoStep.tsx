// Turning two-step sign-in off; it takes the password.
import { Button, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { sessionQuery, turnOffTotp } from "@/api/session";
import { explain } from "@/kit/explain";
import { passwordToggle } from "@/pages/signin/passwordToggle";
import { passwordFault } from "./passwordFault";

interface Props {
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function TurnOffTwoStep({ opened, onClose, onDone }: Props) {
  const { t } = useTranslation(["settings", "signin"]);
  const queryClient = useQueryClient();
  const [password, setPassword] = useState("");
  const turnOff = useMutation({
    mutationFn: turnOffTotp,
    onSuccess: () => {
      onDone();
      return queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    turnOff.mutate(password);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("twoStep.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text fz="sm">{t("twoStep.offText")}</Text>
          <PasswordInput
            label={t("signin:password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            visibilityToggleButtonProps={passwordToggle(t)}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fault(turnOff.error)}
          />
          <Button type="submit" color="red" loading={turnOff.isPending}>
            {t("twoStep.turnOff")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );

  function fault(error: Error | null): string | null {
    if (!error) return null;
    if (error instanceof Problem && error.kind === "wrong-credentials") return t("password.wrong");
    return passwordFault(error, t) ?? explain(error, t);
  }
}
