// One category with its skills: who has each, which rules ask for it, several added at once.
import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import {
  changeCategory,
  changeSkill,
  removeCategory,
  removeSkill,
  type Skill,
  type SkillCategory,
} from "@/api/skills";
import { toast, toastError } from "@/kit/toast";
import { Section } from "../ui/Section";
import { AddLanguages } from "./AddLanguages";
import { AddSkills } from "./AddSkills";
import { NameDialog } from "./NameDialog";
import classes from "./SkillsPage.module.css";
import { SkillUsesDialog } from "./SkillUsesDialog";
import { useFreshSkills } from "./useFreshSkills";
import { useSkillName } from "./useSkillName";

interface Props {
  category: SkillCategory;
  mayManage: boolean;
}

export function CategorySection({ category, mayManage }: Props) {
  const { t, i18n } = useTranslation("skills");
  const skillName = useSkillName();
  const skills = [...category.skills].sort((a, b) => skillName(a).localeCompare(skillName(b), i18n.language));
  return (
    <Section
      title={category.is_languages ? t("languages") : category.name}
      text={category.is_languages ? t("languagesText") : undefined}
      aside={mayManage && !category.is_languages ? <CategoryTools category={category} /> : undefined}
      foot={
        mayManage &&
        (category.is_languages ? <AddLanguages there={category.skills} /> : <AddSkills category={category} />)
      }
    >
      {skills.length === 0 && (
        <p className={classes.hint}>{t(category.is_languages ? "noLanguages" : "noSkills")}</p>
      )}
      <ul className={classes.skills}>
        {skills.map((skill) => (
          <SkillRow key={skill.id} skill={skill} name={skillName(skill)} mayManage={mayManage} />
        ))}
      </ul>
    </Section>
  );
}

interface RowProps {
  skill: Skill;
  name: string;
  mayManage: boolean;
}

function SkillRow({ skill, name, mayManage }: RowProps) {
  const { t } = useTranslation("skills");
  const [uses, showUses] = useDisclosure(false);
  const [naming, rename] = useDisclosure(false);
  const remove = useRemove(skill, name, showUses.open);
  const used = skill.members + skill.rules > 0;
  return (
    <li className={classes.skill}>
      <span className={classes.name}>{name}</span>
      {used ? (
        <UnstyledButton className={classes.uses} onClick={showUses.open} aria-label={t("showUses", { name })}>
          {t("members", { count: skill.members })} · {t("rules", { count: skill.rules })}
        </UnstyledButton>
      ) : (
        <span className={classes.hint}>{t("unused")}</span>
      )}
      {mayManage && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("tools", { name })}>
              <IconDots size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {!skill.language && (
              <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={rename.open}>
                {t("rename")}
              </Menu.Item>
            )}
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              onClick={() => remove()}
            >
              {t("delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <SkillUsesDialog skill={skill} name={name} opened={uses} onClose={showUses.close} />
      <NameDialog
        title={t("renameSkill")}
        label={t("skillName")}
        action={t("common:save")}
        name={skill.name}
        opened={naming}
        onClose={rename.close}
        onSave={(changed) => changeSkill(skill.id, { name: changed })}
      />
    </li>
  );
}

/** One that is in use is not deleted: who has it and what asks for it is shown instead (ROUTE-20). */
function useRemove(skill: Skill, name: string, onInUse: () => void): () => void {
  const { t } = useTranslation("skills");
  const fresh = useFreshSkills();
  const remove = useMutation({
    mutationFn: () => removeSkill(skill.id),
    onSuccess: () => toast(t("deleted", { name })),
    onError: (error) => {
      if (error instanceof Problem && error.kind === "skill-in-use") onInUse();
      else toastError(error);
    },
    onSettled: fresh,
  });
  return () => remove.mutate();
}

function CategoryTools({ category }: { category: SkillCategory }) {
  const { t } = useTranslation("skills");
  const fresh = useFreshSkills();
  const [naming, rename] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => removeCategory(category.id),
    onSuccess: () => toast(t("deleted", { name: category.name })),
    onError: toastError,
    onSettled: fresh,
  });
  const empty = category.skills.length === 0;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("tools", { name: category.name })}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={rename.open}>
            {t("rename")}
          </Menu.Item>
          <Menu.Item
            color="red"
            disabled={!empty}
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() => remove.mutate()}
          >
            {t(empty ? "deleteCategory" : "deleteCategoryFirst")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        title={t("renameCategory")}
        label={t("categoryName")}
        action={t("common:save")}
        name={category.name}
        opened={naming}
        onClose={rename.close}
        onSave={(name) => changeCategory(category.id, name)}
      />
    </>
  );
}
