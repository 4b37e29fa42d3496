// One person of the team: whether they are there, what they carry, what they have left unanswered longest.
import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowsExchange, IconDotsVertical, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type AvailabilityState, setAvailability } from "@/api/availability";
import { type PersonNow, type TeamNow, teamNowQuery } from "@/api/teamNow";
import { LoadBars } from "@/kit/LoadBars";
import { PersonLine } from "@/kit/PersonFace";
import { toast, toastError } from "@/kit/toast";
import classes from "./TeamNow.module.css";
import { Ticking } from "./Ticking";

interface Props {
  person: PersonNow;
  mayManage: boolean;
  onHandOver: () => void;
}

export function PersonCard({ person, mayManage, onHandOver }: Props) {
  const { state } = person.availability;
  return (
    <li className={classes.person} data-away={state === "away" || undefined}>
      <div className={classes.personHead}>
        <PersonLine person={person} size={38} />
        {mayManage && <Actions person={person} onHandOver={onHandOver} />}
      </div>
      <LoadBars load={person.load} capacity={person.capacity} />
      <Oldest person={person} />
    </li>
  );
}

function Oldest({ person }: { person: PersonNow }) {
  const { t } = useTranslation("teamnow");
  const { slug } = useParams({ from: "/a/$slug" });
  const oldest = person.oldest_unanswered;
  if (!oldest) return <p className={classes.oldest}>{t("allAnswered")}</p>;
  return (
    <p className={classes.oldest}>
      {t("unanswered")}{" "}
      <Link to="/a/$slug/tickets/$number" params={{ slug, number: String(oldest.number) }}>
        #{oldest.number}
      </Link>{" "}
      <Ticking since={oldest.since} className={classes.ticking} />
    </p>
  );
}

function Actions({ person, onHandOver }: Omit<Props, "mayManage">) {
  const { t } = useTranslation("teamnow");
  const put = usePutAvailability(person);
  const there = person.availability.state === "available";
  const Icon = there ? IconUserOff : IconUserCheck;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("more", { name: person.name })}>
          <IconDotsVertical size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon size={16} stroke={1.7} />}
          onClick={() => put.mutate(there ? "away" : "available")}
        >
          {t(there ? "setAway" : "setAvailable")}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsExchange size={16} stroke={1.7} />} onClick={onHandOver}>
          {t("handOver")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Shown at once, before the event about it comes round. */
export function usePutAvailability(person: { id: string; name: string }) {
  const { t } = useTranslation("teamnow");
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (state: AvailabilityState) => setAvailability(person.id, state),
    onSuccess: (availability) => {
      queryClient.setQueryData<TeamNow>(
        teamNowQuery().queryKey,
        (now) =>
          now && {
            ...now,
            people: now.people.map((each) => (each.id === person.id ? { ...each, availability } : each)),
          },
      );
      toast(t("isSet", { name: person.name, state: t(`state.${availability.state}`) }));
    },
    onError: toastError,
  });
}
