/** What `superoffice-route-chat/contract` exports: the messages, for producers and readers. */
export { type ParsedEvent, parseRouteChatEvent, type RouteChatEvent } from '../contract/event.ts';
export { parseRouteChatResult, type ReceivedResult } from '../contract/parse-result.ts';
export {
  type AskedAssociate,
  type Associate,
  type Cause,
  causes,
  type OfferAnswer,
  type Outcome,
  offerAnswers,
  outcomes,
  type ResultError,
  type RouteChatResult,
  type SessionView,
} from '../contract/result.ts';
