// What stands beside a ticket and on a contact's own page alike: a part with its heading, an address, another ticket.
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Time } from "@/kit/Time";
import classes from "./PanelParts.module.css";

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      <ul className={classes.items}>{children}</ul>
    </section>
  );
}

export function Handle({ address }: { address: string }) {
  return (
    <div className={classes.handle}>
      <span className={classes.ellipsis}>{address}</span>
      <Copy text={address} />
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? "copied" : "copy")}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            onClick={copy}
            aria-label={`${t("copy")} ${text}`}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

interface LineProps {
  slug: string;
  number: number;
  subject: string;
  icon?: ReactNode;
  at?: string;
}

export function TicketLine({ slug, number, subject, icon, at }: LineProps) {
  return (
    <li>
      <Link
        to="/a/$slug/tickets/$number"
        params={{ slug, number: String(number) }}
        className={classes.ticket}
      >
        {icon}
        <span className={classes.ellipsis}>{subject}</span>
        {at ? <Time at={at} className={classes.when} /> : <span className={classes.when}>#{number}</span>}
      </Link>
    </li>
  );
}
