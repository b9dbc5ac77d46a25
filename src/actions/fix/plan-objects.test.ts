import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edit, JsonObject, JsonValue } from '../../model/index.js'
import {
  applyMergePatch,
  isPatched,
  mergePatch,
  planObject,
  shownObject,
  whyNotRolledOut,
} from './plan-objects.js'

const DEPLOYMENT: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', resourceVersion: '7', generation: 2, managedFields: [] },
  spec: { replicas: 2, template: { spec: { hostPID: true, containers: [{ name: 'app', image: 'a:1' }] } } },
  status: { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
}
const PATH = '/apis/apps/v1/namespaces/shop/deployments/web'
const OBJECT = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const edit = (op: Edit['op'], path: Edit['path'], value?: JsonValue): Edit => ({
  file: PATH,
  object: OBJECT,
  op,
  path,
  ...(value === undefined ? {} : { value }),
})
const plan = (content: JsonObject, ...edits: Edit[]): unknown => {
  const planned = planObject({ path: PATH, content }, edits)
  return planned.kind === 'patch' ? planned.patch : planned
}

describe('the patch of an object', () => {
  it.each<[string, JsonObject, Edit[], unknown]>([
    [
      'sets and removes, and names nothing else',
      DEPLOYMENT,
      [
        edit('remove', ['spec', 'template', 'spec', 'hostPID']),
        edit('set', ['spec', 'template', 'spec', 'automountServiceAccountToken'], false),
      ],
      { spec: { template: { spec: { hostPID: null, automountServiceAccountToken: false } } } },
    ],
    [
      'sets a list as a whole',
      DEPLOYMENT,
      [edit('set', ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged'], false)],
      {
        spec: {
          template: {
            spec: { containers: [{ name: 'app', image: 'a:1', securityContext: { privileged: false } }] },
          },
        },
      },
    ],
    [
      'is none where it is so already',
      DEPLOYMENT,
      [edit('set', ['spec', 'replicas'], 2)],
      { kind: 'nothing' },
    ],
    [
      'is refused where it has no place',
      DEPLOYMENT,
      [edit('remove', ['spec', 'nothing'])],
      { kind: 'refused', why: '`spec.nothing`: it is not there' },
    ],
    [
      'is told where a tool writes it again',
      { ...DEPLOYMENT, metadata: { name: 'web', annotations: { 'meta.helm.sh/release-name': 'shop' } } },
      [edit('set', ['spec', 'replicas'], 3)],
      { kind: 'managed', by: 'Helm release shop' },
    ],
    [
      'is none for a Secret',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
      [edit('set', ['immutable'], true)],
      { kind: 'refused', why: expect.stringContaining('by hand') },
    ],
  ])('%s', (_name, content, edits, expected) => {
    expect(plan(content, ...edits)).toEqual(expected)
  })

  it('makes the one of the other, and the other of the one', () => {
    const json = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<JsonValue>(true, 3, 'text'),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('value'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    })).value
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), json, { maxKeys: 3, noNullPrototype: true })
    fc.assert(
      fc.property(object, object, (before, after) => {
        const patch = mergePatch(before, after)
        expect(applyMergePatch(before, patch)).toEqual(after)
        expect(isPatched(after, patch)).toBe(true)
        expect(applyMergePatch(after, mergePatch(after, before))).toEqual(before)
      }),
    )
  })

  it('is shown without what the server keeps', () => {
    expect(shownObject(DEPLOYMENT)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: DEPLOYMENT.spec,
    })
  })
})

describe('a roll-out', () => {
  const status = (
    change: JsonObject,
    kind = 'Deployment',
    spec: JsonObject = { replicas: 2 },
  ): JsonObject => ({
    kind,
    metadata: { generation: 2 },
    spec,
    status: { ...(DEPLOYMENT.status as JsonObject), ...change },
  })
  it.each<[string, JsonObject, RegExp | undefined]>([
    ['that is done', status({}), undefined],
    ['that nobody has seen', status({ observedGeneration: 1 }), /has not seen/],
    ['with old pods', status({ updatedReplicas: 1 }), /1 of 2 pods are made anew/],
    ['with pods that end', status({ replicas: 3 }), /still ending/],
    ['with pods that are not ready', status({ availableReplicas: 1 }), /1 of 2 pods are available/],
    [
      'that is stuck',
      status({ updatedReplicas: 1, conditions: [{ reason: 'ProgressDeadlineExceeded', message: 'late' }] }),
      /late/,
    ],
    [
      'of a DaemonSet',
      status({ desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 }, 'DaemonSet', {}),
      /2 of 3/,
    ],
    [
      'that waits for deletions',
      status({ updatedReplicas: 0 }, 'StatefulSet', { updateStrategy: { type: 'OnDelete' } }),
      undefined,
    ],
    ['of what has none', { kind: 'ClusterRole' }, undefined],
    ['without a status', { kind: 'Deployment', metadata: { generation: 1 } }, /has not seen/],
  ])('%s', (_name, content, expected) => {
    if (expected === undefined) expect(whyNotRolledOut(content)).toBeUndefined()
    else expect(whyNotRolledOut(content)).toMatch(expected)
  })
})
