// The outgoing server of a channel with what it says to a check and to a test mail; used by the wizard and by Edit.
import { Button, TextInput } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { smtpFields } from "./emailForm";
import { SmtpFields } from "./SmtpFields";
import classes from "./SmtpFields.module.css";
import type { Outgoing } from "./useOutgoing";

interface Props {
  channel: Channel;
  outgoing: Outgoing;
}

export function OutgoingForm({ outgoing }: Props) {
  const { t } = useTranslation("settings");
  const { form, change, stored, save, check, test } = outgoing;
  const error = save.error ?? check.error ?? test.error;
  const errors = fieldErrors(error, [...smtpFields, "to"], t);
  return (
    <>
      <SmtpFields value={form} onChange={change} errors={errors.at} hasPassword={!!stored?.has_password} />
      <FaultAlert text={errors.above} />
      <div>
        <Button
          variant="default"
          loading={check.isPending}
          disabled={!form.host.trim()}
          onClick={() => {
            save.reset();
            test.reset();
            check.mutate();
          }}
        >
          {t("smtp.check")}
        </Button>
      </div>
      {check.data && <Said text={t("smtp.checked")} said={check.data.server_said} />}
    </>
  );
}

/** Sends by what is stored, so that what is being typed is stored first. */
export function TestMail({ outgoing, mayUseDefault }: { outgoing: Outgoing; mayUseDefault: boolean }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const [to, setTo] = useState(me.email);
  const { form, dirty, stored, save, test, sendTest } = outgoing;
  const possible = form.host.trim() !== "" || (!!stored && !dirty) || (mayUseDefault && !dirty);
  const wrong = fieldErrors(test.error, ["to"], t).at.to;
  return (
    <>
      <div className={classes.test}>
        <TextInput
          label={t("smtp.testTo")}
          type="email"
          autoComplete="email"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={wrong}
        />
        <Button
          variant="default"
          loading={test.isPending || save.isPending}
          disabled={!possible || !to.trim()}
          // What goes wrong is shown at the fields by the form above.
          onClick={() => sendTest(to.trim()).catch(() => undefined)}
        >
          {t(dirty && form.host.trim() ? "smtp.saveAndTest" : "smtp.test")}
        </Button>
      </div>
      {test.data && <Said text={t("smtp.tested", { to: test.variables })} said={test.data.server_said} />}
    </>
  );
}

function Said({ text, said }: { text: string; said: string }) {
  const { t } = useTranslation("settings");
  return (
    <p className={classes.said} role="status">
      <IconCircleCheck size={17} stroke={1.8} aria-hidden="true" />
      <span>
        {text} {said && t("smtp.serverSaid", { said })}
      </span>
    </p>
  );
}
