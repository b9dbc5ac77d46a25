import type { Finding } from '../../model/index.js'
import type { Restart } from './fix-plan.js'

/**
 * Checks that say that a component refuses to start with what its files say now. It may run all the same: with what they
 * said when it began.
 */
const REFUSES: ReadonlySet<string> = new Set([
  'apiserver-removed-flag',
  'apiserver-will-not-start',
  'daemon-unit-and-json-hosts-conflict',
  'daemon-unknown-key',
  'daemon-will-not-start',
  'kubelet-removed-flag',
  'kubelet-will-not-start',
])

/** Components that do not start as they stand, by host, with the check that says so. */
export type Stuck = ReadonlyMap<string, string>

/** Of what was found and is not mended by the plan, what keeps a component from starting. */
export function stuckComponents(findings: readonly Finding[], taken: readonly Finding[]): Stuck {
  const mended = new Set(taken)
  return new Map(
    findings.flatMap((finding): [string, string][] => {
      const { check, severity, ownSeverity = severity, target } = finding
      // A key that dockerd takes and ignores is medium.
      const refuses = REFUSES.has(check) && ownSeverity !== 'medium' && !mended.has(finding)
      return refuses && target.kind === 'component' ? [[keyOf(target.host, target.component), check]] : []
    }),
  )
}

/**
 * Why a finding is not mended now: its restart would end a component that runs and does not start again, whatever is put
 * back. Undefined when nothing speaks against it.
 */
export function whyNotStartable(
  { target }: Finding,
  restarts: readonly Restart[],
  stuck: Stuck,
): string | undefined {
  if (restarts.length === 0) return undefined
  const own = target.kind === 'component' ? [{ host: target.host, component: target.component }] : []
  for (const { host, component } of [...own, ...restarts]) {
    const check = stuck.get(keyOf(host, component))
    if (check !== undefined)
      return `${component} refuses to start as its files are now (${check}), and a restart would end the one that runs: mend that first, or change files alone with --no-restart`
  }
  return undefined
}

function keyOf(host: string, component: string): string {
  return `${host}\n${component}`
}
