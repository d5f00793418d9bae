import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { RecordedCall } from '../../stand-ins/superoffice/pace.ts';

/** The last calls are the ones that decided. */
const mostShown = 4;

/** The calls SuperOffice got for a result's event, e.g. `POST 503`, `GET 200`; `–` where it did not answer. */
export function callsMadeFor(result: ReceivedResult, calls: readonly RecordedCall[]): string[] {
  const { chatSessionId, toAssociate, sentAt } = result;
  const target = `/TransferTo/${encodeURIComponent(toAssociate ?? '')}`;
  const own = calls.filter(
    (call) =>
      call.chatSessionId === chatSessionId &&
      performance.timeOrigin + call.at >= Date.parse(sentAt) &&
      (call.route === 'session' || call.path.endsWith(target)),
  );
  const transfers = own.some(({ route }) => route === 'transfer');
  // A look at the chat is another event's, where this one was never tried.
  if (!transfers && result.receiveCount === 1) return ['no call'];
  const shown = own.map(({ method, status }) => `${method} ${status ?? '–'}`);
  if (shown.length === 0) return ['no call'];
  return shown.length <= mostShown ? shown : ['…', ...shown.slice(-mostShown)];
}
