import { accessKeyHashOf, credentialCacheMs } from '../../lambda/dynamodb/credential-repository.ts';
import { UsageError } from '../command-line.ts';
import { explainDynamoDbError } from './explain-dynamodb-error.ts';
import { putOrders } from '../orders/put-orders.ts';
import { readOrderFile } from '../orders/read-orders.ts';
import { showOrder } from '../orders/show-order.ts';
import { type Command, identifier, onlyOperand, type Options, readCommandLine, refuseExtra } from './admin-options.ts';
import { issueCredential, revokeCredential } from './credentials.ts';
import { refundCommands } from './refund-commands.ts';
import { type Target, targetOf } from './target.ts';
import { webhookCommands } from './webhook-commands.ts';

const help = `npm run admin -- COMMAND [options]

  issue-key --store S --division D --channel C   issues an access key and its hash key, valid for one year
  revoke-key KEY                                 revokes an access key, given as it is or as its SHA-256
  put-orders FILE.json                           adds the orders that do not exist yet
  show-order --store S --order N                 shows an order, its cancellations and what became of their refunds
  list-refunds --status S                        lists refunds by their status, one line of JSON each
      S is REQUESTED, PENDING, SUCCEEDED, FAILED or RESOLVED. --older-than MINUTES: only those that have had it for so
      long. --store S: of one store. --limit N: at most so many (default 1000)
  retry-refund --store S --order N --refund R    asks for another attempt of a refund that FAILED
      --account FILE.json: to another account, an object with accountNumber, bankCode and accountHolderName; without
      it, to the same one
  resolve-refund --store S --order N --refund R --note TEXT   notes that it was paid by hand: nobody is asked any more
      from FAILED; from REQUESTED or PENDING only with --although-pending. TEXT is for operators: no account in it
  republish --store S --order N                  publishes the requests of unfinished refunds again
      --refund R: of this one only
  set-webhook --store S --url URL                sends the store its webhooks there, and prints the secret of a new one
      --types T,T: only of these types; without it, of all. What is changed keeps its secrets, and is sent to again if
      it was paused or gone
  rotate-webhook-secret --store S                prints a new secret; the one before is valid for a day more
  show-webhook --store S                         shows where webhooks go and how that is, without secrets
  resume-webhook --store S                       ends the pause of an endpoint that was failing
  remove-webhook --store S                       sends the store no webhooks any more

  --stage NAME   works on a deployed stage, with your AWS credentials; without it, on the DynamoDB of npm start
                 (DYNAMODB_ENDPOINT, or else http://127.0.0.1:8000) and its event bus
                 (AWS_ENDPOINT_URL_EVENTBRIDGE, or else http://127.0.0.1:3001)
  --help         prints this text

Exit codes: 0 done; 1 not done, the reason is printed.`;

const commands: Readonly<Record<string, Command>> = {
  'issue-key': { takes: ['store', 'division', 'channel'], run: issueKey },
  'revoke-key': { takes: [], run: revokeKey },
  'put-orders': { takes: [], run: putOrderFile },
  'show-order': { takes: ['store', 'order'], run: printOrder },
  ...refundCommands,
  ...webhookCommands,
};

/** `npm run admin` */
export async function admin(): Promise<void> {
  const { values, positionals } = readCommandLine();
  const [name, ...operands] = positionals;
  if (values.help || name === undefined) {
    console.log(help);
    if (!values.help) throw new UsageError('No command is given.');
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new UsageError(`There is no command ${name}: choose one of ${Object.keys(commands).join(', ')}.`);
  }
  const taken = new Set<string>([...command.takes, 'stage', 'help']);
  refuseExtra(Object.keys(values).flatMap((option) => (taken.has(option) ? [] : [`--${option}`])));
  const target = targetOf(values.stage);
  console.error(target.heading);
  try {
    await command.run(target, values, operands);
  } catch (error) {
    throw explainDynamoDbError(error, target);
  } finally {
    target.client.destroy();
  }
}

async function issueKey({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const holder = {
    storeId: identifier('store', options.store),
    divisionCode: identifier('division', options.division),
    channelCode: identifier('channel', options.channel),
  };
  refuseExtra(operands);
  const credential = await issueCredential(client, tables.storeKeys, holder, Date.now());
  console.log(`Access key   ${credential.accessKey}
Hash key     ${credential.hashKey}
SHA-256      ${credential.accessKeyHash}
Valid until  ${new Date(credential.expiresAtMs).toISOString()}

SHA-256 is that of the access key, which is not stored. Neither key is shown again: hand both over now.`);
}

async function revokeKey({ client, tables }: Target, _options: Options, operands: string[]): Promise<void> {
  const key = onlyOperand('KEY', operands);
  const accessKeyHash = /^[0-9a-f]{64}$/.test(key) ? key : accessKeyHashOf(key);
  const isRevoked = await revokeCredential(client, tables.storeKeys, accessKeyHash, Date.now());
  if (!isRevoked) throw new UsageError('There is no such access key.');
  console.log(`Revoked. Functions that used it a moment ago may still accept it for ${credentialCacheMs / 1000} s.`);
}

async function putOrderFile({ client, tables }: Target, _options: Options, operands: string[]): Promise<void> {
  const orders = readOrderFile(onlyOperand('FILE.json', operands));
  const { added, existing } = await putOrders(client, tables.orders, orders);
  console.log(`Added ${added} of ${orders.length} orders.`);
  if (existing.length > 0) console.log(`These existed and were not changed: ${existing.join(', ')}`);
}

async function printOrder({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const storeId = identifier('store', options.store);
  const orderNo = identifier('order', options.order);
  refuseExtra(operands);
  const order = await showOrder(client, tables, storeId, orderNo);
  if (order === undefined) throw new UsageError(`The store ${storeId} has no order ${orderNo}.`);
  console.log(JSON.stringify(order, null, 2));
}
