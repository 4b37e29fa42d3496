// One conversation of the spam, read beside the list: why it is here, what was said, and the way back.
import { Button, Drawer, Group } from "@mantine/core";
import { IconShieldCheck, IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { markSpam, type Spam, spamQuery, type WholeSpam } from "@/api/spam";
import type { MessageItem } from "@/api/types";
import { explain } from "@/kit/explain";
import { Face } from "@/kit/Face";
import { Note } from "@/kit/Note";
import { Time } from "@/kit/Time";
import { dateLocale } from "@/kit/time";
import { toast, toastError } from "@/kit/toast";
import { Attachments } from "@/pages/ticket/timeline/Attachments";
import { MessageText } from "@/pages/ticket/timeline/MessageText";
import { TrustBadge } from "@/pages/ticket/timeline/TrustBadge";
import { PageLoading } from "@/shell/PageLoading";
import classes from "./SpamDrawer.module.css";
import { useNotSpam, useStale } from "./useMarking";
import { whyWords } from "./whyWords";

interface Props {
  slug: string;
  open?: string;
  /** Those in the list: what is known of one is shown before it is read. */
  spam: Spam[];
}

export function SpamDrawer({ slug, open, spam }: Props) {
  const { t } = useTranslation("spam");
  const navigate = useNavigate({ from: "/a/$slug/spam" });
  const read = useQuery({ ...spamQuery(open ?? ""), enabled: !!open });
  const close = () => navigate({ to: ".", search: (now) => ({ ...now, open: undefined }) });
  const known = read.data ?? spam.find((one) => one.conversation_id === open);
  const gone = read.error instanceof Problem && read.error.status === 404;
  return (
    <Drawer.Root opened={!!open} onClose={close} position="right" size={640}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title className={classes.title}>{known?.subject || t("noSubject")}</Drawer.Title>
          <Drawer.CloseButton aria-label={t("common:close")} />
        </Drawer.Header>
        <Drawer.Body>
          {gone && <Note>{t("gone")}</Note>}
          {read.error && !gone && <Note tone="bad">{explain(read.error, t)}</Note>}
          {read.isFetching && !read.data && <PageLoading />}
          {read.data && !gone && <Whole slug={slug} spam={read.data} onDone={close} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Whole({ slug, spam, onDone }: { slug: string; spam: WholeSpam; onDone: () => void }) {
  const { can } = useMe();
  return (
    <div className={classes.whole}>
      <Why slug={slug} spam={spam} />
      {can.answer && <Tools spam={spam} onDone={onDone} />}
      {spam.messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
    </div>
  );
}

function Why({ slug, spam }: { slug: string; spam: WholeSpam }) {
  const { t, i18n } = useTranslation("spam");
  const until = new Intl.DateTimeFormat(dateLocale(i18n.language), { dateStyle: "long" });
  return (
    <Note>
      <span className={classes.why}>
        <b>{whyWords(spam, t)}</b>
        <span>
          {t("since")} <Time at={spam.at} as="clock" /> ·{" "}
          {t("until", { date: until.format(new Date(spam.forget_at)) })}
        </span>
        <span>
          {t("cameBy", { channel: spam.channel.name })}
          {spam.ticket && ` · ${t("wasTicket", { number: spam.ticket.number })}`}
          {spam.contact && (
            <>
              {" · "}
              <Link
                to="/a/$slug/contacts/$contactId"
                params={{ slug, contactId: spam.contact.id }}
                className={classes.link}
              >
                {t("contact", { name: spam.contact.name })}
              </Link>
            </>
          )}
        </span>
        {spam.listed && <span>{t(`listed.${spam.listed}`)}</span>}
      </span>
    </Note>
  );
}

function Tools({ spam, onDone }: { spam: WholeSpam; onDone: () => void }) {
  const { t } = useTranslation("spam");
  const fresh = useStale();
  const notSpam = useNotSpam(onDone);
  const block = () =>
    markSpam(spam.conversation_id, { block: true })
      .then(() => toast(t("done.senderBlocked")))
      .catch(toastError)
      .finally(fresh);
  return (
    <Group gap="xs">
      <Button
        size="xs"
        leftSection={<IconShieldCheck size={16} stroke={1.7} aria-hidden="true" />}
        loading={notSpam.isPending}
        onClick={() => notSpam.mutate([spam.conversation_id])}
      >
        {t("notSpam")}
      </Button>
      {spam.listed !== "deny" && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUserOff size={16} stroke={1.7} aria-hidden="true" />}
          onClick={block}
        >
          {t("block")}
        </Button>
      )}
    </Group>
  );
}

function Message({ message }: { message: MessageItem }) {
  const out = message.direction === "out";
  const sender = message.from.name || message.from.address;
  return (
    <article className={classes.message} aria-label={sender}>
      <header className={classes.head}>
        <Face name={sender} size={28} us={out} />
        <b>{sender}</b>
        {!out && <TrustBadge trust={message.trust} />}
        {message.from.name && <span className={classes.address}>{message.from.address}</span>}
        <Time at={message.at} as="clock" className={classes.when} />
      </header>
      <MessageText message={message} />
      <Attachments attachments={message.attachments.filter((file) => !file.inline)} />
    </article>
  );
}
