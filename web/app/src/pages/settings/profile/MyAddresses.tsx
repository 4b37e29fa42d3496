// My own addresses: mail from one that answers a ticket of ours becomes a comment of mine, and no channel can take it.
import { ActionIcon, Badge, Button, TextInput, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import {
  addMyAddress,
  type MyAddress,
  myAddressesQuery,
  proveMyAddress,
  removeMyAddress,
} from "@/api/myAddresses";
import { explain } from "@/kit/explain";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { useNow } from "@/kit/useNow";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { Section } from "../ui/Section";
import { addressFault } from "./addressFault";
import classes from "./MyAddresses.module.css";

export function MyAddresses() {
  const { t } = useTranslation("addresses");
  const { can } = useMe();
  const addresses = useQuery(myAddressesQuery());
  const known = addresses.data?.items ?? [];
  if (!can.answer && known.length === 0) return null;
  return (
    <Section title={t("title")} text={t("text")} foot={can.answer && <Add />}>
      <FaultAlert text={addresses.error && explain(addresses.error, t)} />
      {addresses.data && known.length === 0 && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.list} aria-label={t("title")}>
        {known.map((address) => (
          <li key={address.address} className={classes.one}>
            <Head address={address} />
            {!address.proved_at && <Code address={address} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Head({ address: { address, proved_at } }: { address: MyAddress }) {
  const { t } = useTranslation("addresses");
  const fresh = useFresh();
  const remove = useMutation({
    mutationFn: () => removeMyAddress(address),
    onSuccess: () => toast(t("removed", { address })),
    onError: toastError,
    onSettled: fresh,
  });
  return (
    <div className={classes.head}>
      <span className={classes.address}>{address}</span>
      <Badge variant="light" tt="none" fw={550} color={proved_at ? "teal" : "yellow"}>
        {t(proved_at ? "proved" : "waiting")}
      </Badge>
      <Tooltip label={t("remove", { address })}>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          aria-label={t("remove", { address })}
          onClick={() => remove.mutate()}
        >
          <IconX size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Six digits from the mail, or another mail. */
function Code({ address: { address, expires_at } }: { address: MyAddress }) {
  const { t } = useTranslation("addresses");
  const fresh = useFresh();
  const now = useNow();
  const [code, setCode] = useState("");
  const prove = useMutation({
    mutationFn: () => proveMyAddress(address, code),
    onSuccess: () => toast(t("nowYours", { address })),
    onSettled: fresh,
  });
  const again = useMutation({
    mutationFn: () => addMyAddress(address),
    onSuccess: () => {
      prove.reset();
      setCode("");
      toast(t("mailed", { address }));
    },
    onSettled: fresh,
  });
  const expired = expires_at !== null && new Date(expires_at) <= now;
  const errors = fieldErrors(prove.error ?? again.error, ["code", "address"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) prove.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.code} noValidate>
      <p className={classes.hint}>
        {expired ? t("expired") : t("typeCode", { address })}{" "}
        {!expired && expires_at && (
          <>
            {t("goodUntil")} <Time at={expires_at} as="clock" />
          </>
        )}
      </p>
      <FaultAlert text={errors.above} />
      <div className={classes.fields}>
        <TextInput
          className={classes.digits}
          aria-label={t("codeOf", { address })}
          placeholder="123 456"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={9}
          disabled={expired}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={addressFault(errors.at.code ?? errors.at.address, t)}
        />
        <Button type="submit" disabled={!code.trim() || expired} loading={prove.isPending}>
          {t("prove")}
        </Button>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {t("again")}
        </Button>
      </div>
    </form>
  );
}

function Add() {
  const { t } = useTranslation("addresses");
  const fresh = useFresh();
  const [address, setAddress] = useState("");
  const add = useMutation({
    mutationFn: () => addMyAddress(address),
    onSuccess: () => {
      setAddress("");
      return fresh();
    },
  });
  const errors = fieldErrors(add.error, ["address"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim()) add.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.add} noValidate>
      <FaultAlert text={errors.above} />
      <div className={classes.fields}>
        <TextInput
          className={classes.field}
          type="email"
          aria-label={t("add")}
          placeholder={t("add")}
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
            add.reset();
          }}
          error={addressFault(errors.at.address, t)}
        />
        <Button type="submit" variant="default" disabled={!address.trim()} loading={add.isPending}>
          {t("mailCode")}
        </Button>
      </div>
    </form>
  );
}

function useFresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: myAddressesQuery().queryKey });
}
