// A person who writes to us: who they are on one side, and everything between them and us on the other.
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { contactQuery } from "@/api/timeline";
import type { Contact } from "@/api/types";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { ContactFailed } from "./ContactFailed";
import { ContactHead } from "./ContactHead";
import classes from "./ContactPage.module.css";
import { ContactSide } from "./ContactSide";
import { nameOf } from "./name";
import { Timeline } from "./timeline/Timeline";

export function ContactPage() {
  const { contactId } = useParams({ from: "/a/$slug/contacts/$contactId" });
  const contact = useQuery(contactQuery(contactId));
  if (contact.error instanceof Problem && contact.error.status === 404) return <NotFound />;
  if (contact.isError && !contact.data)
    return <ContactFailed error={contact.error} onRetry={() => contact.refetch()} />;
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
