import { writeEnvFile } from '../cli/command-line/env-file.ts';
import { interrupted } from '../cli/command-line/stop-on-signal.ts';
import type { Options } from './command-line/options.ts';
import { runPrompt } from './prompt/prompt.ts';
import { playDemo } from './scenario/demo.ts';
import { makeEvents } from './scenario/made-events.ts';
import { howToUse } from './screen/introduction.ts';
import type { Output } from './screen/output.ts';
import { startProgress } from './screen/progress.ts';
import { openSession, type Session } from './session/session.ts';
import { whyNoSuccess } from './session/success.ts';
import { type RunningStack, startRunningStack } from './stack/running-stack.ts';
import { variablesFor } from './stack/variables-for-clients.ts';

export type Run = Extract<Options, { kind: 'run' }> & {
  /** Of the event file. */
  bodies: readonly string[];
  output: Output;
  signal: AbortSignal;
};

const incomplete = 1;

/** Stands the stack up, sends events, shows their results, asks for more. Returns the exit code. */
export async function run(options: Run): Promise<number> {
  const { superOffice, events, output, once, expect, reader, port, envOut, signal } = options;
  let runningStack: RunningStack | undefined;
  let session: Session | undefined;
  try {
    runningStack = await startRunningStack(superOffice, {
      port,
      signal,
      onStep: (step) => output.note(step),
      onLog: (line) => session?.onLog(line),
    });
    if (envOut !== undefined) writeEnvFile(envOut, variablesFor(runningStack.deployment));
    session = openSession({ runningStack, reader, output, signal });
    output.note('');
    await sendFirst(runningStack, session, options);
    if (once) return report(session, output, whyNoSuccess(session.outcomes(), expect));
    if (events.kind !== 'none') output.note(`\n${session.summary('lost')}`);
    for (const line of ['', ...howToUse(runningStack, reader), '']) output.verbatim(line);
    const ending = await runPrompt({ runningStack, session, output, signal });
    if (ending === 'quit') {
      output.note(session.summary('waiting'));
      return 0;
    }
    await session.allIn();
    return report(session, output);
  } catch (error) {
    if (!signal.aborted) throw error;
    if (session) output.note(`\n${session.summary('waiting')}`);
    return once ? interrupted : 0;
  } finally {
    await session?.close();
    await runningStack?.close();
  }
}

/** Sends what the command line asks for, and waits for the results. */
async function sendFirst(
  runningStack: RunningStack,
  session: Session,
  options: Run,
): Promise<void> {
  const { events, bodies, output } = options;
  const { superOffice } = runningStack;
  switch (events.kind) {
    case 'none':
      return;
    case 'file':
      if (bodies.length === 0) output.note(`--events: ${events.path} holds no events.`);
      await session.send(bodies);
      return await session.allIn();
    case 'made': {
      if (!superOffice) return;
      const progress = startProgress(events.count, output);
      session.onResult(progress.onResult);
      try {
        await session.send(makeEvents(superOffice, events.count));
        await session.allIn();
      } finally {
        // At Ctrl-C too: the bar's timer would go on drawing, and keep the process alive.
        progress.stop();
      }
      session.onResult(undefined);
      return;
    }
    case 'demo':
      if (!superOffice) return;
      await playDemo({
        superOffice,
        async sendAndWait(bodies) {
          await session.settled(await session.send(bodies));
        },
      });
      return await session.allIn();
  }
}

/** Says what came of it all, and what else is wrong with that. */
function report(session: Session, output: Output, wrong: readonly string[] = []): number {
  for (const line of ['', ...session.missing(), ...wrong, session.summary('lost')]) {
    output.note(line);
  }
  return session.isWell() && wrong.length === 0 ? 0 : incomplete;
}
