import { join } from 'node:path'
import { RampartError, type JsonValue } from '../../model/index.js'
import { issueCertificate, type Issued } from '../../pki/index.js'
import {
  acquireLock,
  createRun,
  listRuns,
  openRun,
  rollBack,
  runSteps,
  type ListedRun,
  type RunObserver,
  type RunOutcome,
} from '../journal/index.js'
import type { Inventory } from './inventory.js'
import { mintCertificates } from './mint-certificates.js'
import type { DockerTlsPlan } from './docker-tls-plan.js'
import type { ProbedDaemon } from './probe-daemon.js'
import { dockerTlsSteps, forgetKeys } from './steps.js'

const KIND = 'docker-tls'

export interface DockerTlsRun {
  readonly state: string
  readonly plan: DockerTlsPlan
  readonly inventory: Inventory | undefined
  /** The authority that is there, its key without encryption; undefined where the plan makes the first one. */
  readonly authority?: Issued
  /** Encrypts the key of a new authority. */
  readonly passphrase?: string
  readonly withinMs: number
  readonly observer?: RunObserver
  readonly signal?: AbortSignal
  readonly onProbed?: (probed: ProbedDaemon) => void
}

/** Carries a plan out: everything is done, or everything is as it was. */
export async function runDockerTls(options: DockerTlsRun): Promise<RunOutcome & { readonly run: string }> {
  const { state, plan, authority, withinMs, observer, signal, onProbed } = options
  const minted = await mintCertificates({
    plan,
    ...(authority === undefined ? {} : { authority }),
    before: options.inventory,
    ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
    now: new Date(),
  })
  const issuer = minted.certificates.get('authority')
  const certificates = new Map(minted.certificates)
  if (plan.restart !== undefined && issuer !== undefined && !certificates.has('probe'))
    certificates.set('probe', await shortIdentity(issuer))
  const revoking = plan.action === 'revoke' && authority !== undefined
  const gone = revoking ? await shortIdentity(authority) : undefined
  return locked(state, plan.action, async () => {
    const subject = `${plan.action} ${plan.daemon.configFile}`
    const run = await createRun(state, { kind: KIND, subject, plan: plan as unknown as JsonValue })
    try {
      const steps = dockerTlsSteps(plan, {
        backups: run.backups,
        minted: { ...minted, certificates },
        ...(gone === undefined ? {} : { gone }),
        withinMs,
        ...(onProbed === undefined ? {} : { onProbed }),
      })
      const outcome = await runSteps({
        journal: run.journal,
        steps,
        onFailure: 'roll-back',
        ...(observer === undefined ? {} : { observer }),
        ...(signal === undefined ? {} : { signal }),
      })
      // Interrupted: a set-up that is half done serves nobody, so it is put back at once.
      const settled =
        outcome.kind === 'stopped'
          ? await rollBack({
              journal: run.journal,
              steps,
              because: { step: outcome.step, reason: outcome.reason },
              ...(observer === undefined ? {} : { observer }),
            })
          : outcome
      if (settled.kind !== 'not-rolled-back') await forgetKeys(plan, run.backups)
      return { ...settled, run: run.id }
    } finally {
      await run.journal.close()
    }
  })
}

/** Made now, in memory, good for minutes: to ask the daemon with, and never written. */
function shortIdentity(issuer: Issued): Promise<Issued> {
  return issueCertificate({ commonName: 'rampart probe', use: 'client', minutes: 10, issuer })
}

/** The run that was killed in its midst, if there is one: nothing else may be begun before it is put back. */
export async function openDockerTlsRun(
  state: string,
): Promise<{ readonly id: string; readonly subject: string; readonly stands: string } | undefined> {
  const runs = await listRuns(state, KIND)
  const damaged = runs.find(({ damage }) => damage !== undefined)
  if (damaged !== undefined) throw new RampartError('unreadable-input', damaged.damage ?? damaged.id)
  const open = runs.find(({ progress }) => progress?.phase !== 'ended')
  return open === undefined ? undefined : { id: open.id, subject: open.subject, stands: standOf(open) }
}

/** How far a run got that was killed, in words. */
function standOf({ progress }: ListedRun): string {
  const steps = [...(progress?.steps ?? [])]
  const last = steps.at(-1)
  if (last === undefined) return 'nothing was begun'
  if (progress?.phase === 'rolling-back') {
    const back = steps.filter(([, { state }]) => state === 'undone').length
    return `it was being put back: ${back} of ${steps.length} steps are`
  }
  const [id, { state }] = last
  const done = state === 'checked' || state === 'skipped'
  return `${done ? 'the last that it did' : 'it was in the midst of'}: ${id}`
}

/**
 * Takes the copies of keys out of the backups of runs that have ended: one that was killed behind its very end left them
 * there. What could not be put back keeps them.
 */
export async function forgetKeysOfEndedRuns(state: string): Promise<void> {
  const runs = await listRuns(state, KIND)
  for (const { id, progress } of runs) {
    if (progress?.outcome !== 'done' && progress?.outcome !== 'rolled-back') continue
    const run = await openRun(state, id)
    await run.journal.close()
    await forgetKeys(run.plan as unknown as DockerTlsPlan, run.backups)
  }
}

/** Puts a run back that was killed in its midst. */
export async function putBackDockerTls(
  state: string,
  id: string,
  { withinMs, observer }: { readonly withinMs: number; readonly observer?: RunObserver },
): Promise<RunOutcome> {
  return locked(state, 'putting back', async () => {
    const run = await openRun(state, id)
    try {
      const plan = run.plan as unknown as DockerTlsPlan
      const steps = dockerTlsSteps(plan, { backups: run.backups, withinMs })
      const outcome = await rollBack({
        journal: run.journal,
        steps,
        because: { step: 'the run', reason: 'it was killed in its midst' },
        ...(observer === undefined ? {} : { observer }),
      })
      if (outcome.kind === 'rolled-back') await forgetKeys(plan, run.backups)
      return outcome
    } finally {
      await run.journal.close()
    }
  })
}

async function locked<Result>(state: string, what: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await acquireLock(join(state, 'docker-tls.lock'), `rampart docker ${what}`)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}
