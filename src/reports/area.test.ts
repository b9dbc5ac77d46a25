import { expect, it } from 'vitest'
import { refOf } from '../../test/kit/sample-audit-result.js'
import type { Target } from '../model/index.js'
import { areaOf } from './area.js'

const object = (kind: string, group = ''): Target => ({ kind: 'object', object: refOf(kind, 'x', { group }) })

it.each<[string, Target, string]>([
  ['kubelet', { kind: 'component', component: 'kubelet', host: 'a' }, 'Kubelet'],
  ['dockerd', { kind: 'component', component: 'dockerd', host: 'a' }, 'Docker'],
  ['etcd', { kind: 'component', component: 'etcd', host: 'a' }, 'Control plane'],
  ['kube-proxy', { kind: 'component', component: 'kube-proxy', host: 'a' }, 'Hosts'],
  ['a host', { kind: 'host', host: 'a' }, 'Hosts'],
  ['the estate', { kind: 'estate' }, 'Cluster'],
  ['a role', object('Role', 'rbac.authorization.k8s.io'), 'Access'],
  ['a secret', object('Secret'), 'Access'],
  ['a service', object('Service'), 'Network'],
  ['a namespace', object('Namespace'), 'Cluster'],
  ['a custom resource', object('Rollout', 'argoproj.io'), 'Workloads'],
])('puts %s where its people look', (_, target, area) => {
  expect(areaOf(target)).toBe(area)
})
