// Route preview beside the rules: a message is picked or written, and its way through the rules on the screen is shown.
import { ActionIcon, Drawer, SegmentedControl } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { Problem } from "@/api/http";
import { type PreviewAsk, previewRoute, type Routing } from "@/api/routing";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { forServer } from "../draft";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { PastedForm } from "./PastedForm";
import { PickMessage } from "./PickMessage";
import classes from "./TryPanel.module.css";
import { WayOfMessage } from "./WayOfMessage";

interface Props {
  channelId: string;
  routing: Routing;
  names: Names;
  catalogue: Catalogue;
  as: "side" | "drawer";
  onClose: () => void;
}

export function TryPanel(props: Props) {
  const { t } = useTranslation("routing");
  const { as, onClose } = props;
  if (as === "drawer")
    return (
      <Drawer
        opened
        onClose={onClose}
        title={t("preview.title")}
        position="right"
        size={420}
        closeButtonProps={{ "aria-label": t("common:close") }}
      >
        <Trial {...props} />
      </Drawer>
    );
  return (
    <aside className={classes.side} aria-label={t("preview.title")}>
      <header className={classes.head}>
        <h2 className={classes.title}>{t("preview.title")}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t("preview.close")} onClick={onClose}>
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </header>
      <Trial {...props} />
    </aside>
  );
}

type Message = Pick<PreviewAsk, "message" | "message_id">;

function Trial({ channelId, routing, names, catalogue }: Props) {
  const { t } = useTranslation("routing");
  const [mode, setMode] = useState<"recent" | "write">("recent");
  const [message, setMessage] = useState<Message | null>(null);
  const preview = usePreview(channelId, routing, message);
  return (
    <div className={classes.trial}>
      <p className={classes.lead}>{t("preview.text")}</p>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t("preview.pick")}
        value={mode}
        onChange={(to) => setMode(to as typeof mode)}
        data={(["recent", "write"] as const).map((value) => ({ value, label: t(`preview.${value}`) }))}
      />
      {mode === "recent" ? (
        <PickMessage channelId={channelId} onPick={(message_id) => setMessage({ message_id })} />
      ) : (
        <PastedForm onTry={(pasted) => setMessage({ message: pasted })} busy={preview.isFetching} />
      )}
      {preview.error && <Note tone="bad">{faultOf(preview.error)}</Note>}
      {!preview.error && preview.data && (
        <WayOfMessage
          preview={preview.data}
          routing={routing}
          names={names}
          catalogue={catalogue}
          fresh={!preview.isPlaceholderData}
        />
      )}
      {!message && <p className={classes.wait}>{t("preview.wait")}</p>}
    </div>
  );

  function faultOf(error: Error): string {
    const half = error instanceof Problem && error.status === 422 && error.errors.length > 0;
    return half ? `${t("preview.stale")} ${explain(error, t)}` : explain(error, t);
  }
}

/** Asked again while one edits, once the typing pauses. */
function usePreview(channelId: string, routing: Routing, message: Message | null) {
  const [settled] = useDebouncedValue(JSON.stringify(forServer(routing)), 350);
  return useQuery({
    queryKey: accountKey("route-preview", channelId, settled, message),
    queryFn: () => previewRoute(channelId, { routing: JSON.parse(settled) as Routing, ...message }),
    enabled: message !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
    gcTime: 60_000,
  });
}
