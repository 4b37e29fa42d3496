// What the team knows, by category: languages from the world's list, and skills of the account's own.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/roles";
import { makeCategory, type SkillCategory, skillCategoriesQuery } from "@/api/skills";
import { explain } from "@/kit/explain";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { CategorySection } from "./CategorySection";
import { NameDialog } from "./NameDialog";

export function SkillsPage() {
  const { t } = useTranslation("skills");
  const categories = useQuery({ ...skillCategoriesQuery(), refetchOnMount: "always" });
  const mayManage = useMay("manage_desk");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={17} stroke={1.7} />} onClick={open}>
            {t("newCategory")}
          </Button>
        )
      }
    >
      <FaultAlert text={categories.error && explain(categories.error, t)} />
      {categories.data &&
        withLanguages(categories.data.items).map((category) => (
          <CategorySection key={category.id} category={category} mayManage={mayManage} />
        ))}
      <NameDialog
        title={t("newCategory")}
        label={t("categoryName")}
        placeholder={t("categoryExample")}
        action={t("makeCategory")}
        name=""
        opened={opened}
        onClose={close}
        onSave={makeCategory}
      />
    </Page>
  );
}

/** Languages come first, and are there to be added to before the first of them has made their category. */
function withLanguages(categories: SkillCategory[]): SkillCategory[] {
  const none: SkillCategory = { id: "languages", name: "", is_languages: true, skills: [] };
  const languages = categories.find((category) => category.is_languages) ?? none;
  return [languages, ...categories.filter((category) => !category.is_languages)];
}
