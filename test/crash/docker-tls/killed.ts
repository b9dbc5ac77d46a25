import { readFileSync } from 'node:fs'
import type { DockerTlsPlan } from '../../../src/actions/docker-tls/docker-tls-plan.js'
import { readAuthority, readInventory } from '../../../src/actions/docker-tls/read-authority.js'
import {
  openDockerTlsRun,
  putBackDockerTls,
  runDockerTls,
} from '../../../src/actions/docker-tls/run-docker-tls.js'

export type Action = 'setup-tls' | 'rotate'
/** What a process does before it is killed. */
export type Work = 'apply' | 'put-back'

/** How long the daemon may take until it answers, in milliseconds. */
export const WITHIN = 20_000

/** Carries a plan out with what lies in the authority's folder, and tells every boundary: what happened, and of which step. */
export async function runPlan(
  plan: DockerTlsPlan,
  state: string,
  authorityFolder: string,
  onEvent: (boundary: string) => void,
): ReturnType<typeof runDockerTls> {
  const inventory = readInventory(authorityFolder)
  return runDockerTls({
    state,
    plan,
    inventory,
    ...(inventory === undefined ? {} : { authority: readAuthority(authorityFolder, undefined) }),
    withinMs: WITHIN,
    observer: { event: ({ kind, step = '' }) => onEvent(`${kind} ${step}`.trim()) },
  })
}

/** The process that is killed: does its work, and ends itself as `kill -9` would at the boundary that is asked for. */
export async function killed([
  work,
  planFile = '',
  state = '',
  authority = '',
  at = '',
]: readonly string[]): Promise<number> {
  let boundary = 0
  const onEvent = (): void => {
    if (boundary === Number(at)) process.kill(process.pid, 'SIGKILL')
    boundary += 1
  }
  if (work === 'apply') {
    const plan = JSON.parse(readFileSync(planFile, 'utf8')) as DockerTlsPlan
    const outcome = await runPlan(plan, state, authority, onEvent)
    process.stderr.write(`${JSON.stringify(outcome)}\n`)
    return 0
  }
  const open = await openDockerTlsRun(state)
  if (open === undefined) return 1
  await putBackDockerTls(state, open.id, { withinMs: WITHIN, observer: { event: onEvent } })
  return 0
}
