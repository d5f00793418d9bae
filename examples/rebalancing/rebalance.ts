import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { RouteChatSendError, sendRouteChatEvents } from 'superoffice-route-chat/client';
import { findWebApi, headersOf } from './access.ts';
import { type Move, planMoves } from './plan-moves.ts';
import { readStanding, type SuperOfficeOptions } from './read-standing.ts';
import { toEvents } from './to-events.ts';

const { TICKET_SECRET_ARN, LIMITS = '', CALL_SPACING_MS, PRESENCE_USER_ID } = process.env;
const queueUrl = process.env.EVENT_QUEUE_URL ?? '';
const limits = JSON.parse(LIMITS);
const secrets = new SecretsManagerClient();

/** What it takes to answer, before Lambda ends it. */
const reserveMs = 2_000;

/** Looks at SuperOffice, decides, and sends, so slowly that escalations pass. */
export async function handler(
  { time }: { time: string },
  context: { getRemainingTimeInMillis(): number },
) {
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: TICKET_SECRET_ARN }));
  const standing = await readStanding({
    webApiUrl: await findWebApi(process.env),
    headers: headersOf(secret.SecretString ?? ''),
    callSpacingMs: Number(CALL_SPACING_MS),
    presenceUserId: PRESENCE_USER_ID as SuperOfficeOptions['presenceUserId'],
  });
  const moves = planMoves(standing, limits);
  const signal = AbortSignal.timeout(context.getRemainingTimeInMillis() - reserveMs);
  const messageIds = await send(moves, time, signal);
  console.info(`${moves.length} chats to move, ${messageIds.length} sent`);
  return { messageIds };
}

/** What there is no time for is left: in a minute it is decided anew. */
async function send(moves: Move[], time: string, signal: AbortSignal): Promise<string[]> {
  try {
    const options = { queueUrl, signal, trickle: {} };
    const sent = await sendRouteChatEvents(toEvents(moves, time), options);
    return sent.map(({ messageId }) => messageId);
  } catch (error) {
    if (!(error instanceof RouteChatSendError) || !signal.aborted) throw error;
    return error.answers.flatMap((answer) => (answer.kind === 'sent' ? [answer.messageId] : []));
  }
}
