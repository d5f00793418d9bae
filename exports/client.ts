/** What `superoffice-route-chat/client` exports: for whatever sends events or handles results. */

export { type Advice, adviceFor } from '../client/advice.ts';
export {
  createResultHandler,
  type ResultHandlers,
  type SqsBatchResponse,
  type SqsEvent,
} from '../client/create-result-handler.ts';
export type { RouteChatEventFault } from '../client/faults-of.ts';
export { type ReceivedDelivery, receiveResults } from '../client/receive-results.ts';
export type { RouteChatEventInput } from '../client/route-chat-event-input.ts';
export {
  type RouteChatSendAnswer,
  RouteChatSendError,
  type SendFailure,
  type SentAnswer,
} from '../client/route-chat-send-error.ts';
export type { SendOptions } from '../client/send-outgoing.ts';
export { sendRouteChatEvents } from '../client/send-route-chat-events.ts';
export type { SqsOptions } from '../client/sqs.ts';
export type { Trickle } from '../client/trickle.ts';
export type { ReceivedResult } from '../contract/parse-result.ts';
export type { Associate, Cause, Outcome, ResultError, SessionView } from '../contract/result.ts';
