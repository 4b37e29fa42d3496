// The allow list or the deny list: found in, added to, taken from; what was taken away comes back with the undo.
import { ActionIcon, Button, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconX } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { addSenderRule, removeSenderRule, type SenderRule, senderRulesQuery, type Verdict } from "@/api/spam";
import { explain } from "@/kit/explain";
import { offerUndo } from "@/kit/offerUndo";
import { Time } from "@/kit/Time";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { Section } from "../ui/Section";
import { entryFault } from "./entryFault";
import classes from "./SpamSettings.module.css";

const searchable = 8;
/** As many entries need no search. */
const typingPause = 250;

export function SenderList({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation("spam");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), typingPause);
  const list = useInfiniteQuery({ ...senderRulesQuery(verdict, q), placeholderData: keepPreviousData });
  const rules = list.data?.pages.flatMap((page) => page.items) ?? [];
  const search = rules.length > searchable || typed !== "";
  return (
    <Section
      title={t(`settings.${verdict}.title`)}
      text={t(`settings.${verdict}.text`)}
      foot={<Add verdict={verdict} />}
    >
      <FaultAlert text={list.error && explain(list.error, t)} />
      {search && (
        <TextInput
          size="xs"
          mb="xs"
          maw={300}
          leftSection={<IconSearch size={15} stroke={1.7} />}
          placeholder={t("settings.find")}
          aria-label={t("settings.find")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {list.data && rules.length === 0 && (
        <p className={classes.none}>{t(q ? "settings.noMatch" : `settings.${verdict}.none`)}</p>
      )}
      <ul className={classes.rules} aria-label={t(`settings.${verdict}.title`)}>
        {rules.map((rule) => (
          <Rule key={rule.id} rule={rule} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </Section>
  );
}

function Rule({ rule }: { rule: SenderRule }) {
  const { t } = useTranslation("spam");
  const fresh = useFreshRules();
  const back = { verdict: rule.verdict, entry: rule.entry, note: rule.note, why: rule.why };
  const remove = useMutation({
    mutationFn: () => removeSenderRule(rule.id),
    onSuccess: () => {
      const undo = () => addSenderRule(back).catch(toastError).finally(fresh);
      offerUndo(t("settings.removed", { entry: rule.entry }), undo, { lasts: 10_000 });
    },
    onError: toastError,
    onSettled: fresh,
  });
  const facts = [rule.note, t(`settings.reason.${rule.why}`), rule.by?.name].filter(Boolean);
  return (
    <li className={classes.rule}>
      <span className={classes.entry}>{rule.entry}</span>
      <span className={classes.facts}>
        {facts.join(" · ")}
        {facts.length > 0 && " · "}
        <Time at={rule.created_at} as="clock" />
      </span>
      <Tooltip label={t("settings.remove", { entry: rule.entry })}>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          aria-label={t("settings.remove", { entry: rule.entry })}
          onClick={() => remove.mutate()}
        >
          <IconX size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

function Add({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation("spam");
  const fresh = useFreshRules();
  const [entry, setEntry] = useState("");
  const [note, setNote] = useState("");
  const add = useMutation({
    mutationFn: () => addSenderRule({ verdict, entry, note, why: "list" }),
    onSuccess: () => {
      setEntry("");
      setNote("");
      return fresh();
    },
  });
  const errors = fieldErrors(add.error, ["entry", "note"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (entry.trim()) add.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.add} noValidate>
      <FaultAlert text={errors.above} />
      <div className={classes.fields}>
        <TextInput
          className={classes.field}
          aria-label={t(`settings.${verdict}.add`)}
          placeholder={t(`settings.${verdict}.add`)}
          autoCapitalize="off"
          spellCheck={false}
          value={entry}
          onChange={(event) => {
            setEntry(event.currentTarget.value);
            add.reset();
          }}
          error={entryFault(errors.at.entry, t)}
        />
        <TextInput
          className={classes.field}
          aria-label={t("settings.note")}
          placeholder={t("settings.note")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={entryFault(errors.at.note, t)}
        />
        <Button type="submit" variant="default" disabled={!entry.trim()} loading={add.isPending}>
          {t("settings.addIt")}
        </Button>
      </div>
    </form>
  );
}

function useFreshRules(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: accountKey("sender-rules") });
}
