import { describe, expect, it } from 'vitest'
import { estateFrom } from '../../sources/inline.js'
import { podSecurityDefaults } from './pod-security-defaults.js'

const INNER = `apiVersion: pod-security.admission.config.k8s.io/v1
kind: PodSecurityConfiguration
defaults: { enforce: baseline, enforce-version: v1.36, warn: nonsense }
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
      'kind: PodSecurityConfiguration\ndefaults: 7\nexemptions: [a]\n',
      'privileged latest privileged cp-1:/etc/rancher/rke2/rke2-pss.yaml',
    ],
  ])('%s', async (_name, text, expected) => expect(await defaultsOf(text)).toBe(expected))
})
