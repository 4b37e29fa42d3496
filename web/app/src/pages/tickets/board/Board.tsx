// The tickets of a view by status: a lane for each status of one pipeline, cards are moved by pointer or by key.
import { DndContext, DragOverlay, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery, useMe } from "@/api/desk";
import type { Pipeline, Ticket } from "@/api/types";
import type { View } from "@/api/views";
import { explain } from "@/kit/explain";
import { useStatusName } from "@/kit/status";
import { BrokenView } from "../BrokenView";
import { ListHead } from "../head/ListHead";
import { ListSkeleton } from "../ListSkeleton";
import { tellNeighbours } from "../neighbours";
import { BulkBar } from "../selection/BulkBar";
import { useSelecting } from "../selection/useSelection";
import { useViewName } from "../views";
import classes from "./Board.module.css";
import { CardFace } from "./Card";
import { LaneColumn } from "./LaneColumn";
import type { Lane } from "./lanes";
import { type Column, useBoardKeys } from "./useBoardKeys";
import { type LaneFilter, useMove } from "./useMove";

interface Props {
  slug: string;
  view: View;
  pipeline?: string;
  openNumber: string | null;
}

export function Board(props: Props) {
  const viewName = useViewName();
  const pipelines = useQuery(pipelinesQuery()).data?.items;
  const { view } = props;
  const shown = pipelines?.find((one) => one.id === props.pipeline) ?? pipelines?.[0];
  return (
    <section className={classes.board} aria-label={viewName(view)}>
      <ListHead slug={props.slug} view={view} board={shown?.id} />
      {view.problems.length > 0 ? (
        <BrokenView view={view} />
      ) : shown ? (
        <Lanes key={shown.id} {...props} pipeline={shown} />
      ) : (
        <ListSkeleton />
      )}
    </section>
  );
}

function Lanes({ slug, view, pipeline, openNumber }: Omit<Props, "pipeline"> & { pipeline: Pipeline }) {
  const { t } = useTranslation("views");
  const navigate = useNavigate();
  const { can } = useMe();
  const statusName = useStatusName();
  const [said, say] = useState("");
  const [dragged, setDragged] = useState<Ticket | null>(null);
  const columns = useRef(new Map<string, Column>());
  const { listed } = useSelecting();
  const filterOf: LaneFilter = (lane) => ({
    view: view.key,
    sort: view.sort,
    pipeline: pipeline.id,
    status: [lane.key],
  });
  const lanes = pipeline.statuses;
  const nameOf = (lane: Pick<Lane, "key" | "name">) => statusName(lane);

  const move = useMove(filterOf, view.sort, (error, { ticket }) =>
    say(t("board.refused", { number: ticket.number, why: explain(error, t) })),
  );
  const moveTo = (ticket: Ticket, to: Lane) => {
    if (to.id === ticket.status.id) return;
    move({ ticket, to });
    say(t("board.moved", { number: ticket.number, status: nameOf(to) }));
  };
  const keys = useBoardKeys({
    lanes,
    columns,
    nameOf,
    say,
    moveTo,
    mayMove: can.answer,
    openNumber,
    open: (ticket) =>
      navigate({
        to: "/a/$slug/tickets/$number",
        params: { slug, number: String(ticket.number) },
        search: (now) => ({ ...now, view: view.key }),
      }),
  });
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  const tell = useCallback(
    (lane: string, column: Column) => {
      columns.current.set(lane, column);
      listed.current = lanes.flatMap(({ id }) => columns.current.get(id)?.tickets ?? []);
      tellNeighbours(listed.current.map(({ number }) => number));
    },
    [lanes, listed],
  );

  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setDragged((active.data.current?.ticket as Ticket | undefined) ?? null)}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ active, over }) => {
        setDragged(null);
        const ticket = active.data.current?.ticket as Ticket | undefined;
        const to = lanes.find((lane) => lane.id === over?.id);
        if (ticket && to) moveTo(ticket, to);
      }}
      accessibility={{
        // What happens by key is said by the board itself.
        announcements: { onDragStart: silent, onDragOver: silent, onDragEnd: silent, onDragCancel: silent },
        screenReaderInstructions: { draggable: t("board.help") },
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the cards have the focus; their keys come up to here */}
      <div className={classes.lanes} onKeyDown={keys.onKeyDown}>
        {lanes.map((lane) => (
          <LaneColumn
            key={lane.id}
            slug={slug}
            view={view.key}
            lane={lane}
            name={nameOf(lane)}
            filter={filterOf(lane)}
            carried={keys.carried}
            onColumn={tell}
            mayMove={can.answer}
          />
        ))}
      </div>
      <div className="k-hidden" aria-live="assertive">
        {said}
      </div>
      <BulkBar view={view} pipeline={pipeline.id} />
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className={classes.dragged}>
            <CardFace ticket={dragged} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

const silent = () => undefined;
