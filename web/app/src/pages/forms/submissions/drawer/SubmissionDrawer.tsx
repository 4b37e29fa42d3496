// One submission beside the list, whole: what became of it, every answer as the form asked it then, and what can be done.
import { ActionIcon, Button, Drawer, Group, Menu, Tooltip } from "@mantine/core";
import {
  IconChevronDown,
  IconChevronUp,
  IconDots,
  IconShieldCheck,
  IconTrash,
  IconUserX,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { Problem } from "@/api/http";
import { releaseSubmission, type Submission, submissionQuery } from "@/api/submissions";
import { explain } from "@/kit/explain";
import { useKeys } from "@/kit/keys";
import { Note } from "@/kit/Note";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { PageLoading } from "@/shell/PageLoading";
import { typedAddress } from "../columns";
import { DeleteSubmissionsOf } from "../DeleteSubmissionsOf";
import { FateWords } from "../FateWords";
import type { SubmissionsSearch } from "../search";
import { isStaleWithout } from "../stale";
import { useGo } from "../useGo";
import { Answers } from "./Answers";
import { DeleteSubmission } from "./DeleteSubmission";
import { Facts } from "./Facts";
import classes from "./SubmissionDrawer.module.css";

interface Props {
  slug: string;
  form: Form;
  search: SubmissionsSearch;
  /** Those in the list, among which one steps. */
  submissions: Submission[];
}

export function SubmissionDrawer({ slug, form, search, submissions }: Props) {
  const { t } = useTranslation("submissions");
  const go = useGo();
  const { open } = search;
  const listed = submissions.find(({ id }) => id === open);
  const fetched = useQuery({ ...submissionQuery(form.id, open ?? ""), enabled: !!open && !listed });
  const submission = listed ?? (open ? fetched.data : undefined);
  const close = () => go({ open: undefined });
  return (
    <Drawer.Root opened={!!open} onClose={close} position="right" size={600}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{t("one.title")}</Drawer.Title>
          {open && <Steps submissions={submissions} open={open} />}
          <Drawer.CloseButton ml={0} aria-label={t("common:close")} />
        </Drawer.Header>
        <Drawer.Body>
          {submission ? (
            <Whole slug={slug} form={form} submission={submission} onGone={close} />
          ) : fetched.error ? (
            <Note tone="bad">
              {fetched.error instanceof Problem && fetched.error.status === 404
                ? t("one.gone")
                : explain(fetched.error, t)}
            </Note>
          ) : (
            <PageLoading />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** To the one above or below in the list, by J and K too. */
function Steps({ submissions, open }: { submissions: Submission[]; open: string }) {
  const { t } = useTranslation("submissions");
  const go = useGo();
  const at = submissions.findIndex(({ id }) => id === open);
  const newer = at > 0 ? submissions[at - 1] : undefined;
  const older = at >= 0 ? submissions[at + 1] : undefined;
  const to = (one: Submission | undefined) => one && go({ open: one.id }, { replace: true });
  useKeys("dialog", [
    { id: "older", keys: "j", label: t("one.older"), unlisted: true, repeats: true, run: () => to(older) },
    { id: "newer", keys: "k", label: t("one.newer"), unlisted: true, repeats: true, run: () => to(newer) },
  ]);
  if (at < 0) return null;
  const step = (name: "newer" | "older", one: Submission | undefined, Icon: typeof IconChevronUp) => (
    <Tooltip label={t(`one.${name}`)}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(`one.${name}`)}
        disabled={!one}
        onClick={() => to(one)}
      >
        <Icon size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.steps}>
      {step("newer", newer, IconChevronUp)}
      {step("older", older, IconChevronDown)}
    </div>
  );
}

interface WholeProps {
  slug: string;
  form: Form;
  submission: Submission;
  onGone: () => void;
}

function Whole({ slug, form, submission, onGone }: WholeProps) {
  const { t } = useTranslation("submissions");
  const { contact } = submission;
  return (
    <div className={classes.whole}>
      <div className={classes.who}>
        {contact ? (
          <Link
            to="/a/$slug/contacts/$contactId"
            params={{ slug, contactId: contact.id }}
            className={classes.name}
          >
            {contact.name || t("nameless")}
          </Link>
        ) : (
          <span className={classes.name}>{typedAddress(submission) || t("nameless")}</span>
        )}
        <Time at={submission.received_at} as="clock" className={classes.when} />
      </div>
      <div className={classes.fate}>
        <FateWords slug={slug} submission={submission} />
      </div>
      {submission.form.version !== form.version && (
        <p className={classes.version}>{t("one.version", { version: submission.form.version })}</p>
      )}
      <Tools submission={submission} onGone={onGone} />
      <Answers submission={submission} />
      <Facts submission={submission} />
    </div>
  );
}

function Tools({ submission, onGone }: { submission: Submission; onGone: () => void }) {
  const { t } = useTranslation("submissions");
  const [deleting, setDeleting] = useState<"one" | "all" | null>(null);
  const { contact } = submission;
  return (
    <Group gap="xs" className={classes.tools}>
      {submission.caught && <Release submission={submission} />}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDots size={16} stroke={1.7} aria-hidden="true" />}
          >
            {t("common:more")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.7} />}
            onClick={() => setDeleting("one")}
          >
            {t("delete.one")}
          </Menu.Item>
          {contact && (
            <Menu.Item
              color="red"
              leftSection={<IconUserX size={16} stroke={1.7} />}
              onClick={() => setDeleting("all")}
            >
              {t("delete.allOf", { name: contact.name || t("nameless") })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {deleting === "one" && (
        <DeleteSubmission submission={submission} onClose={() => setDeleting(null)} onDeleted={onGone} />
      )}
      {contact && (
        <DeleteSubmissionsOf
          contact={contact}
          opened={deleting === "all"}
          onClose={() => setDeleting(null)}
          onDeleted={onGone}
        />
      )}
    </Group>
  );
}

function Release({ submission }: { submission: Submission }) {
  const { t } = useTranslation("submissions");
  const queryClient = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseSubmission(submission.form.id, submission.id),
    onSuccess: (released) => {
      queryClient.setQueryData(submissionQuery(released.form.id, released.id).queryKey, released);
      toast(t("one.released"));
    },
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ predicate: isStaleWithout }),
  });
  return (
    <Tooltip label={t("one.releaseHelp")} multiline w={250}>
      <Button
        size="xs"
        leftSection={<IconShieldCheck size={16} stroke={1.7} aria-hidden="true" />}
        loading={release.isPending}
        onClick={() => release.mutate()}
      >
        {t("one.release")}
      </Button>
    </Tooltip>
  );
}
