import type { OutgoingEvent } from '../../client/outgoing-event.ts';
import { nameOf, type Report } from '../../runtime/report.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { decide } from './decide.ts';
import { answerJson, bytesOf, type HttpAnswer, type HttpEvent } from './http.ts';
import { isSigned, signatureIn } from './signature.ts';
import type { SigningSecrets } from './signing-secrets.ts';

export type HttpIntakePorts = {
  signingSecrets: Pick<SigningSecrets, 'check'>;
  /** Resolves to the message id once the event queue has it. */
  send: (event: OutgoingEvent) => Promise<string>;
  report: Report;
  clock: Pick<Clock, 'now'>;
};

/** A wish takes some hundred bytes, and SuperOffice's envelope some more. */
const mostBytes = 65_536;

/**
 * Answers one request: nothing of it is read before its signature holds, and nothing of its body
 * gets into the log. Never rejects.
 */
export function createHttpIntake(
  { signingSecrets, send, report, clock }: HttpIntakePorts,
  { timeToLiveMs }: { timeToLiveMs: number },
): (event: HttpEvent) => Promise<HttpAnswer> {
  async function answer(
    event: HttpEvent,
    log: (fields: Record<string, string>) => void,
  ): Promise<HttpAnswer> {
    const { headers } = event;
    const body = bytesOf(event);
    if (body.length > mostBytes) {
      const message = `expected at most ${mostBytes} bytes, got ${body.length}`;
      return answerJson(413, { faults: [{ field: 'body', message }] });
    }
    const signature = signatureIn(headers['x-superoffice-signature']);
    const checked = signature
      ? await signingSecrets.check((secrets) => isSigned(body, signature, secrets))
      : 'refused';
    if (checked === 'unusable') return { statusCode: 503 };
    if (checked === 'refused') {
      report.count('HttpIntake.Refused');
      return { statusCode: 401 };
    }

    const contentType = headers['content-type'];
    const decision = decide({ body, contentType }, { now: clock.now(), timeToLiveMs });
    switch (decision.kind) {
      case 'leave':
        report.count('HttpIntake.Left');
        log({ left: decision.what });
        return answerJson(200, {});
      case 'refuse': {
        const { statusCode, faults } = decision;
        log({ faultyFields: faults.map(({ field }) => field).join() });
        return answerJson(statusCode, { faults });
      }
      case 'send':
        try {
          const eventMessageId = await send(decision.event);
          log({ eventMessageId });
          return answerJson(decision.statusCode, { requestId: decision.requestId, eventMessageId });
        } catch (error) {
          log({ error: nameOf((error as Error).cause ?? error) });
          return { statusCode: 503 };
        }
    }
  }

  return async (event) => {
    report.count('HttpIntake.Request');
    const fields: Record<string, string> = {};
    const answered = await answer(event, (more) => Object.assign(fields, more));
    const { statusCode } = answered;
    const said = { statusCode, apiRequestId: event.requestContext.requestId, ...fields };
    if (statusCode < 500) report.info('answered', said);
    else report.problem('the sender was told to come again', said);
    report.flush();
    return answered;
  };
}
