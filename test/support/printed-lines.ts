import { afterEach, beforeEach, jest } from '@jest/globals';

export type PrintedLine = Readonly<Record<string, unknown>>;

export interface Printed {
  text(): string;
  /** The lines of JSON that are no metrics. */
  logLines(): PrintedLine[];
  /** The lines of JSON in CloudWatch's embedded metric format. */
  metrics(): PrintedLine[];
}

/** Captures what each test of a file prints. */
export function capturePrinted(): Printed {
  let text = '';
  beforeEach(() => {
    text = '';
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        text += String(chunk);
        return true;
      });
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PrintedLine);
  return {
    text: () => text,
    logLines: () => lines().filter((line) => !('_aws' in line)),
    metrics: () => lines().filter((line) => '_aws' in line),
  };
}
