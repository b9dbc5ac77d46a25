import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resourceQuestionWarnings, urlQuestionWarnings } from './asked-verbs.js'
import { builtInCatalogue } from './built-in.js'
import { resolveResource } from './resolve-resource.js'

const catalogue = builtInCatalogue(36, 'all')

// What `kubectl auth can-i get TEXT` of 1.36 asks for, with a server that tells this catalogue.
describe('the resource that a text means', () => {
  it.each<[string, string]>([
    ['*', '//*'],
    ['pods', '/v1/pods'],
    ['Pod', '/v1/pods'],
    ['PO', '/v1/pods'],
    ['pods.v1.', '/v1/pods'],
    ['deploy', 'apps/v1/deployments'],
    ['deploy.apps', 'apps/v1/deployments'],
    ['deploy.v1.apps', 'apps/v1/deployments'],
    ['deploy.v9.apps', 'apps/v1/deployments'],
    ['deployments.ap', 'apps/v1/deployments'],
    ['events', '/v1/events'],
    ['events.events', 'events.k8s.io/v1/events'],
    ['event.v1.events.k8s.io', 'events.k8s.io/v1/events'],
    ['ing', 'networking.k8s.io/v1/ingresses'],
    ['storageclass.storage', 'storage.k8s.io/v1/storageclasses'],
    ['hpa', 'autoscaling/v2/horizontalpodautoscalers'],
    ['hpa.v1.autoscaling', 'autoscaling/v2/horizontalpodautoscalers'],
    ['horizontalpodautoscalers.v1.autoscaling', 'autoscaling/v1/horizontalpodautoscalers'],
    ['podlist', '/v1/podlists'],
    ['list', '/v1/lists'],
  ])('%s is %s', (text, expected) => {
    const { group, version, resource, known } = resolveResource(text, catalogue)
    expect({ is: `${group}/${version}/${resource}`, known }).toEqual({ is: expected, known: true })
  })

  it.each<[string, string[], string[]]>([
    ['podz', ["the server doesn't have a resource type 'podz'\n"], ['pods']],
    [
      'Deployment.core',
      ["the server doesn't have a resource type 'deployment' in group 'core'\n"],
      ['deployments.apps'],
    ],
    [
      'ingresses.extensions',
      ["the server doesn't have a resource type 'ingresses' in group 'extensions'\n"],
      ['ingresses.networking.k8s.io'],
    ],
    [
      'certificates.k8s.io',
      ["the server doesn't have a resource type 'certificates' in group 'k8s.io'\n"],
      [],
    ],
    ['pods.v1', ["the server doesn't have a resource type 'pods' in group 'v1'\n"], ['pods']],
    ['users', [], []],
    ['', ["the server doesn't have a resource type ''\n"], []],
  ])('%s is not known and stays as it is', (text, warnings, candidates) => {
    const resolved = resolveResource(text, catalogue)
    expect(resolved).toMatchObject({ group: '', version: '', resource: text, known: false, warnings })
    expect(resolved.candidates.slice(0, Math.max(candidates.length, 1))).toEqual(candidates)
  })

  it('warns of a short name with two meanings', () => {
    expect(resolveResource('ev', catalogue).warnings).toEqual([
      'short name "ev" could also match lower priority resource events.events.k8s.io',
    ])
  })

  it('warns of scopes and verbs as can-i does', () => {
    const nodes = resolveResource('nodes', catalogue)
    const roles = resolveResource('clusterroles', catalogue)
    expect(resourceQuestionWarnings('gett', nodes, false)).toEqual([
      "resource 'nodes' is not namespace scoped\n",
      "verb 'gett' is not a known verb\n",
    ])
    expect(resourceQuestionWarnings('bind', roles, false)).toEqual([
      "resource 'clusterroles' is not namespace scoped in group 'rbac.authorization.k8s.io'\n",
    ])
    expect(resourceQuestionWarnings('gett', nodes, true)).toEqual([])
    expect([urlQuestionWarnings('get'), urlQuestionWarnings('list')]).toEqual([
      [],
      ["verb 'list' is not a known verb\n"],
    ])
  })

  it('never throws', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', '.', '...', 'x'.repeat(5000)),
    )
    fc.assert(fc.property(texts, (text) => void resolveResource(text, catalogue)))
  })
})
