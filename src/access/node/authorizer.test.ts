import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naiveNode } from '../../../test/reference/naive-node.js'
import { recordedObjects } from '../../../test/conformance/recorded-objects.js'
import type { ResourceAttributes } from '../attributes.js'
import { subjectUser } from '../identity/index.js'
import { createNodeAuthorizer } from './authorizer.js'

const pick = <T>(...values: T[]) => fc.constantFrom(...values)
const NODES = ['n1', 'n2']
const NAMES = ['a', 'b', 'c']
const NAMESPACES = ['x', 'y']
const name = pick(...NAMES)
const node = pick(...NODES, '')

const volume = fc.oneof(
  fc.record({ name, secret: fc.record({ secretName: name }) }),
  fc.record({ name, configMap: fc.record({ name }) }),
  fc.record({ name, persistentVolumeClaim: fc.record({ claimName: name }) }),
  fc.record({ name, ephemeral: fc.constant({}) }),
)
const container = fc.record({
  envFrom: fc.array(
    fc.oneof(fc.record({ secretRef: fc.record({ name }) }), fc.record({ configMapRef: fc.record({ name }) })),
    { maxLength: 1 },
  ),
})
const pod = fc
  .record({
    name,
    namespace: pick(...NAMESPACES),
    mirror: pick(false, false, true),
    spec: fc.record({
      nodeName: node,
      serviceAccountName: pick(...NAMES, ''),
      volumes: fc.array(volume, { maxLength: 2 }),
      containers: fc.array(container, { maxLength: 1 }),
      ephemeralContainers: fc.array(container, { maxLength: 1 }),
      imagePullSecrets: fc.array(fc.record({ name }), { maxLength: 1 }),
      resourceClaims: fc.array(fc.record({ name, resourceClaimName: name }), { maxLength: 1 }),
    }),
  })
  .map(({ name, namespace, mirror, spec }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      ...(mirror ? { annotations: { 'kubernetes.io/config.mirror': '' } } : {}),
    },
    spec,
  }))
const persistent = fc
  .record({
    name,
    claimRef: fc.record({ namespace: pick(...NAMESPACES), name: pick(...NAMES, 'a-a', 'b-a') }),
    secret: fc.record({ namespace: pick(...NAMESPACES), name }),
  })
  .map(({ name, claimRef, secret }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      claimRef,
      csi: { nodeStageSecretRef: secret, controllerPublishSecretRef: { ...secret, name: 'z' } },
    },
  }))
const bound = (apiVersion: string, kind: string) =>
  fc.record({ name, nodeName: node }).map(({ name, nodeName }) => ({
    apiVersion,
    kind,
    metadata: { name },
    spec: { nodeName },
  }))
const objects = fc
  .uniqueArray(
    fc.oneof(
      { weight: 4, arbitrary: pod },
      { weight: 2, arbitrary: persistent },
      bound('storage.k8s.io/v1', 'VolumeAttachment'),
      bound('resource.k8s.io/v1', 'ResourceSlice'),
    ) as fc.Arbitrary<{ kind: string; metadata: { name: string; namespace?: string } }>,
    {
      maxLength: 10,
      selector: ({ kind, metadata: { namespace = '', name } }) => `${kind}/${namespace}/${name}`,
    },
  )
  .map(recordedObjects)

const RESOURCES: readonly [group: string, resource: string, namespaced: boolean][] = [
  ['', 'secrets', true],
  ['', 'configmaps', true],
  ['', 'persistentvolumeclaims', true],
  ['', 'persistentvolumes', false],
  ['storage.k8s.io', 'volumeattachments', false],
  ['', 'serviceaccounts', true],
  ['coordination.k8s.io', 'leases', true],
  ['storage.k8s.io', 'csinodes', false],
  ['resource.k8s.io', 'resourceslices', false],
  ['resource.k8s.io', 'resourceclaims', true],
  ['', 'nodes', false],
  ['', 'pods', true],
  ['certificates.k8s.io', 'certificatesigningrequests', false],
  ['', 'services', true],
  ['events.k8s.io', 'events', true],
  ['apps', 'deployments', true],
]
const question: fc.Arbitrary<ResourceAttributes> = fc
  .record({
    type: pick(...RESOURCES),
    verb: pick('get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'),
    subresource: pick('', '', '', 'status', 'token', 'eviction'),
    namespace: pick(...NAMESPACES, 'kube-node-lease'),
    name: pick(...NAMES, ...NODES, 'z', 'a-a', ''),
    user: pick(...NODES),
    selects: pick(undefined, undefined, ...NODES),
  })
  .map(({ type: [group, resource, namespaced], namespace, user, selects, ...rest }) => ({
    ...rest,
    kind: 'resource',
    user: subjectUser(`system:node:${user}`),
    group,
    version: '*',
    resource,
    namespace: namespaced ? namespace : '',
    fieldSelector: selects === undefined ? [] : [{ key: 'spec.nodeName', operator: 'In', values: [selects] }],
    labelSelector: [],
  }))

describe('createNodeAuthorizer', () => {
  it('decides as the authorizer that searches all objects for each question', () => {
    let allowed = 0
    fc.assert(
      fc.property(objects, fc.array(question, { minLength: 20, maxLength: 20 }), (given, questions) => {
        const engine = createNodeAuthorizer(given)
        for (const each of questions) {
          const expected = naiveNode(given, each)
          if (expected) allowed++
          expect({ each, allowed: engine.authorize(each).verdict === 'allow' }).toEqual({
            each,
            allowed: expected,
          })
        }
      }),
      { numRuns: 300 },
    )
    expect(allowed).toBeGreaterThan(100)
  })

  it('lists all that a node may do, but for what depends on a selector', () => {
    fc.assert(
      fc.property(objects, fc.array(question, { minLength: 20, maxLength: 20 }), (given, questions) => {
        const engine = createNodeAuthorizer(given)
        for (const each of questions) {
          const plain = { ...each, fieldSelector: [] }
          const { rules = [], incomplete } = engine.rulesFor?.(each.user, each.namespace) ?? {}
          const combined = each.subresource === '' ? each.resource : `${each.resource}/${each.subresource}`
          const listed = rules.some(
            ({ verbs, apiGroups, resources, resourceNames }) =>
              verbs.includes(each.verb) &&
              apiGroups.includes(each.group) &&
              resources.includes(combined) &&
              (resourceNames.length === 0 || resourceNames.includes(each.name)),
          )
          // The API has no subresource of leases; the authorizer does not look for one.
          if (each.resource === 'leases' && each.subresource !== '') continue
          expect({ plain, allowed: listed }).toEqual({
            plain,
            allowed: engine.authorize(plain).verdict === 'allow',
          })
          expect(incomplete).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('lists nothing of others, and the rights that depend on a selector in words', () => {
    const engine = createNodeAuthorizer([])
    expect(engine.rulesFor?.(subjectUser('alice'), 'x')).toEqual({ rules: [], incomplete: [] })
    expect(engine.rulesFor?.(subjectUser('system:node:n1'), 'x').notes?.[0]).toContain('spec.nodeName=n1')
  })
})
