// The help desk and the conversations inboxes beside it: made, renamed, deleted when empty, and what lives in each.
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconInbox, IconMessages, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { createInbox, deleteInbox, type Inbox, inboxesQuery, renameInbox } from "@/api/inboxes";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { toast, toastError } from "@/kit/toast";
import { PageLoading } from "@/shell/PageLoading";
import { useHelpDeskTrail } from "../channels/useHelpDeskTrail";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import classes from "./InboxesPage.module.css";

export function InboxesPage() {
  const { t } = useTranslation("inbox");
  const { slug } = useParams({ from: "/a/$slug" });
  const { can } = useMe();
  const inboxes = useQuery(inboxesQuery());
  const trail = useHelpDeskTrail();
  const [opened, { open, close }] = useDisclosure(false);
  const make = can.manage_channels && (
    <Button leftSection={<IconPlus size={17} stroke={1.7} />} onClick={open}>
      {t("settings.make")}
    </Button>
  );
  return (
    <Page title={t("settings.title")} trail={trail} lead={t("settings.lead")} actions={make}>
      {!can.manage_channels && <Note>{t("settings.locked")}</Note>}
      {inboxes.isPending && <PageLoading />}
      <FaultAlert text={inboxes.error && explain(inboxes.error, t)} />
      <ul className={classes.list}>
        {inboxes.data?.items.map((inbox) => (
          <li key={inbox.id}>
            <InboxCard slug={slug} inbox={inbox} mayManage={can.manage_channels} />
          </li>
        ))}
      </ul>
      <NameInbox opened={opened} onClose={close} />
    </Page>
  );
}

function InboxCard({ slug, inbox, mayManage }: { slug: string; inbox: Inbox; mayManage: boolean }) {
  const { t, i18n } = useTranslation("inbox");
  const [naming, { open, close }] = useDisclosure(false);
  const remove = useRemove(inbox);
  const navigate = useNavigate();
  const own = inbox.kind === "conversations";
  const names = new Intl.ListFormat(i18n.language).format(inbox.channels.map(({ name }) => name));
  const Icon = own ? IconMessages : IconInbox;
  return (
    <section className={classes.card} aria-label={inbox.name}>
      <Icon size={22} stroke={1.5} aria-hidden="true" />
      <div className={classes.text}>
        {own ? (
          <Link to="/a/$slug/inbox/$inboxId" params={{ slug, inboxId: inbox.id }} className={classes.name}>
            {inbox.name}
          </Link>
        ) : (
          <span className={classes.name}>{inbox.name || t("settings.helpDesk")}</span>
        )}
        <span className={classes.what}>
          {names ? t("settings.channels", { names }) : t("settings.noChannels")}
          {!own && ` · ${t("settings.tickets")}`}
        </span>
      </div>
      {own && mayManage && (
        <Group gap={4}>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              navigate({
                to: "/a/$slug/settings/channels/new",
                params: { slug },
                search: { inbox: inbox.id },
              })
            }
          >
            {t("settings.connect")}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={t("settings.renameOf", { name: inbox.name })}
            onClick={open}
          >
            {t("settings.rename")}
          </Button>
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            loading={remove.isPending}
            aria-label={t("settings.deleteOf", { name: inbox.name })}
            onClick={() => remove.mutate()}
          >
            {t("settings.delete")}
          </Button>
          <NameInbox key={inbox.name} inbox={inbox} opened={naming} onClose={close} />
        </Group>
      )}
    </section>
  );
}

/** Why it cannot be is said with what is in the way. */
function useRemove(inbox: Inbox) {
  const { t, i18n } = useTranslation("inbox");
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => deleteInbox(inbox.id),
    onSuccess: () => toast(t("settings.deleted", { name: inbox.name })),
    onError: (error) => {
      if (!(error instanceof Problem) || error.kind !== "inbox-in-use") return toastError(error);
      const channels = new Intl.ListFormat(i18n.language).format(error.body.channels as string[]);
      const why = channels ? "inUseChannels" : "inUseConversations";
      toast(t(`settings.${why}`, { name: inbox.name, channels }));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: inboxesQuery().queryKey }),
  });
}

function NameInbox({ inbox, opened, onClose }: { inbox?: Inbox; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("inbox");
  const queryClient = useQueryClient();
  const [name, setName] = useState(inbox?.name ?? "");
  const save = useMutation({
    mutationFn: () => (inbox ? renameInbox(inbox.id, name) : createInbox(name)),
    onSuccess: (made) => {
      toast(t("settings.made", { name: made.name }));
      queryClient.invalidateQueries({ queryKey: inboxesQuery().queryKey });
      if (!inbox) setName("");
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t(inbox ? "settings.rename" : "settings.make")} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={t("settings.name")}
          placeholder={t("settings.namePlaceholder")}
          value={name}
          maxLength={200}
          error={save.error && explain(save.error, t)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("settings.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            {t("settings.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
