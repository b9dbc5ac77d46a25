import { describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  hostNetwork: true
  containers:
    - name: app
      image: app
`
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: app
          image: app
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`

describe('rampart pod-security', () => {
  it('says what the API server would say, and ends with 1', () => {
    const run = rampart(['pod-security', '-', '--level', 'baseline', '--policy-version', '1.36'], {
      input: `${POD}---\n${DEPLOYMENT}`,
    })
    expect(run).toEqual({
      code: 1,
      err: '',
      out: [
        '-:6: Pod shop/web: violates PodSecurity "baseline:v1.36": host namespaces (hostNetwork=true)',
        '-:19: Deployment.apps shop/api: allowed',
        '1 of 2 would be refused at baseline, v1.36\n',
      ].join('\n'),
    })
  })

  it('takes restricted and latest unasked', () => {
    const { code, out } = rampart(['pod-security', '-'], { input: POD })
    expect(code).toBe(1)
    expect(out).toContain(
      'PodSecurity "restricted:latest": host namespaces (hostNetwork=true), allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities',
    )
  })

  it('judges by the version: older policies know fewer controls', () => {
    const probe = POD.replace('hostNetwork: true', 'restartPolicy: Always').replace(
      'image: app',
      'image: app\n      livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}',
    )
    const at = (version: string): number =>
      rampart(['pod-security', '-', '--level', 'baseline', '--policy-version', version], { input: probe })
        .code
    expect([at('1.33'), at('v1.34'), at('latest')]).toEqual([0, 1, 1])
  })

  it('lets everything in at privileged', () => {
    expect(rampart(['pod-security', '-', '--level', 'privileged'], { input: POD }).code).toBe(0)
  })

  it('prints JSON with every place', () => {
    const { out } = rampart(['pod-security', '-', '--level', 'baseline', '-o', 'json'], { input: POD })
    expect(JSON.parse(out)).toMatchObject({
      level: 'baseline',
      version: 'latest',
      objects: [
        {
          file: '-',
          line: 6,
          path: 'spec',
          allowed: false,
          violations: [
            {
              check: 'hostNamespaces',
              message: 'host namespaces (hostNetwork=true)',
              places: [{ path: 'spec.hostNetwork', value: true }],
            },
          ],
        },
      ],
    })
  })

  it('refuses other versions, other levels, and input without pods', () => {
    expect(rampart(['pod-security', '-', '--policy-version', 'new'], { input: POD })).toMatchObject({
      code: 2,
    })
    expect(rampart(['pod-security', '-', '--level', 'strict'], { input: POD })).toMatchObject({ code: 2 })
    const none = rampart(['pod-security', '-'], {
      input: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    })
    expect(none).toMatchObject({ code: 2 })
    expect(none.err).toContain('no object that makes pods')
  })
})
