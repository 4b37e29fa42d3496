// Before anything is typed: what was looked for lately, and what can be asked.
import { Button, UnstyledButton } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Teach.module.css";

const examples = ["phrase", "excluded", "from", "is", "assignee", "tag", "has", "after", "number"] as const;

interface Props {
  recent: string[];
  onChoose: (q: string) => void;
  onForget: () => void;
}

export function Teach({ recent, onChoose, onForget }: Props) {
  const { t } = useTranslation("search");
  return (
    <div className={classes.teach}>
      {recent.length > 0 && (
        <section>
          <h2 className={classes.heading}>{t("recent")}</h2>
          <ul className={classes.list}>
            {recent.map((q) => (
              <li key={q}>
                <UnstyledButton className={classes.recent} onClick={() => onChoose(q)}>
                  <IconHistory size={15} stroke={1.7} aria-hidden="true" />
                  {q}
                </UnstyledButton>
              </li>
            ))}
          </ul>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onForget}>
            {t("forget")}
          </Button>
        </section>
      )}
      <section>
        <h2 className={classes.heading}>{t("teach.title")}</h2>
        <dl className={classes.examples}>
          {examples.map((example) => (
            <div key={example}>
              <dt>
                <UnstyledButton
                  className={classes.example}
                  onClick={() => onChoose(`${t(`teach.${example}.write`)} `)}
                >
                  {t(`teach.${example}.write`)}
                </UnstyledButton>
              </dt>
              <dd>{t(`teach.${example}.finds`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
