import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runAudit } from '../src/audit/index.js'
import { checks as all, checksByDefault } from '../src/checks/index.js'
import {
  formatRef,
  type AuditResult,
  type Estate,
  type Finding,
  type InlineFile,
} from '../src/model/index.js'
import { estateFrom, readEstate } from '../src/sources/index.js'

const checks = checksByDefault(all)

const FIXTURE = path.join(import.meta.dirname, 'fixtures', 'kubeadm-fresh')
const HOST = path.join(FIXTURE, 'hosts', 'cp-1')

/** What kubeadm leaves open by default and the catalogue calls medium: each a setting that it does not make. */
const EXPECTED_MEDIUM: readonly string[] = [
  'apiserver-anonymous-auth',
  'apiserver-audit-log',
  'apiserver-deny-external-ips',
  'apiserver-encryption-config',
  'apiserver-kubelet-ca',
  'apiserver-pod-security-config',
  'kubelet-pod-pids-limit',
  'kubelet-seccomp-default',
  'kubelet-serving-certificate',
  'namespace-no-pod-security',
]

function describeFinding(finding: Finding): string {
  const { target } = finding
  const about =
    target.kind === 'object'
      ? formatRef(target.object)
      : target.kind === 'component'
        ? `${target.component} on ${target.host}`
        : target.kind
  return `${finding.severity} ${finding.check}: ${about}: ${finding.message}`
}

/** The files of the host with the modes that kubeadm and the packages give them, whatever the checkout's umask. */
function hostFiles(): Record<string, InlineFile> {
  const files: Record<string, InlineFile> = {}
  for (const entry of readdirSync(HOST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const name = `/${path.relative(HOST, file).split(path.sep).join('/')}`
    const secret = name.startsWith('/etc/kubernetes/') && !name.endsWith('.crt')
    files[name] = { text: readFileSync(file, 'utf8'), mode: secret ? 0o600 : 0o644, uid: 0, gid: 0 }
  }
  return files
}

/** The cluster's lists from disk, and its control-plane node with a running kubelet. */
async function freshCluster(): Promise<Estate> {
  const cluster = await readEstate({ paths: [path.join(FIXTURE, 'objects')] })
  const kubelet =
    '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml'
  const node = await estateFrom({ hosts: { 'cp-1': { files: hostFiles(), processes: [kubelet] } } })
  return {
    objects: [...cluster.objects, ...node.objects],
    hosts: node.hosts,
    sources: [...cluster.sources, ...node.sources],
    problems: [...cluster.problems, ...node.problems],
    texts: { read: (slice) => cluster.texts.read(slice) ?? node.texts.read(slice) },
  }
}

describe('a fresh kubeadm cluster', () => {
  let estate: Estate
  let result: AuditResult

  beforeAll(async () => {
    estate = await freshCluster()
    result = runAudit(estate, { version: 'test', checks })
  })

  it('is read whole', () => {
    expect(estate.problems).toEqual([])
    expect(estate.objects.length).toBeGreaterThan(190)
    expect(estate.sources.some((source) => source.complete)).toBe(true)
    expect(estate.hosts.map((host) => host.distribution)).toEqual(['kubeadm'])
  })

  it('has nothing critical and nothing high', () => {
    const worst = result.findings.filter(({ severity }) => severity === 'critical' || severity === 'high')
    expect(worst.map(describeFinding)).toEqual([])
  })

  it('has the medium findings that an expert would name, and no others', () => {
    const medium = result.findings.filter(({ severity }) => severity === 'medium')
    expect([...new Set(medium.map(({ check }) => check))].sort()).toEqual([...EXPECTED_MEDIUM].sort())
  })

  it.each(['rbac-', 'sa-', 'dashboard-'])('gives nothing at all from %s checks', (area) => {
    const about = [...result.findings, ...result.unknowns].filter(({ check }) => check.startsWith(area))
    expect(about.map(describeFinding)).toEqual([])
  })

  it('has nothing critical and nothing high when its host is read from disk as well', async () => {
    const fromDisk = await readEstate({ paths: [path.join(FIXTURE, 'objects')], hostRoots: [HOST] })
    const { findings } = runAudit(fromDisk, { version: 'test', checks })
    const worst = findings.filter(({ severity }) => severity === 'critical' || severity === 'high')
    expect(worst.map(describeFinding)).toEqual([])
  })
})
