// How a channel is doing, in one word, and what a person has to do about it.
import type { Channel } from "@/api/types";
import { screensOf } from "./kinds/screens";

export type Standing = "ok" | "waiting" | "proof" | "attention" | "signedOut" | "fresh" | "off";

export function healthOf(channel: Channel): Standing {
  if (!channel.active) return "off";
  if (!channel.authorized) return "signedOut";
  const { state } = channel.health;
  if (state !== "waiting") return state;
  // Where there is nothing left to set up, nothing is waited for either.
  if (!screensOf(channel.kind).GoOn) return "fresh";
  return channel.proof === "waiting" ? "proof" : "waiting";
}

/** The one thing that helps: sign in again, prove the address, look at what it is set to. */
export type Need = "signIn" | "prove" | "settings" | null;

/** A verification mail takes this long to come round, in milliseconds. */
const onItsWay = 120_000;

export function needOf(channel: Channel, now: Date): Need {
  if (!channel.active) return null;
  if (!channel.authorized) return "signIn";
  const fresh = now.getTime() - Date.parse(channel.created_at) < onItsWay;
  if (healthOf(channel) === "proof" && !fresh) return "prove";
  return channel.health.state === "attention" ? "settings" : null;
}
