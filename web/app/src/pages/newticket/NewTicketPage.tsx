// A ticket by hand: what it is about, where it begins, who has it, and whom it concerns (WS-5).
import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey, pipelinesQuery, teamsQuery } from "@/api/desk";
import { Problem } from "@/api/http";
import type { Values } from "@/api/properties";
import { createTicket } from "@/api/ticketWork";
import type { Priority } from "@/api/types";
import { explain } from "@/kit/explain";
import { faultWords } from "@/kit/faultWords";
import { Note } from "@/kit/Note";
import { PersonSelect } from "@/kit/PersonSelect";
import { PropertyField } from "@/kit/properties/PropertyField";
import { useAsked } from "@/kit/properties/PropertyLines";
import { randomKey } from "@/kit/randomKey";
import { priorities, useStatusName } from "@/kit/status";
import { toast } from "@/kit/toast";
import { ContactField, type ContactWanted, wantedContact } from "../ticket/work/ContactField";
import classes from "./NewTicketPage.module.css";

export function NewTicketPage() {
  const { t } = useTranslation("work");
  useDocumentTitle(t("new.title"));
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t("new.title")}</h1>
      <div className={classes.content}>
        <NewTicket />
      </div>
    </div>
  );
}

function NewTicket() {
  const { t } = useTranslation(["work", "common"]);
  const { slug } = useParams({ from: "/a/$slug" });
  const router = useRouter();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const statusName = useStatusName();
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  const asked = useAsked("ticket");

  const [subject, setSubject] = useState("");
  const [description, setDescription] = useState("");
  const [chosenPipeline, setPipeline] = useState<string | null>(null);
  const [chosenStatus, setStatus] = useState<string | null>(null);
  const [priority, setPriority] = useState<Priority>("normal");
  const [team, setTeam] = useState<string | null>(null);
  const [assignee, setAssignee] = useState<string | null>(null);
  const [contact, setContact] = useState<ContactWanted>({ known: null, typed: "" });
  const [custom, setCustom] = useState<Values>({});
  const key = useRef(randomKey());

  const pipeline =
    pipelines.find(({ id }) => id === chosenPipeline) ??
    pipelines.find((one) => one.is_default) ??
    pipelines[0];
  const starts = pipeline?.statuses.filter((status) => status.may_start) ?? [];
  const status = starts.find(({ id }) => id === chosenStatus) ?? starts[0];
  const whom = wantedContact(contact);

  const create = useMutation({
    mutationFn: () =>
      createTicket(
        {
          subject: subject.trim(),
          description: description.trim(),
          pipeline: pipeline?.id,
          status: status?.id,
          priority,
          team,
          ...(assignee && { assignee }),
          contact: whom.contact,
          custom,
        },
        key.current,
      ),
    onSuccess: (made) => {
      toast(t("new.made", { number: made.number }));
      for (const read of ["tickets", "views"]) queryClient.invalidateQueries({ queryKey: accountKey(read) });
      navigate({ to: "/a/$slug/tickets/$number", params: { slug, number: String(made.number) } });
    },
    onError: (error) => {
      if (error instanceof Problem) key.current = randomKey();
    },
  });
  const faults = create.error instanceof Problem ? create.error.errors : [];
  const faultOf = (field: string) => {
    const said = faults.find((fault) => fault.field === field)?.message;
    return said && faultWords(said, t);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (subject.trim() && whom.valid) create.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("new.subject")}
          value={subject}
          maxLength={1000}
          required
          onChange={(event) => setSubject(event.currentTarget.value)}
          error={faultOf("subject")}
          autoFocus
        />
        <Textarea
          label={t("new.description")}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={100_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <ContactField value={contact} onChange={setContact} />
        <div className={classes.pairs}>
          {pipelines.length > 1 && (
            <Select
              label={t("new.pipeline")}
              data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
              value={pipeline?.id ?? null}
              onChange={setPipeline}
              allowDeselect={false}
              error={faultOf("pipeline")}
            />
          )}
          <Select
            label={t("new.status")}
            data={starts.map((one) => ({ value: one.id, label: statusName(one) }))}
            value={status?.id ?? null}
            onChange={setStatus}
            allowDeselect={false}
            error={faultOf("status")}
          />
          <Select
            label={t("new.priority")}
            data={priorities.map((value) => ({ value, label: t(`common:priority.${value}`) }))}
            value={priority}
            onChange={(value) => setPriority((value ?? "normal") as Priority)}
            allowDeselect={false}
          />
          <PersonSelect
            label={t("new.assignee")}
            value={assignee}
            onChange={setAssignee}
            clearable
            error={faultOf("assignee")}
          />
          {teams.length > 0 && (
            <Select
              label={t("new.team")}
              data={teams.map(({ id, name }) => ({ value: id, label: name }))}
              value={team}
              onChange={setTeam}
              placeholder={t("common:noTeam")}
              clearable
              clearButtonProps={{ "aria-label": t("common:noTeam") }}
              error={faultOf("team")}
            />
          )}
          {asked.map((property) => (
            <PropertyField
              key={property.key}
              property={property}
              value={custom[property.key] ?? null}
              onChange={(value) => setCustom((known) => ({ ...known, [property.key]: value }))}
              error={faultOf(`custom.${property.key}`)}
            />
          ))}
        </div>
        {create.error && faults.length === 0 && <Note tone="bad">{explain(create.error, t)}</Note>}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={() => router.history.back()}>
            {t("new.cancel")}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!subject.trim() || !whom.valid}>
            {t("new.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
