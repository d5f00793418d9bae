/*
 * Loaded into a sandbox ahead of the function: its clock is off by the milliseconds that the file
 * named by CLOCK_FILE holds, which tests change while it runs. What Lambda says of the time that is
 * left is off by as much, so that it stays true.
 */
import { readFileSync } from 'node:fs';

const { now } = Date;
const offset = () => Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));

Date.now = () => now() + offset();
process.prependListener('message', (invocation) => {
  invocation.deadlineMs += offset();
});
