import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart } from '../cli/run-cli.js'
import { cluster, unavailable } from './shared-cluster.js'

const kubectlPath = process.env['KUBECTL']
const absent = unavailable ?? (kubectlPath === undefined ? 'no kubectl' : undefined)
if (absent !== undefined) console.warn(`open-reports.test.ts is skipped: ${absent}`)

const NAMESPACE = 'open-reports-test'
const DEFINITIONS = [
  'test/fixtures/openreports/reports.yaml',
  'test/fixtures/openreports/clusterreports.yaml',
]
const PODS = `apiVersion: v1
kind: Namespace
metadata: {name: ${NAMESPACE}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: ${NAMESPACE}}
spec:
  containers:
    - {name: app, image: 'a:1', securityContext: {privileged: true}}
`

function kubectl(args: readonly string[], input = ''): string {
  return execFileSync(kubectlPath ?? '', ['--kubeconfig', cluster?.kubeconfig ?? '', ...args], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

interface Report {
  readonly summary: Record<string, number>
  readonly results: readonly { readonly policy: string; readonly result: string; readonly severity: string }[]
}

describe.skipIf(absent !== undefined)('OpenReports in a cluster', () => {
  beforeAll(() => {
    for (const file of DEFINITIONS) kubectl(['apply', '-f', file])
    for (const resource of ['reports', 'clusterreports'])
      kubectl(['wait', '--for=condition=Established', '--timeout=60s', `crd/${resource}.openreports.io`])
    kubectl(['create', 'namespace', NAMESPACE])
  })
  afterAll(() => {
    kubectl(['delete', '--ignore-not-found', '--wait=false', 'namespace', NAMESPACE])
    for (const file of DEFINITIONS) kubectl(['delete', '--ignore-not-found', '-f', file])
  })

  it('takes the report with nothing pruned or refused, and a second one over it', () => {
    const audit = rampart(['audit', '-', '-o', 'openreports', '--fail-on', 'none'], { input: PODS })
    expect({ code: audit.code, err: audit.err }).toMatchObject({ code: 0 })
    // Strict validation refuses what the schema does not name.
    kubectl(['apply', '--validate=strict', '-f', '-'], audit.out)
    kubectl(['apply', '--validate=strict', '-f', '-'], audit.out)
    const report = JSON.parse(
      kubectl(['get', 'reports.openreports.io', 'rampart', '-n', NAMESPACE, '-o', 'json']),
    ) as Report
    expect(report.results).toContainEqual(
      expect.objectContaining({ policy: 'pod-privileged', result: 'fail', severity: 'critical' }),
    )
    expect(report.summary['fail']).toBe(report.results.filter(({ result }) => result === 'fail').length)
    expect(kubectl(['get', 'clusterreports.openreports.io', 'rampart', '-o', 'name'])).toContain('rampart')
  })
})
