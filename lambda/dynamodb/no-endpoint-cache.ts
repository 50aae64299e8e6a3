/**
 * Replaces the SDK's cache of discovered endpoints in the bundle (lib/bundling.ts), whose code would only make it
 * larger: DynamoDB's endpoint is not discovered unless the client asks for it, and then each call would discover it
 * again.
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
