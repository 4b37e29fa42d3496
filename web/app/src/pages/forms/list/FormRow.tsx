// One form of the list.
import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconCopy,
  IconDots,
  IconExternalLink,
  IconInbox,
  IconPencil,
  IconPlugConnected,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { copyForm, type Form, formQuery, formsQuery } from "@/api/forms";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { wordsOf } from "../builder/words";
import { Connection, Openness } from "../FormState";
import { DeleteForm } from "./DeleteForm";
import classes from "./FormsPage.module.css";

export function FormRow({ form }: { form: Form }) {
  const { t } = useTranslation("forms");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <li className={classes.row}>
      <span className={classes.icon}>
        <ChannelIcon kind="form" size={19} />
      </span>
      <div className={classes.name}>
        <Link to="/a/$slug/forms/$formId" params={{ slug, formId: form.id }}>
          {form.name}
        </Link>
        <Connection form={form} />
      </div>
      <div className={classes.state}>
        <Openness form={form} />
      </div>
      <div className={classes.counts}>
        <Link to="/a/$slug/forms/$formId/submissions" params={{ slug, formId: form.id }}>
          {t("list.submissions", { count: form.submissions })}
        </Link>
        <span className={classes.small}>
          {form.last_submission_at ? (
            <>
              {t("list.last")} <Time at={form.last_submission_at} as="clock" />
            </>
          ) : (
            t("list.noSubmission")
          )}
        </span>
        {form.caught > 0 && (
          <Link
            to="/a/$slug/forms/$formId/submissions"
            params={{ slug, formId: form.id }}
            search={{ state: "caught" }}
            className={classes.small}
          >
            {t("list.caught", { count: form.caught })}
          </Link>
        )}
      </div>
      <RowMenu form={form} slug={slug} />
    </li>
  );
}

function RowMenu({ form, slug }: { form: Form; slug: string }) {
  const { t } = useTranslation("forms");
  const { can } = useMe();
  const [deleting, { open, close }] = useDisclosure(false);
  const copy = useCopy(slug);
  const icon = { size: 16, stroke: 1.6 };
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("menu.of", { name: form.name })}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`/a/${slug}/forms/${form.id}`}
            leftSection={<IconPencil {...icon} />}
          >
            {t("menu.edit")}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={`/a/${slug}/forms/${form.id}/submissions`}
            leftSection={<IconInbox {...icon} />}
          >
            {t("menu.submissions")}
          </Menu.Item>
          <Menu.Item
            component="a"
            href={form.url}
            target="_blank"
            rel="noopener"
            leftSection={<IconExternalLink {...icon} />}
          >
            {t("menu.open")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy {...icon} />}
            onClick={() =>
              copy.mutate({ id: form.id, name: wordsOf[form.options.language].copy(form.name).slice(0, 200) })
            }
          >
            {t("menu.copy")}
          </Menu.Item>
          {!form.channel && can.manage_channels && (
            <Menu.Item
              component={Link}
              to={`/a/${slug}/settings/channels/new/form/form?form=${form.id}`}
              leftSection={<IconPlugConnected {...icon} />}
            >
              {t("menu.connect")}
            </Menu.Item>
          )}
          {form.channel && can.manage_channels && form.channel.name && (
            <Menu.Item
              component={Link}
              to={`/a/${slug}/settings/channels/${form.channel.id}`}
              leftSection={<IconPlugConnected {...icon} />}
            >
              {t("menu.channel")}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={open}>
            {t("delete.action")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteForm form={form} opened={deleting} onClose={close} />
    </>
  );
}

function useCopy(slug: string) {
  const { t } = useTranslation("forms");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => copyForm(id, name),
    onSuccess: (form) => {
      queryClient.setQueryData(formQuery(form.id).queryKey, form);
      queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
      toast(t("menu.copied", { name: form.name }));
      navigate({ to: "/a/$slug/forms/$formId", params: { slug, formId: form.id } });
    },
    onError: toastError,
  });
}
