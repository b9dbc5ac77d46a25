import { describe, expect, it } from 'vitest'
import type { PlannedStep } from '../../../upgrade/index.js'
import { readEtcdHealth } from './gate-step.js'
import { readHostFacts, tagOf } from './host-facts.js'
import { commandText, hostScript } from './host-script.js'
import { worldCheck } from './world-check.js'

const answer = `kubeadm=v1.37.2
kubelet=v1.36.3
image=kube-apiserver registry.k8s.io/kube-apiserver:v1.37.2
image=kube-controller-manager "registry.k8s.io/kube-controller-manager:v1.37.2@sha256:${'a'.repeat(64)}"
image=kube-scheduler registry.k8s.io/kube-scheduler:v1.36.3
installed=100
configured=100
repository=v1.37
nonsense
=
`
const step = (
  action: PlannedStep['action'],
  role: PlannedStep['role'],
  version = 'v1.37.2',
): PlannedStep => ({
  id: 'x',
  node: 'n',
  role,
  action,
  minor: '1.37',
  version,
  title: '',
  commands: [],
  precondition: '',
  check: '',
  back: '',
})

describe('worldCheck', () => {
  const facts = readHostFacts(answer)
  it.each<[PlannedStep, boolean | undefined]>([
    [step('install-kubeadm', 'worker'), true],
    [step('install-kubeadm', 'worker', 'v1.37.3'), false],
    [step('install-kubelet', 'worker'), false],
    [step('install-kubelet', 'worker', 'v1.36.3'), true],
    [step('kubeadm-node', 'worker'), true],
    [step('kubeadm-node', 'worker', 'v1.36.3'), false],
    [step('kubeadm-node', 'control-plane'), false],
    [step('kubeadm-apply', 'first-control-plane'), false],
    [step('backup', 'control-plane'), undefined],
    [step('restart-kubelet', 'worker'), undefined],
  ])('%o', (planned, holds) => expect(worldCheck(planned, facts)?.holds).toBe(holds))

  it('a host that answers nothing is as nothing was done', () => {
    const nothing = readHostFacts('')
    expect(worldCheck(step('install-kubeadm', 'worker'), nothing)).toMatchObject({ holds: false })
    expect(worldCheck(step('kubeadm-node', 'worker'), nothing)).toMatchObject({ holds: false })
    expect(worldCheck(step('kubeadm-apply', 'first-control-plane'), nothing)).toMatchObject({ holds: false })
  })

  it('settings that are older than kubeadm are not of it', () => {
    const old = readHostFacts(answer.replace('configured=100', 'configured=99'))
    expect(worldCheck(step('kubeadm-node', 'worker'), old)).toMatchObject({ holds: false })
  })
})

describe('texts', () => {
  it.each([
    ['registry.k8s.io/a:v1.37.2', 'v1.37.2'],
    ['registry:5000/a', ''],
    [`a:v1@sha256:${'b'.repeat(64)}`, 'v1'],
    ['', ''],
  ])('the tag of %s', (image, tag) => expect(tagOf(image)).toBe(tag))

  it('commands are shown as one would type them, and quoted for the shell', () => {
    expect(
      commandText({ run: ['apt-get', 'install', 'kubeadm=1.37.2-*'], on: 'node', env: { A: 'b c' } }),
    ).toBe(`A='b c' apt-get install 'kubeadm=1.37.2-*'`)
    const script = hostScript([
      { write: '/etc/x y/z.list', text: `it's\n`, mode: '0644', on: 'node' },
      { run: ['kubectl', 'drain', 'n'], on: 'here' },
      { run: ['kubectl', 'get', 'secrets'], on: 'node', output: '/b/out' },
    ])
    expect(script).toContain(`printf '%s' 'it'\\''s\n' >'/etc/x y/.z.list.rampart-tmp'`)
    expect(script).toContain('( umask 077; kubectl get secrets >/b/out )')
    expect(script).not.toContain('drain')
    expect(script.startsWith('set -e\n')).toBe(true)
  })

  it('members of etcd are healthy only when they say so', () => {
    const text = `https://a:2379 {"health":"true","reason":""}\nhttps://b:2379 {"health":"false"}\nhttps://c:2379\nnoise\n`
    expect(readEtcdHealth(text)).toEqual([
      { member: 'https://a:2379', fault: undefined },
      { member: 'https://b:2379', fault: '{"health":"false"}' },
      { member: 'https://c:2379', fault: 'no answer' },
    ])
  })
})
