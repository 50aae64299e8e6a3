import {
  createPaymentCancelClient,
  type PaymentCancelClient,
  PaymentCancelError,
} from '../client/src/payment-cancel-client.ts';
import { languageOf } from '../lambda/contract/language.ts';
import { requestDigest } from '../lambda/contract/request-digest.ts';
import { readArguments, runCommand, UsageError } from '../lib/command-line.ts';
import { demoStore } from '../lib/local/demo.ts';
import { describeError, describeResult, outcomeOf } from '../lib/merchant/describe-outcome.ts';
import { readRequest } from '../lib/merchant/read-request.ts';

const help = `npm run cancel -- FILE.json [options]: cancels a payment, as a merchant does. FILE.json is the
request; - reads it from standard input.

  --url URL               of the API, up to the stage (http://127.0.0.1:3000)
  --key ACCESS_KEY        with PAYMENT_CANCEL_HASH_KEY in the environment, --store, --division and --channel;
                          without it, the demo store of npm start
  --store S --division D --channel C
  --ric R --country C     ${demoStore.ricCode} and ${demoStore.countryCode} unless given
  --currency C            of the order (${demoStore.currencyCode})
  --language en|ko        of messages (en)
  --idempotency-key KEY   of this cancellation. Without it, the request is known by its content, so that the same file
                          is applied once; give a new key to cancel the same once more
  --json                  prints one JSON object
  --help

Exit code 0 when it is canceled, now or before; 1 when nothing was canceled, and why is told; 75 when that is not known,
or the service is not available: run the same command again.`;

/** EX_TEMPFAIL of sysexits.h. */
const tryAgainExitCode = 75;

// npm run cancel
await runCommand(async () => {
  const { values, positionals } = readOptions();
  if (values.help) {
    console.log(help);
    return;
  }
  const client = clientFrom(values);
  const file = onlyFile(positionals);
  try {
    const request = await readRequest(file, languageOf(values.language));
    const idempotencyKey = values['idempotency-key'] ?? `content-${requestDigest(request)}`;
    const result = await client.cancel(request, { idempotencyKey });
    console.log(values.json ? JSON.stringify(outcomeOf(result)) : describeResult(result, request, values.currency));
  } catch (error) {
    if (!(error instanceof PaymentCancelError)) throw error;
    if (values.json) console.log(JSON.stringify(outcomeOf(error)));
    else console.error(describeError(error));
    process.exitCode = error.isRetryable ? tryAgainExitCode : 1;
  }
});

type Options = ReturnType<typeof readOptions>['values'];

function readOptions() {
  return readArguments('npm run cancel', {
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      key: { type: 'string' },
      store: { type: 'string' },
      division: { type: 'string' },
      channel: { type: 'string' },
      ric: { type: 'string', default: demoStore.ricCode },
      country: { type: 'string', default: demoStore.countryCode },
      currency: { type: 'string', default: demoStore.currencyCode },
      language: { type: 'string', default: 'en' },
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
  return createPaymentCancelClient({ ...storeFrom(options), ...common });
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
