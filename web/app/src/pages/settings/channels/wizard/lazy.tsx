// The step about routing brings the rules' editor along, so it is fetched when one gets there.
import { type ComponentProps, lazy, Suspense } from "react";
import { PageLoading } from "@/shell/PageLoading";

const OfChannel = lazy(() =>
  import("./RoutingOfChannel").then((module) => ({ default: module.RoutingOfChannel })),
);
const ToCome = lazy(() => import("./RoutingToCome").then((module) => ({ default: module.RoutingToCome })));

export function LazyRoutingOfChannel(props: ComponentProps<typeof OfChannel>) {
  return (
    <Suspense fallback={<PageLoading />}>
      <OfChannel {...props} />
    </Suspense>
  );
}

export function LazyRoutingToCome(props: ComponentProps<typeof ToCome>) {
  return (
    <Suspense fallback={<PageLoading />}>
      <ToCome {...props} />
    </Suspense>
  );
}
