// Somebody's photo: chosen or dropped, seen as it will be, stored as it is.
import { Button, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Member, putPhoto, removePhoto, useFreshPeople } from "@/api/people";
import { PersonFace } from "@/kit/PersonFace";
import { FaultAlert } from "../../ui/FaultAlert";
import { fieldErrors } from "../../ui/fieldErrors";
import { Section } from "../../ui/Section";
import classes from "./MemberPage.module.css";

const kinds = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const mostBytes = 5_000_000;

interface Props {
  member: Pick<Member, "id" | "name" | "photo_url" | "availability" | "active">;
  mayChange: boolean;
}

export function PhotoSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  const { put, remove, fault, busy } = usePhoto(member.id);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) put(file);
  };
  return (
    <Section title={t("photo.title")} text={t("photo.text")}>
      <FaultAlert text={fault} />
      {/* Dropping is a second way; the button beside it does the same for the keyboard. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div
        className={classes.photo}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!mayChange) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={mayChange ? drop : undefined}
      >
        <PersonFace person={member} size={84} tooltip={false} />
        <PersonFace person={member} size={36} tooltip={false} />
        <PersonFace person={member} size={22} tooltip={false} />
        {mayChange && (
          <div className={classes.photoTools}>
            <FileButton accept={kinds.join(",")} onChange={(file) => file && put(file)}>
              {(props) => (
                <Button {...props} variant="default" loading={busy}>
                  {t(member.photo_url ? "photo.change" : "photo.choose")}
                </Button>
              )}
            </FileButton>
            {member.photo_url && (
              <Button variant="subtle" color="gray" onClick={remove} disabled={busy}>
                {t("photo.remove")}
              </Button>
            )}
            <span className={classes.hint}>{t("photo.kinds")}</span>
          </div>
        )}
      </div>
    </Section>
  );
}

function usePhoto(memberId: string) {
  const { t } = useTranslation("people");
  const fresh = useFreshPeople();
  const [refused, setRefused] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (file: File | null) => (file ? putPhoto(memberId, file) : removePhoto(memberId)),
    onSuccess: () => fresh(memberId),
  });
  const put = (file: File) => {
    const why = !kinds.includes(file.type) ? "kind" : file.size > mostBytes ? "size" : null;
    setRefused(why && t(`photo.fault.${why}`));
    if (!why) change.mutate(file);
  };
  const remove = () => {
    setRefused(null);
    change.mutate(null);
  };
  const errors = fieldErrors(change.error, [], t);
  return { put, remove, busy: change.isPending, fault: refused ?? errors.above };
}
