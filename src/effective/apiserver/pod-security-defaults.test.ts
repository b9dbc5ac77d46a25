import { describe, expect, it } from 'vitest'
import { estateFrom } from '../../sources/inline.js'
import { podSecurityDefaults } from './pod-security-defaults.js'

const INNER = `apiVersion: pod-security.admission.config.k8s.io/v1
kind: PodSecurityConfiguration
defaults: { enforce: baseline, enforce-version: v1.36, warn: privileged }
exemptions: { namespaces: [kube-system] }
`
const OUTER = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: EventRateLimit
    path: /etc/kubernetes/rate.yaml
  - name: PodSecurity
    configuration:
${INNER.replace(/^/gm, '      ')}`

async function defaultsOf(text: string): Promise<string> {
  const files = { '/etc/rancher/rke2/rke2-pss.yaml': text }
  const estate = await estateFrom({ hosts: { 'cp-1': { files } } })
  const { policies, exempt, file } = podSecurityDefaults(estate)
  const { enforce, warn } = policies
  return [enforce.level, enforce.version, warn.level, ...exempt, file ?? '-'].join(' ')
}

describe('defaults of Pod Security', () => {
  it.each([
    ['the file itself', INNER, 'baseline v1.36 privileged kube-system cp-1:/etc/rancher/rke2/rke2-pss.yaml'],
    [
      'inside of another',
      OUTER,
      'baseline v1.36 privileged kube-system cp-1:/etc/rancher/rke2/rke2-pss.yaml',
    ],
    ['another file', 'kind: AdmissionConfiguration\nplugins: {}\n', 'privileged latest privileged -'],
    ['no YAML', 'PodSecurityConfiguration: [', 'privileged latest privileged -'],
    [
      'wrong types',
      'apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\ndefaults: 7\n',
      'privileged latest privileged -',
    ],
  ])('%s', async (_name, text, expected) => expect(await defaultsOf(text)).toBe(expected))
})

const POD = (flags: readonly string[]): string => `apiVersion: v1
kind: Pod
metadata: { name: kube-apiserver, namespace: kube-system }
spec:
  containers:
    - name: kube-apiserver
      command: [kube-apiserver${flags.map((flag) => `, ${flag}`).join('')}]
      volumeMounts: [{ name: conf, mountPath: /conf }]
  volumes: [{ name: conf, hostPath: { path: /etc/kubernetes/conf } }]
`

describe('defaults of Pod Security where the flags of the API server are seen', () => {
  it.each([
    [
      'named by the flag, through the mount',
      ['--admission-control-config-file=/conf/admission.yaml'],
      'cp-1:/etc/kubernetes/conf/admission.yaml',
    ],
    ['named by no flag', [], undefined],
    ['another file is named', ['--admission-control-config-file=/conf/none.yaml'], undefined],
  ])('%s', async (_name, flags, expected) => {
    const files = {
      '/etc/kubernetes/manifests/kube-apiserver.yaml': POD(flags),
      '/etc/kubernetes/conf/admission.yaml': OUTER,
    }
    const estate = await estateFrom({ hosts: { 'cp-1': { files } } })
    expect(podSecurityDefaults(estate).file).toBe(expected)
  })
})
