// The builder's top: back to the forms, the name, what state the form is in, steps back and forth, what is wrong, and
// publishing what was changed.
import { ActionIcon, Badge, Button, Menu, Popover, TextInput, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconDots,
  IconExternalLink,
  IconInbox,
} from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FormState } from "../FormState";
import classes from "./Builder.module.css";
import { useBuilding } from "./context";
import type { FormProblem } from "./problems";
import { problemWords } from "./problemWords";

interface Props {
  onJump: (problem: FormProblem) => void;
  connecting: boolean;
}

export function BuilderHead({ onJump, connecting }: Props) {
  const { t } = useTranslation("forms");
  const { slug } = useParams({ from: "/a/$slug" });
  const { form, editing, problems } = useBuilding();
  const { draft, change, changes, dirty, publishing } = editing;
  return (
    <header className={classes.head}>
      <Link to="/a/$slug/forms" params={{ slug }} className={classes.back} aria-label={t("head.back")}>
        <IconChevronLeft size={20} stroke={1.7} aria-hidden="true" />
      </Link>
      <div className={classes.what}>
        <h1 className="k-hidden">{t("head.title", { name: form.name })}</h1>
        <TextInput
          variant="unstyled"
          classNames={{ input: classes.name }}
          aria-label={t("head.name")}
          maxLength={200}
          value={draft.name}
          onChange={(event) => {
            const name = event.currentTarget.value;
            change((now) => ({ ...now, name }), "name");
          }}
          error={problems.at(null, "name") !== undefined}
        />
        <FormState form={form} />
      </div>
      <div className={classes.tools}>
        <Steps />
        <ProblemList onJump={onJump} />
        <Button onClick={editing.publish} disabled={!dirty || editing.theirs !== null} loading={publishing}>
          {t("head.update")}
          {dirty && (
            <Badge
              className={classes.count}
              size="sm"
              circle={changes.length < 10}
              aria-label={t("head.changes", { count: changes.length })}
            >
              {changes.length}
            </Badge>
          )}
        </Button>
        {connecting && (
          <Button
            component={Link}
            to={`/a/${slug}/settings/channels/new/form/form?form=${form.id}`}
            variant={dirty ? "default" : "filled"}
            data-disabled={dirty || undefined}
            onClick={(event) => dirty && event.preventDefault()}
          >
            {t("head.next")}
          </Button>
        )}
        <More />
      </div>
    </header>
  );
}

function Steps() {
  const { t } = useTranslation("forms");
  const { editing } = useBuilding();
  return (
    <div className={classes.steps}>
      <Tooltip label={`${t("head.undo")} (Ctrl+Z)`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          disabled={!editing.canUndo}
          onClick={editing.undo}
          aria-label={t("head.undo")}
        >
          <IconArrowBackUp size={19} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t("head.redo")} (Ctrl+Shift+Z)`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          disabled={!editing.canRedo}
          onClick={editing.redo}
          aria-label={t("head.redo")}
        >
          <IconArrowForwardUp size={19} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function ProblemList({ onJump }: { onJump: (problem: FormProblem) => void }) {
  const { t } = useTranslation("forms");
  const { problems, fieldOf } = useBuilding();
  const [opened, { toggle, close }] = useDisclosure(false);
  if (problems.all.length === 0) return null;
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" width={330} withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="light"
          color="red"
          leftSection={<IconAlertTriangle size={16} stroke={1.8} />}
          onClick={toggle}
          aria-expanded={opened}
        >
          {t("head.problems", { count: problems.all.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <ul className={classes.problems} aria-label={t("head.problemsTitle")}>
          {problems.all.map((problem) => (
            <li key={`${problem.fieldId} ${problem.path} ${problem.message}`}>
              <button
                type="button"
                onClick={() => {
                  close();
                  onJump(problem);
                }}
              >
                <b>{fieldOf(problem.fieldId)?.label || t("head.theForm")}</b>
                {problemWords(problem.message, t)}
              </button>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function More() {
  const { t } = useTranslation("forms");
  const { slug } = useParams({ from: "/a/$slug" });
  const { form, editing } = useBuilding();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("head.more")}>
          <IconDots size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href={form.url}
          target="_blank"
          rel="noopener"
          leftSection={<IconExternalLink size={16} stroke={1.6} />}
        >
          {t("menu.open")}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={`/a/${slug}/forms/${form.id}/submissions`}
          leftSection={<IconInbox size={16} stroke={1.6} />}
        >
          {t("menu.submissions")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" disabled={!editing.dirty} onClick={editing.discard}>
          {t("head.discard")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
