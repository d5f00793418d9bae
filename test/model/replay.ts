import { brokenPromises } from './invariants.ts';
import { runHistory } from './run-history.ts';

// node test/model/replay.ts '<history as JSON>': what happened, in order, and what was broken.
const story = await runHistory(JSON.parse(process.argv[2] ?? '{}'));
const seconds = (at: number) => ((at - story.startedAt) / 1000).toFixed(3).padStart(9);
const timeline = [
  ...story.calls.map((call) => ({
    at: call.at,
    what: `${call.route} ${call.chatSessionId} for event ${call.eventIndex}: ${call.fault}`,
  })),
  ...story.delivered.map(({ at, result, isRepeat }) => ({
    at,
    what: `result of event ${story.messageIds.indexOf(result.eventMessageId)} (receive ${result.receiveCount}): ${result.outcome} ${result.cause ?? ''} ${result.error?.code ?? ''}${isRepeat ? ' (repeat, dropped)' : ''}`,
  })),
  ...story.died.map((at) => ({ at, what: 'a sandbox dies' })),
  ...story.tenant.history.map((entry) => ({
    at: entry.at,
    what: `SuperOffice: ${entry.action} ${entry.sessionId} ${entry.target ?? ''} ${entry.applied ? 'applied' : 'did nothing'}`,
  })),
].sort((one, other) => one.at - other.at);
for (const { at, what } of timeline) process.stdout.write(`${seconds(at)}  ${what}\n`);
process.stdout.write(`${brokenPromises(story).join('\n') || 'every promise kept'}\n`);
