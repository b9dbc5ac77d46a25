import { describe, expect, it } from 'vitest'
import { estateFrom } from '../sources/inline.js'
import { indexObjects } from './object-index.js'
import { containersOf, podTemplatesOf } from './pod-template.js'
import { limitOf, requestOf, type ResourceSource } from './pod-resources.js'

async function judged(resources: string, pod: string, range = ''): Promise<(ResourceSource | undefined)[]> {
  const estate = await estateFrom({
    manifests: `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec: {${pod} containers: [{name: c, resources: ${resources}}]}
---
apiVersion: v1
kind: LimitRange
metadata: {name: r, namespace: shop}
spec: {limits: [${range}]}
`,
  })
  const index = indexObjects(estate)
  const [object] = index.ofKind('', 'Pod')
  const [template] = object === undefined ? [] : podTemplatesOf(object)
  const [container] = template === undefined ? [] : containersOf(template)
  if (template === undefined || container === undefined) throw new Error('no container')
  return [
    limitOf(index, 'shop', template, container, 'memory'),
    requestOf(index, 'shop', template, container, 'memory'),
  ]
}

describe('limits and requests', () => {
  it.each<[string, string, string, string, (ResourceSource | undefined)[]]>([
    ['none', '{}', '', '', [undefined, undefined]],
    ['its own limit is a request too', '{limits: {memory: 1Gi}}', '', '', ['container', 'container']],
    ['a limit of zero is none', '{limits: {memory: 0}}', '', '', [undefined, undefined]],
    ['of the pod', '{}', 'resources: {limits: {memory: 1Gi}},', '', ['pod', 'pod']],
    [
      'by default of the namespace',
      '{}',
      '',
      '{type: Container, default: {memory: 1Gi}}',
      ['limit-range', 'limit-range'],
    ],
    [
      'the greatest allowed',
      '{}',
      '',
      '{type: Container, max: {memory: 1Gi}}',
      ['limit-range', 'limit-range'],
    ],
    [
      'a default request alone',
      '{}',
      '',
      '{type: Container, defaultRequest: {memory: 1Gi}}',
      [undefined, 'limit-range'],
    ],
    ['limits of pods are no defaults', '{}', '', '{type: Pod, max: {memory: 1Gi}}', [undefined, undefined]],
    ['wrong types', '5', 'resources: [],', '{type: Container, default: 7}, 5', [undefined, undefined]],
  ])('%s', async (_name, resources, pod, range, expected) => {
    expect(await judged(resources, pod, range)).toEqual(expected)
  })
})
