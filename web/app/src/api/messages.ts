// What one does about a single message: whose it is, an invitation in it, the receipt that its sender asks for.
import { post } from "./http";

export type Whose = "original" | "forwarder";
export type InvitationAnswer = "accepted" | "tentative" | "declined";

/** Says whose a message is that was handed on; `always` also believes whoever handed it on from now on. */
export const chooseSender = (messageId: string, choice: Whose, always = false) =>
  post(`/messages/${messageId}/sender`, { choice, always });
export const answerInvitation = (messageId: string, answer: InvitationAnswer) =>
  post(`/messages/${messageId}/invitation`, { answer });
export const sendReceipt = (messageId: string) => post(`/messages/${messageId}/receipt`);
