import {
  type CancelRequest,
  type CancelResult,
  createPaymentCancelClient,
  type PaymentCancelClient,
  PaymentCancelError,
} from '../../client/src/payment-cancel-client.ts';
import { languageOf } from '../../lambda/contract/language.ts';
import { requestDigest } from '../../lambda/cancel/request-digest.ts';
import { readArguments, UsageError } from '../command-line.ts';
import { demoStore } from '../local/demo.ts';
import {
  describeError,
  describeLeft,
  describeLeftUnknown,
  describeResult,
  failureOutcome,
  successOutcome,
} from './describe-outcome.ts';
import { readRequestFile } from './read-request-file.ts';

const help = `npm run cancel -- FILE.json [options]: cancels a payment, as a merchant does, and prints what was
canceled and what is left. FILE.json is the request; - reads it from standard input.

  --url URL               of the API, up to the stage (http://127.0.0.1:3000)
  --key ACCESS_KEY        with PAYMENT_CANCEL_HASH_KEY in the environment, --store, --division and --channel;
                          without it, the demo store of npm start
  --store S --division D --channel C
  --ric R --country C     ${demoStore.ricCode} and ${demoStore.countryCode} unless given
  --currency C            of the order (${demoStore.currencyCode})
  --language en|ko        of what is said of mistakes in the request (en)
  --time-zone ZONE        of the time that is printed, such as Asia/Seoul (UTC)
  --idempotency-key KEY   of this cancellation. Without it, the request is known by its content, so that the same file
                          is applied once; give a new key to cancel the same once more
  --json                  prints one JSON object: outcome is CANCELED, REPLAYED, REFUSED, INVALID, UNAVAILABLE or UNKNOWN
  --help

Exit code 0 when it is canceled, now or before; 1 when nothing was canceled, and why is told; 75 when that is not known,
or the service is not available: run the same command again.`;

const defaultUrl = 'http://127.0.0.1:3000';

/** EX_TEMPFAIL of sysexits.h. */
const tryAgainExitCode = 75;

/** `npm run cancel` */
export async function cancelCommand(): Promise<void> {
  const { values, positionals } = readOptions();
  if (values.help) {
    console.log(help);
    return;
  }
  let canceled: Canceled;
  try {
    canceled = await cancel(values, positionals);
  } catch (error) {
    tellFailure(error, values.json);
    return;
  }
  await tellSuccess(canceled, values);
}

interface Canceled {
  readonly client: PaymentCancelClient;
  readonly request: CancelRequest;
  readonly result: CancelResult;
}

async function cancel(options: Options, operands: readonly string[]): Promise<Canceled> {
  const client = clientFrom(options);
  const givenKey = options['idempotency-key'];
  if (givenKey !== undefined && !/^(?! )[\x20-\x7e]{1,128}(?<! )$/.test(givenKey)) {
    throw new UsageError('--idempotency-key must be 1 to 128 printable ASCII characters without spaces around them.');
  }
  const request = await readRequestFile(onlyFile(operands), languageOf(options.language));
  const idempotencyKey = givenKey ?? `content-${requestDigest(request)}`;
  // On standard error: with --json, a program parses standard output.
  console.error(`At ${options.url}${options.url === defaultUrl ? ' (the default; npm start)' : ''}`);
  return { client, request, result: await client.cancel(request, { idempotencyKey }) };
}

/** Whatever comes of asking what is left, the payment is canceled, and the command ends with 0. */
async function tellSuccess({ client, request, result }: Canceled, { json, currency }: Options): Promise<void> {
  if (!json) console.log(describeResult(result, request, currency));
  const detail = await client.detail(request.orderNo, { limit: 1 }).catch((error: unknown) => error as Error);
  if (json) console.log(JSON.stringify(successOutcome(result, detail)));
  else if (detail instanceof Error) console.error(describeLeftUnknown(detail));
  else console.log(describeLeft(detail));
}

function tellFailure(error: unknown, json: boolean): void {
  const isForeseen = error instanceof PaymentCancelError || error instanceof UsageError;
  if (json && isForeseen) console.log(JSON.stringify(failureOutcome(error)));
  else if (error instanceof PaymentCancelError) console.error(describeError(error));
  else throw error;
  process.exitCode = error instanceof PaymentCancelError && error.isRetryable ? tryAgainExitCode : 1;
}

type Options = ReturnType<typeof readOptions>['values'];

function readOptions() {
  return readArguments('npm run cancel', {
    allowPositionals: true,
    options: {
      url: { type: 'string', default: defaultUrl },
      key: { type: 'string' },
      store: { type: 'string' },
      division: { type: 'string' },
      channel: { type: 'string' },
      ric: { type: 'string', default: demoStore.ricCode },
      country: { type: 'string', default: demoStore.countryCode },
      currency: { type: 'string', default: demoStore.currencyCode },
      language: { type: 'string', default: 'en' },
      'time-zone': { type: 'string' },
      'idempotency-key': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

function clientFrom(options: Options): PaymentCancelClient {
  const { url, ric, country, currency, language } = options;
  if (!/^https?:\/\/./.test(url))
    throw new UsageError(`--url must be a URL such as https://api.example/prod, not ${url}.`);
  if (ric !== 'KIC' && ric !== 'AIC' && ric !== 'EIC')
    throw new UsageError(`--ric must be KIC, AIC or EIC, not ${ric}.`);
  if (language !== 'en' && language !== 'ko') throw new UsageError(`--language must be en or ko, not ${language}.`);
  const common = { url, ricCode: ric, countryCode: country, currencyCode: currency, language } as const;
  const settings = { ...storeFrom(options), ...common, timeZone: options['time-zone'] };
  try {
    return createPaymentCancelClient(settings);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** A store is named as a whole or not at all: half of it would be signed with the keys of another one. */
function storeFrom({ url, key, store, division, channel }: Options) {
  if ([key, store, division, channel].every((option) => option === undefined)) {
    const isLocal = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/.test(url);
    if (!isLocal) throw new UsageError(`The demo store is on localhost alone: --key names the store of ${url}.`);
    return demoStore;
  }
  const hashKey = process.env['PAYMENT_CANCEL_HASH_KEY'];
  if (key === undefined || store === undefined || division === undefined || channel === undefined) {
    throw new UsageError('A store needs --key, --store, --division and --channel.');
  }
  if (hashKey === undefined || hashKey === '') {
    throw new UsageError('PAYMENT_CANCEL_HASH_KEY must hold the hash key that belongs to --key.');
  }
  return { accessKey: key, hashKey, storeId: store, divisionCode: division, channelCode: channel };
}

function onlyFile(operands: readonly string[]): string {
  const [file, ...others] = operands;
  if (file === undefined || file === '') throw new UsageError('FILE.json is missing. See npm run cancel -- --help.');
  if (others.length > 0) throw new UsageError(`${others.join(' ')} is not understood here.`);
  return file;
}
