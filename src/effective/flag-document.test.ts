import { expect, it, test } from 'vitest'
import { readAuditPolicy, readPodSecurityConfiguration } from '../kube/index.js'
import { estateFrom } from '../sources/index.js'
import { apiserversOf, pluginDocument } from './apiserver/index.js'
import type { ComponentView } from './component.js'
import { flagDocument } from './flag-document.js'

async function viewOf(flags: readonly string[], files: Record<string, string> = {}): Promise<ComponentView> {
  const manifest = `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
  - command: [kube-apiserver, ${flags.map((flag) => JSON.stringify(flag)).join(', ')}]
    volumeMounts: [{mountPath: /config, name: config}]
  volumes: [{hostPath: {path: /srv/k8s}, name: config}]
`
  const estate = await estateFrom({
    hosts: { 'cp-1': { files: { '/etc/kubernetes/manifests/kube-apiserver.yaml': manifest, ...files } } },
  })
  const [view] = apiserversOf(estate)
  if (view === undefined) throw new Error('no API server')
  return view
}

const POLICY = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n'
const PODS =
  'apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\ndefaults: {enforce: baseline}\n'
const admission = (plugin: string): string =>
  `apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- name: PodSecurity\n${plugin}`

test('the file behind a flag is that of the host behind the mount', async () => {
  const view = await viewOf(['--audit-policy-file=/config/audit.yaml'], { '/srv/k8s/audit.yaml': POLICY })
  const fact = flagDocument(view, 'audit-policy-file', readAuditPolicy)
  expect(fact).toMatchObject({ known: true, value: { file: { path: '/srv/k8s/audit.yaml' } } })
  const place = { line: 4, column: 1 }
  expect(fact.known ? fact.value?.originAt(place) : undefined).toEqual({
    kind: 'file',
    host: 'cp-1',
    file: '/srv/k8s/audit.yaml',
    ...place,
  })
})

test.each<[string, string[], Record<string, string>, object]>([
  ['no flag', [], {}, { known: true, value: undefined }],
  ['an empty flag', ['--audit-policy-file='], {}, { known: true, value: undefined }],
  ['a file that was not read', ['--audit-policy-file=/config/a.yaml'], {}, { reason: 'no-source' }],
  [
    'a file that the API server does not see',
    ['--audit-policy-file=/etc/a.yaml'],
    { '/etc/a.yaml': POLICY },
    { reason: 'no-source' },
  ],
  [
    'a file that the API server refuses',
    ['--audit-policy-file=/config/a.yaml'],
    { '/srv/k8s/a.yaml': POLICY.replace('Metadata', 'All') },
    { reason: 'unparsable', origin: { file: '/srv/k8s/a.yaml', line: 4 } },
  ],
])('%s', async (_name, flags, files, expected) => {
  expect(flagDocument(await viewOf(flags, files), 'audit-policy-file', readAuditPolicy)).toMatchObject(
    expected,
  )
})

test.each<[string, Record<string, string>, object]>([
  [
    'inside',
    { '/srv/k8s/admission.yaml': admission(`  configuration: ${JSON.stringify({ ...pods() })}\n`) },
    {
      value: {
        value: { defaults: { enforce: { level: 'baseline' } } },
        file: { path: '/srv/k8s/admission.yaml' },
      },
    },
  ],
  [
    'behind a path, relative to the file',
    { '/srv/k8s/admission.yaml': admission('  path: pods/psa.yaml\n'), '/srv/k8s/pods/psa.yaml': PODS },
    {
      value: {
        value: { defaults: { enforce: { level: 'baseline' } } },
        file: { path: '/srv/k8s/pods/psa.yaml' },
      },
    },
  ],
  [
    'behind a path that was not read',
    { '/srv/k8s/admission.yaml': admission('  path: /config/x\n') },
    { reason: 'no-source' },
  ],
  [
    'refused',
    { '/srv/k8s/admission.yaml': admission('  configuration: {kind: Other}\n') },
    { reason: 'unparsable', origin: { line: 5 } },
  ],
  ['none', { '/srv/k8s/admission.yaml': admission('') }, { known: true, value: undefined }],
  [
    'of another plug-in',
    { '/srv/k8s/admission.yaml': admission('').replace('PodSecurity', 'Other') },
    { known: true, value: undefined },
  ],
  ['in a file that was not read', {}, { reason: 'no-source' }],
])('the configuration of a plug-in: %s', async (_name, files, expected) => {
  const view = await viewOf(['--admission-control-config-file=/config/admission.yaml'], files)
  expect(pluginDocument(view, 'PodSecurity', readPodSecurityConfiguration)).toMatchObject(expected)
})

it('no file of plug-ins is no configuration', async () => {
  expect(pluginDocument(await viewOf([]), 'PodSecurity', readPodSecurityConfiguration)).toMatchObject({
    known: true,
    value: undefined,
  })
})

function pods(): object {
  return {
    apiVersion: 'pod-security.admission.config.k8s.io/v1',
    kind: 'PodSecurityConfiguration',
    defaults: { enforce: 'baseline' },
  }
}
