import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/index.js'
import { managerOf } from './managed-by.js'

const labelled = (labels: JsonObject): JsonObject => ({ metadata: { labels } })
const annotated = (annotations: JsonObject): JsonObject => ({ metadata: { annotations } })

describe('who writes an object again', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['nobody', { metadata: { name: 'a' } }, undefined],
    [
      'its controller',
      { metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1', controller: true }] } },
      'ReplicaSet web-1',
    ],
    [
      'an owner that does not control it',
      { metadata: { ownerReferences: [{ kind: 'Node', name: 'n' }] } },
      undefined,
    ],
    ['a chart', annotated({ 'meta.helm.sh/release-name': 'shop' }), 'Helm release shop'],
    ['a chart by its label', labelled({ 'app.kubernetes.io/managed-by': 'Helm' }), 'Helm'],
    ['a label of another tool', labelled({ 'app.kubernetes.io/managed-by': 'team-a' }), undefined],
    [
      'Argo CD, whatever the chart says',
      {
        metadata: {
          labels: { 'app.kubernetes.io/managed-by': 'Helm' },
          annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web' },
        },
      },
      'Argo CD application shop',
    ],
    ['Flux', labelled({ 'kustomize.toolkit.fluxcd.io/name': 'apps' }), 'Flux Kustomization apps'],
    ['an add-on made once', labelled({ 'addonmanager.kubernetes.io/mode': 'EnsureExists' }), undefined],
    [
      'a default role',
      annotated({ 'rbac.authorization.kubernetes.io/autoupdate': 'true' }),
      'the API server, which puts its default roles right at each start',
    ],
    [
      'labels of the wrong type',
      { metadata: { labels: ['a'], annotations: 3, ownerReferences: {} } },
      undefined,
    ],
    ['no metadata', {}, undefined],
  ])('%s', (_name, object, expected) => {
    expect(managerOf(object)).toBe(expected)
  })
})
