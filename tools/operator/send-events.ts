import type { CloudEvent } from '../../lambda/events/event-bus.ts';
import { readArguments, UsageError } from '../command-line.ts';
import { onlyOperand } from './admin-options.ts';
import { busOf } from './event-bus-client.ts';
import { readEventFile } from './read-event-file.ts';
import { targetOf } from './target.ts';

const help = `npm run event -- FILE.json [options]: puts an event on the event bus, or several of them from a JSON array, one after
the other, as a platform or whoever executes refunds does. Each is checked first, by the schema that the service checks it
with: docs/orders.md and docs/executors.md have the events, examples/events some files.

  --stage NAME   sends to a deployed stage, with your AWS credentials; without it, to the event bus of npm start
                 (AWS_ENDPOINT_URL_EVENTBRIDGE, or else http://127.0.0.1:3001)
  --help         prints this text

Exit codes: 0 the bus has taken all of them; 1 not, the reason is printed.`;

/** For one call of the bus with its retries. */
const callMs = 30_000;

/** `npm run event` */
export async function eventCommand(): Promise<void> {
  const { values, positionals } = readArguments('npm run event', {
    allowPositionals: true,
    options: { stage: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help || positionals.length === 0) {
    console.log(help);
    if (!values.help) throw new UsageError('No file is given.');
    return;
  }
  const events = readEventFile(onlyOperand('FILE.json', positionals));
  const target = targetOf(values.stage);
  target.client.destroy();
  const { bus, place, destroy } = busOf(target);
  // On standard error, as the first line of each command.
  console.error(`On the event bus of ${place}`);
  try {
    for (const event of events) await send(event);
  } finally {
    destroy();
  }

  async function send(event: CloudEvent & { readonly id: string }): Promise<void> {
    const endMs = Date.now() + callMs;
    await bus.put(event, () => endMs - Date.now());
    console.log(`Sent ${event.type} ${event.id}.`);
  }
}
