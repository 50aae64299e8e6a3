import { Duration, Stack } from 'aws-cdk-lib';
import { Archive, type CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, ArnPrincipal, Effect, type IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { executorSource, platformSource, serviceSource } from '../lambda/events/event-names.ts';
import { busNameOf, type Stage } from './stages.ts';

/** The bus on which orders come in, and refunds are asked for and reported, with an archive. */
export class ChainBus extends Construct {
  readonly bus: EventBus;
  private readonly stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.stage = stage;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: busNameOf(stage.name),
      description: 'Orders and payments that come in; refunds: what is asked, reported, and became of them',
    });
    new Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      archiveName: busNameOf(stage.name),
      eventPattern: { source: [serviceSource, executorSource, platformSource] },
      retention: Duration.days(30),
    });
  }

  /** Ties each source to who may use it, so that nobody else can register an order, ask for a refund or report a success. */
  admit(publisher: IRole): void {
    const { executors, platforms, operators } = this.stage;
    const statements = [
      this.denied('OwnEvents', serviceSource, [publisher.roleArn, ...operators]),
      ...this.reservedFor(executors, executorSource, { denied: 'Reports', allowed: 'Executors' }),
      ...this.reservedFor(platforms, platformSource, { denied: 'PlatformEvents', allowed: 'Platforms' }),
    ];
    const resource = this.bus.node.defaultChild as CfnEventBus;
    // Not addToResourcePolicy: CDK warns in each synthesis that it uses something that is deprecated.
    resource.policy = new PolicyDocument({ statements });
  }

  /** @param roles undefined for whoever has the right in the account */
  private reservedFor(
    roles: readonly string[] | undefined,
    source: string,
    sids: { readonly denied: string; readonly allowed: string },
  ): PolicyStatement[] {
    if (roles === undefined) return [];
    const denied = this.denied(sids.denied, source, roles);
    if (roles.length === 0) return [denied];
    // They may be in another account, where no policy of this one allows them anything.
    const principals = roles.map((arn) => new ArnPrincipal(arn));
    // Every entry of a call has to be of this source, because a call is allowed or denied as a whole. Null: also where
    // there is no entry, which would be all of none.
    const conditions = {
      'ForAllValues:StringEquals': { 'events:source': [source] },
      Null: { 'events:source': 'false' },
    };
    return [denied, this.statement(sids.allowed, { principals, conditions })];
  }

  private denied(sid: string, source: string, allButThese: readonly string[]): PolicyStatement {
    return this.statement(sid, {
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      conditions: {
        'ForAnyValue:StringEquals': { 'events:source': [source] },
        ...(allButThese.length === 0 ? {} : { ArnNotEquals: { 'aws:PrincipalArn': allButThese } }),
      },
    });
  }

  private statement(sid: string, props: ConstructorParameters<typeof PolicyStatement>[0]): PolicyStatement {
    // By its name: the bus cannot refer to itself.
    const bus = Stack.of(this).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: busNameOf(this.stage.name),
    });
    return new PolicyStatement({ ...props, sid, actions: ['events:PutEvents'], resources: [bus] });
  }
}
