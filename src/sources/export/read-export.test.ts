import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/index.js'
import { isExport, readExport } from './index.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-export-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const RBAC = 'rbac.authorization.k8s.io/v1'

function write(name: string, content: JsonValue | string): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 4))
  return file
}

const live = (apiVersion: string, kind: string, name: string, namespace?: string): JsonValue => ({
  apiVersion,
  kind,
  metadata: {
    creationTimestamp: '2026-11-01T10:00:00Z',
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: '0a1b2c3d-0000-4000-a000-000000000001',
  },
})
/** As kubectl prints it. */
const list = (...items: JsonValue[]): JsonValue => ({
  apiVersion: 'v1',
  items,
  kind: 'List',
  metadata: { resourceVersion: '' },
})
/** As a cluster-info dump holds it. */
const typed = (kind: string, ...items: JsonValue[]): JsonValue => ({
  kind,
  apiVersion: 'v1',
  metadata: { resourceVersion: '12' },
  items,
})

const everything = (): JsonValue =>
  list(
    live('v1', 'Namespace', 'a'),
    live('v1', 'Pod', 'p', 'a'),
    live('v1', 'ServiceAccount', 's', 'b'),
    live(RBAC, 'RoleBinding', 'r', 'a'),
    live(RBAC, 'ClusterRoleBinding', 'c'),
  )

describe('isExport', () => {
  it.each<[string, JsonValue | string, boolean]>([
    ['a list of kubectl', everything(), true],
    [
      'a list of kubectl in YAML',
      'apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    creationTimestamp: "2026-11-01T10:00:00Z"\n    name: a\nkind: List\n',
      true,
    ],
    ['a typed list of the API', typed('PodList', live('v1', 'Pod', 'p', 'a')), true],
    ['a list that somebody wrote', list({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }), false],
    ['one object of a cluster', live('v1', 'Pod', 'p', 'a'), false],
    ['a manifest', 'apiVersion: v1\nkind: Pod\n', false],
    ['nothing', '', false],
  ])('%s', async (_name, content, expected) => {
    expect(await isExport(write('x.json', content))).toBe(expected)
  })

  it('a folder of lists is one, a folder with a manifest in it is none', async () => {
    write('objects/pods.json', list(live('v1', 'Pod', 'p', 'a')))
    write('objects/secrets.json', list())
    write('objects/README', 'not looked at')
    expect(await isExport(folder)).toBe(true)
    write('objects/mine.yaml', 'apiVersion: v1\nkind: Pod\n')
    expect(await isExport(folder)).toBe(false)
    expect(await isExport(path.join(folder, 'missing'))).toBe(false)
  })
})

describe('readExport', () => {
  it('reads a whole cluster as such', async () => {
    const file = write('all.json', everything())
    const read = await readExport(file)
    expect(read.objects).toHaveLength(5)
    expect(read.objects.every(({ source }) => source === 'export')).toBe(true)
    expect(read.summary).toMatchObject([{ kind: 'export', complete: true, files: 1, objects: 5 }])
    expect(JSON.parse(read.texts.read(read.objects[1]!.slice) ?? '')).toEqual(live('v1', 'Pod', 'p', 'a'))
  })

  it('reads a cluster-info dump: typed lists, without its logs', async () => {
    const bare = (name: string, namespace: string): JsonValue => ({
      metadata: { name, namespace, uid: '0a1b2c3d-0000-4000-a000-000000000001' },
    })
    write(
      'nodes.json',
      typed('NodeList', { metadata: { name: 'n', uid: '0a1b2c3d-0000-4000-a000-000000000002' } }),
    )
    write('kube-system/pods.json', typed('PodList', bare('p', 'kube-system')))
    write('kube-system/replication-controllers.json', typed('ReplicationControllerList'))
    write('kube-system/p/logs.txt', '==== START logs\n{{\n')
    write('default/pods.json', typed('PodList', bare('q', 'default')))
    expect(await isExport(folder)).toBe(true)
    const read = await readExport(folder)
    expect(read.objects.map(({ ref }) => `${ref.kind} ${ref.namespace}/${ref.name}`).sort()).toEqual([
      'Node /n',
      'Pod default/q',
      'Pod kube-system/p',
    ])
    expect(read.problems).toEqual([])
    expect(read.summary).toMatchObject([
      { complete: false, kinds: ['/Node', '/Pod', '/ReplicationController'] },
    ])
  })

  it.each<[string, JsonValue | string]>([
    ['a part of a list', { ...(everything() as object), metadata: { continue: 'abc' } }],
    ['a list that is cut', JSON.stringify(everything()).slice(0, -30)],
    ['one namespace alone', list(live('v1', 'Pod', 'p', 'a'), live('v1', 'ServiceAccount', 's', 'a'))],
  ])('knows nothing of what is absent from %s', async (_name, content) => {
    const { summary } = await readExport(write('x.json', content))
    expect(summary).toMatchObject([{ complete: false, kinds: [] }])
  })

  it('takes the values of Secrets out', async () => {
    const secret = { ...(live('v1', 'Secret', 's', 'a') as object), data: { password: 'aHVudGVyMg==' } }
    const { objects } = await readExport(write('x.json', list(secret)))
    expect(JSON.stringify(objects)).not.toContain('aHVudGVyMg')
    expect(objects[0]?.content.data).toEqual({ password: '[redacted]' })
  })
})
