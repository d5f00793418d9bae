import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the apps of a run write: left to itself, every app leaves a directory behind. */
export const outdirs = join(tmpdir(), `route-chat-stack-${process.pid}`);

/** Jest calls it after the last test. */
export default () => rmSync(outdirs, { recursive: true, force: true });
