// A person who writes to us: who they are on one side, and everything between them and us on the other.
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { contactQuery } from "@/api/timeline";
import type { Contact } from "@/api/types";
import { ReadFailed } from "@/kit/ReadFailed";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { ContactHead } from "./ContactHead";
import classes from "./ContactPage.module.css";
import { ContactSide } from "./ContactSide";
import { nameOf } from "./name";
import { Timeline } from "./timeline/Timeline";

export function ContactPage() {
  const { t } = useTranslation("contact");
  const { contactId } = useParams({ from: "/a/$slug/contacts/$contactId" });
  const contact = useQuery(contactQuery(contactId));
  if (contact.error instanceof Problem && contact.error.status === 404) return <NotFound />;
  if (contact.isError && !contact.data)
    return <ReadFailed title={t("failed")} error={contact.error} onRetry={() => contact.refetch()} />;
  if (!contact.data) return <PageLoading />;
  return <Known key={contact.data.id} contact={contact.data} />;
}

function Known({ contact }: { contact: Contact }) {
  const { slug } = useParams({ from: "/a/$slug" });
  const { account } = useMe();
  useDocumentTitle(`${nameOf(contact)} · ${account.name}`);
  return (
    <div className={classes.page}>
      <div className={classes.content}>
        <ContactHead contact={contact} />
        <div className={classes.columns}>
          <ContactSide slug={slug} contact={contact} />
          <Timeline slug={slug} contactId={contact.id} />
        </div>
      </div>
    </div>
  );
}
