// How many tickets the filter finds while it is written.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import type { Condition } from "@/api/routing";
import { filterCountQuery } from "@/api/views";
import { pruned } from "@/kit/condition/conditions";
import { countText } from "../views";
import classes from "./ViewEditor.module.css";

const typingPause = 350;

export function Found({ filter }: { filter: Condition }) {
  const { t, i18n } = useTranslation("views");
  const [settled] = useDebouncedValue(filter, typingPause);
  const { data, error, isFetching } = useQuery({
    ...filterCountQuery(pruned(settled)),
    placeholderData: keepPreviousData,
  });
  const text = countText(data, i18n.language);
  const unfinished = error instanceof Problem;
  return (
    <p className={classes.found} role="status" data-busy={isFetching || undefined}>
      {unfinished && t("found.unfinished")}
      {!unfinished && data?.unknown && t("found.unknown")}
      {!unfinished && text !== null && t("found.count", { count: data?.n ?? 0, number: text })}
    </p>
  );
}
