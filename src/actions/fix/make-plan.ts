import { statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { AuditResult, Estate } from '../../model/index.js'
import { knownOf } from './audit-step.js'
import type { FixPlan, PlannedCluster, PlannedHost, PlanSubject } from './fix-plan.js'
import type { ObjectDoor } from './object-door.js'
import type { FixChoice } from './plan-choose.js'
import { withCluster } from './plan-cluster.js'
import { planFix } from './plan-fix.js'
import { placesOf } from './plan-places.js'
import { liveFindings } from './plan-live.js'
import { seePlaces } from './see-places.js'

/** What a plan is made of. */
export interface PlanWish {
  /** The version of Rampart. */
  readonly version: string
  readonly estate: Estate
  readonly result: AuditResult
  /** What was asked; its hosts are those of the estate. */
  readonly subject: Omit<PlanSubject, 'hosts'>
  readonly choice: FixChoice
  /** The user's own commands for restarts, by service. */
  readonly restartCommands?: ReadonlyMap<string, readonly string[]>
  /** Whether services of this machine start anew; see `isLiveRoot`. */
  readonly restarts: boolean
  /** The cluster that was read, where one was named. */
  readonly cluster?: { readonly is: PlannedCluster; readonly door: ObjectDoor }
}

/** Makes a plan from an audit: looks at the files, and changes nothing. */
export async function makePlan(wish: PlanWish): Promise<FixPlan> {
  const { estate, result, choice } = wish
  const commands = wish.restartCommands ?? new Map<string, readonly string[]>()
  const hosts = estate.hosts.map((host): PlannedHost => {
    const root = resolve(host.root)
    return { name: host.name, root, live: isLiveRoot(root, wish.restarts, commands.size > 0) }
  })
  const roots = new Map(hosts.map(({ name, root }) => [name, root]))
  const { cluster } = wish
  const live = liveFindings(cluster === undefined ? [] : result.findings, estate.objects)
  const findings = result.findings.filter((finding) => !live.has(finding))
  const look = await seePlaces(placesOf(findings, choice), roots)
  const exports = estate.sources.flatMap(({ kind, name }) => (kind === 'export' ? [resolve(name)] : []))
  const plan = planFix({
    version: wish.version,
    subject: { ...wish.subject, hosts, ...(cluster === undefined ? {} : { cluster: cluster.is }) },
    findings,
    hosts: estate.hosts,
    choice,
    isOwnFile: (file) => isOwnFile(resolve(file), exports),
    look,
    restartCommands: commands,
    known: knownOf(result),
    live: new Set(hosts.flatMap(({ name, live }) => (live ? [name] : []))),
  })
  return withCluster(plan, {
    hosts: estate.hosts,
    objects: estate.objects,
    findings: [...live],
    choice,
    ...(cluster === undefined ? {} : { door: cluster.door }),
  })
}

/**
 * Whether services of a host root are those that run here: the root of this machine, or one for which the user says how
 * its services start anew. Of others the processes are not looked at: a disk has none, and those of a copy are old.
 */
export function isLiveRoot(root: string, restarts: boolean, hasCommands: boolean): boolean {
  return restarts && (resolve(root) === '/' || hasCommands)
}

/** What kubectl exported is a copy of the cluster: changing it changes nothing. */
function isOwnFile(file: string, exports: readonly string[]): boolean {
  if (exports.some((place) => file === place || file.startsWith(`${place}${sep}`))) return false
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}
