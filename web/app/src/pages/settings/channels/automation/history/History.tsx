// Every version of a channel's routing: who, when, what changed; each can be laid beside the present one and restored.
import { Badge, Button, Drawer, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { channelQuery } from "@/api/channels";
import { type Routing, type RoutingVersion, restoreRouting, routingHistoryQuery } from "@/api/routing";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { offerUndo } from "@/kit/offerUndo";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { draftOf } from "../draft";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { Comparison } from "./Comparison";
import classes from "./History.module.css";

interface Props {
  channelId: string;
  routing: Routing;
  names: Names;
  catalogue: Catalogue;
  mayRestore: boolean;
  /** With unsaved changes nothing is restored: they would be lost without a word. */
  dirty: boolean;
  onClose: () => void;
}

export function History(props: Props) {
  const { t } = useTranslation("routing");
  const { channelId, mayRestore, dirty, onClose } = props;
  const history = useQuery({ ...routingHistoryQuery(channelId), staleTime: 0 });
  const versions = history.data?.items ?? [];
  const now = versions.find((version) => version.to === null) ?? versions[0];
  const restore = useRestore(channelId, now?.version);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("history.title")}
      position="right"
      size={520}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {history.error && <Note tone="bad">{explain(history.error, t)}</Note>}
      {dirty && mayRestore && <Note>{t("history.unsavedFirst")}</Note>}
      {history.data && versions.length === 0 && <p className={classes.none}>{t("history.none")}</p>}
      <ol className={classes.list}>
        {versions.map((version) => (
          <Version
            key={version.version}
            {...props}
            version={version}
            now={now}
            onRestore={mayRestore && !dirty ? () => restore.mutate(version.version) : undefined}
            restoring={restore.isPending && restore.variables === version.version}
          />
        ))}
      </ol>
    </Drawer>
  );
}

interface VersionProps extends Props {
  version: RoutingVersion;
  now: RoutingVersion | undefined;
  onRestore?: () => void;
  restoring: boolean;
}

function Version({ version, now, names, catalogue, onRestore, restoring }: VersionProps) {
  const { t } = useTranslation("routing");
  const [compared, setCompared] = useState(false);
  const current = version === now;
  return (
    <li className={classes.version}>
      <div className={classes.head}>
        <b>{t("history.version", { number: version.version })}</b>
        {current && (
          <Badge tt="none" variant="light">
            {t("history.now")}
          </Badge>
        )}
        <span className={classes.by}>
          {version.set_by && `${version.set_by.name}, `}
          <Time at={version.from} as="clock" />
        </span>
      </div>
      <p className={classes.what}>
        <What version={version} />
      </p>
      {!current && now && (
        <>
          <Group gap={6}>
            <Button
              size="compact-sm"
              variant="subtle"
              ml={-8}
              onClick={() => setCompared((shown) => !shown)}
              aria-expanded={compared}
            >
              {t(compared ? "history.hide" : "history.compare")}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!onRestore}
              loading={restoring}
              onClick={onRestore}
            >
              {t("history.restore")}
            </Button>
          </Group>
          {compared && (
            <Comparison
              before={draftOf(version.routing)}
              now={draftOf(now.routing)}
              names={names}
              catalogue={catalogue}
            />
          )}
        </>
      )}
    </li>
  );
}

function What({ version }: { version: RoutingVersion }) {
  const { t } = useTranslation("routing");
  if (version.restored_from !== null) return t("history.restoredFrom", { number: version.restored_from });
  const parts = new Set(version.changes.map((path) => path.replace(/^routing\./, "").split(".")[0] ?? path));
  if (parts.size === 0) return t("history.first");
  const what = [...parts].map((part) => t(`history.field.${part}`, { defaultValue: part })).join(", ");
  return t("history.changed", { what });
}

function useRestore(channelId: string, current: number | undefined) {
  const { t } = useTranslation("routing");
  const queryClient = useQueryClient();
  const fresh = () => {
    queryClient.invalidateQueries({ queryKey: channelQuery(channelId).queryKey });
    queryClient.invalidateQueries({ queryKey: routingHistoryQuery(channelId).queryKey });
  };
  const back = (version: number) =>
    restoreRouting(channelId, version).then(() => {
      fresh();
      toast(t("history.undone"));
    }, toastError);
  return useMutation({
    mutationFn: (version: number) => restoreRouting(channelId, version),
    onSuccess: (_, version) => {
      fresh();
      const undo = () => {
        if (current !== undefined) void back(current);
      };
      offerUndo(t("history.restored", { number: version }), undo, { id: `restored-${channelId}-${version}` });
    },
    onError: toastError,
  });
}
