// Adds skills of the account's own to a category, several at once.
import { Button, TagsInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { addSkills, type SkillCategory } from "@/api/skills";
import { explain } from "@/kit/explain";
import classes from "./SkillsPage.module.css";
import { useFreshSkills } from "./useFreshSkills";

export function AddSkills({ category }: { category: SkillCategory }) {
  const { t } = useTranslation("skills");
  const fresh = useFreshSkills();
  const [names, setNames] = useState<string[]>([]);
  const add = useMutation({
    mutationFn: () => addSkills(category.id, names),
    onSuccess: () => {
      setNames([]);
      return fresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (names.length > 0) add.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.add}>
      <TagsInput
        className={classes.field}
        aria-label={t("addTo", { category: category.name })}
        placeholder={names.length === 0 ? t("addSkills") : undefined}
        splitChars={[",", ";", "\n"]}
        acceptValueOnBlur
        value={names}
        onChange={(typed) =>
          setNames(
            typed
              .flatMap((name) => name.split(/[,;\n]+/))
              .map((name) => name.trim())
              .filter(Boolean),
          )
        }
        error={add.error && explain(add.error, t)}
      />
      <Button type="submit" variant="default" disabled={names.length === 0} loading={add.isPending}>
        {t("add")}
      </Button>
    </form>
  );
}
