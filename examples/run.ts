import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '../cli/command-line/stop-on-signal.ts';
import { runPrompt } from '../local/prompt/prompt.ts';
import type { Output } from '../local/screen/output.ts';
import { openSession, type Session } from '../local/session/session.ts';
import { type RunningStack, startRunningStack } from '../local/stack/running-stack.ts';
import type { SuperOfficeStandIn } from '../stand-ins/superoffice/server.ts';

/** What an example is played on. */
export type Stage = Pick<RunningStack, 'deployment' | 'webhook'> & {
  superOffice: SuperOfficeStandIn;
  session: Session;
  /** Says what happens. */
  say(text: string): void;
  /** Resolves to whether it has come true within some seconds. */
  comesTrue(what: () => boolean): Promise<boolean>;
};

/** Plays what an example is for. Resolves to what did not come true, a line each. */
export type Scenario = (stage: Stage) => Promise<string[]>;

export type ExampleRun = {
  /** Folder of the example. */
  name: string;
  scenario: Scenario;
  /** Ends when it has been played. */
  once: boolean;
  output: Output;
  signal: AbortSignal;
};

const checkMs = 50;
const longestMs = 20_000;

/** Stands an example's stack up, plays it, and takes commands. Returns the exit code. */
export async function runExample(options: ExampleRun): Promise<number> {
  const { name, scenario, once, output, signal } = options;
  let runningStack: RunningStack | undefined;
  let session: Session | undefined;
  try {
    runningStack = await startRunningStack(
      { kind: 'stand-in', credential: 'ticket' },
      {
        example: name,
        signal,
        onStep: output.note,
        onLog: (line) => session?.onLog(line),
      },
    );
    const { deployment, superOffice, webhook } = runningStack;
    if (!superOffice) throw new Error('An example moves no real chats.');
    session = openSession({ runningStack, reader: true, output, signal });
    const comesTrue = async (what: () => boolean) => {
      const latest = Date.now() + longestMs;
      while (!what() && Date.now() < latest) await sleep(checkMs, undefined, { signal });
      return what();
    };
    const stage = { deployment, superOffice, webhook, session, say: output.note, comesTrue };
    const wrong = await scenario(stage);
    for (const line of [...wrong, ...session.missing()]) output.note(line);
    if (once) return session.isWell() && wrong.length === 0 ? 0 : 1;
    const ending = await runPrompt({ runningStack, session, output, signal });
    if (ending === 'done') await session.allIn();
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    return interrupted;
  } finally {
    await session?.close();
    await runningStack?.close();
  }
}
