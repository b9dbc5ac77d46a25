import { ApiError, type ApiClient } from '../../../client/index.js'
import { asNumber, asObject, asString, RampartError, type JsonObject } from '../../../model/index.js'
import { goQuote } from '../../../text/index.js'

/** Two machines meet here: whoever upgrades the cluster holds this Lease. */
export const LEASE = { namespace: 'kube-system', name: 'rampart-upgrade' } as const
const PATH = `/apis/coordination.k8s.io/v1/namespaces/${LEASE.namespace}/leases`

const HOST = 'rampart.dev/host'
const JOURNAL = 'rampart.dev/journal'
const RUN = 'rampart.dev/run'
const OPEN_STEP = 'rampart.dev/open-step'
const STATE = 'rampart.dev/state'

/** Who upgrades, and where his journal is. */
export interface LeaseHolder {
  /** The machine's name. */
  readonly host: string
  readonly run: string
  /** The folder of the run on that machine. */
  readonly journal: string
}

/** What a Lease says. */
export interface HeldLease extends LeaseHolder {
  /** Steps that were begun and not recorded as done, separated by commas. */
  readonly openStep: string
  /** `running`, or `stopped`: the run is not finished, and nobody works on it. */
  readonly state: string
  /** Milliseconds since the epoch; undefined where the Lease does not say. */
  readonly renewed: number | undefined
  readonly seconds: number
  readonly resourceVersion: string
}

export type LeaseVerdict =
  | { readonly kind: 'free' }
  | { readonly kind: 'ours' }
  | { readonly kind: 'refused'; readonly why: string; readonly takeOver: boolean }

/** `MACHINE/RUN`. */
export function holderIdentity({ host, run }: Pick<LeaseHolder, 'host' | 'run'>): string {
  return `${host}/${run}`
}

/** What is held; undefined where nobody holds it. */
export function readLease(lease: JsonObject): HeldLease | undefined {
  const [metadata, spec] = [asObject(lease.metadata), asObject(lease.spec)]
  const identity = asString(spec.holderIdentity) ?? ''
  if (identity === '') return undefined
  const annotations = asObject(metadata.annotations)
  const renewed = Date.parse(asString(spec.renewTime) ?? '')
  return {
    host: asString(annotations[HOST]) ?? identity.split('/')[0] ?? '',
    run: asString(annotations[RUN]) ?? identity.split('/')[1] ?? '',
    journal: asString(annotations[JOURNAL]) ?? '',
    openStep: asString(annotations[OPEN_STEP]) ?? '',
    state: asString(annotations[STATE]) ?? 'running',
    renewed: Number.isNaN(renewed) ? undefined : renewed,
    seconds: asNumber(spec.leaseDurationSeconds) ?? 0,
    resourceVersion: asString(metadata.resourceVersion) ?? '',
  }
}

/**
 * Whether one may work: the Lease is free, or is his own run's. Another's unfinished run is taken over only when the user
 * says so, and never while somebody renews it.
 */
export function judgeLease(
  held: HeldLease | undefined,
  me: LeaseHolder,
  { now, takeOver }: { readonly now: number; readonly takeOver: boolean },
): LeaseVerdict {
  if (held === undefined) return { kind: 'free' }
  if (held.run === me.run) {
    return held.host === me.host
      ? { kind: 'ours' }
      : refused(held, `the run ${held.run} belongs to the machine ${goQuote(held.host)}`, now, takeOver)
  }
  const open = held.openStep === '' ? '' : `, in the middle of ${goQuote(held.openStep)}`
  const what =
    held.state === 'stopped'
      ? `the upgrade ${held.run} of the machine ${goQuote(held.host)} is not finished${open}`
      : `the machine ${goQuote(held.host)} upgrades this cluster (${held.run})${open}`
  return refused(held, what, now, takeOver)
}

function refused(held: HeldLease, what: string, now: number, takeOver: boolean): LeaseVerdict {
  const alive =
    held.state !== 'stopped' && held.renewed !== undefined && now < held.renewed + held.seconds * 1000
  if (!alive && takeOver) return { kind: 'free' }
  const journal = held.journal === '' ? '' : `; its journal is ${held.journal} there`
  const until = new Date((held.renewed ?? now) + held.seconds * 1000).toISOString()
  const advice = alive
    ? `Its Lease holds until ${until} unless it is renewed: wait, or stop it there by \`rampart upgrade pause\``
    : 'Go on there by `rampart upgrade apply`, or give it up there by `rampart upgrade abort`; if that machine is lost: a new plan of the cluster as it is now, and --take-over'
  return { kind: 'refused', why: `${what}${journal}. ${advice}`, takeOver: !alive }
}

export interface LeaseState {
  readonly openStep: string
  readonly state: 'running' | 'stopped'
  /** How long nobody may think it abandoned, in seconds. */
  readonly seconds: number
}

/** The Lease of one run. Every write is refused by the server when somebody else wrote in between. */
export class UpgradeLease {
  private version: string | undefined

  constructor(
    private readonly client: ApiClient,
    private readonly me: LeaseHolder,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes it, or throws RampartError that says who has it. */
  async acquire(state: LeaseState, takeOver: boolean): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      const there = await this.read()
      const held = there === undefined ? undefined : readLease(there)
      const verdict = judgeLease(held, this.me, { now: this.now(), takeOver })
      if (verdict.kind === 'refused') throw new RampartError('not-allowed', verdict.why)
      if (await this.write(state, there)) return
    }
    throw new RampartError(
      'not-allowed',
      `the Lease ${LEASE.namespace}/${LEASE.name} changes all the time: try again`,
    )
  }

  /** Renews it. Throws RampartError `not-allowed` when it is no longer ours, ConnectionError when nobody answers. */
  async renew(state: LeaseState): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      const there = await this.read()
      const held = there === undefined ? undefined : readLease(there)
      if (
        there !== undefined &&
        held !== undefined &&
        judgeLease(held, this.me, { now: this.now(), takeOver: false }).kind !== 'ours'
      ) {
        throw new RampartError(
          'not-allowed',
          `the Lease ${LEASE.namespace}/${LEASE.name} was taken over by ${goQuote(held.host)} (${held.run}): this run stops here`,
        )
      }
      if (await this.write(state, there)) return
    }
    throw new RampartError(
      'not-allowed',
      `the Lease ${LEASE.namespace}/${LEASE.name} changes all the time: try again`,
    )
  }

  /** Gives it up: the run is finished. One that is not ours is left alone. */
  async release(): Promise<void> {
    const there = await this.read()
    const held = there === undefined ? undefined : readLease(there)
    if (there === undefined || held?.run !== this.me.run) return
    const [metadata, spec] = [asObject(there.metadata), asObject(there.spec)]
    await this.put({
      ...there,
      metadata: { ...metadata, annotations: {} },
      spec: { ...spec, holderIdentity: '' },
    })
  }

  /** Who holds it now. */
  async holder(): Promise<HeldLease | undefined> {
    const there = await this.read()
    return there === undefined ? undefined : readLease(there)
  }

  private async read(): Promise<JsonObject | undefined> {
    try {
      return await this.client.getJson(`${PATH}/${LEASE.name}`)
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    }
  }

  /** Whether it was written: not when somebody else was quicker. */
  private async write(state: LeaseState, there: JsonObject | undefined): Promise<boolean> {
    // Leases count in microseconds. Source: kubernetes v1.36.2 staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/micro_time.go
    const time = new Date(this.now()).toISOString().replace('Z', '000Z')
    const before = asObject(there?.spec)
    const identity = holderIdentity(this.me)
    const same = before.holderIdentity === identity
    const lease: JsonObject = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        ...(there === undefined ? LEASE : asObject(there.metadata)),
        labels: { 'app.kubernetes.io/managed-by': 'rampart' },
        annotations: {
          [HOST]: this.me.host,
          [RUN]: this.me.run,
          [JOURNAL]: this.me.journal,
          [OPEN_STEP]: state.openStep,
          [STATE]: state.state,
        },
      },
      spec: {
        holderIdentity: identity,
        leaseDurationSeconds: state.seconds,
        acquireTime: same ? (before.acquireTime ?? time) : time,
        renewTime: time,
        leaseTransitions: (asNumber(before.leaseTransitions) ?? 0) + (same || there === undefined ? 0 : 1),
      },
    }
    return there === undefined ? this.create(lease) : this.put(lease)
  }

  private create(lease: JsonObject): Promise<boolean> {
    return this.unlessConflict(() => this.client.sendJson(PATH, lease))
  }

  private put(lease: JsonObject): Promise<boolean> {
    return this.unlessConflict(() => this.client.sendJson(`${PATH}/${LEASE.name}`, lease, { method: 'PUT' }))
  }

  private async unlessConflict(send: () => Promise<JsonObject>): Promise<boolean> {
    try {
      this.version = asString(asObject((await send()).metadata).resourceVersion)
      return this.version !== undefined
    } catch (error) {
      // Created, changed or removed by somebody else between the look and the write: looked at again.
      if (error instanceof ApiError && (error.status === 409 || error.status === 404)) return false
      throw error
    }
  }
}
