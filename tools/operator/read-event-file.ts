import { readFileSync, statSync } from 'node:fs';
import { firstLossyValue } from '../../lambda/contract/find-lossy-values.ts';
import { executorSource, platformSource } from '../../lambda/events/event-names.ts';
import { readReport } from '../../lambda/events/execution-report.ts';
import { placesOfNumbers, readPlatformEvent } from '../../lambda/events/platform-event.ts';
import { UsageError } from '../command-line.ts';

/** An event as the bus takes it: its id and what an entry is made of. */
export interface SentEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
}

const maxBytes = 10 * 1024 * 1024;

/** More than any test needs, and sent within a minute. */
const maxEvents = 1000;

/**
 * Reads the events of a file, each of which the service would accept.
 * @throws UsageError in one line that names the event, its field and what would be accepted
 */
export function readEventFile(file: string): SentEvent[] {
  const text = textOf(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The event file ${file} is not valid JSON.`, { cause: error });
  }
  const lossy = firstLossyValue(text, placesOfNumbers);
  if (lossy !== undefined) {
    throw new UsageError(`The event file ${file} cannot be read exactly: ${lossy.field} ${lossy.problem}.`);
  }
  const events: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (events.length === 0 || events.length > maxEvents) {
    throw new UsageError(`The event file ${file} must hold one event, or an array of 1 to ${maxEvents} events.`);
  }
  return events.map((event, index) => {
    const problems = problemsOf(event);
    if (problems.length === 0) return event as SentEvent;
    const name = Array.isArray(value) ? `, event ${index + 1}` : '';
    throw new UsageError(`The event file ${file}${name}: ${problems.join('; ')}.`);
  });
}

/** What is wrong with an event, by its source. */
function problemsOf(event: unknown): readonly string[] {
  const { source } = (event ?? {}) as { readonly source?: unknown };
  if (source === platformSource) {
    const read = readPlatformEvent(JSON.stringify({ detail: event }));
    return read.ok ? [] : read.problems;
  }
  if (source === executorSource) {
    const read = readReport(event);
    return read.ok ? [] : read.problems;
  }
  return [`/source must be ${platformSource}, or ${executorSource} for a report`];
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size <= maxBytes) return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`The event file ${file} cannot be read (${code}).`, { cause: error });
  }
  throw new UsageError(`The event file ${file} has more than ${maxBytes} bytes.`);
}
