import { describe, expect, it } from 'vitest'
import { builtInCatalogue, KNOWN_MINORS, type ServedVersions } from './built-in.js'
import { preferredResources } from './preferred-resources.js'

const counts = (served: ServedVersions): number[] =>
  KNOWN_MINORS.map((minor) => preferredResources(builtInCatalogue(minor, served)).length)

function resource(minor: number, served: ServedVersions, group: string, name: string) {
  const groups = builtInCatalogue(minor, served).groups.filter((one) => one.name === group)
  return groups.flatMap((one) => one.resources).find((one) => one.name === name)
}

describe('built-in resources', () => {
  it('are those that each version tells in its discovery', () => {
    expect(counts('all')).toEqual([70, 71, 72, 73, 74, 76, 79])
    // Counted in the same files: resources of versions whose name is v and a number.
    expect(counts('default')).toEqual(KNOWN_MINORS.map((minor) => stable(minor)))
  })

  it('have verbs, kinds and subresources with their own', () => {
    const pods = resource(36, 'default', '', 'pods')
    expect(pods).toMatchObject({ singular: 'pod', kind: 'Pod', namespaced: true, shortNames: ['po'] })
    expect(pods?.verbs).toHaveLength(8)
    expect(pods?.subresources.find((one) => one.name === 'eviction')).toEqual({
      name: 'eviction',
      group: 'policy',
      version: 'v1',
      kind: 'Eviction',
      verbs: ['create'],
    })
    expect(resource(36, 'default', 'apps', 'deployments')?.subresources.at(-1)).toEqual({
      name: 'status',
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      verbs: ['get', 'patch', 'update'],
    })
  })

  it('keep alpha and beta versions apart', () => {
    expect(resource(36, 'default', 'scheduling.k8s.io', 'workloads')).toBeUndefined()
    expect(resource(36, 'all', 'scheduling.k8s.io', 'workloads')?.versions).toEqual(['v1alpha2'])
    expect(resource(36, 'default', 'certificates.k8s.io', 'clustertrustbundles')).toBeUndefined()
    expect(resource(37, 'default', 'certificates.k8s.io', 'clustertrustbundles')?.versions).toEqual(['v1'])
  })

  it.each([
    [undefined, 37],
    [12, 31],
    [99, 37],
    [NaN, 31],
    [34.5, 34],
  ])('of %s are those of 1.%d', (given, expected) => {
    expect(builtInCatalogue(given).minor).toBe(expected)
  })
})

function stable(minor: number): number {
  const all = builtInCatalogue(minor, 'all').groups.flatMap((group) =>
    group.resources
      .filter((one) => one.versions.some((version) => /^v\d+$/.test(version)))
      .map((one) => `${group.name}/${one.name}`),
  )
  return new Set(all).size
}
