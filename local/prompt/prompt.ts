import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import { seedSessions } from '../../stand-ins/superoffice/seed-sessions.ts';
import { sendWebhook, type Webhook } from '../../stand-ins/superoffice/webhook.ts';
import type { Output } from '../screen/output.ts';
import { statusOf } from '../session/running-offers.ts';
import type { Session } from '../session/session.ts';
import type { RunningStack } from '../stack/running-stack.ts';
import { type Command, commandNames, help, parseCommand } from './commands.ts';
import { expireTicket, renewTicket } from './credential-control.ts';
import { putOnBus, rebalance } from './event-bridge.ts';
import { peopleOf, setFailure } from './superoffice-control.ts';

const usualPrompt = '(type help) › ';
const countMs = 500;

export type PromptOptions = {
  runningStack: RunningStack;
  session: Session;
  output: Output;
  signal: AbortSignal;
};

/** `quit`: somebody has seen enough. `done`: all commands that were piped in have been carried out. */
export type Ending = 'quit' | 'done';

/**
 * Does what is typed, or piped in, line by line. Where neither can be, the queues stay up until a
 * signal comes.
 */
export async function runPrompt(options: PromptOptions): Promise<Ending> {
  const { runningStack, session, output, signal } = options;
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal && { output: process.stdout, prompt: usualPrompt, completer: complete }),
  });
  const ended = Promise.withResolvers<Ending>();
  let isUsed = isTerminal;
  let isClosed = false;
  let doing: Promise<void> = Promise.resolve();
  const perform = createPerformer({ runningStack, session });
  const take = async (line: string) => {
    const command = parseCommand(line, () => `prompt-${randomUUID().slice(0, 8)}`);
    if (command.kind === 'quit') {
      ended.resolve('quit');
      return;
    }
    for (const said of await perform(command)) output.note(said);
    if (isTerminal && !isClosed) lines.prompt();
  };
  lines.on('line', (line) => {
    isUsed = true;
    doing = doing.then(() => take(line));
  });
  // Ctrl-D, or the end of what was piped in.
  const onClose = () => {
    isClosed = true;
    // What comes in now must not be put above a line that nobody can type any more.
    output.writeAbove(undefined);
    if (isUsed) void doing.then(() => ended.resolve(isTerminal ? 'quit' : 'done'));
    else output.note('Ctrl-C ends this.');
  };
  lines.once('close', onClose);
  const quit = () => ended.resolve('quit');
  lines.once('SIGINT', quit);
  signal.addEventListener('abort', quit, { once: true });
  // A terminal that was closed can be neither read nor reset; readline has it as an error.
  for (const source of [lines, process.stdin]) source.on('error', quit);
  if (isTerminal) {
    output.writeAbove(lines);
    lines.prompt();
  }
  const counting = setInterval(() => {
    if (isTerminal && !isClosed) showOffers(lines, session);
  }, countMs);
  const ending = await ended.promise;
  clearInterval(counting);
  output.writeAbove(undefined);
  if (isTerminal) output.note('');
  lines.off('close', onClose);
  lines.close();
  return ending;
}

/** Who is being asked, and the time that is left, where the prompt is. */
function showOffers(lines: Interface, session: Session): void {
  const status = statusOf(session.offers(), Date.now());
  const prompt = status === '' ? usualPrompt : `(${status}) › `;
  if (prompt === lines.getPrompt()) return;
  lines.setPrompt(prompt);
  lines.prompt(true);
}

type Performer = (command: Command) => Promise<string[]>;

/** Does what a command asks; resolves to what there is to say. */
function createPerformer({
  runningStack,
  session,
}: Pick<PromptOptions, 'runningStack' | 'session'>): Performer {
  const { deployment, superOffice, credentialKind, webhook } = runningStack;
  const noEndpoint = 'There is no HTTP intake here.';
  const onlyStandIn = 'This plays people of the stand-in; here SuperOffice is real.';

  return async (command) => {
    switch (command.kind) {
      case 'nothing':
      case 'quit':
        return [];
      case 'mistake':
        return [command.says];
      case 'help':
        return [help];
      case 'send':
        await session.send([command.body]);
        return [];
      case 'webhook':
        return webhook ? [await raise(command, webhook, session)] : [noEndpoint];
      case 'rule':
        return await putOnBus(command.entry, { deployment, session });
      case 'rebalance':
        return await rebalance({ deployment, session });
    }
    if (!superOffice || !credentialKind) return [onlyStandIn];
    const people = peopleOf(superOffice);
    switch (command.kind) {
      case 'pass':
        return [people.pass(command.chatSessionId, command.target)];
      case 'accept':
      case 'reject':
      case 'cancel-transfer':
      case 'close':
        return [people[command.kind](command.chatSessionId)];
      case 'chats':
        return people.chats(seedSessions.map(({ chatSessionId = 0 }) => chatSessionId));
      case 'people':
        return people.associates();
      case 'fail':
        setFailure(superOffice, command);
        return [`From now on, ${command.percent} % of SuperOffice's answers: ${command.how}.`];
      case 'fail-off':
        setFailure(superOffice);
        return ['From now on, SuperOffice answers as it should.'];
      case 'expire-ticket':
        return [expireTicket({ superOffice, deployment, credentialKind })];
      case 'renew-ticket':
        return [renewTicket({ superOffice, deployment, credentialKind })];
    }
  };
}

/** Lets SuperOffice's webhook tell of our custom event; says what it was answered. */
async function raise(
  { chatSessionId, data }: Extract<Command, { kind: 'webhook' }>,
  webhook: Webhook,
  session: Session,
): Promise<string> {
  const event = { event: 'routechat.requested', primaryKey: chatSessionId, data };
  const { status, body } = await sendWebhook(webhook, event);
  if (status !== 200) return `The endpoint answered ${status}; SuperOffice has given the event up.`;
  const { requestId, eventMessageId } = JSON.parse(body);
  session.noteSent({ messageId: eventMessageId, body: JSON.stringify({ chatSessionId, ...data }) });
  return `The endpoint answered 200. SuperOffice's event is ${requestId}.`;
}

function complete(line: string): [string[], string] {
  return [commandNames.filter((name) => name.startsWith(line)).map((name) => `${name} `), line];
}
