// Turning two-step sign-in on: a secret for the authenticator app, proved by a first code.
import { Button, Code, Loader, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { sessionQuery, startTotp, turnOnTotp } from "@/api/session";
import { explain } from "@/kit/explain";
import { CodeInput, codeLength } from "@/pages/signin/CodeInput";
import { FaultAlert } from "../ui/FaultAlert";
import { passwordFault } from "./passwordFault";
import classes from "./TwoStep.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function TurnOnTwoStep({ opened, onClose, onDone }: Props) {
  const { t } = useTranslation(["settings", "signin"]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("twoStep.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {opened && <Enrolment onDone={onDone} />}
    </Modal>
  );
}

function Enrolment({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(["settings", "signin"]);
  const queryClient = useQueryClient();
  const [code, setCode] = useState("");
  const start = useMutation({ mutationFn: startTotp });
  const confirm = useMutation({
    mutationFn: turnOnTotp,
    onSuccess: () => {
      onDone();
      return queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const { mutate: begin } = start;
  useEffect(() => begin(), [begin]);

  if (start.error) return <FaultAlert text={explain(start.error, t)} />;
  if (!start.data) return <Loader size="sm" role="progressbar" aria-label={t("common:loading")} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === codeLength) confirm.mutate(code);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fz="sm">{t("twoStep.scan")}</Text>
        {/* An image, not markup in the page: nothing in it could ever run. */}
        <img
          className={classes.qr}
          alt={t("twoStep.qr")}
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(start.data.svg)}`}
        />
        <Text fz="sm" c="dimmed">
          {t("twoStep.orType")}
        </Text>
        <Code block fz="sm" className={classes.secret}>
          {start.data.secret.replace(/(.{4})(?=.)/g, "$1 ")}
        </Code>
        <CodeInput
          label={t("twoStep.code")}
          value={code}
          onChange={setCode}
          error={codeFault(confirm.error)}
          data-autofocus
        />
        <FaultAlert text={passwordFault(confirm.error, t)} />
        <Button type="submit" loading={confirm.isPending} disabled={code.length < codeLength}>
          {t("twoStep.turnOn")}
        </Button>
      </Stack>
    </form>
  );

  function codeFault(error: Error | null): string | null {
    if (!error || passwordFault(error, t)) return null;
    if (error instanceof Problem && error.kind === "totp-wrong") return t("signin:fault.totp-wrong");
    return explain(error, t);
  }
}
