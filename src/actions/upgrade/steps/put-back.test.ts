import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlannedStep } from '../../../upgrade/index.js'
import { localHost, type HostTransport } from '../host/index.js'
import { USUAL_LIMITS, type UpgradeContext } from '../upgrade-context.js'
import { packageVersions, putBack } from './put-back.js'

/** A host with rpm and dnf of our own: `state/NAME` is the version that is installed; dnf behaves as DNF 4 does. */
let host = ''
beforeEach(() => {
  host = mkdtempSync(path.join(tmpdir(), 'rampart-dnf-'))
  mkdirSync(path.join(host, 'bin'))
  mkdirSync(path.join(host, 'state'))
  mkdirSync(path.join(host, 'job', '1', 'go'), { recursive: true })
  writeFileSync(path.join(host, 'job', '1', 'rc'), '0\n')
  const program = (name: string, text: string): void => {
    const file = path.join(host, 'bin', name)
    writeFileSync(file, `#!/bin/sh\n${text}`)
    chmodSync(file, 0o755)
  }
  program(
    'rpm',
    `for name; do :; done
[ -f "${host}/state/$name" ] || { echo "package $name is not installed"; exit 1; }
printf %s "$(cat "${host}/state/$name")"`,
  )
  program(
    'dnf',
    `echo "dnf $*" >>"${host}/log"
for spec; do :; done
name=\${spec%%-*} version=\${spec#*-}
[ "$(cat "${host}/state/$name")" = "$version" ] && { echo "Error: No packages marked for downgrade." >&2; exit 1; }
echo "$version" >"${host}/state/$name"`,
  )
})
afterEach(() => rmSync(host, { recursive: true, force: true }))

const transport = (): HostTransport => {
  const real = localHost()
  return { ...real, run: (script, options) => real.run(`PATH=${host}/bin:$PATH\n${script}`, options) }
}
const context = (packages: string): UpgradeContext =>
  ({
    plan: { nodes: [{ name: 'w', packages }], steps: [] },
    journal: { entries: [] },
    limits: USUAL_LIMITS,
  }) as unknown as UpgradeContext
const step = (action: string): PlannedStep =>
  ({ id: `1.37/w/${action}`, node: 'w', version: 'v1.37.2', action }) as PlannedStep
const installed = (name: string, version?: string): string => {
  const file = path.join(host, 'state', name)
  if (version !== undefined) writeFileSync(file, version)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}
/** What the step writes down before it changes packages. */
const before = (action: string, packages: string) =>
  transport().run(`d='${host}/job/1'\n${packageVersions(step(action), context(packages))}`, {
    timeoutMs: 10_000,
  })
const undo = async (action: string, packages: string): Promise<void> =>
  putBack(step(action), context(packages), transport(), path.join(host, 'job')).undo?.(undefined)
const log = (): string =>
  existsSync(path.join(host, 'log')) ? readFileSync(path.join(host, 'log'), 'utf8') : ''

describe('packages of dnf put back', () => {
  it.each([
    ['dnf', '--disableexcludes=kubernetes'],
    ['dnf5', '--setopt=disable_excludes=kubernetes'],
  ])('are those of before, with %s', async (packages, excludes) => {
    installed('kubelet', '1.36.3-150500.1.1')
    installed('kubectl', '1.36.3-150500.1.1')
    await before('install-kubelet', packages)
    installed('kubelet', '1.37.2-150500.1.1')
    installed('kubectl', '1.37.2-150500.1.1')
    await undo('install-kubelet', packages)
    expect([installed('kubelet'), installed('kubectl')]).toEqual(['1.36.3-150500.1.1', '1.36.3-150500.1.1'])
    expect(log()).toBe(
      ['kubelet', 'kubectl']
        .map((name) => `dnf downgrade -y ${excludes} ${name}-1.36.3-150500.1.1\n`)
        .join(''),
    )
  })

  it('are left alone where nothing had been installed yet: dnf calls that an error', async () => {
    installed('kubeadm', '1.36.3-150500.1.1')
    await before('install-kubeadm', 'dnf')
    await undo('install-kubeadm', 'dnf')
    expect([installed('kubeadm'), log()]).toEqual(['1.36.3-150500.1.1', ''])
  })

  it('are put back as far as they had changed', async () => {
    installed('kubelet', '1.36.3-150500.1.1')
    installed('kubectl', '1.36.3-150500.1.1')
    await before('install-kubelet', 'dnf')
    installed('kubectl', '1.37.2-150500.1.1')
    await undo('install-kubelet', 'dnf')
    expect(installed('kubectl')).toBe('1.36.3-150500.1.1')
    expect(log()).not.toContain('kubelet-')
  })

  it('a package that was not there before is left alone', async () => {
    await before('install-kubeadm', 'dnf')
    installed('kubeadm', '1.37.2-150500.1.1')
    await undo('install-kubeadm', 'dnf')
    expect([installed('kubeadm'), log()]).toEqual(['1.37.2-150500.1.1', ''])
  })
})
