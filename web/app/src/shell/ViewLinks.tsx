// The views with their counts, in the member's order; those hidden stand below when asked for.
import { UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type View, type ViewCount, viewCountsQuery } from "@/api/views";
import { countText, isCounted, useCurrentView, useViewName, useViews, viewIcon } from "@/pages/tickets/views";
import classes from "./Rail.module.css";

interface Props {
  slug: string;
  /** Names beside the icons, however narrow the window is. */
  roomy?: boolean;
  onFollow?: () => void;
}

export function ViewLinks({ slug, roomy, onFollow }: Props) {
  const { t } = useTranslation("shell");
  const { views } = useViews();
  const counts = useQuery(viewCountsQuery()).data;
  const current = useCurrentView();
  const [all, setAll] = useState(false);
  const hidden = views.filter((view) => view.hidden);
  const shown = views.filter((view) => !view.hidden || view.key === current);
  const link = (view: View) => (
    <ViewLink
      key={view.key}
      slug={slug}
      view={view}
      count={counts?.[view.key]}
      current={view.key === current}
      onFollow={onFollow}
    />
  );
  return (
    <>
      <ul className={classes.views} data-roomy={roomy || undefined}>
        {(all ? [...shown, ...hidden.filter((view) => !shown.includes(view))] : shown).map(link)}
      </ul>
      {hidden.length > 0 && (
        <UnstyledButton
          className={classes.item}
          data-roomy={roomy || undefined}
          aria-expanded={all}
          onClick={() => setAll((now) => !now)}
        >
          <IconChevronDown
            size={18}
            stroke={1.6}
            aria-hidden="true"
            style={{ rotate: all ? "180deg" : undefined }}
          />
          <span className={classes.label}>
            {t(all ? "fewerViews" : "moreViews", { count: hidden.length })}
          </span>
        </UnstyledButton>
      )}
    </>
  );
}

interface LinkProps {
  slug: string;
  view: View;
  count: ViewCount | undefined;
  current: boolean;
  onFollow?: () => void;
}

const ViewLink = memo(function ViewLink({ slug, view, count, current, onFollow }: LinkProps) {
  const { t, i18n } = useTranslation("shell");
  const viewName = useViewName();
  const Icon = viewIcon(view.key);
  const name = viewName(view);
  const text = isCounted(view.key) && count && count.n > 0 ? countText(count, i18n.language) : null;
  const inside = (
    <>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <span className={classes.label}>{name}</span>
      {view.problems.length > 0 ? (
        <span className={classes.count} data-alarm>
          <span aria-hidden="true">!</span>
          <span className="k-hidden">{t("viewBroken")}</span>
        </span>
      ) : (
        text && (
          <span className={classes.count} data-alarm={view.key === "failed" || undefined}>
            {text}
          </span>
        )
      )}
    </>
  );
  return (
    <li>
      {view.key === "spam" ? (
        <Link
          to="/a/$slug/spam"
          params={{ slug }}
          className={classes.item}
          activeProps={{ "data-active": true }}
          title={name}
          onClick={onFollow}
        >
          {inside}
        </Link>
      ) : (
        <Link
          to="/a/$slug/tickets"
          params={{ slug }}
          search={{ view: view.key }}
          className={classes.item}
          data-active={current || undefined}
          aria-current={current ? "page" : undefined}
          activeProps={{}}
          title={name}
          onClick={onFollow}
        >
          {inside}
        </Link>
      )}
    </li>
  );
});
