// What becomes of the tickets of somebody who goes: kept, queued for others, or handed to one colleague.
import { Collapse, Radio, Select, Stack, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { handOverPlanQuery } from "@/api/handOvers";
import { type LeftTickets, type Member, peopleQuery } from "@/api/people";
import { PersonFace } from "@/kit/PersonFace";
import { loadText } from "@/kit/standing";
import classes from "./MemberPage.module.css";

export interface TicketsFateValue {
  how: "keep" | "queue" | "to";
  to: string | null;
}

/** As it is sent; null while nobody is chosen to hand them to. */
export function fateOf({ how, to }: TicketsFateValue): LeftTickets | null {
  if (how !== "to") return how;
  return to ? { to } : null;
}

interface Props {
  member: Pick<Member, "id" | "name">;
  value: TicketsFateValue;
  onChange: (value: TicketsFateValue) => void;
}

export function TicketsFate({ member, value, onChange }: Props) {
  const { t } = useTranslation("people");
  const plan = useQuery(handOverPlanQuery(member.id)).data?.tickets;
  if (plan?.length === 0) return <p className={classes.hint}>{t("fate.nothing", { name: member.name })}</p>;
  return (
    <div>
      <Radio.Group
        label={t("fate.label", { count: plan?.length ?? 0 })}
        value={value.how}
        onChange={(how) => onChange({ ...value, how: how as TicketsFateValue["how"] })}
      >
        <Stack gap={9} mt={6}>
          <Radio value="queue" label={t("fate.queue")} description={t("fate.queueHelp")} />
          <Radio value="to" label={t("fate.to")} />
          {value.how === "to" && (
            <Colleague not={member.id} value={value.to} onChange={(to) => onChange({ ...value, to })} />
          )}
          <Radio
            value="keep"
            label={t("fate.keep")}
            description={t("fate.keepHelp", { name: member.name })}
          />
        </Stack>
      </Radio.Group>
      {plan && <Plan tickets={plan} />}
    </div>
  );
}

interface ColleagueProps {
  not: string;
  value: string | null;
  onChange: (id: string | null) => void;
}

function Colleague({ not, value, onChange }: ColleagueProps) {
  const { t, i18n } = useTranslation("people");
  const people = (useQuery(peopleQuery()).data?.items ?? [])
    .filter((each) => each.id !== not && each.active && each.has_seat && each.joined_at !== null)
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const chosen = people.find((each) => each.id === value);
  return (
    <Select
      className={classes.colleague}
      searchable
      aria-label={t("fate.to")}
      placeholder={t("fate.choose")}
      leftSection={chosen && <PersonFace person={chosen} size={20} tooltip={false} />}
      data={people.map((each) => ({ value: each.id, label: each.name }))}
      renderOption={({ option }) => {
        const person = people.find((each) => each.id === option.value);
        if (!person) return option.label;
        return (
          <span className={classes.option}>
            <PersonFace person={person} size={20} tooltip={false} />
            <span>{person.name}</span>
            <span className={classes.optionNote}>{loadText(person.load, person.capacity, t)}</span>
          </span>
        );
      }}
      value={value}
      onChange={onChange}
    />
  );
}

function Plan({ tickets }: { tickets: { id: string; number: number; subject: string }[] }) {
  const { t } = useTranslation(["people", "ticket"]);
  const [shown, { toggle }] = useDisclosure(false);
  return (
    <div className={classes.plan}>
      <UnstyledButton className={classes.link} onClick={toggle} aria-expanded={shown}>
        {t(shown ? "fate.hide" : "fate.show", { count: tickets.length })}
      </UnstyledButton>
      <Collapse expanded={shown}>
        <ul className={classes.tickets}>
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <span className={classes.number}>#{ticket.number}</span>{" "}
              {ticket.subject || t("ticket:noSubject")}
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  );
}
