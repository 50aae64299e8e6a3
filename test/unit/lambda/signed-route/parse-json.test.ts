import { describe, expect, test } from '@jest/globals';
import { memoryService } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { headersOf, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { contextOf, eventOf } from '../../../../tools/in-memory/requests.ts';
import { responded, errorsOf, send } from '../../../support/send.ts';

const request = requestOf([itemOf()]);

describe('the media type', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json; charset="utf-8"',
    'Application/JSON',
    'application/json ; charset=utf-8',
    'application/json; charset=utf-8 ',
  ])('%s is accepted', async (contentType) => {
    const response = await send(memoryService([orderOf()]), request, { headers: { 'Content-Type': contentType } });
    expect(errorsOf(response)).toEqual([]);
    expect(response.status).toBe(200);
  });

  test.each([
    'text/plain',
    'text/json',
    'application/jsonp',
    'application/x-www-form-urlencoded',
    'application/vnd.api+json',
    'application/json; charset=euc-kr',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; v=1',
    'application/json;charset=utf-8;v=1',
    'application/json, application/json',
    'xapplication/json',
  ])('%s is refused', async (contentType) => {
    const response = await send(memoryService([orderOf()]), request, { headers: { 'Content-Type': contentType } });
    expect(response.status).toBe(415);
    expect(response.envelope).toMatchObject({ resultCode: 'EBP-C-0006', data: null });
    expect(errorsOf(response)).toEqual(['NOT_JSON Content-Type']);
  });
});

describe('a body that cannot be parsed', () => {
  test.each([
    ['nothing', ''],
    ['half a document', '{"orderNo":'],
    ['two documents', '{} {}'],
    ['no JSON', 'orderNo=1'],
    ['a comment', '{} // done'],
    ['a trailing comma', '{"orderNo":"1",}'],
    ['NaN', '{"totalCancelAmount":NaN}'],
    ['a byte order mark', '\ufeff{}'],
  ])('%s is refused', async (_what, text) => {
    const response = await send(memoryService([orderOf()]), text);
    expect(response.status).toBe(400);
    expect(response.envelope).toMatchObject({ resultCode: 'EBP-C-0006', data: null });
    expect(errorsOf(response)).toEqual(['INVALID_JSON ']);
  });

  test.each([
    ['a prototype', '{"__proto__":{"orderNo":"1"}}', 'FIELD_UNKNOWN /__proto__'],
    ['a nested prototype', '{"items":[{"__proto__":{}}]}', 'FIELD_UNKNOWN /items/0/__proto__'],
    ['a constructor', '{"constructor":{"prototype":{}}}', 'FIELD_UNKNOWN /constructor'],
    ['lists in lists', '['.repeat(30_000) + ']'.repeat(30_000), 'FIELD_INVALID '],
  ])('%s is JSON, and refused as what it is', async (_what, text, error) => {
    const response = await send(memoryService([orderOf()]), text);
    expect(response.envelope.resultCode).toBe('EBP-C-0007');
    expect(errorsOf(response)).toContain(error);
    expect(Object.prototype).not.toHaveProperty('orderNo');
  });

  test('no body at all is refused', async () => {
    const response = await send(memoryService([orderOf()]), '', { event: { body: null } });
    expect(errorsOf(response)).toEqual(['INVALID_JSON ']);
  });

  test('bytes that are not UTF-8 are refused, though they are signed', async () => {
    const bytes = Buffer.concat([Buffer.from('{"orderNo":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const event = eventOf(bytes.toString('base64'), headersOf(bytes), { isBase64Encoded: true });
    const response = responded(await memoryService([orderOf()]).handler(event, contextOf()));
    expect(response.status).toBe(400);
    expect(errorsOf(response)).toEqual(['INVALID_JSON ']);
  });

  test('is not quoted', async () => {
    const service = memoryService([orderOf()]);
    const { text } = await send(service, '{"accountNumber":"4929-canary", broken');
    expect(text).not.toContain('canary');
    expect(service.reports[0]?.error).toMatchObject({ name: 'RequestRefused' });
    expect(JSON.stringify(service.reports[0])).not.toContain('canary');
  });

  test('is refused however deep it is nested', async () => {
    const depth = 32_768;
    const response = await send(memoryService([orderOf()]), '['.repeat(depth) + ']'.repeat(depth));
    expect(response.status).toBe(400);
  });
});
