import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  abortUpgrade,
  applyUpgrade,
  type ApplyOptions,
  type NodeHost,
  type UpgradeEvent,
  type UpgradeOutcome,
} from '../../../src/actions/upgrade/index.js'
import { createClient, type ApiClient } from '../../../src/client/index.js'
import { loadClientConfig } from '../../../src/kubeconfig/disk/index.js'
import { asList, inWords, type JsonObject } from '../../../src/model/index.js'
import { estateFrom } from '../../../src/sources/index.js'
import {
  builtInData,
  planUpgrade,
  takeInventory,
  type PlanOptions,
  type UpgradePlan,
} from '../../../src/upgrade/index.js'
import type { HollowFleet } from './fleet/hollow-fleet.js'

/** Limits at which a test need not wait long. */
export const QUICK = {
  packages: 60_000,
  kubeadm: 60_000,
  command: 60_000,
  restart: 40_000,
  gate: 60_000,
  newNodes: 60_000,
  look: 300,
}

/** A client as the command line makes one. */
export async function clientOf(kubeconfig: string): Promise<ApiClient> {
  const { config } = loadClientConfig({ kubeconfig, env: {}, cwd: '/' })
  return createClient(config, { userAgent: 'rampart-test', rate: { perSecond: 1000, burst: 1000 } })
}

/** The plan for the cluster as it is now. */
export async function planOf(
  client: ApiClient,
  options: Partial<PlanOptions> & { readonly to: string },
): Promise<UpgradePlan> {
  const lists = await Promise.all(
    [
      '/api/v1/nodes',
      '/api/v1/namespaces/kube-system/pods',
      '/api/v1/namespaces',
      '/api/v1/namespaces/kube-system/configmaps',
    ].map(async (at) => {
      const list = await client.getJson(at)
      const kind = inWords(list.kind).replace(/List$/, '')
      return (asList(list.items) as JsonObject[]).map((item) => ({ apiVersion: 'v1', kind, ...item }))
    }),
  )
  const manifests = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: lists.flat() })
  const read = await estateFrom({ manifests, complete: true })
  // It was read from a cluster, not from files that somebody wrote.
  const estate = {
    ...read,
    objects: read.objects.map((object) => ({ ...object, source: 'cluster' as const })),
  }
  const serverVersion = inWords((await client.getJson('/version')).gitVersion)
  return planUpgrade(takeInventory(estate, { serverVersion }), builtInData(), { rampart: 'test', ...options })
}

/** What one process's work on an upgrade came to. */
export interface Worked {
  readonly outcome: UpgradeOutcome
  readonly run: string
  readonly events: readonly UpgradeEvent[]
}

/** One machine with its own state folder, and ways to all hosts of a fleet. */
export class Machine {
  readonly state: string
  /** Everything that was told, by all its processes. */
  readonly events: UpgradeEvent[] = []

  constructor(
    readonly name: string,
    folder: string,
    private readonly fleet: HollowFleet,
    private readonly client: ApiClient,
  ) {
    this.state = path.join(folder, name)
    mkdirSync(this.state, { recursive: true })
  }

  async apply(
    options: Partial<ApplyOptions> & { readonly on?: (event: UpgradeEvent) => void } = {},
  ): Promise<Worked> {
    const events: UpgradeEvent[] = []
    const { on, ...rest } = options
    const { outcome, run } = await applyUpgrade({
      ...this.common((event) => {
        events.push(event)
        this.events.push(event)
        on?.(event)
      }),
      drain: { timeout: 8000, pace: { retry: 500, poll: 200 } },
      ...rest,
      limits: { ...QUICK, ...rest.limits },
    })
    return { outcome, run, events }
  }

  async abort(): Promise<UpgradeOutcome> {
    const { outcome } = await abortUpgrade({
      ...this.common((event) => void this.events.push(event)),
      limits: QUICK,
    })
    return outcome
  }

  save(plan: unknown, name = 'plan.json'): string {
    const file = path.join(this.state, name)
    writeFileSync(file, JSON.stringify(plan))
    return file
  }

  private common(event: (event: UpgradeEvent) => void): Omit<ApplyOptions, 'limits'> {
    const hosts = new Map<string, NodeHost>()
    return {
      state: this.state,
      client: this.client,
      machine: this.name,
      host: (node) => {
        const host = hosts.get(node) ?? { kind: 'shell', transport: this.fleet.host(node).transport() }
        hosts.set(node, host)
        return host
      },
      ask: () => Promise.resolve(false),
      observer: { event },
      signal: new AbortController().signal,
    }
  }
}

/** The most nodes of a kind that were at work at the same time, by what was told. */
export function mostAtOnce(
  events: readonly UpgradeEvent[],
  isKind: (node: string) => boolean,
  actions: RegExp,
): number {
  const open = new Map<string, Set<string>>()
  let most = 0
  for (const event of events) {
    if (event.type !== 'step' || event.node === undefined || event.step === undefined) continue
    if (!isKind(event.node) || !actions.test(event.action ?? '')) continue
    const steps = open.get(event.node) ?? new Set<string>()
    if (event.kind === 'acting') steps.add(event.step)
    if (event.kind === 'checked' || event.kind === 'failed') steps.delete(event.step)
    open.set(event.node, steps)
    most = Math.max(most, [...open.values()].filter((each) => each.size > 0).length)
  }
  return most
}
