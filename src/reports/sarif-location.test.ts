import { expect, it } from 'vitest'
import { artifactLocation, physicalLocation } from './sarif-location.js'

const SRC = '%SRCROOT%'

it.each([
  ['deploy/web.yaml', undefined, { uri: 'deploy/web.yaml', uriBaseId: SRC }],
  ['./deploy/web.yaml', undefined, { uri: 'deploy/web.yaml', uriBaseId: SRC }],
  ['deploy\\web.yaml', undefined, { uri: 'deploy/web.yaml', uriBaseId: SRC }],
  ['a b/100%#1.yaml', undefined, { uri: 'a%20b/100%25%231.yaml', uriBaseId: SRC }],
  ['x:y.yaml', undefined, { uri: 'x%3Ay.yaml', uriBaseId: SRC }],
  ['../shared/web.yaml', undefined, { uri: '../shared/web.yaml' }],
  ['a/../../web.yaml', undefined, { uri: 'a/../../web.yaml' }],
  ['/etc/kubernetes/admin.conf', undefined, { uri: 'file:///etc/kubernetes/admin.conf' }],
  ['C:\\estate\\web.yaml', undefined, { uri: 'file:///C:/estate/web.yaml' }],
  ['-', undefined, { uri: 'stdin' }],
  ['/var/lib/kubelet/config.yaml', 'cp-1', { uri: 'var/lib/kubelet/config.yaml', uriBaseId: 'HOST_cp-1' }],
  ['\ud800.yaml', undefined, { uri: '%EF%BF%BD.yaml', uriBaseId: SRC }],
])('addresses %j on host %s', (file, host, location) => {
  expect(artifactLocation(file, host)).toEqual(location)
})

it('gives the line, its text from the column on, and the lines around it', () => {
  const snippet = { startLine: 6, lines: ['spec:', '  hostPID: true'], focusLine: 7 }
  expect(physicalLocation({ key: 'k', message: 'm', file: 'a.yaml', line: 7, column: 3, snippet })).toEqual({
    artifactLocation: { uri: 'a.yaml', uriBaseId: SRC },
    region: { startLine: 7, startColumn: 3, snippet: { text: 'hostPID: true' } },
    contextRegion: { startLine: 6, endLine: 7, snippet: { text: 'spec:\n  hostPID: true' } },
  })
})
