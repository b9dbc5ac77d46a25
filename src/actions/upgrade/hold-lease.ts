import type { PlannedStep } from '../../upgrade/index.js'
import { setTimeout as sleep } from 'node:timers/promises'
import type { UpgradeLease } from './lease/upgrade-lease.js'

/** How often a Lease is renewed while steps run, in milliseconds. */
const RENEW_EVERY = 15_000
/** How long nobody may think it abandoned while the API server is there, in seconds. */
const USUAL_SECONDS = 120
/** How long an API server that just came back may be asked again before a step. */
const REACHABLE_WITHIN = 5 * 60_000

/** Keeps a Lease while steps run, and knows when it was lost. */
export interface LeaseKeeper {
  /** Writes into the Lease that a step is begun. Throws RampartError when the Lease is another's. */
  begin(step: PlannedStep): Promise<void>
  end(step: PlannedStep): void
  /** Stops renewing. `stopped`: the run goes on later; `released`: it is finished. */
  stop(how: 'stopped' | 'released'): Promise<void>
}

export interface LeaseKeeping {
  readonly lease: UpgradeLease
  /** Milliseconds that a step may keep the API server from answering; 0 for steps that do not. */
  readonly awayFor: (step: PlannedStep) => number
  /** Told once when somebody else took the Lease. */
  readonly lost: (reason: string) => void
  /** Whether an error means that the API server is away, or has just started, and not that the Lease is lost. */
  readonly away: (error: unknown) => Promise<boolean>
  readonly renewEvery?: number
}

/** Renews a Lease that was acquired, until `stop`. */
export function keepLease({
  lease,
  awayFor,
  lost,
  away,
  renewEvery = RENEW_EVERY,
}: LeaseKeeping): LeaseKeeper {
  const open = new Map<string, number>()
  let taken: string | undefined
  let last: Promise<void> = Promise.resolve()
  const state = () => ({
    openStep: [...open.keys()].sort().join(','),
    state: 'running' as const,
    // While a step takes the only API server down nobody can renew: the Lease covers that step from its beginning.
    seconds: USUAL_SECONDS + Math.ceil(Math.max(0, ...open.values()) / 1000),
  })
  // One write after another: they would refuse each other.
  const renew = (): Promise<void> => (last = last.catch(() => undefined).then(() => lease.renew(state())))
  const timer = setInterval(() => {
    renew().catch(async (error: unknown) => {
      // No answer is no loss: the Lease still names this run.
      if ((await away(error)) || taken !== undefined) return
      taken = error instanceof Error ? error.message : String(error)
      lost(taken)
    })
  }, renewEvery)
  return {
    async begin(step) {
      if (taken !== undefined) throw new Error(taken)
      open.set(step.id, awayFor(step))
      const deadline = Date.now() + REACHABLE_WITHIN
      for (;;) {
        try {
          return await renew()
        } catch (error) {
          if (Date.now() > deadline || !(await away(error))) throw error
          await sleep(1000)
        }
      }
    },
    end: (step) => void open.delete(step.id),
    async stop(how) {
      clearInterval(timer)
      await last.catch(() => undefined)
      if (how === 'released') await lease.release()
      else if (taken === undefined) await lease.renew({ ...state(), state: 'stopped' })
    },
  }
}
