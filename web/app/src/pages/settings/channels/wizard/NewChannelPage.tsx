// The wizard of a channel that is not there yet, as its kind asks for it.
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { kindsQuery, useMe } from "@/api/desk";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { methodsOf } from "../kinds/methods";
import { screensOf } from "../kinds/screens";

const here = "/a/$slug/settings/channels/new/$kind/$method";

export function NewChannelPage() {
  const { kind: name, method: key } = useParams({ from: here });
  const { step, form } = useSearch({ from: here });
  const { can } = useMe();
  const kinds = useQuery(kindsQuery());
  if (kinds.error && !kinds.data) throw kinds.error;
  if (!kinds.data) return <PageLoading />;
  const kind = kinds.data.items.find((one) => one.kind === name);
  const method = kind && methodsOf(kind).find((one) => one.key === key);
  if (!can.manage_channels || !kind || !method) return <NotFound />;
  const { Connect } = screensOf(kind.kind);
  return <Connect key={`${name}/${key}`} kind={kind} method={method} step={step} form={form} />;
}
