import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readManifestText } from '../../sources/manifests/index.js'
import { withoutSecrets } from '../../sources/snapshot/without-secrets.js'
import { dockerContainer } from './container.js'
import { recogniseDocker } from './recognise.js'

const RECORDED = readFileSync(
  new URL('../../../test/fixtures/docker-inspect/docker.json', import.meta.url),
  'utf8',
)
const names = (text: string): string[] =>
  readManifestText(text, 'docker.json').objects.map(({ ref }) => `${ref.kind} ${ref.namespace}/${ref.name}`)

describe('what Docker prints', () => {
  it('is read from one file: info, containers, networks, services', () => {
    expect(names(RECORDED).sort()).toEqual([
      'Container vm/db',
      'Container vm/web',
      'Container vm/worst',
      'Info vm/vm',
      'Network vm/backnet',
      'Network vm/docker_gwbridge',
      'Network vm/host',
      'Network vm/ingress',
      'Network vm/none',
      'Network vm/secnet',
      'Network vm/shopnet',
      'Service vm/svc',
    ])
    expect(readManifestText(RECORDED, 'docker.json').problems).toEqual([])
  })

  it('leads to the line of each container', () => {
    const { objects } = readManifestText(RECORDED, 'docker.json')
    const bytes = Buffer.from(RECORDED)
    for (const { slice, ref } of objects.filter((each) => each.ref.kind === 'Container')) {
      const text = bytes.toString('utf8', slice.offset, slice.offset + slice.length)
      expect(text).toContain(`"Name": "/${ref.name}"`)
      expect(RECORDED.split('\n')[slice.line - 1]?.trim()).toBe('{')
    }
  })

  it('is kept without values of variables, labels, commands', () => {
    const kept = JSON.stringify(readManifestText(RECORDED, 'docker.json').objects)
    expect(kept).not.toMatch(/hunter2|correcthorse|"Entrypoint"|"Cmd"/)
    expect(kept).toContain('DB_PASSWORD=[redacted]')
  })

  it('gives the same answers from a snapshot: what is hidden is not hidden twice', () => {
    const [object] = readManifestText(
      '[{"Id":"a","Name":"/a","HostConfig":{},"Config":{"Env":["API_TOKEN=ghp_0123456789abcdefghij","X=ghp_0123456789abcdefghij","P=y"]}}]',
      'x',
    ).objects
    const again = withoutSecrets(object?.content ?? {})
    expect(again).toEqual(object?.content)
    expect(JSON.stringify(again)).toContain('API_TOKEN=[redacted-token]')
  })

  it('says which containers Kubernetes made', () => {
    const [object] = readManifestText(
      '[{"Id":"a","Name":"/k8s_web_x","HostConfig":{},"Config":{"Labels":{"io.kubernetes.pod.name":"web"}}}]',
      'x',
    ).objects
    expect(object === undefined ? '' : dockerContainer(object).managedBy).toMatch(/Kubernetes/)
  })

  it.each([
    ['an image', '[{"Id":"sha256:a","RepoTags":["x"],"Config":{},"GraphDriver":{}}]'],
    ['a volume', '[{"Name":"a","Driver":"local","Mountpoint":"/x","Scope":"local"}]'],
    ['a container of Podman', '[{"Id":"a","Name":"b","HostConfig":{},"Config":{},"OCIRuntime":"crun"}]'],
    ['a list of other things', '[{"a": 1}, 2, "[{", null, [3], true, -4]'],
    ['a list of Kubernetes objects', '[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}]'],
    ['types that are wrong', '[{"Id":1,"Name":"b","HostConfig":[],"Config":{}}]'],
  ])('%s is nothing that is read', (_name, text) => {
    expect(readManifestText(text, 'x')).toMatchObject({ objects: [], problems: [] })
  })

  it('goes on behind what is broken', () => {
    const container = (name: string): string =>
      `{"Id":"${name}","Name":"/${name}","HostConfig":{},"Config":{}}`
    const read = readManifestText(`[${container('a')},\n{"Id" "x"},\n${container('b')}`, 'x')
    expect(read.objects.map(({ ref }) => ref.name)).toEqual(['a', 'b'])
    expect(read.problems.map(({ code, place }) => `${code} ${place.line}`)).toEqual(['syntax 2', 'syntax 3'])
  })

  it('never throws, whatever the types', () => {
    for (const value of [null, 1, 'x', [], {}, [null], { a: [{}] }]) {
      const found = recogniseDocker({
        Id: 'a',
        Name: 'b',
        HostConfig: { Binds: value, SecurityOpt: value },
        Config: { Env: value, Labels: value, Healthcheck: value },
        Mounts: value,
        NetworkSettings: value,
        State: value,
      })
      expect(found?.ref.name).toBe('b')
    }
  })
})
