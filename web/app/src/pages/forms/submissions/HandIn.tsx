// Submissions from before a channel carried the form: an offer to make tickets of them, and how far that is.
import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Form, formQuery } from "@/api/forms";
import { useMay } from "@/api/roles";
import { makeTickets } from "@/api/submissions";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import classes from "./SubmissionsPage.module.css";

const lookEvery = 1500;
/** The server counts no further. */
const countedAtMost = 10_000;

export function HandIn({ form }: { form: Form }) {
  const { t } = useTranslation("submissions");
  const { total } = useHandingIn(form);
  const mayChannels = useMay("manage_channels");
  const [asking, setAsking] = useState(false);
  const left = form.waiting_to_hand_in;
  if (form.handing_in) return <Running left={left} total={total} />;
  if (!form.channel || left === 0) return null;
  return (
    <div className={classes.banner}>
      <Note>
        <div className={classes.offer}>
          <span>{t("handIn.waiting", { count: left })}</span>
          {mayChannels ? (
            <Button size="xs" variant="light" onClick={() => setAsking(true)}>
              {t("handIn.offer", { count: left })}
            </Button>
          ) : (
            <span className={classes.dim}>{t("handIn.ask")}</span>
          )}
        </div>
      </Note>
      {asking && (
        <Question
          form={form}
          channel={form.channel.name || t("someChannel")}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

function Question({ form, channel, onClose }: { form: Form; channel: string; onClose: () => void }) {
  const { t } = useTranslation("submissions");
  const queryClient = useQueryClient();
  const key = formQuery(form.id).queryKey;
  const start = useMutation({
    mutationFn: () => makeTickets(form.id),
    onSuccess: ({ left }) => {
      queryClient.setQueryData<Form>(
        key,
        (now) => now && { ...now, handing_in: left > 0, waiting_to_hand_in: left },
      );
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
  const count = form.waiting_to_hand_in;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t("handIn.title", { count })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="sm">
        <Text fz="sm">{t("handIn.text", { channel })}</Text>
        <Text fz="sm">{t("handIn.noConfirmation")}</Text>
        {start.error && <Note tone="bad">{explain(start.error, t)}</Note>}
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button data-autofocus loading={start.isPending} onClick={() => start.mutate()}>
            {t("handIn.offer", { count })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Running({ left, total }: { left: number; total: number }) {
  const { t } = useTranslation("submissions");
  const many = left >= countedAtMost;
  const done = Math.max(0, total - left);
  return (
    <div className={classes.banner}>
      <Note>
        <span role="status">{many ? t("handIn.runningMany") : t("handIn.running", { done, total })}</span>
        <Progress
          mt={8}
          size="sm"
          value={many ? 100 : total ? (done / total) * 100 : 0}
          animated
          aria-label={t("handIn.bar")}
        />
        <span className={classes.dim}>{t("handIn.noConfirmation")}</span>
      </Note>
    </div>
  );
}

/** Looks again while it goes on; `total` is the most that was waiting since it was first seen. */
function useHandingIn(form: Form) {
  const { t } = useTranslation("submissions");
  useQuery({ ...formQuery(form.id), refetchInterval: form.handing_in ? lookEvery : false });
  const queryClient = useQueryClient();
  const most = useRef(0);
  const was = useRef(form.handing_in);
  if (form.handing_in) most.current = Math.max(most.current, form.waiting_to_hand_in);
  useEffect(() => {
    if (was.current && !form.handing_in) {
      toast(t("handIn.done", { count: most.current }));
      most.current = 0;
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[2] === "submissions" && queryKey[3] === form.id,
      });
    }
    was.current = form.handing_in;
  }, [form.handing_in, form.id, queryClient, t]);
  return { total: most.current };
}
