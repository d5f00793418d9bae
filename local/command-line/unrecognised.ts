import type { Variables } from '../../cli/command-line/env-file.ts';
import { InputError } from '../../cli/command-line/input-error.ts';
import { nearestWord } from '../../cli/command-line/nearest-word.ts';
import { variableNames } from './superoffice-choice.ts';

const mostNames = 8;

/**
 * For a file that was to name a real SuperOffice, and does not.
 * @returns InputError that says what was found: names alone, and of these no more than look like one,
 *   since a file of another kind, such as a key, may be taken for names and values.
 */
export function unrecognised(path: string, variables: Variables): InputError {
  const all = Object.keys(variables).sort((one, other) => one.localeCompare(other));
  const names = all.filter(isName).slice(0, mostNames);
  const others = all.length - names.length;
  const found = [
    ...names.map((name) => (variables[name] ? name : `${name} (empty)`)),
    ...(others > 0 ? [`${others} ${names.length > 0 ? 'more' : 'of other names'}`] : []),
  ];
  const meant = new Set(names.flatMap((name) => meantBy(name) ?? []));
  return new InputError(
    [
      `--env-file: ${path}: expected WEB_API_URL or CUSTOMER_ID, and a credential such as SO_TICKET (see --help)`,
      `; found ${found.length > 0 ? found.join(', ') : 'no variable'}.`,
      ...(meant.size > 0 ? [` Did you mean ${[...meant].join(', ')}?`] : []),
    ].join(''),
  );
}

const isName = (text: string) => /^(?:[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*)$/.test(text);

/** Of those that are there already, none. */
const meantBy = (name: string) =>
  variableNames.includes(name)
    ? undefined
    : (nearestWord(name, variableNames) ?? nearestWord(`SO_${name}`, variableNames));
