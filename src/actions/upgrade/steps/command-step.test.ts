import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlannedStep } from '../../../upgrade/index.js'
import { localHost } from '../host/index.js'
import { USUAL_LIMITS, type UpgradeContext } from '../upgrade-context.js'
import { commandStep } from './command-step.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-step-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const TABLE = `API GROUP                 CURRENT VERSION   PREFERRED VERSION   MANUAL UPGRADE REQUIRED
kubeproxy.config.k8s.io   v1alpha1          v1alpha1            no
kubelet.config.k8s.io     v1alpha1          v1beta1             ANSWER
`

/** A step of this machine that prints a file. Only what such a step asks for is there. */
function printing(action: PlannedStep['action']) {
  const file = path.join(folder, 'said')
  const planned: PlannedStep = {
    id: `1.36/cp-1/${action}`,
    node: 'cp-1',
    role: 'first-control-plane',
    action,
    minor: '1.36',
    version: 'v1.36.4',
    title: 'Ask kubeadm',
    commands: [{ run: ['cat', file], on: 'node' }],
    precondition: 'none',
    check: 'none',
    back: 'none',
  }
  const context: Partial<UpgradeContext> = {
    host: () => ({ kind: 'shell', transport: localHost() }),
    runId: 'run',
    jobFolder: path.join(folder, 'jobs'),
    hereFolder: path.join(folder, 'here'),
    limits: USUAL_LIMITS,
    waiting: () => undefined,
  }
  const step = commandStep(planned, context as UpgradeContext)
  return { step, says: (manual: string) => writeFileSync(file, TABLE.replace('ANSWER', manual)) }
}

describe('a command that ended', () => {
  it('does not let an upgrade go on where kubeadm wants a configuration changed by hand, until that is so', async () => {
    const { step, says } = printing('kubeadm-plan')
    says('yes')
    await expect(step.act()).rejects.toThrow(
      /this host: kubeadm cannot upgrade KubeletConfiguration .*v1beta1/,
    )
    expect(await step.check()).toMatchObject({
      holds: false,
      reason: expect.stringMatching(/KubeletConfiguration/),
    })
    says('no')
    await expect(step.act()).resolves.toMatchObject({ attempt: 2 })
    expect(await step.check()).toEqual({ holds: true })
  })

  it.each(['kubeadm-plan', 'kubeadm-apply'] as const)(
    'names what it printed where it failed: %s',
    async (action) => {
      const { step } = printing(action)
      await expect(step.act()).rejects.toThrow(/ended with status 1: cat: .*No such file/)
    },
  )

  it('is done, whatever a step that is none of kubeadm plan prints', async () => {
    const { step, says } = printing('backup')
    says('yes')
    await expect(step.act()).resolves.toMatchObject({ attempt: 1 })
    expect(await step.check()).toEqual({ holds: true })
  })
})
