// While the mail domain is this machine's own: no mail from outside can arrive, and what would change that.
import { Code, List } from "@mantine/core";
import { IconWorldOff } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Note } from "@/kit/Note";

export function LoopbackNote({ forwarding }: { forwarding: string }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  if (!me.mail_domain_is_loopback) return null;
  const values = { domain: me.mail_domain, forwarding };
  const code = { c: <Code fz="xs" /> };
  return (
    <Note tone="warn" icon={IconWorldOff} title={t("loopback.title", values)}>
      {t("loopback.text")}
      <List size="sm" my={6} spacing={3}>
        <List.Item>
          <Trans t={t} i18nKey="loopback.mailDomain" components={code} />
        </List.Item>
        <List.Item>
          <Trans t={t} i18nKey="loopback.publicUrl" components={code} />
        </List.Item>
        <List.Item>
          <Trans t={t} i18nKey="loopback.port" components={code} />
        </List.Item>
      </List>
      <Trans t={t} i18nKey="loopback.demo" values={values} components={code} />
    </Note>
  );
}
