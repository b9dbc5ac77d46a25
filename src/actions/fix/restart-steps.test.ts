import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Command, Estate } from '../../model/index.js'
import { estateFrom } from '../../sources/index.js'
import { createRun, rollBack, runSteps, type Run, type RunOutcome } from '../journal/index.js'
import type { CommandResult } from '../commands/index.js'
import type { FixPlan, Restart } from './fix-plan.js'
import { PLAN_FORMAT } from './fix-plan.js'
import type { Machine, RunningProcess, ServerAnswer, UnitState } from './machine/machine.js'
import { preflight } from './preflight.js'
import { restartSteps } from './restart-steps.js'

/** A machine whose processes, units and answers a test scripts; waiting makes its clock go on. */
class ScriptedMachine implements Machine {
  readonly ran: string[] = []
  readonly ended: number[] = []
  now = 0
  alive: RunningProcess[] = [{ pid: 1, started: 10, pod: 'aaaa' }]
  answer: ServerAnswer = { kind: 'status', status: 200 }
  owners: readonly number[] | undefined
  states: Record<string, UnitState> = { kubelet: { load: 'loaded', active: 'active', mainPid: 0 } }
  systemd = true
  /** What a command does; the second word of `systemctl` commands is theirs. */
  onRun: (words: readonly string[]) => Partial<CommandResult> = () => ({})
  onWait: () => void = () => undefined

  processes(): Promise<readonly RunningProcess[]> {
    return Promise.resolve([...this.alive])
  }
  run(words: readonly string[]): Promise<CommandResult> {
    this.ran.push(words.join(' '))
    return Promise.resolve({ status: 0, timedOut: false, stdout: '', stderr: '', ...this.onRun(words) })
  }
  unit(name: string): Promise<UnitState | undefined> {
    const unknown: UnitState = { load: 'not-found', active: 'inactive', mainPid: 0 }
    return Promise.resolve(this.systemd ? (this.states[name] ?? unknown) : undefined)
  }
  ask(): Promise<ServerAnswer> {
    return Promise.resolve(this.answer)
  }
  listeners(): Promise<readonly number[] | undefined> {
    return Promise.resolve(this.owners)
  }
  end(pid: number): Promise<void> {
    this.ended.push(pid)
    return Promise.resolve()
  }
  wait(ms: number): Promise<void> {
    this.now += ms
    this.onWait()
    return Promise.resolve()
  }
}

const UNIT: Restart = {
  kind: 'unit',
  host: 'node',
  name: 'kubelet',
  component: 'kubelet',
  words: 'systemctl restart kubelet',
  units: ['kubelet'],
  verb: 'restart',
  daemonReload: false,
  checks: ['a'],
}
const MANIFEST = '/etc/kubernetes/manifests/kube-scheduler.yaml'
const POD: Restart = {
  kind: 'static-pod',
  host: 'node',
  name: 'kube-scheduler',
  component: 'kube-scheduler',
  words: 'the kubelet does it',
  file: MANIFEST,
  checks: ['a'],
}

function planWith(restart: Restart, files: readonly string[] = []): FixPlan {
  return {
    format: PLAN_FORMAT,
    id: 'id',
    rampart: 'test',
    subject: { hosts: [{ name: 'node', root: '/', live: true }], paths: [], userChecks: [] },
    files: files.map((path) => ({
      host: 'node',
      path,
      before: 'absent',
      after: 'x',
      content: { text: '' },
      diff: '',
      checks: [],
    })),
    modes: [],
    objects: [],
    lasting: [],
    restarts: [restart],
    mends: [],
    advice: [],
    known: [],
    notes: [],
  }
}

const EMPTY: Estate = { objects: [], hosts: [], sources: [], problems: [], texts: { read: () => undefined } }

describe('a service that starts anew', () => {
  let state = ''
  let machine = new ScriptedMachine()
  let estate = EMPTY
  beforeEach(() => {
    estate = EMPTY
    state = mkdtempSync(join(tmpdir(), 'rampart-restart-'))
    machine = new ScriptedMachine()
  })
  afterEach(() => {
    rmSync(state, { recursive: true, force: true })
  })

  async function carryOut(plan: FixPlan, undoAfter = false): Promise<{ outcome: RunOutcome; run: Run }> {
    const run = await createRun(state, { kind: 'fix', subject: 'test', plan: null })
    const made = await restartSteps(plan, {
      run,
      machine,
      readHost: () => Promise.resolve(estate),
      audit: () => Promise.reject(new Error('nobody audits here')),
      healthMs: 20_000,
    })
    const steps = [...(made.before ?? []), ...(made.act ?? []), ...(made.after ?? [])]
    const outcome = await runSteps({ journal: run.journal, steps, onFailure: 'roll-back' })
    if (undoAfter) await rollBack({ journal: run.journal, steps })
    await run.journal.close()
    return { outcome, run }
  }

  /** The unit's command brings a new process after some time. */
  const startsAfter = (ms: number, fresh: RunningProcess): void => {
    machine.onRun = (words) => {
      if (words.includes('restart')) {
        const due = machine.now + ms
        machine.onWait = () => {
          if (machine.now >= due) machine.alive = [fresh]
        }
        machine.onWait()
      }
      return {}
    }
  }

  it('is well when a new process answers', async () => {
    startsAfter(4_000, { pid: 2, started: 99 })
    const { outcome } = await carryOut(planWith(UNIT))
    expect(outcome.kind).toBe('done')
    expect(machine.ran).toEqual(['systemctl reset-failed -- kubelet', 'systemctl restart -- kubelet'])
    expect(machine.now).toBeGreaterThan(4_000)
  })

  it.each<[string, Partial<CommandResult>, Partial<Command>, boolean]>([
    ['takes', {}, {}, true],
    ['refuses', { status: 1, stderr: 'conflict labels for a=c and a=b\n' }, {}, false],
    ['before 23.0 cannot check', { status: 125, stderr: 'unknown flag: --validate\n' }, {}, true],
    ['cannot be asked about', { status: 1, stderr: 'no\n' }, { unresolved: ['$OPTIONS'] }, true],
  ])('that is dockerd: settings that it %s', async (_name, answer, more, restarts) => {
    const command: Command = {
      component: 'dockerd',
      source: 'unit',
      executable: '/usr/bin/dockerd',
      args: [{ value: '-H' }, { value: 'fd://' }],
      described: 'unit docker.service',
      ...more,
    }
    const seen = await estateFrom({ hosts: { node: { files: {} } } })
    estate = { ...seen, hosts: seen.hosts.map((host) => ({ ...host, commands: [command] })) }
    machine.states = { docker: { load: 'loaded', active: 'active', mainPid: 0 } }
    startsAfter(0, { pid: 2, started: 99 })
    const restart = machine.onRun
    machine.onRun = (words) => (words[1] === '--validate' ? answer : restart(words))
    const { outcome } = await carryOut(
      planWith({ ...UNIT, name: 'docker', component: 'dockerd', units: ['docker'] }),
    )
    expect(outcome.kind).toBe(restarts ? 'done' : 'rolled-back')
    expect('reason' in outcome ? outcome.reason : '').toBe(
      restarts ? '' : 'dockerd would not start, so it was not restarted: conflict labels for a=c and a=b',
    )
    expect(machine.ran.includes('systemctl restart -- docker')).toBe(restarts)
    expect(machine.ran.includes('/usr/bin/dockerd --validate -H fd://')).toBe(more.unresolved === undefined)
  })

  it('reads unit files again where one changed', async () => {
    startsAfter(0, { pid: 2, started: 99 })
    await carryOut(planWith({ ...UNIT, daemonReload: true }))
    expect(machine.ran).toEqual([
      'systemctl daemon-reload',
      'systemctl reset-failed -- kubelet',
      'systemctl restart -- kubelet',
    ])
  })

  it.each<[string, () => void, RegExp]>([
    ['the process from before still answers', () => undefined, /the process from before still runs \(1\)/],
    [
      'nothing runs',
      () => {
        machine.onRun = () => {
          machine.alive = []
          return {}
        }
      },
      /no process of kubelet runs/,
    ],
    [
      'the same number is another process, and another has the port',
      () => {
        startsAfter(0, { pid: 1, started: 99 })
        machine.owners = [77]
      },
      /answered by a process that was there before/,
    ],
    [
      'the unit has another main process',
      () => {
        startsAfter(0, { pid: 2, started: 99 })
        machine.states.kubelet = { load: 'loaded', active: 'active', mainPid: 55 }
      },
      /main process of kubelet \(55\) is not a new one/,
    ],
    [
      'it is not active',
      () => {
        machine.onRun = () => {
          machine.alive = [{ pid: 2, started: 99 }]
          machine.states.kubelet = { load: 'loaded', active: 'activating', mainPid: 2 }
          return {}
        }
      },
      /kubelet is not active/,
    ],
    [
      'it starts and dies again and again',
      () => {
        let pid = 2
        machine.onRun = () => {
          machine.onWait = () => {
            pid += 1
            machine.alive = [{ pid, started: pid }]
          }
          return {}
        }
      },
      /does not keep running/,
    ],
    [
      'it does not answer',
      () => {
        machine.onRun = () => {
          machine.alive = [{ pid: 2, started: 99 }]
          machine.answer = { kind: 'no-answer', reason: 'ECONNREFUSED' }
          return {}
        }
      },
      /healthz does not answer \(ECONNREFUSED\)/,
    ],
    [
      'it answers that it is not well',
      () => {
        machine.onRun = () => {
          machine.alive = [{ pid: 2, started: 99 }]
          machine.answer = { kind: 'status', status: 500 }
          return {}
        }
      },
      /answers 500/,
    ],
    [
      'systemctl fails',
      () => {
        machine.onRun = () => ({ status: 1, stderr: 'Job for kubelet.service failed\n' })
      },
      /ended with status 1: Job for kubelet.service failed/,
    ],
    [
      'systemctl hangs',
      () => {
        machine.onRun = () => ({ status: undefined, timedOut: true })
      },
      /did not end in time/,
    ],
  ])('is not well where %s', async (_name, script, reason) => {
    script()
    const { outcome } = await carryOut(planWith(UNIT))
    expect(outcome.kind).toMatch(/rolled-back$/)
    expect('reason' in outcome ? outcome.reason : '').toMatch(reason)
  })

  it('is refused before anything changes where it is not well now', async () => {
    machine.answer = { kind: 'status', status: 500 }
    const { outcome } = await carryOut(planWith(UNIT))
    expect(outcome).toMatchObject({ kind: 'rolled-back', step: 'note kubelet on node' })
    expect(machine.ran).toEqual([])
  })

  it('is left alone where it did not run', async () => {
    machine.states.kubelet = { load: 'loaded', active: 'inactive', mainPid: 0 }
    machine.alive = []
    const { outcome } = await carryOut(planWith(UNIT))
    expect(outcome.kind).toBe('done')
    expect(machine.ran).toEqual([])
  })

  it('may refuse those without a credential, where it did before', async () => {
    machine.answer = { kind: 'status', status: 401 }
    startsAfter(0, { pid: 2, started: 99 })
    expect((await carryOut(planWith(UNIT))).outcome.kind).toBe('done')
  })

  it('keeps its process over a reload', async () => {
    const { outcome } = await carryOut(planWith({ ...UNIT, verb: 'reload' }))
    expect(outcome.kind).toBe('done')
    expect(machine.ran).toEqual(['systemctl reload -- kubelet'])
  })

  it('is started again with its old files when it is put back', async () => {
    startsAfter(0, { pid: 2, started: 99 })
    const restart = machine.onRun
    machine.onRun = (words) => {
      if (machine.alive[0]?.pid === 2) startsAfter(0, { pid: 3, started: 200 })
      return restart(words)
    }
    await carryOut(planWith(UNIT), true)
    expect(machine.ran).toEqual([
      'systemctl reset-failed -- kubelet',
      'systemctl restart -- kubelet',
      'systemctl reset-failed -- kubelet',
      'systemctl restart -- kubelet',
    ])
  })

  describe('a static pod', () => {
    const seenAfter = (ms: number, fresh: RunningProcess): void => {
      machine.onWait = () => {
        if (machine.now >= ms) machine.alive = [fresh]
      }
    }

    it('is well when its process has the hash of the new manifest', async () => {
      seenAfter(3_000, { pid: 2, started: 99, pod: 'bbbb' })
      const { outcome } = await carryOut(planWith(POD, [MANIFEST]))
      expect(outcome.kind).toBe('done')
      expect(machine.ran).toEqual([])
    })

    it('is not well when it only started again with the old manifest', async () => {
      seenAfter(3_000, { pid: 2, started: 99, pod: 'aaaa' })
      const { outcome } = await carryOut(planWith(POD, [MANIFEST]))
      expect(outcome.kind).toMatch(/rolled-back$/)
      expect('reason' in outcome ? outcome.reason : '').toMatch(/from before still runs/)
    })

    it('is ended where a file behind it changes, and comes back with the same hash', async () => {
      seenAfter(3_000, { pid: 2, started: 99, pod: 'aaaa' })
      const { outcome } = await carryOut(planWith(POD, ['/etc/kubernetes/other.yaml']))
      expect(outcome.kind).toBe('done')
      expect(machine.ended).toEqual([1])
    })
  })

  it.each<[string, Restart, () => void, RegExp]>([
    [
      'no systemd',
      UNIT,
      () => {
        machine.systemd = false
      },
      /systemd does not run this machine.*--restart-command 'kubelet=/,
    ],
    [
      'a masked unit',
      UNIT,
      () => {
        machine.states.kubelet = { load: 'masked', active: 'inactive', mainPid: 0 }
      },
      /kubelet is masked.*systemctl unmask/,
    ],
    [
      'an unknown unit',
      UNIT,
      () => {
        machine.states = {}
      },
      /systemd knows no unit kubelet/,
    ],
    [
      'nothing that is known',
      {
        kind: 'by-hand',
        host: 'node',
        name: 'nodes',
        component: 'nodes',
        words: 'the nodes, one by one',
        checks: [],
      },
      () => undefined,
      /how to restart nodes \(the nodes, one by one\) is not known/,
    ],
  ])('is refused beforehand with %s', async (_name, restart, script, reason) => {
    script()
    expect(await preflight(planWith(restart), machine)).toEqual([expect.stringMatching(reason)])
  })
})
