// Above the members, only while there is something to say: so many mails to them did not leave.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { failedMailsQuery, mostMails } from "@/api/memberMails";
import { useMay } from "@/api/roles";
import { Note } from "@/kit/Note";
import classes from "./MailsPage.module.css";

export function FailedMailsNote() {
  const { t } = useTranslation("mails");
  const { slug } = useParams({ from: "/a/$slug" });
  const mayManage = useMay("manage_members");
  const count = useQuery({ ...failedMailsQuery(), enabled: mayManage }).data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <div className={classes.banner}>
      <Note tone="warn">
        {t(count < mostMails ? "note" : "noteMany", { count })}{" "}
        <Link to="/a/$slug/settings/members/mails" params={{ slug }}>
          {t("look")}
        </Link>
      </Note>
    </div>
  );
}
