import { describe, expect, test } from '@jest/globals';
import {
  AddressRefused,
  guardedLookup,
  isPublicAddress,
  readUrl,
} from '../../../../lambda/webhook-sender/public-address.ts';

describe('an address', () => {
  test.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001::8a'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ['0.0.0.0', 'this host'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'of a carrier'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['169.254.169.254', 'metadata of EC2'],
    ['169.254.170.2', 'credentials of ECS'],
    ['169.254.78.1', 'link-local'],
    ['192.0.0.1', 'reserved'],
    ['192.0.2.1', 'for documentation'],
    ['198.18.0.1', 'for benchmarks'],
    ['203.0.113.1', 'for documentation'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'this host'],
    ['::1', 'loopback'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'site-local'],
    ['fc00::1', 'private'],
    ['fd00:ec2::254', 'metadata of EC2'],
    ['ff02::1', 'multicast'],
    ['::ffff:127.0.0.1', 'v4 in v6'],
    ['::ffff:a9fe:a9fe', 'v4 in v6'],
    ['::ffff:10.0.0.1', 'v4 in v6'],
    ['::ffff:8.8.8.8', 'v4 in v6'],
    ['::127.0.0.1', 'v4 in v6, as it was once written'],
    ['::8.8.8.8', 'v4 in v6, as it was once written'],
    ['64:ff9b::a9fe:a9fe', 'NAT64'],
    ['64:ff9b::8.8.8.8', 'NAT64'],
    ['64:ff9b:1::1', 'NAT64 of a network'],
    ['2002:7f00:1::', '6to4'],
    ['2001:0:7f00:1::', 'Teredo'],
    ['2001:db8::1', 'for documentation'],
    ['100::1', 'discard'],
    ['4000::1', 'not assigned'],
    ['fe80::1%eth0', 'link-local of an interface'],
    ['shop.example', 'no address'],
    ['', 'no address'],
  ])('%s is not public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the URL of an endpoint', () => {
  test.each([
    'https://shop.example/webhooks?store=1',
    'https://shop.example:443/',
    'https://8.8.8.8/webhooks',
    'https://[2606:4700:4700::1111]/',
    `https://shop.example/${'x'.repeat(2027)}`,
  ])('may be %s', (text) => {
    expect(readUrl(text, false)).toEqual({ ok: true, url: new URL(text) });
  });

  test.each([
    ['http://shop.example/', 'must begin with https://'],
    ['ftp://shop.example/', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['gopher://shop.example/', 'must begin with https://'],
    ['data:text/plain,hi', 'must begin with https://'],
    ['https://shop.example:8443/', 'must be on port 443'],
    ['https://shop.example:80/', 'must be on port 443'],
    ['https://user:secret@shop.example/', 'must have no user name and no password'],
    ['https://user@shop.example/', 'must have no user name and no password'],
    ['https://shop.example/#part', 'must have no fragment (#)'],
    ['https://shop.example/#', 'must have no fragment (#)'],
    ['shop.example', 'must be a URL such as https://shop.example/webhooks'],
    ['https://', 'must be a URL such as https://shop.example/webhooks'],
    ['https://shop.example/a\nb', 'must be a URL such as https://shop.example/webhooks'],
    [' https://shop.example/', 'must be a URL such as https://shop.example/webhooks'],
    ['https://상점.example/', 'must be a URL such as https://shop.example/webhooks'],
    [`https://shop.example/${'x'.repeat(2028)}`, 'must have at most 2048 characters'],
    ['https://127.0.0.1/', 'must lead to a public address'],
    ['https://169.254.169.254/latest/meta-data/', 'must lead to a public address'],
    ['https://[fd00:ec2::254]/', 'must lead to a public address'],
    ['https://[::1]/', 'must lead to a public address'],
    ['https://[::ffff:127.0.0.1]/', 'must lead to a public address'],
    ['https://[64:ff9b::7f00:1]/', 'must lead to a public address'],
    ['https://0.0.0.0/', 'must lead to a public address'],
    // The same address in the forms that URLs allow.
    ['https://2130706433/', 'must lead to a public address'],
    ['https://0x7f000001/', 'must lead to a public address'],
    ['https://0177.0.0.1/', 'must lead to a public address'],
    ['https://127.1/', 'must lead to a public address'],
    ['https://0x7f.1/', 'must lead to a public address'],
    ['https://0/', 'must lead to a public address'],
    ['https://①②⑦.0.0.1/', 'must be a URL such as https://shop.example/webhooks'],
    ['https://127.0.0.1%2f@shop.example/', 'must have no user name and no password'],
  ])('must not be %s', (text, problem) => {
    expect(readUrl(text, false)).toEqual({ ok: false, problem });
  });

  test.each(['http://127.0.0.1:9000/hooks', 'http://localhost:9000/', 'http://[::1]:9000/', 'https://shop.example/'])(
    'may be %s on localhost',
    (text) => {
      expect(readUrl(text, true).ok).toBe(true);
    },
  );

  test.each(['http://shop.example/', 'http://192.168.0.1/', 'http://169.254.169.254/', 'https://127.0.0.1:9000/'])(
    'must not be %s on localhost either',
    (text) => {
      expect(readUrl(text, true).ok).toBe(false);
    },
  );
});

const dnsOf = (addresses: readonly string[] | Error) => async () => {
  if (addresses instanceof Error) throw addresses;
  return addresses;
};

describe('a host name', () => {
  const url = new URL('https://shop.example/');
  const lookUp = async (addresses: readonly string[] | Error, all: boolean, at = url) =>
    await new Promise((settle) => {
      guardedLookup(at, dnsOf(addresses))(at.hostname, { all }, (error, address, family) =>
        settle(error ?? (family === undefined ? address : [address, family])),
      );
    });

  test('leads to its addresses', async () => {
    expect(await lookUp(['8.8.8.8', '2606:4700::1'], true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
    expect(await lookUp(['8.8.8.8'], false)).toEqual(['8.8.8.8', 4]);
  });

  test.each([
    ['a private one', ['10.0.0.1']],
    ['the metadata of EC2', ['169.254.169.254']],
    ['a public and a private one', ['8.8.8.8', '10.0.0.1']],
    ['none', []],
    ['what is none', ['shop.example']],
  ])('is refused that leads to %s', async (_what, addresses) => {
    for (const all of [true, false]) expect(await lookUp(addresses, all)).toBeInstanceOf(AddressRefused);
  });

  test('that is not found is an error of DNS', async () => {
    const error = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    expect(await lookUp(error, true)).toBe(error);
  });

  test('of a local receiver leads to loopback addresses, whatever DNS says', async () => {
    expect(await lookUp(['8.8.8.8'], false, new URL('http://localhost:9000/'))).toEqual(['127.0.0.1', 4]);
  });
});
