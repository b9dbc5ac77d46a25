import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/index.js'
import { checks as all, checksByDefault } from '../../src/checks/index.js'
import { formatRef, type Finding } from '../../src/model/index.js'
import { estateFrom, readEstate } from '../../src/sources/index.js'

const checks = checksByDefault(all)
const ADD_ONS = path.join(import.meta.dirname, '..', 'fixtures', 'add-ons')
const WRITTEN = path.join(import.meta.dirname, '..', 'fixtures', 'add-ons-written')
const DISTRIBUTIONS = path.join(import.meta.dirname, '..', 'fixtures', 'distributions')

function manifestsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace('.yaml', ''))
}

async function findingsIn(folder: string, name: string): Promise<readonly Finding[]> {
  const estate = await readEstate({ paths: [path.join(folder, `${name}.yaml`)] })
  expect(estate.problems).toEqual([])
  expect(estate.objects.length).toBeGreaterThan(0)
  return runAudit(estate, { version: 'test', checks }).findings
}

/** The same manifest with texts exchanged, as an impostor would give it. */
async function altered(name: string, changes: readonly (readonly [string, string])[]): Promise<string[]> {
  const text = readFileSync(path.join(ADD_ONS, `${name}.yaml`), 'utf8')
  const manifests = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from)
    return before.replaceAll(from, to)
  }, text)
  const estate = await estateFrom({ manifests })
  return grave(runAudit(estate, { version: 'test', checks }).findings).map(({ check }) => check)
}

function grave(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'critical' || severity === 'high')
}

function isExpected({ because }: Finding): boolean {
  return because.startsWith('expected for this component')
}

function described({ severity, check, target, message }: Finding): string {
  return `${severity} ${check} ${target.kind === 'object' ? formatRef(target.object) : target.kind}: ${message}`
}

/** What is wrong with an add-on at its version, whoever runs it. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  // CVE-2025-1974 is open in v1.11.0.
  'ingress-nginx': ['ingress-nginx-version'],
}

/** Checks whose finding says that the component is made so; none where an add-on asks for nothing unusual. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'aws-cloud-controller-manager': ['pod-host-namespaces', 'rbac-escalation-token'],
  'aws-vpc-cni': ['pod-host-namespaces', 'pod-privileged', 'pod-sensitive-host-path'],
  calico: ['pod-host-namespaces', 'pod-privileged', 'pod-sensitive-host-path'],
  'cert-manager': ['rbac-escalation-read-secrets', 'rbac-escalation-api-service'],
  cilium: ['pod-host-namespaces', 'pod-sensitive-host-path', 'rbac-escalation-read-secrets'],
  kyverno: ['rbac-escalation-mutating-admission'],
  flannel: ['pod-host-namespaces'],
  gatekeeper: ['rbac-escalation-read-secrets', 'rbac-escalation-node-proxy'],
  'gce-pd-csi': ['pod-host-namespaces', 'pod-privileged', 'pod-sensitive-host-path'],
  'ingress-nginx': ['rbac-escalation-read-secrets'],
  'kube-network-policies': ['pod-host-namespaces', 'pod-privileged'],
  'kube-router': ['pod-host-namespaces', 'pod-privileged', 'pod-sensitive-host-path'],
  'local-path-provisioner': ['rbac-escalation-privileged-pod'],
  metallb: ['pod-host-namespaces'],
  'metallb-frr': ['pod-host-namespaces'],
  'metrics-server': [],
  'node-problem-detector': ['pod-privileged'],
  'nvidia-device-plugin': ['pod-privileged'],
  'tigera-operator': ['pod-host-namespaces', 'rbac-escalation-escalate', 'rbac-escalation-bind'],
}

describe('published manifests of add-ons', () => {
  it.each(manifestsIn(ADD_ONS))('%s: nothing critical, nothing high', async (name) => {
    const faults = FAULTS[name] ?? []
    const worst = grave(await findingsIn(ADD_ONS, name))
    expect(worst.filter(({ check }) => !faults.includes(check)).map(described)).toEqual([])
    expect(new Set(worst.map(({ check }) => check))).toEqual(new Set(faults))
  })

  it.each(manifestsIn(ADD_ONS))('%s: what it needs is told, as expected for it', async (name) => {
    const expected = (await findingsIn(ADD_ONS, name)).filter(isExpected)
    expect(expected.map(({ check }) => check)).toEqual(
      expect.arrayContaining([...(NEEDS[name] ?? ['no row'])]),
    )
  })
})

describe('an impostor is not lowered', () => {
  it.each<[string, string, readonly (readonly [string, string])[], string]>([
    [
      'another image',
      'flannel',
      [['ghcr.io/flannel-io/flannel:', 'evil.example/agent:']],
      'pod-host-namespaces',
    ],
    ['another command', 'flannel', [['--kube-subnet-mgr', '--shell']], 'pod-host-namespaces'],
    ['another place', 'flannel', [['kube-flannel', 'shop']], 'pod-host-namespaces'],
    ['another image', 'kube-router', [['cloudnativelabs/kube-router', 'evil/tool']], 'pod-privileged'],
    [
      'a folder that it does not need',
      'kube-router',
      [['path: /opt', 'path: /root']],
      'pod-sensitive-host-path',
    ],
    ['another image', 'calico', [['docker.io/calico/node', 'docker.io/evil/node']], 'pod-privileged'],
    ['no CSI driver', 'gce-pd-csi', [['--kubelet-registration-path=', '--x=']], 'pod-privileged'],
    ['another image', 'node-problem-detector', [['node-problem-detector:', 'evil:']], 'pod-privileged'],
    [
      'another image under the account',
      'gatekeeper',
      [['openpolicyagent/gatekeeper:', 'openpolicyagent.example/tool:']],
      'rbac-escalation-read-secrets',
    ],
    [
      'another command',
      'ingress-nginx',
      [['/nginx-ingress-controller', '/bin/sh']],
      'rbac-escalation-read-secrets',
    ],
    [
      'another image',
      'tigera-operator',
      [['quay.io/tigera/operator', 'quay.io/x/y']],
      'rbac-escalation-escalate',
    ],
    [
      'a right that it has no need of',
      'aws-cloud-controller-manager',
      [['- serviceaccounts/token', '- secrets']],
      'rbac-escalation-read-secrets',
    ],
  ])('%s: %s', async (_what, name, changes, check) => {
    const altering = name === 'aws-cloud-controller-manager' ? withSecrets(name) : altered(name, changes)
    expect(await altering).toContain(check)
  })

  it('another pod under the account of a component takes the excuse away', async () => {
    const text = readFileSync(path.join(ADD_ONS, 'gatekeeper.yaml'), 'utf8')
    const pod = `---
apiVersion: v1
kind: Pod
metadata: {name: tool, namespace: gatekeeper-system}
spec: {serviceAccountName: gatekeeper-admin, containers: [{name: tool, image: evil.example/tool:1}]}
`
    const { findings } = runAudit(await estateFrom({ manifests: text + pod }), { version: 'test', checks })
    expect(grave(findings).map(({ check }) => check)).toContain('rbac-escalation-read-secrets')
  })
})

/** The add-on's account bound to a right of which its work has no need. */
async function withSecrets(name: string): Promise<string[]> {
  const manifests = `${readFileSync(path.join(ADD_ONS, `${name}.yaml`), 'utf8')}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: more}
rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: more}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: more}
subjects: [{kind: ServiceAccount, name: cloud-controller-manager, namespace: kube-system}]
`
  const { findings } = runAudit(await estateFrom({ manifests }), { version: 'test', checks })
  return grave(findings).map(({ check }) => check)
}

describe('add-ons written after what their authors publish', () => {
  it.each<[string, readonly string[]]>([
    [
      'kube-prometheus',
      [
        'pod-host-namespaces',
        'pod-sensitive-host-path',
        'rbac-escalation-read-secrets',
        'rbac-escalation-privileged-pod',
      ],
    ],
    ['fluent-bit', ['pod-sensitive-host-path']],
  ])('%s: nothing critical, nothing high, and what it needs is told', async (name, needs) => {
    const findings = await findingsIn(WRITTEN, name)
    expect(grave(findings).map(described)).toEqual([])
    const expected = findings.filter(isExpected).map(({ check }) => check)
    expect(expected).toEqual(expect.arrayContaining([...needs]))
  })

  it.each<[string, string, string, string]>([
    ['fluent-bit', 'fluent/fluent-bit:', 'evil/tool:', 'pod-sensitive-host-path'],
    ['fluent-bit', 'namespace: logging', 'namespace: shop', 'pod-sensitive-host-path'],
    ['kube-prometheus', 'kube-state-metrics/kube-state-metrics:', 'x/y:', 'rbac-escalation-read-secrets'],
    ['kube-prometheus', 'prometheus/node-exporter:', 'x/y:', 'pod-host-namespaces'],
  ])('%s with other images or places is not lowered', async (name, from, to, check) => {
    const text = readFileSync(path.join(WRITTEN, `${name}.yaml`), 'utf8')
    expect(text).toContain(from)
    const estate = await estateFrom({ manifests: text.replaceAll(from, to) })
    const { findings } = runAudit(estate, { version: 'test', checks })
    expect(grave(findings).map((finding) => finding.check)).toContain(check)
  })
})

describe('default objects of distributions', () => {
  it.each(manifestsIn(DISTRIBUTIONS))('%s: nothing critical, nothing high', async (name) => {
    const findings = await findingsIn(DISTRIBUTIONS, name)
    expect(grave(findings).map(described)).toEqual([])
    expect(findings.filter(isExpected).length).toBeGreaterThan(5)
  })

  it('cluster-admin of the installer of k3s is told, and is high where something else runs under it', async () => {
    const told = (await findingsIn(DISTRIBUTIONS, 'k3s')).find(
      ({ check }) => check === 'rbac-cluster-admin-binding',
    )
    expect(told?.severity).toBe('medium')
    expect(told?.because).toMatch(/^expected for this component/)
    const text = readFileSync(path.join(DISTRIBUTIONS, 'k3s.yaml'), 'utf8')
    const manifests = text.replace('rancher/klipper-helm', 'evil.example/installer')
    const { findings } = runAudit(await estateFrom({ manifests }), { version: 'test', checks })
    expect(grave(findings).map(({ check }) => check)).toContain('rbac-cluster-admin-binding')
  })
})
