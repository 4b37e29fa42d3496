// A period out of office, by days and if need be by times; what they have is handed over along with it if wanted.
import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { addOutOfOffice } from "@/api/availability";
import { handOver } from "@/api/handOvers";
import { useFreshPeople, type WholeMember } from "@/api/people";
import { useMay } from "@/api/roles";
import { TimeField } from "@/kit/hours/HoursEditor";
import { readTime } from "@/kit/hours/week";
import { momentIn, wallClockIn } from "@/kit/hours/zones";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../../ui/FaultAlert";
import { fieldErrors } from "../../ui/fieldErrors";
import classes from "./MemberPage.module.css";
import { fateOf, TicketsFate, type TicketsFateValue } from "./TicketsFate";

interface Props {
  member: Pick<WholeMember, "id" | "name" | "timezone">;
  opened: boolean;
  onClose: () => void;
}

export function AddOutOfOffice({ member, opened, onClose }: Props) {
  const { t } = useTranslation("people");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("office.add")}
      closeButtonProps={{ "aria-label": t("common:close") }}
      size={460}
    >
      {opened && <PeriodForm member={member} onClose={onClose} />}
    </Modal>
  );
}

interface Typed {
  first: string;
  last: string;
  wholeDays: boolean;
  begins: string;
  ends: string;
  note: string;
}

function PeriodForm({ member, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("people");
  const today = wallClockIn(member.timezone, new Date().toISOString()).day;
  const [typed, setTyped] = useState<Typed>({
    first: today,
    last: today,
    wholeDays: true,
    begins: "12:00",
    ends: "17:00",
    note: "",
  });
  const [fate, setFate] = useState<TicketsFateValue>({ how: "keep", to: null });
  const mayHandOver = useMay("manage_availability");
  const set = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const add = useAdd(member, onClose);
  const errors = fieldErrors(add.error, ["from", "to", "note"], t);
  const backwards = isBackwards(typed);
  const startsToday = typed.first <= today;
  const ready = typed.first !== "" && typed.last !== "" && !backwards && fateOf(fate) !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) add.mutate({ typed, fate: startsToday && mayHandOver ? fate : { how: "keep", to: null } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FaultAlert text={errors.above} />
        <Group align="flex-start" gap="md" grow>
          <TextInput
            type="date"
            label={t("office.first")}
            data-autofocus
            value={typed.first}
            onChange={(event) => {
              const first = event.currentTarget.value;
              set({ first, last: typed.last < first ? first : typed.last });
            }}
            error={errors.at.from}
          />
          <TextInput
            type="date"
            label={t("office.last")}
            min={typed.first}
            value={typed.last}
            onChange={(event) => set({ last: event.currentTarget.value })}
            error={errors.at.to ?? (backwards ? t("office.backwards") : undefined)}
          />
        </Group>
        <Checkbox
          label={t("office.wholeDays")}
          checked={typed.wholeDays}
          onChange={(event) => set({ wholeDays: event.currentTarget.checked })}
        />
        {!typed.wholeDays && <Times typed={typed} set={set} />}
        <TextInput
          label={t("office.note")}
          description={t("office.noteHelp")}
          maxLength={200}
          value={typed.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
          error={errors.at.note}
        />
        {startsToday && mayHandOver && <TicketsFate member={member} value={fate} onChange={setFate} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={!ready}>
            {t("office.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Times({ typed, set }: { typed: Typed; set: (part: Partial<Typed>) => void }) {
  const { t } = useTranslation("people");
  return (
    <div className={classes.times}>
      <span>{t("office.begins")}</span>
      <TimeField
        label={t("office.begins")}
        value={typed.begins}
        bad={readTime(typed.begins) === null}
        onChange={(begins) => set({ begins })}
      />
      <span>{t("office.ends")}</span>
      <TimeField
        label={t("office.ends")}
        value={typed.ends}
        bad={readTime(typed.ends) === null}
        onChange={(ends) => set({ ends })}
      />
    </div>
  );
}

function isBackwards({ first, last, wholeDays, begins, ends }: Typed): boolean {
  if (last < first) return true;
  if (wholeDays) return false;
  const times = [readTime(begins), readTime(ends)];
  return times.includes(null) || (first === last && (times[1] ?? "") <= (times[0] ?? ""));
}

function useAdd(member: Props["member"], onDone: () => void) {
  const { t } = useTranslation("people");
  const fresh = useFreshPeople();
  return useMutation({
    mutationFn: async ({ typed, fate }: { typed: Typed; fate: TicketsFateValue }) => {
      const { first, last, wholeDays, begins, ends, note } = typed;
      await addOutOfOffice(member.id, {
        from: momentIn(member.timezone, first, wholeDays ? "00:00" : (readTime(begins) ?? "")),
        to: momentIn(member.timezone, last, wholeDays ? "24:00" : (readTime(ends) ?? "")),
        note: note.trim(),
      });
      if (fate.how !== "keep")
        await handOver({ from: member.id, why: "out_of_office", tickets: "all", to: fate.to });
    },
    onSuccess: () => {
      toast(t("office.added"));
      onDone();
      return fresh(member.id);
    },
  });
}
