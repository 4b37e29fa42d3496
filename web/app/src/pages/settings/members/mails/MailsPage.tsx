// Mails to members that could not be sent: to whom, about what, why and since when; each is sent again from here.
import { Button } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failedMailsQuery } from "@/api/memberMails";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { FaultAlert } from "../../ui/FaultAlert";
import { Page } from "../../ui/Page";
import { FailedMail } from "./FailedMail";
import classes from "./MailsPage.module.css";
import { useSendAgain } from "./useSendAgain";

export function MailsPage() {
  return useMay("manage_members") ? <Mails /> : <NotFound />;
}

function Mails() {
  const { t } = useTranslation(["mails", "people"]);
  const failed = useQuery({ ...failedMailsQuery(), refetchOnMount: "always" });
  const again = useSendAgain();
  const mails = failed.data?.items ?? [];
  const trail = [{ label: t("people:members.title"), to: "/a/$slug/settings/members" as const }];
  return (
    <Page
      title={t("title")}
      trail={trail}
      lead={t("lead")}
      wide
      actions={
        mails.length > 1 && (
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate(mails)}>
            {t("allAgain")}
          </Button>
        )
      }
    >
      {failed.isPending && <PageLoading />}
      <FaultAlert text={failed.error && explain(failed.error, t)} />
      {failed.data && mails.length === 0 && <AllSent />}
      {mails.length > 0 && (
        <ul className={classes.list} aria-label={t("title")}>
          {mails.map((mail) => (
            <FailedMail key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function AllSent() {
  const { t } = useTranslation("mails");
  return (
    <p className={classes.allSent}>
      <IconMailCheck size={20} stroke={1.6} aria-hidden="true" />
      {t("none")}
    </p>
  );
}
