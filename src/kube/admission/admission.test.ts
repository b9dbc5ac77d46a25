import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { pluginEntry, readAdmissionConfiguration } from './read-admission-configuration.js'
import { readImagePolicy } from './read-image-policy.js'
import { readPodSecurityConfiguration } from './read-pod-security-configuration.js'

const ADMISSION = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: EventRateLimit
  path: limits.yaml
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults:
      enforce: baseline
    exemptions:
      namespaces: [kube-system]
- name: PodSecurity
  path: never-read.yaml
`

describe('the configuration of admission plug-ins', () => {
  it('stands in the file or behind a path; the first entry of a plug-in counts', () => {
    const config = readAdmissionConfiguration(ADMISSION).value
    if (config === undefined) throw new Error('not read')
    expect(pluginEntry(config, 'EventRateLimit')).toMatchObject({ path: 'limits.yaml', place: { line: 4 } })
    const pods = pluginEntry(config, 'PodSecurity')?.configuration
    const read = pods === undefined ? undefined : readPodSecurityConfiguration(pods).value
    expect(read?.defaults).toMatchObject({ enforce: { level: 'baseline' }, warn: { level: 'privileged' } })
    expect(read?.exemptions.namespaces).toEqual(['kube-system'])
    expect(read?.places).toMatchObject({ enforce: { line: 11 }, exemptions: { line: 12 } })
    expect(pluginEntry(config, 'NodeRestriction')).toBeUndefined()
  })

  test.each([
    ['another kind', ADMISSION.replace('AdmissionConfiguration', 'Policy'), /^`kind` must be/],
    ['plug-ins that are none', ADMISSION.replace(/plugins:[^]*/, 'plugins: all'), /must be a list/],
    [
      'a configuration that is none',
      ADMISSION.replace(/plugins:[^]*/, 'plugins: [{configuration: a}]'),
      /must be a map/,
    ],
    ['nothing', '', /must hold an object/],
  ])('%s is refused', (_name, text, message) => {
    expect(readAdmissionConfiguration(text).fault?.message).toMatch(message)
  })
})

describe('the configuration of PodSecurity', () => {
  const HEAD = 'apiVersion: pod-security.admission.config.k8s.io/v1beta1\nkind: PodSecurityConfiguration\n'

  it('is privileged where nothing is written', () => {
    const read = readPodSecurityConfiguration(HEAD).value
    expect(read?.defaults.enforce).toEqual({ level: 'privileged', version: 'latest' })
    expect(read?.places.enforce).toEqual({ line: 1, column: 1 })
    expect(read?.exemptions).toEqual({ usernames: [], namespaces: [], runtimeClasses: [] })
  })

  it.each([
    ['another level', 'defaults: {enforce: strict}', /^`defaults\.enforce` must be one of privileged/],
    ['another version', 'defaults: {warn-version: "1.30"}', /^`defaults\.warn-version` must be/],
    ['an empty name', 'exemptions: {usernames: [""]}', /must not be empty/],
    ['a name twice', 'exemptions: {namespaces: [a, a]}', /twice/],
    ['a wrong type', 'exemptions: {runtimeClasses: kata}', /must be a list/],
    ['another version of the file', 'apiVersion: v1', /`apiVersion` must be one of/],
  ])('%s is refused', (_name, text, message) => {
    const head = text.startsWith('apiVersion') ? 'kind: PodSecurityConfiguration\n' : HEAD
    expect(readPodSecurityConfiguration(head + text).fault?.message).toMatch(message)
  })
})

describe('the configuration of ImagePolicyWebhook', () => {
  it.each([
    ['unsaid is closed', 'imagePolicy: {kubeConfigFile: /a}', false],
    ['open', 'imagePolicy:\n  defaultAllow: true', true],
    ['no policy', '{}', false],
  ])('%s', (_name, text, defaultAllow) => {
    expect(readImagePolicy(text).value?.defaultAllow).toBe(defaultAllow)
  })

  it('a wrong type is refused', () => {
    expect(readImagePolicy('imagePolicy: {defaultAllow: "true"}').fault?.message).toMatch(/true or false/)
  })
})

it('never throws, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      readAdmissionConfiguration(text)
      readPodSecurityConfiguration(text)
      readImagePolicy(text)
    }),
  )
})
