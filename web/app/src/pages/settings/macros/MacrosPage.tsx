// Everything that the member may use: found, made, changed, copied, deleted.
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconPlus, IconSearch, IconTextPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { createMacro, deleteMacro, type Macro, macrosQuery, restoreMacro } from "@/api/macros";
import { explain } from "@/kit/explain";
import { found } from "@/kit/macros/found";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { copyOf } from "./draft";
import { MacroDrawer } from "./MacroDrawer";
import { MacroRow } from "./MacroRow";
import classes from "./MacrosPage.module.css";

type Shown = "all" | "mine" | "shared";

export function MacrosPage() {
  const { t } = useTranslation("macros");
  const { can } = useMe();
  const macros = useQuery(macrosQuery());
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const [edited, setEdited] = useState<Macro | "new" | null>(null);
  const all = macros.data?.items ?? [];
  const some = found(all, typed).filter((one) => shown === "all" || (shown === "mine") === isMine(one));
  const add = () => setEdited("new");
  const does = useDoing(setEdited);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        can.answer && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={add}>
            {t("new")}
          </Button>
        )
      }
    >
      <FaultAlert text={macros.error && explain(macros.error, t)} />
      {all.length > 0 && (
        <div className={classes.tools}>
          <TextInput
            className={classes.find}
            leftSection={<IconSearch size={15} stroke={1.7} />}
            placeholder={t("find")}
            aria-label={t("find")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label={t("filter.label")}
            data={(["all", "mine", "shared"] as const).map((value) => ({
              value,
              label: t(`filter.${value}`),
            }))}
            value={shown}
            onChange={(value) => setShown(value as Shown)}
          />
        </div>
      )}
      {macros.data && all.length === 0 && <Nothing onAdd={can.answer ? add : null} />}
      {all.length > 0 && some.length === 0 && (
        <p className={classes.noMatch} role="status">
          {t("none.match")}
        </p>
      )}
      {some.length > 0 && (
        <ul className={classes.list} aria-label={t("title")}>
          {some.map((macro) => (
            <MacroRow
              key={macro.id}
              macro={macro}
              onOpen={() => setEdited(macro)}
              onCopy={can.answer ? () => does.copy(macro) : null}
              onDelete={() => does.remove(macro)}
            />
          ))}
        </ul>
      )}
      <MacroDrawer
        macro={edited === "new" ? null : edited}
        opened={edited !== null}
        onClose={() => setEdited(null)}
      />
    </Page>
  );
}

const isMine = (macro: Macro) => macro.shared_with === "me";

function Nothing({ onAdd }: { onAdd: (() => void) | null }) {
  const { t } = useTranslation("macros");
  return (
    <div className={classes.nothing}>
      <IconTextPlus size={30} stroke={1.4} aria-hidden="true" />
      <h2>{t("none.title")}</h2>
      <p>{t("none.text")}</p>
      {onAdd && <Button onClick={onAdd}>{t("new")}</Button>}
    </div>
  );
}

function useDoing(onEdit: (macro: Macro) => void) {
  const { t } = useTranslation("macros");
  const queryClient = useQueryClient();
  const fresh = () => queryClient.invalidateQueries({ queryKey: accountKey("macros") });
  const remove = useMutation({
    mutationFn: (macro: Macro) => deleteMacro(macro.id),
    onSuccess: (_, macro) => {
      const undo = () => restoreMacro(macro.id).catch(toastError).finally(fresh);
      offerUndo(t("deleted", { name: macro.name }), undo);
      return fresh();
    },
    onError: toastError,
  });
  const copy = useMutation({
    mutationFn: (macro: Macro) => createMacro(copyOf(macro, t("copyOf", { name: macro.name }).slice(0, 100))),
    onSuccess: (made) => {
      onEdit(made);
      return fresh();
    },
    onError: toastError,
  });
  return { remove: remove.mutate, copy: copy.mutate };
}
