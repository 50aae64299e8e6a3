import {
  type CancelOptions,
  type CancelRequest,
  type CancelResult,
  createPaymentCancelClient,
  type PaymentCancelClient,
  PaymentCancelError,
} from '../../client/src/payment-cancel-client.ts';
import { ifMatchPattern } from '../../lambda/contract/etag.ts';
import { type Language, languageOf } from '../../lambda/contract/language.ts';
import { readArguments, UsageError } from '../command-line.ts';
import { demoStore } from '../local/demo.ts';
import {
  describeError,
  describeRemaining,
  describeRemainingUnknown,
  describeResult,
  failureOutcome,
  successOutcome,
} from './describe-outcome.ts';
import { readRequestFile } from './read-request-file.ts';
import { words } from './words.ts';

const defaultUrl = 'http://127.0.0.1:3000';

const help = `npm run cancel -- FILE.json [options]: cancels a payment, as a merchant does, and prints what was canceled
and what remains. FILE.json contains the request; - reads it from standard input.

  --url URL               URL of the API, including the stage (default ${defaultUrl})
  --key ACCESS_KEY        access key of your store, with --store, --division and --channel, and with the hash key in the
                          environment as PAYMENT_CANCEL_HASH_KEY; without these, the demo store of npm start is used
  --store S --division D --channel C
                          what the access key was issued for
  --ric R --country C     RIC and country (default ${demoStore.ricCode} and ${demoStore.countryCode})
  --currency C            currency of the order (default ${demoStore.currencyCode})
  --language en|ko        language of what is printed about the cancellation (default en)
  --time-zone ZONE        time zone of the printed time, such as Asia/Seoul (default UTC)
  --idempotency-key KEY   idempotency key of this cancellation. Without it none is sent: the order, the items and the
                          total identify the cancellation, as for every program that sends no key. So a file that was
                          sent with curl and without a key is not canceled again: the same is a replay for 24 hours, and
                          is refused after that. What was sent with a key is another cancellation: give the same key. To
                          cancel the same once more, give a new key
  --if-match ETAG         cancels only if the order is still in this state; the ETag is printed with what remains, and
                          may be given without its quotes
  --json                  prints one JSON object, whose outcome is CANCELED, REPLAYED, REFUSED, ORDER_CHANGED, INVALID,
                          UNAVAILABLE or UNKNOWN
  --help                  prints this text

Exit codes:
   0   canceled, now or before
   1   not canceled by this command; the reason is printed
  75   not known, or the service is unavailable: run the same command again`;

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
    printFailure(error, values);
    return;
  }
  await printSuccess(canceled, values);
}

interface Canceled {
  readonly client: PaymentCancelClient;
  readonly request: CancelRequest;
  readonly result: CancelResult;
}

async function cancel(options: Options, operands: readonly string[]): Promise<Canceled> {
  const client = clientFrom(options);
  const cancelOptions = cancelOptionsFrom(options);
  const language = languageFrom(options);
  const request = await readRequestFile(onlyFile(operands), language);
  // On standard error: with --json, a program parses standard output.
  console.error(words.at[language](options.url, options.url === defaultUrl));
  return { client, request, result: await client.cancel(request, cancelOptions) };
}

function cancelOptionsFrom({ 'idempotency-key': key, 'if-match': etag }: Options): CancelOptions {
  if (key !== undefined && !/^(?! )[\x20-\x2b\x2d-\x7e]{1,128}(?<! )$/.test(key)) {
    throw new UsageError(
      '--idempotency-key must be 1 to 128 printable ASCII characters without a comma, and without spaces around them.',
    );
  }
  const known = key === undefined ? ({ withoutIdempotencyKey: true } as const) : { idempotencyKey: key };
  if (etag === undefined) return known;
  // A shell takes the quotes away where they are not quoted themselves.
  const ifMatch = /^[\w.-]+$/.test(etag) ? `"${etag}"` : etag;
  if (!new RegExp(ifMatchPattern).test(ifMatch)) {
    throw new UsageError('--if-match must be * or the ETag of an order, such as ORD-1.3.');
  }
  return { ...known, ifMatch };
}

/** The payment is canceled. So the exit code is 0, even if what remains cannot be read. */
async function printSuccess({ client, request, result }: Canceled, options: Options): Promise<void> {
  const { json, currency } = options;
  const language = languageFrom(options);
  if (!json) console.log(describeResult(result, request, currency, language));
  const detail = await client.detail(request.orderNo, { limit: 1 }).catch((error: unknown) => error as Error);
  if (json) console.log(JSON.stringify(successOutcome(result, detail)));
  else if (detail instanceof Error) console.error(describeRemainingUnknown(detail, language));
  else console.log(describeRemaining(detail, language));
}

function printFailure(error: unknown, options: Options): void {
  const { json } = options;
  const isExpected = error instanceof PaymentCancelError || error instanceof UsageError;
  if (json && isExpected) console.log(JSON.stringify(failureOutcome(error)));
  else if (error instanceof PaymentCancelError) console.error(describeError(error, languageFrom(options)));
  else throw error;
  process.exitCode = error instanceof PaymentCancelError && error.isRetryable ? tryAgainExitCode : 1;
}

type Options = ReturnType<typeof readOptions>['values'];

function languageFrom({ language }: Options): Language {
  return languageOf(language);
}

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
      'if-match': { type: 'string' },
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

/** The store of the four options, all of which are needed, or the demo store without any: never a mix of two stores. */
function storeFrom({ url, key, store, division, channel }: Options) {
  if ([key, store, division, channel].every((option) => option === undefined)) {
    const isLocal = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/.test(url);
    if (!isLocal) throw new UsageError(`The demo store exists only on localhost: use --key for a store of ${url}.`);
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
