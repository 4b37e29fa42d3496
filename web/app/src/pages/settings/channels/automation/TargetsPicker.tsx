// Users and teams as pills with their faces; whoever cannot be given tickets is offered with the reason, greyed.
import { Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { IconAlertTriangleFilled, IconCheck, IconUsers } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Targets } from "@/api/routing";
import type { Member, Team } from "@/api/types";
import { Face } from "@/kit/Face";
import type { Faults } from "./faults";
import { problemWords } from "./problemWords";
import classes from "./TargetsPicker.module.css";
import type { Names } from "./useNames";

interface Props {
  label: string;
  text?: string;
  value: Targets;
  onChange: (value: Targets) => void;
  names: Names;
  faults: Faults;
  /** Where these targets stand in the routing: `to`, `fallback`, `rules.<id>.to`. */
  path: string;
  required?: boolean;
}

/** One choice, `users/<id>` or `teams/<id>`. */
interface Target {
  key: string;
  of: keyof Targets;
  id: string;
  name: string;
  icon: ReactNode;
  note?: string;
  /** Why it cannot be chosen, or why it is skipped if it is. */
  fault?: string;
}

export function TargetsPicker({ label, text, value, onChange, names, faults, path, required }: Props) {
  const { t } = useTranslation("routing");
  const [search, setSearch] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = useTargets(names);
  const chosen = useChosen(value, offered, names.known);
  const shown = offered.filter((one) =>
    one.name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
  );
  const remove = ({ of, id }: Target) =>
    onChange({ ...value, [of]: value[of].filter((each) => each !== id) });
  const toggle = (key: string) => {
    const target = offered.find((one) => one.key === key);
    if (!target) return;
    if (value[target.of].includes(target.id)) remove(target);
    else onChange({ ...value, [target.of]: [...value[target.of], target.id] });
    setSearch("");
  };
  const said = { users: faults.each(`${path}.users`), teams: faults.each(`${path}.teams`) };
  const wrong = chosen
    .map(
      (one) =>
        said[one.of][one.id] ?? (one.fault && t("targets.skipped", { name: one.name, why: one.fault })),
    )
    .filter((fault) => fault !== undefined);
  const own = [faults.at(path), faults.at(`${path}.users`), faults.at(`${path}.teams`)].filter(
    (fault) => fault !== undefined,
  );
  const errors = [...own, ...wrong].map((fault) => problemWords(fault, t));
  return (
    <Combobox store={combobox} onOptionSubmit={toggle} withinPortal>
      <Combobox.DropdownTarget>
        <PillsInput
          label={label}
          description={text}
          withAsterisk={required}
          error={errors.length > 0 && <Lines lines={errors} />}
          onClick={() => combobox.openDropdown()}
        >
          <Pill.Group>
            {chosen.map((one) => (
              <Pill
                key={one.key}
                className={classes.pill}
                data-wrong={one.fault !== undefined || said[one.of][one.id] !== undefined || undefined}
                withRemoveButton
                onRemove={() => remove(one)}
                removeButtonProps={{
                  "aria-label": t("targets.remove", { name: one.name }),
                  tabIndex: 0,
                  "aria-hidden": false,
                }}
              >
                <span className={classes.inPill}>
                  {one.fault || said[one.of][one.id] ? (
                    <IconAlertTriangleFilled size={13} aria-hidden="true" />
                  ) : (
                    one.icon
                  )}
                  {one.name}
                </span>
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label={label}
                placeholder={chosen.length === 0 ? t("targets.placeholder") : undefined}
                value={search}
                onChange={(event) => {
                  setSearch(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.updateSelectedOptionIndex();
                }}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onKeyDown={(event) => {
                  const last = chosen.at(-1);
                  if (event.key === "Backspace" && search === "" && last) remove(last);
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options mah={320} style={{ overflowY: "auto" }} aria-label={label}>
          {(["teams", "users"] as const).map((of) => {
            const group = shown.filter((one) => one.of === of);
            return group.length === 0 ? null : (
              <Combobox.Group key={of} label={t(of === "teams" ? "targets.teams" : "targets.people")}>
                {group.map((one) => (
                  <Option key={one.key} target={one} chosen={value[of].includes(one.id)} />
                ))}
              </Combobox.Group>
            );
          })}
          {shown.length === 0 && <Combobox.Empty>{t("common:noMatch")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Option({ target, chosen }: { target: Target; chosen: boolean }) {
  return (
    <Combobox.Option
      value={target.key}
      active={chosen}
      disabled={target.fault !== undefined && !chosen}
      className={classes.option}
    >
      {target.icon}
      <span className={classes.name}>{target.name}</span>
      <span className={classes.note}>{target.fault ?? target.note}</span>
      {chosen && <IconCheck size={15} stroke={2} aria-hidden="true" />}
    </Combobox.Option>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return lines.map((line) => (
    <span key={line} className={classes.line}>
      {line}
    </span>
  ));
}

function useTargets(names: Names): Target[] {
  const { t } = useTranslation("routing");
  const teams = names.teams.map((team) => ({
    key: `teams/${team.id}`,
    of: "teams" as const,
    id: team.id,
    name: team.name,
    icon: <TeamIcon />,
    note: t("targets.main", { count: mainMembers(team) }),
  }));
  const people = names.members
    .map((member) => {
      const key = faultOf(member);
      return {
        key: `users/${member.id}`,
        of: "users" as const,
        id: member.id,
        name: member.name,
        icon: <Face name={member.name} size={18} us />,
        ...(key && { fault: t(`targets.${key}`) }),
      };
    })
    .sort((a, b) => Number("fault" in a) - Number("fault" in b));
  return [...teams, ...people];
}

/** What is chosen, also what is not offered any more. */
function useChosen(value: Targets, offered: Target[], known: boolean): Target[] {
  const { t } = useTranslation("routing");
  return (["teams", "users"] as const).flatMap((of) =>
    value[of].map((id) => {
      const found = offered.find((one) => one.of === of && one.id === id);
      if (found) return found;
      const name = known ? t(of === "teams" ? "targets.goneTeam" : "targets.gonePerson") : "…";
      const fault = known ? t("targets.goneText") : undefined;
      return { key: `${of}/${id}`, of, id, name, icon: null, fault };
    }),
  );
}

export function TeamIcon() {
  return (
    <span className={classes.team}>
      <IconUsers size={12} stroke={2} aria-hidden="true" />
    </span>
  );
}

function faultOf(member: Member): "deactivated" | "noSeat" | undefined {
  if (!member.active) return "deactivated";
  return member.has_seat ? undefined : "noSeat";
}

const mainMembers = (team: Team) => team.members.filter((member) => member.is_main !== false).length;
