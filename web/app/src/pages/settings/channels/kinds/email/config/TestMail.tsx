// A test mail by what is stored, and what the server said to it.
import { Button, TextInput } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sendTestMail } from "@/api/channels";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { fieldErrors } from "../../../../ui/fieldErrors";
import classes from "../signin/SignIn.module.css";

export function TestMail({ channel, disabled }: { channel: Channel; disabled: boolean }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const [to, setTo] = useState(me.email);
  const test = useMutation({ mutationFn: () => sendTestMail(channel.id, to.trim()) });
  const errors = fieldErrors(test.error, ["to"], t);
  return (
    <div>
      <div className={classes.test}>
        <TextInput
          label={t("smtp.testTo")}
          type="email"
          autoComplete="email"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={errors.at.to ?? errors.above}
        />
        <Button
          variant="default"
          loading={test.isPending}
          disabled={disabled || !to.trim()}
          onClick={() => test.mutate()}
        >
          {t("smtp.test")}
        </Button>
      </div>
      {test.data && (
        <p className={classes.said} data-known role="status" style={{ marginTop: 8 }}>
          <IconCircleCheck size={17} stroke={1.8} aria-hidden="true" />
          <span>
            {t("smtp.tested", { to })}{" "}
            {test.data.server_said && t("smtp.serverSaid", { said: test.data.server_said })}
          </span>
        </p>
      )}
    </div>
  );
}
