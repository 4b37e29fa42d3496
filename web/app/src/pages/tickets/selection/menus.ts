// What can be chosen for many tickets at once.
export type MenuName = "assign" | "status" | "priority" | "tags" | "snooze" | "merge" | "macro" | "more";
