// Adds languages from the list, found by their name in the reader's language or their own.
import { Button, MultiSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addLanguages, languagesQuery, type Skill } from "@/api/skills";
import { explain } from "@/kit/explain";
import classes from "./SkillsPage.module.css";
import { useFreshSkills } from "./useFreshSkills";
import { languageName } from "./useSkillName";

export function AddLanguages({ there }: { there: Skill[] }) {
  const { t, i18n } = useTranslation("skills");
  const fresh = useFreshSkills();
  const known = useQuery(languagesQuery()).data?.items;
  const [codes, setCodes] = useState<string[]>([]);
  const add = useMutation({
    mutationFn: () => addLanguages(codes),
    onSuccess: () => {
      setCodes([]);
      return fresh();
    },
  });
  const choices = useMemo(() => {
    const added = new Set(there.map((skill) => skill.language));
    return (known ?? [])
      .filter(({ code }) => !added.has(code))
      .map(({ code, name }) => ({ value: code, label: named(code, name, i18n.language) }))
      .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  }, [known, there, i18n.language]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (codes.length > 0) add.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.add}>
      <MultiSelect
        className={classes.field}
        searchable
        hidePickedOptions
        limit={60}
        aria-label={t("addLanguages")}
        placeholder={codes.length === 0 ? t("addLanguages") : undefined}
        nothingFoundMessage={t("common:noMatch")}
        data={choices}
        value={codes}
        onChange={setCodes}
        error={add.error && explain(add.error, t)}
      />
      <Button type="submit" variant="default" disabled={codes.length === 0} loading={add.isPending}>
        {t("add")}
      </Button>
    </form>
  );
}

/** "Swedish – svenska": either name finds it. */
function named(code: string, name: string, reader: string): string {
  const [theirs, own] = [languageName(code, reader) ?? name, languageName(code, code)];
  return own && own.toLocaleLowerCase() !== theirs.toLocaleLowerCase() ? `${theirs} – ${own}` : theirs;
}
