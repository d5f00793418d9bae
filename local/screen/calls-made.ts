import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { RecordedCall } from '../../stand-ins/superoffice/pace.ts';

/** The last calls are the ones that decided. */
const mostShown = 4;

/** What can be said of an event without a call. */
const untried = ['superseded', 'expired', 'invalid-event'];

/** The calls SuperOffice got for a result's event, e.g. `POST 503`, `GET 200`; `–` where it did not answer. */
export function callsMadeFor(result: ReceivedResult, calls: readonly RecordedCall[]): string[] {
  const { chatSessionId, toAssociate, sentAt, outcome, offers = [] } = result;
  const targets = [toAssociate, ...offers.map((asked) => asked.toAssociate)].map(
    (target) => `/TransferTo/${encodeURIComponent(target ?? '')}`,
  );
  const own = calls.filter(
    (call) =>
      call.chatSessionId === chatSessionId &&
      performance.timeOrigin + call.at >= Date.parse(sentAt) &&
      (['session', 'pickup', 'reset'].includes(call.route) ||
        targets.some((target) => call.path.endsWith(target))),
  );
  const looksAlone = own.every(({ route }) => route === 'session');
  // A look at the chat is another event's, where this one was never tried.
  if (looksAlone && result.receiveCount === 1 && untried.includes(outcome)) return ['no call'];
  const shown = own.map(({ method, status }) => `${method} ${status ?? '–'}`);
  if (shown.length === 0) return ['no call'];
  return shown.length <= mostShown ? shown : ['…', ...shown.slice(-mostShown)];
}
