import { expect, it } from 'vitest'
import { runCheck } from '../../../test/kit/check-tests.js'
import { podHostNamespaces } from './pod-host-namespaces.js'
import { podPrivileged } from './pod-privileged.js'

const PROXY = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-proxy, namespace: kube-system}
spec:
  template:
    spec:
      hostNetwork: true
      containers:
        - name: kube-proxy
          image: registry.k8s.io/kube-proxy:v1.36.2
          command: [/usr/local/bin/kube-proxy]
          securityContext: {privileged: true}
`

it('says that a known component needs what it has, and offers no change that would break it', async () => {
  for (const check of [podPrivileged, podHostNamespaces]) {
    const [finding, ...more] = await runCheck(check, { manifests: PROXY })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      severity: 'info',
      because: 'expected for this component: kube-proxy does not work without it',
      fix: { edits: [], commands: [], text: expect.stringMatching(/^Leave it as it is/) as string },
    })
  }
})

it('judges what stands beside it like any pod', async () => {
  const beside = `${PROXY}        - {name: debug, image: debug, securityContext: {privileged: true}}\n`
  const [finding] = await runCheck(podPrivileged, { manifests: beside })
  expect(finding?.severity).toBe('critical')
  expect(finding?.evidence.map((item) => item.key)).toContain(
    'spec.template.spec.containers[name=debug].securityContext.privileged',
  )
})
