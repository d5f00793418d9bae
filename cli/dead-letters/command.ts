import type { Command } from '../command.ts';
import { parseFlags } from '../command-line/flags.ts';
import { deploymentFlags, deploymentUsage, findDeployment } from '../deployment/deployment.ts';
import { lineOf, toDeadLetter } from './letters.ts';
import { readDeadLetters } from './read.ts';

export const command: Command = {
  summary: 'list the events that SQS gave up on, and take none',
  usage: `Usage: superoffice-route-chat dead-letters [--stack NAME] [--json]

Lists the dead letters that have no result yet, in words, and leaves them where they are. The second
look tells their results within seconds; what stays kills it, too, or cannot be told.
Exit code: 0, or 1 where there is one.

${deploymentUsage}
  --json             one JSON object a line`,
  async run(args) {
    const { json = false, ...flags } = parseFlags(args, {
      ...deploymentFlags,
      json: { type: 'boolean' },
    });
    const deployment = await findDeployment(flags);
    const { messages, inFlight } = await readDeadLetters(deployment.output('DeadLetterQueueUrl'));
    for (const letter of messages.map(toDeadLetter)) {
      const line = json ? JSON.stringify(letter) : lineOf(letter, Date.now());
      process.stdout.write(`${line}\n`);
    }
    for (const note of notes(messages.length, inFlight)) process.stderr.write(`${note}\n`);
    return messages.length + inFlight === 0 ? 0 : 1;
  },
};

function notes(found: number, inFlight: number): string[] {
  return [
    ...(found + inFlight === 0 ? ['No dead letters.'] : []),
    ...(inFlight > 0 ? [`${inFlight} more in the second look's hands: ask again later.`] : []),
    ...(found > 0 ? ['Never redrive them: chats would move long after the fact.'] : []),
  ];
}
