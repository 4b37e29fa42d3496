// A server shows a certificate that nobody vouches for: what it says of itself, and a person's word that it is right.
import { Button, Code } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "@/kit/Note";
import { dateLocale } from "@/kit/time";
import { type Certificate, fingerprintInPairs } from "./certificate";
import classes from "./SignIn.module.css";

interface Props {
  certificate: Certificate;
  onTrust: () => void;
  busy?: boolean;
}

export function CertificateCard({ certificate, onTrust, busy }: Props) {
  const { t, i18n } = useTranslation("email");
  const { fingerprint, subject, issuer, until, part } = certificate;
  const facts = { subject, issuer, until: dayOf(until, dateLocale(i18n.language)) };
  return (
    <Note tone="warn" icon={IconCertificate} title={t(`certificate.title.${part}`)}>
      {t("certificate.text")}
      <dl className={classes.facts}>
        {Object.entries(facts).map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{t(`certificate.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <div>
          <dt>{t("certificate.fingerprint")}</dt>
          <dd>
            <Code className={classes.fingerprint}>
              {fingerprintInPairs(fingerprint)
                .split(/(?<=:)/)
                .map((pair, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pairs may repeat and never move
                  <Fragment key={index}>
                    {pair}
                    <wbr />
                  </Fragment>
                ))}
            </Code>
          </dd>
        </div>
      </dl>
      <Button size="xs" variant="default" onClick={onTrust} loading={busy}>
        {t("certificate.trust")}
      </Button>
    </Note>
  );
}

function dayOf(until: string, locale: string): string {
  const day = new Date(until);
  return Number.isNaN(day.getTime())
    ? until
    : new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(day);
}
