// What somebody knows: languages, main or secondary, and own skills by category; rules ask for them by name.
import { Anchor, Chip, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SkillLevel, WholeMember } from "@/api/people";
import { useMay } from "@/api/roles";
import { type Skill, type SkillCategory, skillCategoriesQuery } from "@/api/skills";
import { useSkillName } from "../../skills/useSkillName";
import { MemberForm } from "./MemberForm";
import classes from "./MemberPage.module.css";

type Has = { id: string; level: SkillLevel };

export function SkillsTab({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const mayManage = useMay("manage_members");
  const categories = useQuery(skillCategoriesQuery()).data?.items ?? [];
  const filled = categories.filter((category) => category.skills.length > 0);
  return (
    <MemberForm
      memberId={member.id}
      title={t("tab.skills")}
      text={t("knows.text")}
      mayChange={mayManage && filled.length > 0}
      stored={{ skills: member.skills.map(({ id, level }): Has => ({ id, level })) }}
    >
      {({ value, set }) => (
        <>
          {filled.length === 0 && <NoSkills />}
          {filled.map((category) => (
            <Category
              key={category.id}
              category={category}
              has={value.skills}
              disabled={!mayManage}
              onChange={(skills) => set({ skills })}
            />
          ))}
          {!member.has_seat && value.skills.length > 0 && <p className={classes.hint}>{t("knows.noSeat")}</p>}
        </>
      )}
    </MemberForm>
  );
}

interface Props {
  category: SkillCategory;
  has: Has[];
  disabled: boolean;
  onChange: (has: Has[]) => void;
}

function Category({ category, has, disabled, onChange }: Props) {
  const { t, i18n } = useTranslation(["people", "skills"]);
  const skillName = useSkillName();
  const skills = [...category.skills].sort((a, b) => skillName(a).localeCompare(skillName(b), i18n.language));
  const without = (skill: Skill) => has.filter((each) => each.id !== skill.id);
  const levelOf = (skill: Skill) => has.find((each) => each.id === skill.id)?.level;
  return (
    <fieldset className={classes.category}>
      <legend className={classes.subheading}>
        {category.is_languages ? t("skills:languages") : category.name}
      </legend>
      {category.is_languages ? (
        <ul className={classes.choices}>
          {skills.map((skill) => (
            <li key={skill.id} className={classes.choice}>
              <span>{skillName(skill)}</span>
              <SegmentedControl
                size="xs"
                aria-label={skillName(skill)}
                disabled={disabled}
                value={levelOf(skill) ?? "none"}
                data={(["none", "main", "secondary"] as const).map((level) => ({
                  value: level,
                  label: t(`knows.${level}`),
                }))}
                onChange={(level) =>
                  onChange(
                    level === "none"
                      ? without(skill)
                      : [...without(skill), { id: skill.id, level: level as SkillLevel }],
                  )
                }
              />
            </li>
          ))}
        </ul>
      ) : (
        <div className={classes.chips}>
          {skills.map((skill) => (
            <Chip
              key={skill.id}
              disabled={disabled}
              checked={levelOf(skill) !== undefined}
              onChange={(on) =>
                onChange(on ? [...without(skill), { id: skill.id, level: "main" }] : without(skill))
              }
            >
              {skillName(skill)}
            </Chip>
          ))}
        </div>
      )}
    </fieldset>
  );
}

function NoSkills() {
  const { t } = useTranslation("people");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <p className={classes.hint}>
      {t("knows.noneYet")}{" "}
      <Anchor component={Link} to={`/a/${slug}/settings/skills`} fz="sm">
        {t("knows.makeSome")}
      </Anchor>
    </p>
  );
}
