/**
 * What the bundle has in place of the SDK's cache of discovered endpoints (lib/bundling.ts), which comes with data
 * structures of its own: DynamoDB's endpoint is not discovered unless the client is told to, and then each call asks anew.
 */
export class EndpointCache {
  getEndpoint(): undefined {
    return undefined;
  }

  get(): undefined {
    return undefined;
  }

  set(): void {}

  delete(): void {}
}
