// Subject, description and contact of a ticket.
import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TicketChange } from "@/api/tickets";
import type { TicketDetail } from "@/api/types";
import { ContactField, type ContactWanted, wantedContact } from "./ContactField";
import type { Work } from "./useWork";

interface Props {
  ticket: TicketDetail;
  work: Work;
  onClose: () => void;
}

export function EditDialog({ ticket, work, onClose }: Props) {
  const { t } = useTranslation("work");
  const [subject, setSubject] = useState(ticket.subject);
  const [description, setDescription] = useState(ticket.description);
  const [contact, setContact] = useState<ContactWanted>({ known: ticket.contact, typed: "" });
  const wanted = wantedContact(contact);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change: TicketChange = {};
    if (subject.trim() !== ticket.subject) change.subject = subject.trim();
    if (description !== ticket.description) change.description = description;
    if (contact.known?.id !== ticket.contact?.id || contact.typed) change.contact = wanted.contact;
    onClose();
    if (Object.keys(change).length > 0) work.change(change, t("done.changed"));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={t("edit.title", { number: ticket.number })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("edit.subject")}
            value={subject}
            maxLength={1000}
            onChange={(event) => setSubject(event.currentTarget.value)}
            error={subject.trim() ? undefined : t("edit.needed")}
            data-autofocus
          />
          <Textarea
            label={t("edit.description")}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={100_000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <ContactField value={contact} onChange={setContact} />
          <Group justify="flex-end">
            <Button type="submit" disabled={!subject.trim() || !wanted.valid}>
              {t("edit.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
