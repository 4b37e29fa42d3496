// The forms: which there are, whether they take submissions, which channel makes tickets of them, and making another.
import { Button, Select, TextInput } from "@mantine/core";
import { useDisclosure, useDocumentTitle } from "@mantine/hooks";
import { IconForms, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { formsQuery } from "@/api/forms";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { CreateForm } from "./CreateForm";
import { FormRow } from "./FormRow";
import classes from "./FormsPage.module.css";
import { everyForm, type FormStateName, formStates, shownForms } from "./filters";

export function FormsPage() {
  const { t } = useTranslation("forms");
  const { account, can } = useMe();
  useDocumentTitle(`${t("list.title")} · ${account.name}`);
  return (
    <div className={classes.page}>
      <div className={classes.content}>
        {can.manage_forms ? <Forms /> : <Note tone="warn">{t("list.mayNot")}</Note>}
      </div>
    </div>
  );
}

function Forms() {
  const { t } = useTranslation("forms");
  const forms = useQuery({ ...formsQuery(), refetchOnMount: "always" });
  const [filter, setFilter] = useState(everyForm);
  const [creating, { open, close }] = useDisclosure(false);
  const all = forms.data?.items ?? [];
  const shown = shownForms(all, filter);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t("create.action")}
    </Button>
  );
  return (
    <>
      <header className={classes.head}>
        <div className={classes.what}>
          <h1 className={classes.title}>{t("list.title")}</h1>
          <p className={classes.lead}>{t("list.lead")}</p>
        </div>
        {all.length > 0 && create}
      </header>
      {forms.isPending && <PageLoading />}
      {forms.error && <Note tone="bad">{explain(forms.error, t)}</Note>}
      {forms.data && all.length === 0 && (
        <div className={classes.empty}>
          <span className={classes.emptyIcon}>
            <IconForms size={24} stroke={1.6} aria-hidden="true" />
          </span>
          <h2>{t("list.none")}</h2>
          <p>{t("list.noneText")}</p>
          {create}
        </div>
      )}
      {all.length > 0 && (
        <>
          <search className={classes.filters}>
            <TextInput
              className={classes.search}
              leftSection={<IconSearch size={16} stroke={1.7} />}
              placeholder={t("list.search")}
              aria-label={t("list.search")}
              value={filter.search}
              onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
            />
            <Select
              clearable
              clearButtonProps={{ "aria-label": t("list.anyState") }}
              aria-label={t("list.state")}
              placeholder={t("list.anyState")}
              data={formStates.map((state) => ({ value: state, label: t(`list.states.${state}`) }))}
              value={filter.state}
              onChange={(state) => setFilter({ ...filter, state: state as FormStateName | null })}
            />
          </search>
          {shown.length === 0 ? (
            <div className={classes.nothing}>
              <p>{t("list.nothingFound")}</p>
              <Button variant="default" size="xs" onClick={() => setFilter(everyForm)}>
                {t("list.showAll")}
              </Button>
            </div>
          ) : (
            <ul className={classes.list} aria-label={t("list.title")}>
              {shown.map((form) => (
                <FormRow key={form.id} form={form} />
              ))}
            </ul>
          )}
        </>
      )}
      <CreateForm opened={creating} onClose={close} />
    </>
  );
}
