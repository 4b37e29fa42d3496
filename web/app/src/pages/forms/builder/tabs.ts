// The parts of the builder, in order.
export const builderTabs = ["fields", "look", "settings", "publish", "history"] as const;
export type BuilderTab = (typeof builderTabs)[number];
export const isBuilderTab = (value: unknown): value is BuilderTab =>
  builderTabs.includes(value as BuilderTab);
