// What Kanal will read, store and send, before anybody signs in anywhere (EML-10). Whoever goes on agrees; the channel
// keeps who that was, and when.
import { Button } from "@mantine/core";
import { IconDatabase, IconEye, IconSend, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { WizardFrame, type WizardPlan } from "../../../wizard/WizardFrame";
import classes from "./Connect.module.css";

interface Props {
  plan: WizardPlan;
  method: "imap" | "forwarding";
  onAccept: () => void;
  onLeave: () => void;
}

const parts = [
  { key: "reads", Icon: IconEye },
  { key: "stores", Icon: IconDatabase },
  { key: "sends", Icon: IconSend },
  { key: "sees", Icon: IconUsers },
] as const;

export function TermsStep({ plan, method, onAccept, onLeave }: Props) {
  const { t } = useTranslation("email");
  const me = useMe();
  return (
    <WizardFrame
      plan={plan}
      step="terms"
      onSubmit={onAccept}
      onLeave={onLeave}
      buttons={<Button type="submit">{t("terms.continue")}</Button>}
    >
      <ul className={classes.terms}>
        {parts.map(({ key, Icon }) => (
          <li key={key}>
            <Icon size={20} stroke={1.6} aria-hidden="true" />
            <div>
              <b>{t(`terms.${key}`)}</b>
              <ul>
                {(t(`terms.${method}.${key}`, { returnObjects: true, defaultValue: [] }) as string[])
                  .concat(t(`terms.both.${key}`, { returnObjects: true, defaultValue: [] }) as string[])
                  .map((line) => (
                    <li key={line}>{line}</li>
                  ))}
              </ul>
            </div>
          </li>
        ))}
      </ul>
      <p className={classes.agree}>{t("terms.agree", { account: me.account.name, name: me.name })}</p>
    </WizardFrame>
  );
}
