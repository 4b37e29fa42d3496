// Required skills by category, in the order in which they matter: the first one stays when fewer are asked for.
import { MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Faults } from "./faults";
import { problemWords } from "./problemWords";
import type { Names } from "./useNames";

interface Props {
  value: string[];
  onChange: (value: string[]) => void;
  names: Names;
  faults: Faults;
  path: string;
}

export function SkillsPicker({ value, onChange, names, faults, path }: Props) {
  const { t } = useTranslation("routing");
  const groups = names.categories
    .filter((category) => category.skills.length > 0)
    .map((category) => ({
      group: category.is_languages ? t("rules.languages") : category.name,
      items: category.skills.map((skill) => ({ value: skill.id, label: skill.name })),
    }));
  const gone = value.filter((id) => names.known && !names.skill(id)).map((id) => ({ value: id, label: "?" }));
  const errors = faults.under(path).map((said) => problemWords(said, t));
  return (
    <MultiSelect
      label={t("rules.skills")}
      description={t(groups.length === 0 && names.known ? "rules.noSkills" : "rules.skillsText")}
      placeholder={value.length === 0 ? t("rules.skillsPlaceholder") : undefined}
      data={[...groups, ...gone]}
      value={value}
      onChange={onChange}
      searchable
      hidePickedOptions
      nothingFoundMessage={t("common:noMatch")}
      error={errors.length > 0 && errors.join(" ")}
    />
  );
}
