import { blockOf } from '../marked-blocks.ts';

/** What a cancellation takes, as docs/performance.md has it from the last run of the benchmark. */
export interface Measured {
  /** USD per million cancellations, of all that is paid by request. */
  readonly usdPerMillion: number;
  /** Milliseconds that the function is billed for. */
  readonly durationMs: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** kB that the function and the gateway log. */
  readonly loggedKb: number;
  /** Share of the requests that are traced. */
  readonly tracedShare: number;
}

/** @param page the text of docs/performance.md @throws Error naming a row that the page's table of prices lacks */
export function readMeasured(page: string): Measured {
  const lines = blockOf(page, 'bench', 'price').split('\n');
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  const numberOf = (component: string, column: 3 | 4) => {
    const number = Number.parseFloat(rows.find(([, name]) => name?.startsWith(component))?.[column] ?? '');
    if (Number.isNaN(number)) throw new Error(`docs/performance.md has no price of ${component}.`);
    return number;
  };
  return {
    usdPerMillion: numberOf('**together**', 4),
    durationMs: numberOf('Lambda duration', 3),
    readUnits: numberOf('DynamoDB reads', 3),
    writeUnits: numberOf('DynamoDB writes', 3),
    loggedKb: numberOf('CloudWatch Logs', 3),
    tracedShare: numberOf('X-Ray', 3) / 100,
  };
}
