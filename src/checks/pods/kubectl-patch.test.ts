import { expect, it } from 'vitest'
import type { KubeObject } from '../../model/index.js'
import { kubectlPatch } from './kubectl-patch.js'

const object = (source: KubeObject['source']): KubeObject => ({
  ref: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  content: { spec: { template: { spec: { containers: [{ name: 'a' }] } } } },
  source,
  slice: { file: 'f', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
})
const container = ['spec', 'template', 'spec', 'containers', 0]

it.each([
  [
    'set',
    [...container, 'securityContext', 'privileged'],
    false,
    `[{"op":"add","path":"/spec/template/spec/containers/0/securityContext","value":{"privileged":false}}]`,
  ],
  [
    'set',
    [...container, 'name'],
    'b',
    `[{"op":"add","path":"/spec/template/spec/containers/0/name","value":"b"}]`,
  ],
  ['remove', [...container, 'a/b'], null, `[{"op":"remove","path":"/spec/template/spec/containers/0/a~1b"}]`],
] as const)('%s %j', (op, path, value, patch) => {
  expect(kubectlPatch(object('export'), op, path, value)).toBe(
    `kubectl patch deployment.apps web -n shop --type=json -p '${patch}'`,
  )
  expect(kubectlPatch(object('manifest'), op, path, value)).toBeUndefined()
})
