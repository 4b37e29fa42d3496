// "Ana is ill": all she has, or some of it, goes back to the queue or to a colleague; with undo.
import { Button, Checkbox, Group, Modal, Radio, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type HandOverWhy, handOverPlanQuery, type PlannedTicket } from "@/api/handOvers";
import type { PersonNow } from "@/api/teamNow";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PersonFace } from "@/kit/PersonFace";
import { loadText, momentText } from "@/kit/standing";
import { dateLocale } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import { PageLoading } from "@/shell/PageLoading";
import classes from "./HandOver.module.css";
import { useHandOver } from "./useHandOver";

interface Props {
  person: PersonNow;
  people: PersonNow[];
  onClose: () => void;
}

export function HandOverDialog(props: Props) {
  const { t } = useTranslation("teamnow");
  const { person, onClose } = props;
  const plan = useQuery(handOverPlanQuery(person.id));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("hand.title", { name: person.name })}
      size={600}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {plan.error && <Note tone="bad">{explain(plan.error, t)}</Note>}
      {plan.isPending && <PageLoading />}
      {plan.data?.tickets.length === 0 && (
        <p className={classes.none}>{t("hand.none", { name: person.name })}</p>
      )}
      {plan.data && plan.data.tickets.length > 0 && <Form {...props} tickets={plan.data.tickets} />}
    </Modal>
  );
}

const whys = ["ill", "out_of_office", "other"] as const;

function Form({ person, people, tickets, onClose }: Props & { tickets: PlannedTicket[] }) {
  const { t } = useTranslation("teamnow");
  const [why, setWhy] = useState<HandOverWhy>("ill");
  const [chosen, setChosen] = useState<string[] | "all">("all");
  const [to, setTo] = useState<"queue" | "colleague">("queue");
  const [colleague, setColleague] = useState<string | null>(null);
  const hand = useHandOver(person);
  const count = chosen === "all" ? tickets.length : chosen.length;
  const ready = count > 0 && (to === "queue" || colleague !== null);
  const go = () =>
    hand.mutate(
      { from: person.id, why, tickets: chosen, to: to === "queue" ? null : colleague },
      { onSuccess: onClose },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) go();
      }}
    >
      <Stack gap={18}>
        <Radio.Group label={t("hand.why")} value={why} onChange={(value) => setWhy(value as HandOverWhy)}>
          <Group gap="lg" mt={4}>
            {whys.map((each) => (
              <Radio key={each} value={each} label={t(`hand.${each}`, { name: person.name })} />
            ))}
          </Group>
        </Radio.Group>
        {person.availability.state === "available" && why !== "other" && (
          <p className={classes.away}>{t("hand.awayText", { name: person.name })}</p>
        )}
        <Which tickets={tickets} chosen={chosen} onChange={setChosen} />
        <Radio.Group label={t("hand.to")} value={to} onChange={(value) => setTo(value as typeof to)}>
          <Stack gap={8} mt={4}>
            <Radio value="queue" label={t("hand.queue")} description={t("hand.queueText")} />
            <Radio value="colleague" label={t("hand.colleague")} />
          </Stack>
        </Radio.Group>
        {to === "colleague" && (
          <Colleague
            people={people.filter((each) => each.id !== person.id && each.active && each.has_seat)}
            value={colleague}
            onChange={setColleague}
          />
        )}
        {hand.error && <Note tone="bad">{explain(hand.error, t)}</Note>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={hand.isPending}>
            {t("hand.go", { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface WhichProps {
  tickets: PlannedTicket[];
  chosen: string[] | "all";
  onChange: (chosen: string[] | "all") => void;
}

function Which({ tickets, chosen, onChange }: WhichProps) {
  const { t, i18n } = useTranslation("teamnow");
  const now = useNow();
  const locale = dateLocale(i18n.language);
  return (
    <div>
      <Radio.Group
        label={t("hand.which")}
        value={chosen === "all" ? "all" : "some"}
        onChange={(which) => onChange(which === "all" ? "all" : tickets.map((ticket) => ticket.id))}
      >
        <Group gap="lg" mt={4}>
          <Radio value="all" label={t("hand.all", { count: tickets.length })} />
          <Radio value="some" label={t("hand.some")} />
        </Group>
      </Radio.Group>
      {chosen !== "all" && (
        <Checkbox.Group aria-label={t("hand.some")} value={chosen} onChange={onChange}>
          <div className={classes.tickets}>
            {tickets.map((ticket) => (
              <Checkbox
                key={ticket.id}
                value={ticket.id}
                label={`#${ticket.number} ${ticket.subject || t("ticket:noSubject")}`}
                description={
                  ticket.waiting_since
                    ? t("hand.waitingSince", { at: momentText(ticket.waiting_since, now, locale) })
                    : t("hand.notWaiting")
                }
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </div>
  );
}

interface ColleagueProps {
  people: PersonNow[];
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Who is there and has least comes first; giving by hand may exceed a limit, so everybody can be chosen (ROUTE-25). */
function Colleague({ people, value, onChange }: ColleagueProps) {
  const { t } = useTranslation("teamnow");
  const away = (person: PersonNow) => Number(person.availability.state === "away");
  const sorted = [...people].sort((a, b) => away(a) - away(b) || a.load.total - b.load.total);
  return (
    <Select
      label={t("hand.whom")}
      placeholder={t("hand.pick")}
      searchable={sorted.length > 8}
      data={sorted.map((person) => ({ value: person.id, label: person.name }))}
      value={value}
      onChange={onChange}
      renderOption={({ option }) => {
        const person = sorted.find((each) => each.id === option.value);
        return person ? (
          <span className={classes.option}>
            <PersonFace person={person} size={22} />
            <span className={classes.name}>{person.name}</span>
            <span className={classes.load}>{loadText(person.load, person.capacity, t)}</span>
          </span>
        ) : null;
      }}
    />
  );
}
