import { createHash, createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { transactionOf } from '../shared/bare-transaction.mjs';

// Peer e: what peer d does, over HTTP signed by hand (Signature Version 4). The floor of what can be reached on Node; it
// has no retries, no timeouts and reads no errors.
const endpoint = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
const agent = new Agent({ keepAlive: true });
const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

export async function handler({ headers, body }) {
  const request = JSON.parse(body);
  const { Item } = await call('GetItem', {
    TableName: process.env.ORDERS_TABLE,
    Key: { orderKey: { S: `${headers['X-Store-Id']}/${request.orderNo}` } },
    ConsistentRead: true,
  });
  await call('TransactWriteItems', transactionOf(Item, request, headers['X-Idempotency-Key']));
  return { statusCode: 200, body: JSON.stringify({ resultCode: '0', data: { orderNo: request.orderNo } }) };
}

function call(operation, input) {
  const body = JSON.stringify(input);
  return new Promise((resolve, reject) => {
    const request = httpRequest(endpoint, { agent, method: 'POST', headers: signed(operation, body) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`DynamoDB answered ${response.statusCode}: ${text}`));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function signed(operation, body) {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${AWS_REGION}/dynamodb/aws4_request`;
  const target = `DynamoDB_20120810.${operation}`;
  const names = 'content-type;host;x-amz-date;x-amz-target';
  const canonical = [
    'POST',
    '/',
    '',
    'content-type:application/x-amz-json-1.0',
    `host:${endpoint.host}`,
    `x-amz-date:${time}`,
    `x-amz-target:${target}`,
    '',
    names,
    sha256(body),
  ].join('\n');
  const key = ['dynamodb', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${AWS_SECRET_ACCESS_KEY}`, day), AWS_REGION));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amz-date': time,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
