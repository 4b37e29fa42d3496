// The head of a contact's page: their name, which can be changed where it stands, and what can be done.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowLeft, IconDots, IconMailPlus, IconTrash } from "@tabler/icons-react";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { useMay } from "@/api/roles";
import type { Contact } from "@/api/types";
import { Face } from "@/kit/Face";
import { DeleteSubmissionsOf } from "../forms/submissions/DeleteSubmissionsOf";
import classes from "./ContactPage.module.css";
import { NameField } from "./NameField";
import { nameOf } from "./name";

export function ContactHead({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contact");
  const router = useRouter();
  return (
    <header className={classes.head}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={t("common:back")}
        onClick={() => router.history.back()}
      >
        <IconArrowLeft size={19} stroke={1.7} />
      </ActionIcon>
      <Face name={nameOf(contact)} size={40} />
      <NameField contact={contact} />
      <WriteTo contact={contact} />
      <More contact={contact} />
    </header>
  );
}

function WriteTo({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const { slug } = useParams({ from: "/a/$slug" });
  const address = contact.handles.find((handle) => handle.kind === "email")?.address;
  if (!can.answer || !address) return null;
  return (
    <Button
      component={Link}
      to={`/a/${slug}/write?to=${encodeURIComponent(address)}`}
      size="xs"
      variant="default"
      leftSection={<IconMailPlus size={16} stroke={1.7} />}
    >
      {t("write")}
    </Button>
  );
}

function More({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contact");
  const mayForms = useMay("manage_forms");
  const [deleting, setDeleting] = useState(false);
  if (!mayForms) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={t("more", { name: nameOf(contact) })}
          >
            <IconDots size={19} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.7} />}
            onClick={() => setDeleting(true)}
          >
            {t("deleteSubmissions")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteSubmissionsOf
        contact={{ id: contact.id, name: nameOf(contact) }}
        opened={deleting}
        onClose={() => setDeleting(false)}
      />
    </>
  );
}
