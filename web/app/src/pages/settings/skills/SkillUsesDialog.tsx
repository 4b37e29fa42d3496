// Who has a skill and which rules ask for it; as long as there is one, it cannot be deleted.
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Skill, type SkillUses, skillUsesQuery } from "@/api/skills";
import { explain } from "@/kit/explain";
import { PersonFace } from "@/kit/PersonFace";
import { FaultAlert } from "../ui/FaultAlert";
import classes from "./SkillsPage.module.css";

interface Props {
  skill: Skill;
  name: string;
  opened: boolean;
  onClose: () => void;
}

export function SkillUsesDialog({ skill, name, opened, onClose }: Props) {
  const { t } = useTranslation("skills");
  const uses = useQuery({ ...skillUsesQuery(skill.id), enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("usesOf", { name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <Stack gap="md">
        <p className={classes.hint}>{t("usesText")}</p>
        <FaultAlert text={uses.error && explain(uses.error, t)} />
        {uses.data && <Who uses={uses.data} />}
        {uses.data && <Rules uses={uses.data} />}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("common:close")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Who({ uses }: { uses: SkillUses }) {
  const { t } = useTranslation("skills");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <section>
      <h3 className={classes.subheading}>{t("members", { count: uses.members.length })}</h3>
      <ul className={classes.plain}>
        {uses.members.map((member) => (
          <li key={member.id} className={classes.person}>
            <PersonFace person={member} size={22} />
            <Link
              to="/a/$slug/settings/members/$memberId"
              params={{ slug, memberId: member.id }}
              search={{ tab: "skills" }}
              className={classes.link}
            >
              {member.name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rules({ uses }: { uses: SkillUses }) {
  const { t } = useTranslation("skills");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <section>
      <h3 className={classes.subheading}>{t("rules", { count: uses.rules.length + uses.hidden_rules })}</h3>
      <ul className={classes.plain}>
        {uses.rules.map(({ channel_id, channel_name, rule }) => (
          <li key={`${channel_id} ${rule.number}`} className={classes.person}>
            <Link
              to="/a/$slug/settings/channels/$channelId"
              params={{ slug, channelId: channel_id }}
              className={classes.link}
            >
              {channel_name}
            </Link>
            <span className={classes.hint}>{t("rule", { number: rule.number, name: rule.name })}</span>
          </li>
        ))}
        {uses.hidden_rules > 0 && (
          <li className={classes.hint}>{t("hiddenRules", { count: uses.hidden_rules })}</li>
        )}
      </ul>
    </section>
  );
}
