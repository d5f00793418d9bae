import type { Interface } from 'node:readline';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import { createResultTable } from './result-table.ts';
import { wrap } from './wrap.ts';

/** Where the local run says what it has to say. */
export type Output = {
  /** For a person: broken at blanks where the terminal is too narrow. */
  note(text: string): void;
  /** To be copied: as it stands, however long. */
  verbatim(text: string): void;
  result(result: ReceivedResult, calls: readonly string[]): void;
  /** From now on, what is said goes above the line being typed. */
  writeAbove(prompt: Interface | undefined): void;
};

/** A terminal: results are rows of a table. */
export function createScreen(stream: NodeJS.WriteStream): Output {
  const table = createResultTable(stream);
  let prompt: Interface | undefined;
  let headed = false;

  const write = (text: string) => {
    if (prompt) stream.write('\r\u001B[K');
    stream.write(`${text}\n`);
    prompt?.prompt(true);
  };

  return {
    note: (text) => write(wrap(text, stream.columns || Number.POSITIVE_INFINITY)),
    verbatim: write,
    result(result, calls) {
      if (!headed) write(table.head());
      headed = true;
      write(table.row(result, calls));
    },
    writeAbove: (line) => {
      prompt = line;
    },
  };
}

/** A pipe or a file: results are JSON lines, all else goes beside. */
export function createJsonLines(results: NodeJS.WritableStream, beside: NodeJS.WriteStream) {
  const write = (text: string) => void beside.write(`${text}\n`);
  return {
    note: (text) => write(wrap(text, beside.columns || Number.POSITIVE_INFINITY)),
    verbatim: write,
    result: (result) => void results.write(`${JSON.stringify(result)}\n`),
    writeAbove: () => undefined,
  } satisfies Output as Output;
}
